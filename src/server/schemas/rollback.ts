import { z } from 'zod';

export const rollbackFateSchema = z.enum(['removed', 'restored', 'kept', 'gone', 'untouched']);

const rowSchema = z.strictObject({
  mapping: z.string(), sourceId: z.string(), fate: rollbackFateSchema, destinationObject: z.string(), destinationId: z.string(), reason: z.string().nullable().describe('Of what is kept; of what is deleted or left as it was, where something of it stays: archived, brought-back.'),
  details: z.record(z.string(), z.unknown()).describe('`label`: what it is called. Of what is kept: `fields` that people changed, `changedBy` and `changedAt` (null = the platform does not tell), `changedByOwnAccount`, `dependants`. Of what is restored: `fields`, and `previous` values.'),
  address: z.string().nullable().describe('Where a person sees the record at the destination; null = the platform has no page for it.'),
});

/** What a rollback does with each record, or would do in a dry run. */
export const rollbackRecordsSchema = z.strictObject({
  fates: z.array(z.strictObject({ mapping: z.string(), fate: rollbackFateSchema, records: z.number() })).describe('Counts of all records, whatever page is asked for.'),
  records: z.array(rowSchema),
  next: z.strictObject({ mapping: z.string(), sourceId: z.string() }).nullable().describe('Give it as `afterMapping` and `afterId` for the next page; null = that was all.'),
});
export type RollbackRecords = z.infer<typeof rollbackRecordsSchema>;
export type RollbackRecord = RollbackRecords['records'][number];
