import { expect, test } from 'vitest';
import { referenceText } from './words.ts';

test('shows the name of what a reference leads to beside its number, and numbers alone where nobody knows the name', () => {
  const names = { 42: 'Lipa sp. z o.o.', 7: 'Ola Nowa' };
  expect(referenceText('42', names)).toBe('42 (Lipa sp. z o.o.)');
  expect(referenceText(['42', '8', 7], names)).toBe('42 (Lipa sp. z o.o.); 8; 7 (Ola Nowa)');
  expect([referenceText('8', names), referenceText(null, names), referenceText([], names), referenceText('42', undefined), referenceText(['42'], {})]).toEqual(['8', 'empty', '[]', '42', '["42"]']);
});
