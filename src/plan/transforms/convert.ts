import { z } from 'zod';
import { multiplyDecimals, numberToDecimal, readDecimal } from '../values/decimal.ts';
import { plainText, quote } from '../values/plain-text.ts';
import { defineTransform } from './transform.ts';

const rate = z.union([
  z.literal('keep'),
  z.number().positive().transform((value) => numberToDecimal(value) ?? ''),
  z.string().regex(/^\d+([.,]\d+)?$/, 'a rate is a positive number').transform((text) => text.replace(',', '.')),
]);
const parameters = z.strictObject({
  rate: rate.describe('By which the amount is multiplied. `keep`: nobody stated a rate; the field stays empty.'),
  decimals: z.int().min(0).max(10).default(2),
});

export const convert = defineTransform({
  name: 'convert', summary: 'Amount in another currency, by a stated rate; exact, rounded half up at the end.', input: 'decimal', output: 'decimal', parameters,
  examples: [
    { parameters: { rate: 4.35 }, input: '100.10', output: '435.44' },
    { parameters: { rate: '0,25', decimals: 0 }, input: '-10', output: '-3' },
    { parameters: { rate: { decision: 'currency-rate:EUR' } }, decisions: { 'currency-rate:EUR': 4.5 }, input: '2', output: '9.00' },
    { parameters: { rate: 'keep' }, input: '2', output: null, warning: 'not converted' },
    { parameters: { rate: 2 }, input: 'dwa', failure: 'bad-number' },
  ],
  prepare: ({ rate: by, decimals }) => (value) => {
    const amount = readDecimal(plainText(value) ?? '', '.')?.value;
    if (amount === undefined) return { failure: { code: 'bad-number', message: `${quote(value)} is not a number`, remedy: 'Put the transform `number` before `convert`.' } };
    if (by === 'keep') return { value: null, warning: `${amount} was not converted, because no rate is stated: left empty`, loss: `amount ${amount} in another currency` };
    return { value: multiplyDecimals(amount, by, decimals) };
  },
});
