import { z } from 'zod';

const count = z.int().min(0);
const byReason = z.record(z.string(), count);

/** One mapping of one phase: `read` must equal the sum of all outcomes. */
export const phaseReportSchema = z.strictObject({
  phase: z.string(),
  mapping: z.string().describe('Id of the plan\'s mapping.'),
  object: z.string().describe('Source object.'),
  destinationObject: z.string(),
  read: count, created: count, updated: count, matched: count, merged: count,
  skipped: byReason, quarantined: byReason, failed: byReason,
  destinationBefore: count.nullable().describe('Records of the destination object before the phase; null = not counted.'),
  destinationAfter: count.nullable(),
  balanced: z.boolean().describe('read = all outcomes, and destination after = before + created by every mapping of the phase into this object.'),
  durationMs: count,
});
export type PhaseReport = z.infer<typeof phaseReportSchema>;

/** The report of a run, as `--json` prints it and as it stands in the reports folder. Schema published under docs/reference/. */
export const runReportSchema = z.strictObject({
  run: z.string(), project: z.string(), route: z.string(),
  mode: z.enum(['preview', 'sample', 'sandbox', 'production', 'delta', 'rollback']),
  planHash: z.string(),
  status: z.enum(['running', 'paused', 'waiting', 'succeeded', 'withQuarantine', 'failed', 'interrupted', 'cancelled']),
  startedAt: z.string(), finishedAt: z.string().nullable(),
  error: z.strictObject({ code: z.string(), message: z.string(), remedy: z.string().nullable() }).nullable(),
  phases: z.array(phaseReportSchema),
  verification: z.strictObject({
    records: count, fields: count, exact: count, equalAfterNormalisation: count, declaredLossy: count, mismatch: count, unreadable: count,
  }),
  quarantine: z.array(z.strictObject({ mapping: z.string(), code: z.string(), count })).describe('Open entries of the project by code.'),
  losses: z.array(z.strictObject({ mapping: z.string(), field: z.string(), records: count })).describe('Written records of which something did not survive, by destination field.'),
  calls: z.record(z.string(), z.record(z.string(), count)),
  written: count.describe('Records created, updated or deleted at the destination by this run.'),
  rollback: z.strictObject({
    deleted: count, restored: count, kept: count,
    residue: z.array(z.strictObject({ mapping: z.string(), sourceId: z.string(), reason: z.string(), details: z.record(z.string(), z.unknown()) })),
    fingerprintBefore: z.string(), fingerprintAfter: z.string(), identical: z.boolean(),
    differences: z.array(z.string()).describe('Objects or side tables whose fingerprint differs, in words.'),
  }).optional(),
});
export type RunReport = z.infer<typeof runReportSchema>;
