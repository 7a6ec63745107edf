import { z } from 'zod';
import { readDuration } from '../duration-text.ts';
import { fieldReader } from '../field-value.ts';
import { plainText, quote } from '../plain-text.ts';
import { defineTransform } from './transform.ts';

export const duration = defineTransform({
  name: 'duration', summary: 'Length of time in whole seconds: a number of seconds, `mm:ss`, `hh:mm:ss`, `1 h 30 min` or ISO 8601.', input: 'any', output: 'integer', parameters: z.undefined(),
  examples: [
    { input: '185', output: 185 }, { input: '3:05', output: 185 }, { input: '1:03:05', output: 3785 }, { input: '1 godz. 30 min', output: 5400 }, { input: 'PT45M', output: 2700 },
    { input: 'długo', failure: 'bad-duration' },
  ],
  prepare: () => (value) => {
    const seconds = readDuration(plainText(value) ?? '');
    if (seconds === null) return { failure: { code: 'bad-duration', message: `${quote(value)} is no length of time`, remedy: 'Correct the value: seconds, mm:ss or hh:mm:ss.' } };
    return { value: seconds };
  },
});

const plusParameters = z.strictObject({
  field: z.string().min(1).describe('Field of the record that holds the length of time, in the forms of `duration`.'),
  otherwise: z.int().min(0).default(0).describe('Seconds where that field is empty or cannot be read.'),
});

export const plusDuration = defineTransform({
  name: 'plusDuration', summary: 'A point in time moved on by the length of time in another field: the end of a meeting from its start.', input: 'datetime', output: 'datetime', parameters: plusParameters,
  examples: [
    { parameters: { field: 'duration' }, record: { duration: '0:45:00' }, input: '2024-03-12T09:30:00Z', output: '2024-03-12T10:15:00Z' },
    { parameters: { field: 'duration' }, record: {}, input: '2024-03-12T09:30:00Z', output: '2024-03-12T09:30:00Z' },
    { parameters: { field: 'duration', otherwise: 3600 }, record: { duration: 'krótko' }, input: '2024-03-12T09:30:00Z', output: '2024-03-12T10:30:00Z', warning: 'no length of time' },
    { parameters: { field: 'duration' }, record: { duration: '60' }, input: 'jutro', failure: 'bad-date' },
  ],
  prepare: ({ field, otherwise }) => {
    const read = fieldReader(field);
    return (value, { record }) => {
      const start = Date.parse(plainText(value) ?? '');
      if (Number.isNaN(start)) return { failure: { code: 'bad-date', message: `${quote(value)} is no point in time`, remedy: 'Put the transform `datetime` before this one.' } };
      const text = plainText(read(record));
      const seconds = text === null ? otherwise : readDuration(text);
      const end = new Date(start + (seconds ?? otherwise) * 1000).toISOString().replace(/\.\d{3}Z$/, 'Z');
      return { value: end, ...(seconds === null ? { warning: `${quote(text)} is no length of time: taken as ${otherwise} seconds` } : {}) };
    };
  },
});
