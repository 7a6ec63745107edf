import { setTimeout as pause } from 'node:timers/promises';
import type { DestinationConnection, DestinationRecord } from '../../connector/destination.ts';
import { AmbiguousError } from '../../connector/errors.ts';
import type { Json, JsonObject } from '../../connector/json.ts';
import { canonicalJson } from '../canonical.ts';
import type { CrosswalkRow } from '../ports/ledger.ts';
import { withRetries } from '../retry.ts';
import type { FieldsByName } from '../sessions.ts';
import { sendInParts, type PartsResult } from './send-in-parts.ts';

/** A record whose source changed since it was last written. */
export interface PendingUpdate { readonly row: CrosswalkRow; readonly values: JsonObject }
/** A settled change: only the fields that differ from what the destination holds. */
export interface ReadyUpdate { readonly pending: PendingUpdate; readonly changes: JsonObject; readonly previous: JsonObject; readonly keptFields: readonly string[] | null } // keptFields: see CrosswalkRow

export interface ThreeWay {
  readonly ready: readonly ReadyUpdate[];
  /** Somebody changed the same field at the destination: never overwritten silently. */
  readonly conflicts: readonly Readonly<{ pending: PendingUpdate; fields: readonly string[] }>[];
  readonly gone: readonly PendingUpdate[];
}

/** Three-way comparison of last written, source now and destination now, field by field. Reads, never writes. */
export async function compareThreeWays(params: Readonly<{ destination: DestinationConnection; object: string; fields: FieldsByName; pending: readonly PendingUpdate[]; backoffMs: (attempt: number) => number; signal: AbortSignal }>): Promise<ThreeWay> {
  const { destination, object, fields, pending } = params;
  const names = [...new Set(pending.flatMap(({ values }) => Object.keys(values)))];
  const records = pending.length === 0 ? [] : await withRetries({ call: () => destination.read({ object, ids: pending.map(({ row }) => row.destinationId), fields: names }), backoffMs: params.backoffMs, signal: params.signal });
  const byId = new Map(records.map((record) => [record.id, record]));
  const ready: ReadyUpdate[] = [];
  const conflicts: { pending: PendingUpdate; fields: string[] }[] = [];
  const gone: PendingUpdate[] = [];
  for (const one of pending) {
    const record = byId.get(one.row.destinationId);
    if (record === undefined) { gone.push(one); continue; }
    const now = record.values;
    const changes: Record<string, Json> = {};
    const previous: Record<string, Json> = {};
    const conflicting: string[] = [];
    for (const [name, wanted] of Object.entries(one.values)) {
      const written = one.row.payload[name];
      if (written !== undefined && canonicalJson(written) === canonicalJson(wanted)) continue; // the source did not change this field
      const current = now[name] ?? null;
      if (same(name, current, wanted)) continue; // already as wanted
      if (written !== undefined && !same(name, current, written)) conflicting.push(name);
      else { changes[name] = wanted; previous[name] = current; }
    }
    for (const name of companions(one.values, changes)) if (same(name, now[name] ?? null, one.row.payload[name] ?? null)) changes[name] = one.values[name] ?? null;
    if (conflicting.length > 0) conflicts.push({ pending: one, fields: conflicting });
    else ready.push({ pending: one, changes, previous, keptFields: keptFields(one, record) });
  }
  return { ready, conflicts, gone };

  /** Fields that the platform would recompute because of these changes, and that stay as they are: they are sent along. */
  function companions(values: JsonObject, changes: JsonObject): readonly string[] {
    const groups = (destination.capabilities.writtenTogether?.[object] ?? []).filter((group) => group.some((name) => name in changes));
    return groups.flat().filter((name) => name in values && !(name in changes));
  }

  /** What somebody changed since we last looked, in this and earlier updates; our own fields by name. */
  function keptFields({ row, values }: PendingUpdate, record: DestinationRecord): readonly string[] | null {
    if (row.version === null || row.version === record.version || row.contentHash === record.contentHash) return row.keptFields ?? null;
    const differing = Object.entries(values).filter(([name, wanted]) => {
      const written = row.payload[name];
      return written !== undefined && canonicalJson(written) === canonicalJson(wanted) && !same(name, record.values[name] ?? null, wanted);
    }).map(([name]) => name);
    return [...new Set([...row.keptFields ?? [], ...differing])];
  }

  function same(name: string, left: Json, right: Json): boolean {
    const field = fields.get(name);
    if (canonicalJson(left) === canonicalJson(right)) return true;
    return field !== undefined && canonicalJson(destination.normalise({ object, field, value: left })) === canonicalJson(destination.normalise({ object, field, value: right }));
  }
}

/** Writes settled changes. Writing the same values twice has one effect, so a lost reply is simply sent again. */
export async function updateRecords(params: Readonly<{ destination: DestinationConnection; object: string; updates: readonly ReadyUpdate[]; backoffMs: (attempt: number) => number; signal: AbortSignal }>): Promise<PartsResult<ReadyUpdate, ReadyUpdate>> {
  const { destination, object, backoffMs, signal } = params;
  const changing = params.updates.filter((update) => Object.keys(update.changes).length > 0);
  const sent = await sendInParts(changing, async (updates) => {
    const changes = updates.map((update) => ({ id: update.pending.row.destinationId, values: update.changes }));
    await withRetries({ call: () => repeatAmbiguous(() => destination.update({ object, changes }), backoffMs, signal), backoffMs, signal });
    return updates;
  });
  const unchanged = params.updates.filter((update) => Object.keys(update.changes).length === 0);
  return { done: [...sent.done, ...unchanged], refused: sent.refused };
}

/** For calls that have the same effect once or twice. */
export async function repeatAmbiguous<T>(call: () => Promise<T>, backoffMs: (attempt: number) => number, signal: AbortSignal): Promise<T> {
  for (let round = 1; ; round += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof AmbiguousError) || round >= 5) throw error;
      await pause(backoffMs(round), undefined, { signal });
    }
  }
}
