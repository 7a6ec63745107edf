import { setTimeout as pause } from 'node:timers/promises';
import type { DestinationConnection, DestinationRecord } from '../../connector/destination.ts';
import { AmbiguousError } from '../../connector/errors.ts';
import type { FileOpener } from '../../connector/file-value.ts';
import type { Json, JsonObject } from '../../connector/json.ts';
import { canonicalJson, contentHash } from '../canonical.ts';
import type { CrosswalkRow, IntentRow } from '../ports/ledger.ts';
import { withRetries } from '../retry.ts';
import type { FieldsByName } from '../sessions.ts';
import { hasReached, isRecomputed, sameFields } from './attempt.ts';
import type { FileStreams } from './file-streams.ts';
import { sendInParts, type PartsResult } from './send-in-parts.ts';

/** A record whose source changed since it was last written. */
export interface PendingUpdate {
  readonly row: CrosswalkRow;
  readonly values: JsonObject;
  /** The open intent of an attempt that did not live to say whether it wrote. */
  readonly attempt?: IntentRow;
  /** true = a field that we have not written yet is written only where it is empty. */
  readonly fill?: boolean;
  /** Fields that were left to the people there when it was filled. */
  readonly leave?: readonly string[];
}
/** A settled change: only the fields that differ from what the destination holds. */
export interface ReadyUpdate { readonly pending: PendingUpdate; readonly changes: JsonObject; readonly previous: JsonObject; readonly keptFields: readonly string[] | null } // keptFields: see CrosswalkRow

export interface ThreeWay {
  readonly ready: readonly ReadyUpdate[];
  /** Somebody changed the same field at the destination: never overwritten silently. */
  readonly conflicts: readonly Readonly<{ pending: PendingUpdate; fields: readonly string[] }>[];
  readonly gone: readonly PendingUpdate[];
}

interface Pace { readonly backoffMs: (attempt: number) => number; readonly signal: AbortSignal }

/**
 * Three-way comparison of last written, source now and destination now, field by field. Reads, never writes.
 * What an interrupted attempt was about to write counts as written by us where it is found.
 */
export async function compareThreeWays(params: Readonly<{ destination: DestinationConnection; object: string; fields: FieldsByName; pending: readonly PendingUpdate[] }> & Pace): Promise<ThreeWay> {
  const { destination, object, fields, pending } = params;
  const names = [...new Set(pending.flatMap(({ values }) => Object.keys(values)))];
  const records = pending.length === 0 ? [] : await withRetries({ call: () => destination.read({ object, ids: pending.map(({ row }) => row.destinationId), fields: names }), backoffMs: params.backoffMs, signal: params.signal });
  const byId = new Map(records.map((record) => [record.id, record]));
  const same = sameFields(destination, object, fields);
  const groups = destination.capabilities.writtenTogether?.[object] ?? [];
  const ready: ReadyUpdate[] = [];
  const conflicts: { pending: PendingUpdate; fields: string[] }[] = [];
  const gone: PendingUpdate[] = [];
  for (const one of pending) {
    const record = byId.get(one.row.destinationId);
    if (record === undefined) gone.push(one);
    else settle(one, record);
  }
  return { ready, conflicts, gone };

  function settle(one: PendingUpdate, record: DestinationRecord): void {
    const { row, values } = one;
    const changes: Record<string, Json> = {};
    const previous: Record<string, Json> = {};
    const conflicting: string[] = [];
    const left: string[] = [...one.leave ?? []];
    for (const [name, wanted] of Object.entries(values)) {
      const written = row.payload[name];
      const attempted = one.attempt?.payload?.[name];
      const unchanged = written !== undefined && canonicalJson(written) === canonicalJson(wanted); // the source did not change this field
      if (unchanged && attempted === undefined) continue;
      const current = record.values[name] ?? null;
      if (left.includes(name) || same(name, current, wanted)) continue; // already as wanted
      if (one.fill === true && written === undefined && attempted === undefined && !isBlank(current)) {
        left.push(name);
        continue;
      }
      const ours = (written !== undefined && same(name, current, written)) || (attempted !== undefined && (same(name, current, attempted) || isRecomputed({ attempt: one.attempt, groups, name, now: record.values, same })));
      if (ours || written === undefined) { changes[name] = wanted; previous[name] = current; }
      else if (!unchanged) conflicting.push(name);
    }
    for (const name of companions(values, changes)) if (same(name, record.values[name] ?? null, row.payload[name] ?? null)) changes[name] = values[name] ?? null;
    if (conflicting.length > 0) conflicts.push({ pending: one, fields: conflicting });
    else ready.push({ pending: one, changes, previous: { ...previous, ...one.attempt?.previous }, keptFields: one.fill === true ? [...new Set([...left, ...keptFields(one, record) ?? []])] : keptFields(one, record) });
  }

  /** Fields that the platform would recompute because of these changes, and that stay as they are: they are sent along. */
  function companions(values: JsonObject, changes: JsonObject): readonly string[] {
    return groups.filter((group) => group.some((name) => name in changes)).flat().filter((name) => name in values && !(name in changes));
  }

  /** What somebody changed since we last looked, in this and earlier updates; our own fields by name. */
  function keptFields(one: PendingUpdate, record: DestinationRecord): readonly string[] | null {
    const { row, values, attempt } = one;
    if (row.version === null || row.version === record.version || row.contentHash === record.contentHash) return row.keptFields ?? null;
    const differing = Object.entries(values).filter(([name, wanted]) => {
      const written = row.payload[name];
      const current = record.values[name] ?? null;
      return written !== undefined && canonicalJson(written) === canonicalJson(wanted) && !same(name, current, wanted) && !isRecomputed({ attempt: one.attempt, groups, name, now: record.values, same });
    }).map(([name]) => name);
    // The attempt has changed the record after it had looked: what it saw then is what counts.
    if (hasReached(attempt, record.values, same) && differing.length === 0) return attempt?.keptFields ?? null;
    return [...new Set([...row.keptFields ?? [], ...differing])];
  }
}

const isBlank = (value: Json): boolean => value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Key of the intent of an update. */
export function updateKey(row: Pick<CrosswalkRow, 'mapping' | 'sourceId'>): string {
  return `update:${row.mapping}:${row.sourceId}`;
}

/** Intents of updates, with what each is going to write. */
export function updateIntents(updates: readonly ReadyUpdate[]): readonly IntentRow[] {
  return updates.map(({ pending: { row, values }, changes, previous, keptFields }) => ({
    key: updateKey(row), mapping: row.mapping, sourceId: row.sourceId, action: 'update', destinationObject: row.destinationObject, destinationId: row.destinationId,
    payloadHash: contentHash(values), previous, payload: changes, keptFields,
  }));
}

/**
 * Writes settled changes. Writing the same values twice has one effect, so a lost reply is simply sent again.
 * @param params.beforeSend writes the intents of a part directly before each of its calls
 */
export async function updateRecords(params: Readonly<{ destination: DestinationConnection; object: string; updates: readonly ReadyUpdate[]; beforeSend: (updates: readonly ReadyUpdate[]) => Promise<void>; files: FileStreams | null }> & Pace): Promise<PartsResult<ReadyUpdate, ReadyUpdate>> {
  const { destination, object, backoffMs, signal } = params;
  const changing = params.updates.filter((update) => Object.keys(update.changes).length > 0);
  const unchanged = params.updates.filter((update) => Object.keys(update.changes).length === 0);
  const size = destination.capabilities.batchSize.update;
  const parts: PartsResult<ReadyUpdate, ReadyUpdate>[] = [];
  for (let at = 0; at < changing.length; at += size) {
    parts.push(await sendInParts(changing.slice(at, at + size), async (updates) => {
      const changes = updates.map((update) => ({ id: update.pending.row.destinationId, values: update.changes }));
      const send = async (): Promise<void> => {
        await params.beforeSend(updates);
        const update = (files: FileOpener | null): Promise<void> => destination.update({ object, changes, ...(files === null ? {} : { files }) });
        await (params.files === null ? update(null) : params.files.during(changes.map(({ values }) => values), update));
      };
      await withRetries({ call: () => repeatAmbiguous(send, backoffMs, signal), backoffMs, signal });
      return updates;
    }));
  }
  return { done: [...parts.flatMap((part) => part.done), ...unchanged], refused: parts.flatMap((part) => part.refused) };
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
