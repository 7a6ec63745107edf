import { z } from 'zod';
import { plainText } from '../values/plain-text.ts';
import { defineTransform } from './transform.ts';

const parameters = z.union([
  z.int().min(1).transform((length) => ({ length, ellipsis: '…' })),
  z.strictObject({ length: z.int().min(1), ellipsis: z.string().default('…') }),
]);

export const truncate = defineTransform({
  name: 'truncate', summary: 'Cuts text to a number of characters; what is cut off is counted as a loss.', input: 'text', output: 'text', parameters,
  examples: [
    { parameters: 5, input: 'Warszawa', output: 'Wars…' },
    { parameters: { length: 4, ellipsis: '' }, input: 'Łódź Główna', output: 'Łódź' },
    { parameters: 20, input: 'Łódź', output: 'Łódź' },
  ],
  prepare: ({ length, ellipsis }) => (value) => {
    const text = plainText(value) ?? '';
    if (text.length <= length) return { value: text };
    const points = [...text]; // by code point, so that no emoji is cut in half
    if (points.length <= length) return { value: text };
    const end = [...ellipsis].slice(0, length);
    const kept = points.slice(0, length - end.length).join('').trimEnd() + end.join('');
    return { value: kept, loss: `cut from ${points.length} to ${length} characters` };
  },
});
