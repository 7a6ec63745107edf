import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { CountryCode } from 'libphonenumber-js';
import { z } from 'zod';
import { plainText, quote } from '../values/plain-text.ts';
import { defineTransform } from './transform.ts';

const parameters = z.strictObject({
  region: z.string().regex(/^[A-Z]{2}$/).default('PL').describe('ISO code of the country of numbers without prefix.'),
  form: z.enum(['e164', 'international', 'raw']).default('e164').describe('`raw`: as written, only checked.'),
  invalid: z.enum(['keep', 'quarantine']).default('keep').describe('What becomes of text that is no phone number.'),
}).prefault({});

export const phone = defineTransform({
  name: 'phone', summary: 'Phone number as E.164 where it can be told; otherwise as written, with a warning. Numbers a spreadsheet has damaged are flagged.',
  input: 'text', output: 'phone', parameters,
  examples: [
    { input: '601 234 567', output: '+48601234567' },
    { input: '0048 22 607-24-51', output: '+48226072451' },
    { parameters: { region: 'DE' }, input: '030 1234567', output: '+49301234567' },
    { parameters: { form: 'international' }, input: '+48601234567', output: '+48 601 234 567' },
    { input: 'wew. 12', output: 'wew. 12', warning: 'not recognised' },
    { input: '4,86E+10', output: '4,86E+10', warning: 'spreadsheet' },
    { parameters: { invalid: 'quarantine' }, input: 'wew. 12', failure: 'bad-phone' },
  ],
  prepare: ({ region, form, invalid }) => (value) => {
    const text = plainText(value) ?? '';
    if (invalid !== 'quarantine' && /^\d[.,]?\d*E\+?\d+$/i.test(text)) return { value: text, warning: `${quote(text)} was damaged by a spreadsheet: its last digits are lost; kept as it is`, loss: 'phone number damaged in the source' };
    const number = parsePhoneNumberFromString(text.replace(/^00(?=[1-9])/, '+'), region as CountryCode);
    if (invalid === 'quarantine' && !number?.isValid()) return { failure: { code: 'bad-phone', message: `${quote(text)} is not a phone number`, remedy: 'Correct the number, or let the line keep such text (`invalid`).' } };
    if (!number?.isValid()) return { value: text, warning: `phone number ${quote(text)} not recognised: kept as it is` };
    if (form === 'raw') return { value: text };
    if (form === 'international') return { value: number.formatInternational() };
    return number.ext === undefined ? { value: number.number } : { value: `${number.number};ext=${number.ext}` };
  },
});
