import { z } from 'zod';
import type { Json } from '../../connector/json.ts';
import { fold } from '../values/fold.ts';
import { numberToDecimal, readDecimal } from '../values/decimal.ts';
import type { DecimalReading } from '../values/decimal.ts';
import { quote } from '../values/plain-text.ts';
import { defineTransform } from './transform.ts';

const decimal = z.enum(['.', ',']).default('.').describe('The decimal sign of the column.');

function read(value: Json, sign: '.' | ','): DecimalReading {
  if (typeof value === 'number') { const text = numberToDecimal(value); return text === null ? null : { value: text, unit: null }; }
  return typeof value === 'string' ? readDecimal(value, sign) : null;
}

export const number = defineTransform({
  name: 'number', summary: 'Number as a decimal string, never through floating point; thousands signs, currency and unit text are taken off.', input: 'any', output: 'decimal',
  parameters: z.strictObject({ decimal, unit: z.string().nullable().optional().describe('Currency or unit that may stand by the number; another one gives a warning.') }).prefault({}),
  examples: [
    { parameters: { decimal: ',' }, input: '1 234,56 zł', output: '1234.56' },
    { parameters: { decimal: ',' }, input: '1.234.567', output: '1234567' },
    { input: '$1,234.50', output: '1234.50' },
    { parameters: { decimal: ',' }, input: '12,5 %', output: '12.5' },
    { input: '(1 234)', output: '-1234' },
    { input: '12-', output: '-12' },
    { parameters: { unit: 'PLN' }, input: '100 EUR', output: '100', warning: 'not in PLN' },
    { input: 12.5, output: '12.5' },
    { input: '12,5', failure: 'bad-number' },
    { input: 'ok. 100', failure: 'bad-number' },
  ],
  prepare: ({ decimal: sign, unit }) => {
    const expected = unit ? fold(unit) : null;
    return (value) => {
      const reading = read(value, sign);
      if (reading === null) return { failure: { code: 'bad-number', message: `${quote(value)} is not a number with decimal sign "${sign}"`, remedy: 'Correct the number in the record, or the decimal sign of the transform.' } };
      if (expected !== null && reading.unit !== null && fold(reading.unit) !== expected) return { value: reading.value, warning: `${quote(value)} is not in ${unit}: the figure was taken without conversion` };
      return { value: reading.value };
    };
  },
});

export const integer = defineTransform({
  name: 'integer', summary: 'Whole number. A fraction is a failure unless `round` is set.', input: 'any', output: 'integer',
  parameters: z.strictObject({ decimal, round: z.boolean().default(false).describe('Round to the nearest whole number; the fraction is counted as a loss.'), max: z.int().min(1).optional().describe('A number further from 0 than this is a failure.') }).prefault({}),
  examples: [
    { input: '1 250', output: 1250 }, { input: '12.0', output: 12 }, { input: 7, output: 7 },
    { parameters: { decimal: ',', round: true }, input: '2,5', output: 3 },
    { input: '2.5', failure: 'bad-integer' }, { input: 'dużo', failure: 'bad-integer' }, { input: '99999999999999999999', failure: 'bad-integer' }, { parameters: { max: 2147483647 }, input: '3000000000', failure: 'bad-integer' },
  ],
  prepare: ({ decimal: sign, round, max }) => (value) => {
    const reading = read(value, sign);
    const remedy = 'Correct the number in the record, or use the transform `number` and a decimal field.';
    if (reading === null) return { failure: { code: 'bad-integer', message: `${quote(value)} is not a whole number`, remedy } };
    const whole = /^(-?\d+)(?:\.0*)?$/.exec(reading.value)?.[1];
    if (whole === undefined && !round) return { failure: { code: 'bad-integer', message: `${quote(value)} has a fraction`, remedy } };
    const result = whole === undefined ? Math.sign(Number(reading.value)) * Math.round(Math.abs(Number(reading.value))) : Number(whole);
    if (!Number.isSafeInteger(result) || Math.abs(result) > (max ?? Number.MAX_SAFE_INTEGER)) return { failure: { code: 'bad-integer', message: `${quote(value)} is too large for a whole number`, remedy } };
    return whole === undefined ? { value: result, loss: 'fraction rounded' } : { value: result === 0 ? 0 : result };
  },
});
