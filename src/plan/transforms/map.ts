import { z } from 'zod';
import type { Json } from '../../connector/json.ts';
import { fold } from '../values/fold.ts';
import { plainText, quote } from '../values/plain-text.ts';
import { defineTransform } from './transform.ts';

const json = z.json().transform((value) => value as Json);
const parameters = z.strictObject({
  values: z.record(z.string(), json).describe('Source value → destination value.'),
  otherwise: json.optional().describe('Value for everything else; left out = such a record goes to quarantine.'),
  keep: z.boolean().optional().describe('Everything else stays as it is.'),
  exact: z.boolean().optional().describe('Compare letter by letter; default: folded (case, diacritics and spaces ignored).'),
});

export const map = defineTransform({
  name: 'map', summary: 'A table of values. A value that is not in it is a failure unless `otherwise` or `keep` is given.', input: 'any', output: 'any', parameters,
  examples: [
    { parameters: { values: { Otwarta: 'open', Wygrana: 'won' } }, input: 'WYGRANA ', output: 'won' },
    { parameters: { values: { Otwarta: 'open' }, otherwise: 'lost' }, input: 'Przegrana', output: 'lost', warning: 'not in the table' },
    { parameters: { values: { a: 1 }, keep: true }, input: 'b', output: 'b' },
    { parameters: { values: { Otwarta: 'open' } }, input: 'Zawieszona', failure: 'unmapped-value' },
  ],
  prepare: ({ values, otherwise, keep, exact }) => {
    const key = exact ? (text: string) => text : fold;
    const table = new Map(Object.entries(values).map(([from, to]) => [key(from), to]));
    const known = Object.keys(values).slice(0, 10).map((from) => quote(from)).join(', ');
    return (value) => {
      const text = plainText(value) ?? '';
      const found = table.get(key(text));
      if (found !== undefined) return { value: found };
      if (keep) return { value };
      if (otherwise !== undefined) return { value: otherwise, warning: `${quote(text)} is not in the table: ${otherwise === null ? 'left empty' : `taken as ${quote(otherwise)}`}` };
      return { failure: { code: 'unmapped-value', message: `the value ${quote(text)} is not in the table (${known})`, remedy: 'Add the value to the table of this line, or give the table an `otherwise`.' } };
    };
  },
});
