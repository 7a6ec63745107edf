import { expect, test } from 'vitest';
import { changedByText } from './who-changed.ts';

test('who changed a kept record is named with the time, and what the platform does not tell is said', () => {
  expect(changedByText({ changedBy: 'Ola Nowak', changedAt: '2026-03-01T10:00:00Z' })).toBe('changed by Ola Nowak, 2026-03-01T10:00:00Z');
  expect(changedByText({ changedBy: null, changedAt: '2026-03-01T10:00:00Z' })).toBe('changed by somebody (the platform does not tell who), 2026-03-01T10:00:00Z');
  expect(changedByText({ changedBy: 'API', changedAt: null, changedByOwnAccount: true })).toBe('changed by API (the account that Portolan uses)');
  expect(changedByText({ dependants: [] })).toBeNull();
});
