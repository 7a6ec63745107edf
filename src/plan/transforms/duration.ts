import { z } from 'zod';
import { readDuration } from '../values/duration-text.ts';
import { plainText, quote } from '../values/plain-text.ts';
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
