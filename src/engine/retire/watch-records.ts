import type { DestinationConnection } from '../../connector/destination.ts';
import type { JsonObject } from '../../connector/json.ts';
import type { CrosswalkRow, VersionRow } from '../ports/ledger.ts';
import { withRetries } from '../retry.ts';
import type { BatchWork } from '../steps/batch-work.ts';
import type { Fate } from './carry-out.ts';

/** In the intent of a part that is detached: nobody else had changed the record that it is part of until then. */
const UNTOUCHED = 'record-untouched';

export interface WatchedRecords {
  /** What the intent of a detached part is to remember; null = nothing. */
  readonly markOf: (row: CrosswalkRow) => JsonObject | null;
  /** The versions of the records now, where the change since is ours alone. */
  readonly versionsNow: () => Promise<readonly VersionRow[]>;
}

/**
 * Detaching a part (a tag) changes the record that it was part of. Looks at those records before and after, and gives the new
 * version where nobody else had changed them, so that a rollback does not take our own change for people's work. A person's
 * change within the seconds of the step itself cannot be told apart.
 */
export async function watchRecords({ work, destination, fates }: Readonly<{ work: BatchWork; destination: DestinationConnection; fates: readonly Fate[] }>): Promise<WatchedRecords> {
  const object = fates[0]?.row.destinationObject ?? '';
  const part = destination.capabilities.partOf?.[object];
  const detached = fates.filter((fate) => fate.action === 'deleted');
  if (part === undefined || detached.length === 0) return { markOf: () => null, versionsNow: async () => [] };
  const { store } = work.dependencies;
  const recordOf = (row: CrosswalkRow): string => String(row.payload[part.field] ?? '');
  const rows = new Map((await store.createdAt({ projectId: work.project.id, object: part.object, ids: [...new Set(detached.map(({ row }) => recordOf(row)))] })).map((row) => [row.destinationId, row]));
  const marks = await store.openIntents({ projectId: work.project.id, keys: detached.filter((fate) => !fate.send).map(({ row }) => `delete:${object}:${row.destinationId}`) });
  const marked = new Set(marks.filter((intent) => intent.previous?.[UNTOUCHED] === true).map((intent) => intent.destinationId));
  // Detached by an attempt that did not live to look again: its intent says how the record was before.
  const untouched = new Set(detached.filter(({ row }) => marked.has(row.destinationId)).map(({ row }) => recordOf(row)));
  for (const record of await look([...rows.keys()])) {
    const row = rows.get(record.id);
    if (row !== undefined && row.version !== null && (record.version === row.version || record.contentHash === row.contentHash)) untouched.add(record.id);
  }
  return {
    markOf: (row) => (untouched.has(recordOf(row)) ? { [UNTOUCHED]: true } : null),
    versionsNow: async () => (await look([...untouched].filter((id) => rows.has(id)))).map(({ id, version, contentHash }) => ({ mapping: rows.get(id)?.mapping ?? '', sourceId: rows.get(id)?.sourceId ?? '', version, contentHash })),
  };

  async function look(ids: readonly string[]): Promise<Awaited<ReturnType<DestinationConnection['read']>>> {
    if (ids.length === 0) return [];
    return withRetries({ call: () => destination.read({ object: part?.object ?? '', ids, fields: [] }), backoffMs: work.backoffMs, signal: work.signal });
  }
}
