import { z } from 'zod';
import type { Json } from '../../connector/json.ts';
import { isEmpty } from '../values/plain-text.ts';
import { defineTransform } from './transform.ts';

const anyJson = z.json().transform((value) => value as Json);

export const constant = defineTransform({
  name: 'constant', summary: 'A fixed value, whatever came in.', input: 'any', output: 'any', parameters: anyJson, takesEmpty: true, takesLists: true,
  examples: [{ parameters: 'lead', input: 'x', output: 'lead' }, { parameters: true, input: null, output: true }],
  prepare: (value) => () => ({ value }),
});

export const defaultValue = defineTransform({
  name: 'default', summary: 'A fixed value where the value is empty.', input: 'any', output: 'same', parameters: anyJson, takesEmpty: true, takesLists: true,
  examples: [{ parameters: 'PL', input: ' ', output: 'PL' }, { parameters: 'PL', input: 'DE', output: 'DE' }],
  prepare: (fallback) => (value) => ({ value: isEmpty(value) ? fallback : value }),
});
