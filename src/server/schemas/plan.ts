import { z } from 'zod';
import type { TransformStep } from '../../plan/plan.ts';

/** A transform as it stands in a plan; what its parameters are is checked with the plan. The plan's own schema recurs, which the OpenAPI document cannot say. */
export const stepSchema = z.union([z.string().min(1), z.record(z.string(), z.unknown())]) as unknown as z.ZodType<TransformStep, TransformStep>;

const lineStatus = z.enum(['proposed', 'confirmed', 'rejected']);
export const planLineSchema = z.strictObject({
  key: z.string().describe('Names the line within this version of the plan.'),
  kind: z.enum(['mapping', 'field', 'leftOut', 'schema']),
  mapping: z.string().nullable(), source: z.string().nullable().describe('Source object.'), destination: z.string().nullable().describe('Destination object.'),
  from: z.string().describe('Source field, or what stands for it, in words.'), to: z.string(),
  transforms: z.string().describe('In words; empty = the value as it is.'),
  status: lineStatus, confidence: z.number(), reason: z.string(), loss: z.string().nullable(), evidence: z.array(z.string()), custom: z.boolean(),
});
export type PlanLine = z.infer<typeof planLineSchema>;

const value = z.unknown();
const decisionSchema = z.strictObject({
  id: z.string(), question: z.string(), options: z.array(z.strictObject({ value, label: z.string(), effect: z.string() })),
  free: z.enum(['number', 'text']).nullable(), recommendation: value, answer: value, reason: z.string(), evidence: z.array(z.string()),
});
export type Decision = z.infer<typeof decisionSchema>;

export const planStateSchema = z.strictObject({
  version: z.number(), hash: z.string(), confirmedAt: z.string().nullable(), confirmedBy: z.string().nullable(),
  counts: z.strictObject({ confirmed: z.number(), toReview: z.number(), leftOut: z.number(), decisions: z.number(), openDecisions: z.number() }),
});
export type PlanState = z.infer<typeof planStateSchema>;
export const planSchema = z.strictObject({
  state: planStateSchema,
  mappings: z.array(z.strictObject({ id: z.string(), source: z.string(), destination: z.string(), phase: z.string(), status: lineStatus, fields: z.number(), toReview: z.number(), lossy: z.boolean(), cardinality: z.enum(['each', 'merged', 'matched']).describe('each = a record for a record; merged = several may become one; matched = only those that are there are found, none is made.') })),
  lines: z.array(planLineSchema), decisions: z.array(decisionSchema),
  people: z.strictObject({ family: z.string().describe('Decisions `<family>:<owner>` take them as answers.'), values: z.array(z.strictObject({ value: z.string(), label: z.string() })) }).nullable().describe('Users of the destination who may stand for owners.'),
});
export type PlanView = z.infer<typeof planSchema>;

export const lineChangesSchema = z.strictObject({
  base: z.string().describe('Hash of the plan that the person saw: where it is not the newest, the answer is 409.'),
  changes: z.array(z.strictObject({
    key: z.string(), status: lineStatus.optional(),
    to: z.string().min(1).max(500).nullable().optional().describe('Another destination field; without `transforms` the values get in as their types ask for. A column that is left out gets a line of its own so; null = it is left out again.'),
    transforms: z.array(stepSchema).max(50).optional(),
    loss: z.string().max(10_000).nullable().optional(), reason: z.string().max(20_000).optional(),
  })).min(1).max(10_000),
});
const answers = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.unknown()), z.record(z.string(), z.unknown())]));
export const answersSchema = z.strictObject({ base: z.string(), answers, seen: answers.optional().describe('By decision: the answer that the person saw when choosing, null = none. Where another is there now, the answer is 409 `answer-changed`.') });
export const confirmSchema = z.strictObject({ base: z.string(), acceptRecommendations: z.boolean() });
export const planTextSchema = z.strictObject({ text: z.string(), hash: z.string(), version: z.number() });
export const savePlanTextSchema = z.strictObject({ base: z.string(), text: z.string().max(20_000_000) });

export const previewSchema = z.strictObject({
  mappings: z.array(z.strictObject({
    mapping: z.string(), destinationObject: z.string(), outcome: z.enum(['write', 'skip', 'quarantine']), reason: z.string().nullable(),
    fields: z.array(z.strictObject({ to: z.string(), from: z.array(z.string()), before: z.unknown(), after: z.unknown(), reason: z.string(), warning: z.string().nullable(), loss: z.string().nullable() })),
  })),
  notMoved: z.array(z.strictObject({ field: z.string(), value: z.unknown(), reason: z.string() })).describe('Filled fields of the record that nothing takes.'),
});
export type Preview = z.infer<typeof previewSchema>;

export const stagedSchema = z.strictObject({
  objects: z.array(z.strictObject({ object: z.string(), records: z.array(z.strictObject({ id: z.string(), values: z.array(z.string()).describe('The first values of it, to tell it by.') })) })).describe('Source objects of the plan, each with some records that were read in; none = it was not read in yet, or has none.'),
});
export type Staged = z.infer<typeof stagedSchema>;
