import { z } from 'zod';
import { stepSchema as step } from './plan.ts';

/** A transform as an editor offers it. */
export const transformsSchema = z.strictObject({
  transforms: z.array(z.strictObject({
    name: z.string(), summary: z.string(), takesParameters: z.enum(['no', 'may', 'must']),
    examples: z.array(z.strictObject({ parameters: z.unknown(), input: z.unknown(), output: z.unknown() })).describe('Of those that succeed.'),
  })),
});
export type Transforms = z.infer<typeof transformsSchema>;

const placeSchema = z.strictObject({
  name: z.string(), label: z.string(), type: z.string(), confidence: z.number().nullable().describe('0 to 1; null = not among the likeliest.'), reasons: z.array(z.string()),
  transforms: z.array(step).nullable().describe('How the values get in; null = they do not.'), loss: z.string().nullable(), why: z.string().nullable().describe('Why the values do not fit.'),
  takenBy: z.string().nullable().describe('Source field of the line that writes it now, and has to be rejected first; null = it is free.'),
});
export type LinePlace = z.infer<typeof placeSchema>;

/** One line with what a person may make of it. */
export const lineSchema = z.strictObject({
  key: z.string(), hash: z.string().describe('Of the plan.'),
  to: z.string(), from: z.array(z.string()), transforms: z.array(step), loss: z.string().nullable(), reason: z.string(),
  movable: z.boolean().describe('Its value is one source field\'s: any field that this fits. False: only fields that take the same kind of value.'),
  places: z.array(placeSchema).describe('The likeliest first, best first; then the rest by name.'),
});
export type LineDetails = z.infer<typeof lineSchema>;

export const tryLineSchema = z.strictObject({ base: z.string(), to: z.string().min(1).max(500).optional(), transforms: z.array(step).max(50).optional() });
export const lineTrialSchema = z.strictObject({
  problems: z.array(z.strictObject({ part: z.enum(['to', 'from', 'transforms', 'other']), step: z.number().nullable(), message: z.string(), remedy: z.string() })),
  preview: z.strictObject({
    origin: z.enum(['staged', 'source']).describe('`source` = nothing was read in yet: the first records, whose links are not known.'),
    looked: z.number(), counts: z.strictObject({ written: z.number(), empty: z.number(), notWritten: z.number(), quarantine: z.number() }),
    samples: z.array(z.strictObject({
      sourceId: z.string(), position: z.string(), outcome: z.enum(['written', 'empty', 'notWritten', 'quarantine']), before: z.unknown(), after: z.unknown(),
      code: z.string().nullable(), message: z.string().nullable(), remedy: z.string().nullable(), loss: z.string().nullable(),
    })),
  }).nullable().describe('null = the line cannot be tried because of its problems.'),
});
export type LineTrial = z.infer<typeof lineTrialSchema>;

export const commentSchema = z.strictObject({ id: z.string(), key: z.string().nullable().describe('Line of the newest plan; null = it has no such line any more.'), author: z.string(), text: z.string(), createdAt: z.string(), mine: z.boolean() });
export const commentsSchema = z.strictObject({ comments: z.array(commentSchema).describe('Oldest first.') });
export type LineComments = z.infer<typeof commentsSchema>;
export const newCommentSchema = z.strictObject({ key: z.string(), text: z.string().trim().min(1, 'write something').max(5_000, 'at most 5,000 characters') });
