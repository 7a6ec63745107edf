import { createHash } from 'node:crypto';
import { z } from 'zod';
import { plainText } from '../values/plain-text.ts';
import { defineTransform } from './transform.ts';

const parameters = z.strictObject({ length: z.int().min(8).max(64).default(64).describe('Hexadecimal digits kept.') }).prefault({});

export const hash = defineTransform({
  name: 'hash', summary: 'SHA-256 of the text in hexadecimal digits.', input: 'text', output: 'text', parameters,
  examples: [{ parameters: { length: 8 }, input: 'abc', output: 'ba7816bf' }],
  prepare: ({ length }) => (value) => ({ value: createHash('sha256').update(plainText(value) ?? '').digest('hex').slice(0, length) }),
});
