import type { DestinationConnection } from '../../connector/destination.ts';
import { sameFields } from '../load/attempt.ts';
import type { CrosswalkRow } from '../ports/ledger.ts';
import { withRetries } from '../retry.ts';
import type { BatchWork } from '../steps/batch-work.ts';
import { isForced, type DeleteScope, type Kept } from './kept.ts';

/** What becomes of records that were there before and that we wrote to. */
export interface Restores {
  /** With those previous values only that are not there by now. */
  readonly restore: readonly CrosswalkRow[];
  /** Gone, or as they were. */
  readonly forget: readonly CrosswalkRow[];
  /** Somebody has changed since what we wrote. */
  readonly kept: readonly Kept[];
}

/** Decides for updated records what is to be restored. Reads only. */
export async function decideRestores(params: Readonly<{ work: BatchWork; destination: DestinationConnection; rows: readonly CrosswalkRow[]; scope: DeleteScope }>): Promise<Restores> {
  const { work, destination, rows, scope } = params;
  const object = rows[0]?.destinationObject;
  if (object === undefined) return { restore: [], forget: [], kept: [] };
  const fields = await work.sessions.fields(work.project.id, object);
  const same = sameFields(destination, object, fields);
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.previous ?? {})))].filter((name) => fields.has(name));
  const read = await withRetries({ call: () => destination.read({ object, ids: rows.map((row) => row.destinationId), fields: names }), backoffMs: work.backoffMs, signal: work.signal });
  const now = new Map(read.map((record) => [record.id, record]));
  const restore: CrosswalkRow[] = [];
  const forget: CrosswalkRow[] = [];
  const kept: Kept[] = [];
  for (const row of rows) {
    const record = now.get(row.destinationId);
    const open = Object.entries(row.previous ?? {}).filter(([name, before]) => record !== undefined && fields.has(name) && !same(name, before, record.values[name] ?? null));
    const changed = open.filter(([name]) => !same(name, row.payload[name] ?? null, record?.values[name] ?? null)).map(([name]) => name);
    if (open.length === 0) forget.push(row);
    else if (changed.length > 0 && !isForced(scope, row)) kept.push({ sourceId: row.sourceId, reason: 'changed-since', details: { object, id: row.destinationId, references: [], fields: changed, version: record?.version ?? null } });
    else restore.push({ ...row, previous: Object.fromEntries(open) });
  }
  return { restore, forget, kept };
}
