import type { DestinationConnection, DestinationRecord } from '../../connector/destination.ts';
import type { JsonObject } from '../../connector/json.ts';
import type { CrosswalkRow } from '../ports/ledger.ts';
import type { Store } from '../ports/store.ts';
import { withRetries } from '../retry.ts';

/** How a record looks at the destination. `record` null = known from the answer to its create only; `values` null = it is gone. */
export interface ReadBack { readonly record: DestinationRecord | null; readonly values: JsonObject | null }

export interface ReadBackParams {
  readonly store: Store;
  readonly projectId: string;
  readonly destination: DestinationConnection;
  readonly object: string;
  readonly rows: readonly CrosswalkRow[];
  readonly fields: readonly string[];
  /** true = everything is to be read that can be; else what an answer showed is not asked for again. */
  readonly everything: boolean;
  readonly backoffMs: (attempt: number) => number;
  readonly signal: AbortSignal;
}

/**
 * Reads records back by their source ids: from the answer to their create where that showed them (`answersShow`), else by a call.
 * Of everything, a part that cannot be read any more although its record is there (Intercom shows the 500 newest parts of a
 * conversation) counts as it was seen.
 */
export async function readBack(params: ReadBackParams): Promise<ReadonlyMap<string, ReadBack>> {
  const { store, projectId, destination, object, rows } = params;
  const shown = destination.capabilities.answersShow?.includes(object) === true && rows.length > 0;
  const seen = new Map((shown ? await store.seenRecords({ projectId, mapping: rows[0]?.mapping ?? '', sourceIds: rows.map((row) => row.sourceId) }) : []).map((row) => [row.sourceId, row.seen]));
  const asked = params.everything ? rows : rows.filter((row) => !seen.has(row.sourceId));
  const records = new Map((await read(params, object, asked.map((row) => row.destinationId), params.fields)).map((record) => [record.id, record]));
  const hidden = asked.filter((row) => !records.has(row.destinationId) && seen.has(row.sourceId));
  const living = await withLivingRecord(params, hidden);
  return new Map(rows.map((row): [string, ReadBack] => {
    const record = records.get(row.destinationId);
    if (record !== undefined) return [row.sourceId, { record, values: record.values }];
    const trusted = !params.everything || living.has(row.sourceId);
    return [row.sourceId, { record: null, values: trusted ? seen.get(row.sourceId) ?? null : null }];
  }));
}

/** Source ids of those whose own record is still there. */
async function withLivingRecord(params: ReadBackParams, rows: readonly CrosswalkRow[]): Promise<ReadonlySet<string>> {
  const part = params.destination.capabilities.partOf?.[params.object];
  if (part === undefined || rows.length === 0) return new Set();
  const ownerOf = (row: CrosswalkRow): string => String(row.payload[part.field] ?? '');
  const living = new Set((await read(params, part.object, [...new Set(rows.map(ownerOf))], [])).map((record) => record.id));
  return new Set(rows.filter((row) => living.has(ownerOf(row))).map((row) => row.sourceId));
}

async function read({ destination, backoffMs, signal }: ReadBackParams, object: string, ids: readonly string[], fields: readonly string[]): Promise<readonly DestinationRecord[]> {
  return ids.length === 0 ? [] : withRetries({ call: () => destination.read({ object, ids, fields }), backoffMs, signal });
}
