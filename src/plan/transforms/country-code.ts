import { z } from 'zod';
import { countryCodeOf } from '../values/countries.ts';
import { plainText, quote } from '../values/plain-text.ts';
import { defineTransform } from './transform.ts';

const parameters = z.strictObject({ unknown: z.enum(['quarantine', 'empty', 'keep']).default('empty').describe('What becomes of text that names no country.') }).prefault({});

export const countryCode = defineTransform({
  name: 'countryCode', summary: 'ISO code of a country given by its English, Polish, German, French or Spanish name or by a two- or three-letter code.', input: 'text', output: 'text', parameters,
  examples: [
    { input: 'Polska', output: 'PL' }, { input: 'germany', output: 'DE' }, { input: 'CZE', output: 'CZ' }, { input: 'Wielka Brytania', output: 'GB' }, { input: 'USA', output: 'US' },
    { input: 'Polandd', output: null, warning: 'no country named "Polandd"' },
    { parameters: { unknown: 'quarantine' }, input: 'Polandd', failure: 'unknown-country' },
  ],
  prepare: ({ unknown }) => (value) => {
    const text = plainText(value) ?? '';
    const code = countryCodeOf(text);
    if (code !== null) return { value: code };
    const sentence = `no country named ${quote(text)}`;
    if (unknown === 'quarantine') return { failure: { code: 'unknown-country', message: sentence, remedy: 'Correct the country in the record, or let the transform leave such text empty (`unknown: empty`).' } };
    if (unknown === 'keep') return { value: text, warning: `${sentence}: kept as it is` };
    return { value: null, warning: `${sentence}: left empty`, loss: `country ${quote(text)}` };
  },
});
