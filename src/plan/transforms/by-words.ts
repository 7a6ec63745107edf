import { z } from 'zod';
import type { Json } from '../../connector/json.ts';
import { fold } from '../values/fold.ts';
import { plainText } from '../values/plain-text.ts';
import { defineTransform } from './transform.ts';

const json = z.json().transform((value) => value as Json);
const parameters = z.strictObject({
  values: z.record(z.string(), z.array(z.string().min(1)).min(1)).describe('Result → beginnings of words that speak for it; the first result with a hit is taken.'),
  otherwise: json.describe('Where no word speaks for any.'),
});

export const byWords = defineTransform({
  name: 'byWords', summary: 'Sorts free text by the words in it: `Zadzwonić do Ady` is a call. Case and diacritics are ignored; fields joined before are read in their order.', input: 'text', output: 'any', parameters, takesEmpty: true, takesLists: true,
  examples: [
    { parameters: { values: { call: ['telefon', 'zadzwo', 'call'], mail: ['mail'] }, otherwise: 'todo' }, input: 'Zadzwonić do Ady', output: 'call' },
    { parameters: { values: { call: ['telefon'], mail: ['mail', 'e-mail'] }, otherwise: 'todo' }, input: ['E-mail', 'telefon'], output: 'mail' },
    { parameters: { values: { call: ['call'] }, otherwise: 'todo' }, input: 'Recall the offer', output: 'todo' },
    { parameters: { values: { call: ['call'] }, otherwise: 'todo' }, input: null, output: 'todo' },
  ],
  prepare: ({ values, otherwise }) => {
    const table = Object.entries(values).map(([result, words]) => ({ result, pattern: new RegExp(`(?:^|[^\\p{L}\\p{N}])(?:${words.map((word) => fold(word).replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|')})`, 'u') }));
    const read = (value: Json): Json => table.find(({ pattern }) => pattern.test(fold(plainText(value) ?? '')))?.result ?? null;
    return (value) => {
      for (const entry of Array.isArray(value) ? value as readonly Json[] : [value]) {
        const found = read(entry);
        if (found !== null) return { value: found };
      }
      return { value: otherwise };
    };
  },
});
