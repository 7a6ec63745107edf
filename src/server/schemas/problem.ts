import { z } from 'zod';

/** Every refusal of the API. */
export const problemSchema = z.strictObject({
  error: z.strictObject({
    code: z.string().describe('Stable, kebab-case.'),
    message: z.string().describe('Names the thing and the value.'),
    remedy: z.string().nullable().describe('What a person can do; null = nothing.'),
    fields: z.record(z.string(), z.string()).optional().describe('By name of the form field: what is wrong with it.'),
    problems: z.array(z.strictObject({ line: z.number().nullable(), path: z.string(), message: z.string(), remedy: z.string() })).optional().describe('Of a plan: every problem with its line.'),
    currentHash: z.string().optional().describe('Of a conflict: the hash of the plan as it is now.'),
  }),
});
export type Problem = z.infer<typeof problemSchema>;
