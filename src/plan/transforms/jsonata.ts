import { z } from 'zod';
import { prepareExpression } from '../compiled/expression.ts';
import { defineTransform } from './transform.ts';

const expression = z.string().min(1).superRefine((text, context) => {
  try { prepareExpression(text); } catch (error) { context.addIssue({ code: 'custom', message: `not a JSONata expression: ${(error as Error).message}` }); }
});
const parameters = z.union([expression, z.strictObject({ expression }).transform((given) => given.expression)]);

export const jsonataTransform = defineTransform({
  name: 'jsonata', summary: 'A JSONata expression over `{ value, record, links, facts }`, for what the named transforms do not cover. Bounded in time and depth.',
  input: 'any', output: 'any', parameters, asynchronous: true, takesEmpty: true, takesLists: true,
  examples: [
    { parameters: '$uppercase(value) & "/" & record.city', record: { city: 'Gdynia' }, input: 'ab', output: 'AB/Gdynia' },
    { parameters: 'value.missing', input: 'x', output: null },
    { parameters: '$now()', input: 'x', failure: 'expression-failed' },
    { parameters: '($f := function($n) { $f($n + 1) + 1 }; $f(1))', input: 'x', failure: 'expression-failed' },
  ],
  prepare: (text) => {
    const evaluate = prepareExpression(text);
    return async (value, { record, links, facts }) => {
      try {
        return { value: await evaluate({ value, record, links, facts }) };
      } catch (error) {
        return { failure: { code: 'expression-failed', message: `the expression failed: ${(error as Error).message}`, remedy: 'Correct the expression of this line, or the value in the record.' } };
      }
    };
  },
});
