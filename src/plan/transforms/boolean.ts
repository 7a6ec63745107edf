import { z } from 'zod';
import { fold } from '../values/fold.ts';
import { plainText, quote } from '../values/plain-text.ts';
import { readsAs } from '../values/yes-no.ts';
import { defineTransform } from './transform.ts';

const words = z.array(z.string()).default([]);
const parameters = z.strictObject({
  yes: words.describe('Further words that mean yes.'), no: words.describe('Further words that mean no.'),
  negate: z.boolean().default(false).describe('Turns the answer round: archived → active.'),
}).prefault({});

export const boolean = defineTransform({
  name: 'boolean', summary: 'Yes or no from English and Polish words, 1/0, x and ticks.', input: 'any', output: 'boolean', parameters,
  examples: [
    { input: 'Tak', output: true }, { input: '0', output: false }, { input: true, output: true }, { input: 'x', output: true },
    { parameters: { negate: true }, input: 'nie', output: true },
    { parameters: { no: ['brak zgody'] }, input: 'Brak zgody', output: false },
    { input: 'może', failure: 'bad-boolean' },
  ],
  prepare: (options) => {
    const own = new Map([...options.yes.map((word) => [fold(word), true] as const), ...options.no.map((word) => [fold(word), false] as const)]);
    return (value) => {
      const answer = own.get(fold(plainText(value) ?? '')) ?? readsAs(value);
      if (answer === null) return { failure: { code: 'bad-boolean', message: `${quote(value)} means neither yes nor no`, remedy: 'Correct the value, or add the word to `yes` or `no` of the transform.' } };
      return { value: answer !== options.negate };
    };
  },
});
