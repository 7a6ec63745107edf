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

/** What names a row among those of several mappings. */
export const rowKey = ({ mapping, sourceId }: Pick<CrosswalkRow, 'mapping' | 'sourceId'>): string => `${mapping}\u0000${sourceId}`;

/**
 * Reads records of one object back, by the `rowKey` of each: from the answer to their create where that showed them (`answersShow`), else by a call.
 * Of everything, a part that cannot be read any more although its record is there (Intercom shows the 500 newest parts of a
 * conversation) counts as it was seen.
 */
export async function readBack(params: ReadBackParams): Promise<ReadonlyMap<string, ReadBack>> {
  const { store, projectId, destination, object, rows } = params;
  const shown = destination.capabilities.answersShow?.includes(object) === true && rows.length > 0;
  const seen = new Map<string, JsonObject>();
  for (const [mapping, own] of shown ? Map.groupBy(rows, (row) => row.mapping) : []) {
    for (const row of await store.seenRecords({ projectId, mapping, sourceIds: own.map(({ sourceId }) => sourceId) })) seen.set(rowKey({ mapping, sourceId: row.sourceId }), row.seen);
  }
  const asked = params.everything ? rows : rows.filter((row) => !seen.has(rowKey(row)));
  const records = new Map((await read(params, object, asked.map((row) => row.destinationId), params.fields)).map((record) => [record.id, record]));
  const hidden = asked.filter((row) => !records.has(row.destinationId) && seen.has(rowKey(row)));
  const living = await withLivingRecord(params, hidden);
  return new Map(rows.map((row): [string, ReadBack] => {
    const record = records.get(row.destinationId);
    const key = rowKey(row);
    if (record !== undefined) return [key, { record, values: record.values }];
    const trusted = !params.everything || living.has(key);
    return [key, { record: null, values: trusted ? seen.get(key) ?? null : null }];
  }));
}

/** Keys of those whose own record is still there. */
async function withLivingRecord(params: ReadBackParams, rows: readonly CrosswalkRow[]): Promise<ReadonlySet<string>> {
  const part = params.destination.capabilities.partOf?.[params.object];
  if (part === undefined || rows.length === 0) return new Set();
  const ownerOf = (row: CrosswalkRow): string => String(row.payload[part.field] ?? '');
  const living = new Set((await read(params, part.object, [...new Set(rows.map(ownerOf))], [])).map((record) => record.id));
  return new Set(rows.filter((row) => living.has(ownerOf(row))).map(rowKey));
}

async function read({ destination, backoffMs, signal }: ReadBackParams, object: string, ids: readonly string[], fields: readonly string[]): Promise<readonly DestinationRecord[]> {
  return ids.length === 0 ? [] : withRetries({ call: () => destination.read({ object, ids, fields }), backoffMs, signal });
}
