import { z } from 'zod';
import { runReportSchema } from '../../engine/run-report.ts';
import { typedText } from './cut-over.ts';
import { runLineSchema } from './projects.ts';

export const runsSchema = z.strictObject({ runs: z.array(runLineSchema) });
export type Runs = z.infer<typeof runsSchema>;

export const startRunSchema = z.strictObject({
  mode: z.enum(['preview', 'sample', 'sandbox', 'production', 'delta', 'rollback']).describe('A preview reads the source in and counts what a load would do: it writes nothing and takes a plan that is not confirmed yet. A sandbox run stands in the project `<name>~sandbox`.'),
  records: z.int().min(1).max(100_000).optional().describe('Of a sample: how many. Default 200; with ids or conditions all.'),
  ids: z.array(z.string().max(1000)).max(1000).optional().describe('Of a sample: these records, each as `object:id`.'),
  where: z.array(z.string().max(1000)).max(20).optional().describe('Of a sample: records that fulfil all of these, each as `object.field=value`.'),
  alone: z.boolean().optional().describe('Of a sample: without the notes, messages and deals that point to the chosen records.'),
  dryRun: z.boolean().optional().describe('Of a rollback or delta: show what it would do; nothing is changed.'),
  deleteChanged: z.union([z.boolean(), z.array(z.string().regex(/^[^:]+:.+$/s)).max(10_000)]).optional().describe('Of a rollback: delete records too that people changed since; all, or those named `mapping:source-id`.'),
  approveGates: z.boolean().optional().describe('Open the gate of every phase whose counts add up and whose fields came back right.'),
  confirmDestination: z.string().optional().describe('Host name of the destination, typed by a person: needed for what writes to it.'),
});

const phaseSchema = z.strictObject({ name: z.string(), label: z.string(), status: z.enum(['waiting', 'running', 'gate', 'done', 'failed']), startedAt: z.string().nullable(), finishedAt: z.string().nullable() });
const gateSchema = z.strictObject({ phase: z.string(), openedAt: z.string(), approvedAt: z.string().nullable(), approvedBy: z.string().nullable(), objections: z.array(z.string()) });
const progressSchema = z.strictObject({ runId: z.string(), phase: z.string(), step: z.string(), done: z.number(), total: z.number().nullable(), perSecond: z.number().nullable(), secondsLeft: z.number().nullable() });
export type Progress = z.infer<typeof progressSchema>;

/** The state of a run that a live stream sends whenever it changes. */
export const liveRunSchema = z.strictObject({ run: runLineSchema, phases: z.array(phaseSchema), waitingGates: z.array(z.string()) });
export type LiveRun = z.infer<typeof liveRunSchema>;

export const runDetailsSchema = z.strictObject({
  run: runLineSchema, phases: z.array(phaseSchema), gates: z.array(gateSchema), report: runReportSchema,
  progress: progressSchema.nullable().describe('Of a run that this server drives, the last that was said.'),
});
export type RunDetails = z.infer<typeof runDetailsSchema>;

const outcomeSchema = z.enum(['created', 'updated', 'matched', 'merged', 'unchanged', 'skipped', 'quarantined', 'failed', 'deleted', 'archived', 'kept']);
export const runFlowSchema = z.strictObject({
  rows: z.array(z.strictObject({ mapping: z.string(), object: z.string(), destinationObject: z.string(), outcome: outcomeSchema, reason: z.string().nullable().describe('Of what was skipped, held back or kept.'), records: z.number() })),
  leftOut: z.array(z.strictObject({ object: z.string(), records: z.number() })).describe('Objects of the source that the plan does not move, with the count of discovery.'),
});
export type RunFlow = z.infer<typeof runFlowSchema>;

/** What one side of a run was asked, and how much it takes. */
const runCallsSchema = z.strictObject({
  role: z.enum(['source', 'destination']), made: z.number().describe('Calls of this run.'),
  limits: z.array(z.strictObject({
    name: z.string(), perSecond: z.number().nullable().describe('Calls a second that Portolan keeps to; null = only what the platform states.'),
    window: z.strictObject({ limit: z.number(), left: z.number(), endsAt: z.string() }).nullable().describe('What the platform stated last of its own limit.'),
    pausedUntil: z.string().nullable().describe('The platform asked to wait until then.'),
  })),
});
export const callsSchema = z.strictObject({ seconds: z.number().describe('How long the run has been at work.'), sides: z.array(runCallsSchema) });
export type RunCalls = z.infer<typeof callsSchema>;
const recordDiffSchema = z.strictObject({
  mapping: z.string(), sourceObject: z.string(), sourceId: z.string(), position: z.string(), destinationObject: z.string(), destinationId: z.string(), gone: z.boolean(),
  fields: z.array(z.strictObject({ field: z.string(), from: z.array(z.string()), source: z.unknown(), planned: z.unknown(), readBack: z.unknown(), class: z.string(), how: z.string(), names: z.record(z.string(), z.string()).optional().describe('Of references: by id, what the destination calls the records they lead to.') })),
});
export type RecordDiffView = z.infer<typeof recordDiffSchema>;
export const diffsSchema = z.strictObject({ records: z.array(recordDiffSchema), written: z.number().describe('Records among which was chosen.'), next: z.number().nullable().describe('Give it as `after` for the next page; null = that was all.') });
export type Diffs = z.infer<typeof diffsSchema>;

const spotCheckLine = {
  id: z.string(), runId: z.string().nullable(), seed: z.string(), destination: z.string(), written: z.number(), count: z.number(), marked: z.number(), wrong: z.number(), madeBy: z.string(), madeAt: z.string(),
  verdict: z.enum(['accepted', 'rejected']).nullable(), remark: z.string(), signedName: z.string().nullable(), signedBy: z.string().nullable(), signedAt: z.string().nullable(),
};
export const spotChecksSchema = z.strictObject({ sheets: z.array(z.strictObject(spotCheckLine)) });
export type SpotChecks = z.infer<typeof spotChecksSchema>;
export const spotCheckSchema = z.strictObject({
  ...spotCheckLine, records: z.array(recordDiffSchema),
  marks: z.array(z.strictObject({ position: z.number(), inOrder: z.boolean().nullable(), comment: z.string(), markedBy: z.string(), markedAt: z.string() })),
});
export type SpotCheckView = z.infer<typeof spotCheckSchema>;
export const drawSchema = z.strictObject({ run: z.uuid().nullable().describe('null = of everything that the project wrote.'), records: z.int().min(20).max(40) });
export const markSchema = z.strictObject({ position: z.int().min(0).max(1000), inOrder: z.boolean().nullable(), comment: typedText(2000) });
export const signSchema = z.strictObject({ verdict: z.enum(['accepted', 'rejected']), name: typedText(200).refine((text) => text.trim() !== '', 'type your name'), remark: typedText(4000) });
export const approveSchema = z.strictObject({ phase: z.string().nullable().describe('null = every gate that waits.') });

const counts = { records: z.number(), fields: z.number(), exact: z.number(), equalAfterNormalisation: z.number(), declaredLossy: z.number(), mismatch: z.number(), unreadable: z.number() };
export const verificationSchema = z.strictObject({
  mappings: z.array(z.strictObject({ phase: z.string(), mapping: z.string(), ...counts })),
  fields: z.array(z.strictObject({ phase: z.string(), mapping: z.string(), field: z.string(), class: z.string(), count: z.number() })),
  findings: z.array(z.strictObject({ phase: z.string(), mapping: z.string(), sourceId: z.string(), destinationId: z.string(), field: z.string(), class: z.enum(['declaredLossy', 'mismatch', 'unreadable']), written: z.unknown(), found: z.unknown() })).describe('At most 500, mismatches first.'),
});
export type Verification = z.infer<typeof verificationSchema>;

export const quarantineSchema = z.strictObject({
  counts: z.array(z.strictObject({ mapping: z.string(), code: z.string(), count: z.number() })),
  entries: z.array(z.strictObject({
    id: z.string(), mapping: z.string(), sourceObject: z.string(), sourceId: z.string(), stage: z.string(), code: z.string(), message: z.string(), remedy: z.string(),
    field: z.string().nullable(), fields: z.array(z.string()).describe('Source fields that it is about.'), position: z.string(), data: z.record(z.string(), z.unknown()).nullable(), createdAt: z.string(),
  })),
  next: z.string().nullable().describe('Give it as `after` for the next page; null = that was all.'),
});
export type Quarantine = z.infer<typeof quarantineSchema>;
export const retrySchema = z.strictObject({ corrections: z.array(z.strictObject({ id: z.string(), fields: z.record(z.string(), z.string()).describe('Corrected values by source field; empty = retry as it is.') })).min(1).max(10_000) });
