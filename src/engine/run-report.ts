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
  deleted: count.describe('Deleted at the destination because the source record is gone (phase deletions of a delta).'),
  archived: count.describe('Archived at the destination because the source record is gone.'),
  kept: byReason.describe('Source record gone, destination record left as it is.'),
  returned: count.describe('Updated ones that had been archived because they were gone at the source, and are back.'),
  destinationBefore: count.nullable().describe('Records of the destination object before the phase; null = not counted.'),
  destinationAfter: count.nullable(),
  balanced: z.boolean().describe('read = all outcomes, and destination after = before + created (or brought back from its archive) - deleted by every mapping of the phase in this object.'),
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
    fromAnswers: count.optional().describe('Records verified from the answer to the call that wrote them, since nothing shows them again or a call for each would be needed. Left out where there are none.'),
  }),
  quarantine: z.array(z.strictObject({ mapping: z.string(), code: z.string(), count })).describe('Open entries of the project by code.'),
  losses: z.array(z.strictObject({ mapping: z.string(), field: z.string(), records: count })).describe('Written records of which something did not survive, by destination field.'),
  calls: z.record(z.string(), z.record(z.string(), count)),
  delta: z.array(z.strictObject({
    mapping: z.string(), object: z.string(), destinationObject: z.string(),
    new: count.describe('Records of the source that were not in yet.'),
    changed: count.describe('Records of the source that differ from what was last written, conflicts included.'),
    returned: count.describe('Changed ones that were gone, and archived for it, and are back.'),
    deleted: count.describe('Records that were moved and are gone at the source.'),
    conflicts: count.describe('Source and destination both changed: held back, nothing is overwritten.'),
    unchanged: count,
  })).optional().describe('What a delta saw, by mapping; in a dry run what it would do.'),
  retired: z.array(z.strictObject({
    mapping: z.string(), sourceId: z.string(), action: z.enum(['deleted', 'archived', 'kept', 'skipped']), reason: z.string().nullable(),
    destinationObject: z.string(), destinationId: z.string(), details: z.record(z.string(), z.unknown()),
  })).optional().describe('What a delta did with each record that is gone at the source: at most 10,000 are listed, all are counted.'),
  written: count.describe('Records created, updated or deleted at the destination by this run.'),
  rollback: z.strictObject({
    deleted: count, restored: count, kept: count,
    residue: z.array(z.strictObject({ mapping: z.string(), sourceId: z.string(), reason: z.string(), details: z.record(z.string(), z.unknown()) }))
      .describe('All that is left: what was kept (counted as `kept`), what the destination only archived when it was deleted (reason archived), and what was brought back from the archive and stays (brought-back).'),
    fingerprintBefore: z.string(), fingerprintAfter: z.string(), identical: z.boolean(),
    differences: z.array(z.string()).describe('Objects or side tables whose fingerprint differs, in words.'),
  }).optional(),
});
export type RunReport = z.infer<typeof runReportSchema>;
