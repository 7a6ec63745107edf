import { setTimeout as pause } from 'node:timers/promises';
import type { DestinationCapabilities } from '../../connector/capabilities.ts';
import type { CreatedRecord, DestinationConnection } from '../../connector/destination.ts';
import { AmbiguousError, RecordRejectedError } from '../../connector/errors.ts';
import type { FileOpener } from '../../connector/file-value.ts';
import type { JsonObject } from '../../connector/json.ts';
import { withRetries } from '../retry.ts';
import type { FileStreams } from './file-streams.ts';
import { findApart, hasTwins, type Taken } from './find-apart.ts';
import { sendInParts, type PartsResult } from './send-in-parts.ts';

/** One record to create, with everything settled but its place at the destination. */
export interface PendingCreate { readonly sourceId: string; readonly key: string; readonly values: JsonObject }
export interface Created {
  readonly sourceId: string;
  readonly key: string;
  readonly id: string;
  readonly existing: boolean; // the platform had it already
  readonly broughtBack: boolean; // from its archive
  readonly seen: JsonObject | null; // as the answer showed it; null = it shows nothing, or it was found by a look-up
}

/** Look-ups after a lost reply before the batch is given back: the call may still be running at the destination. */
const MAX_AMBIGUOUS_ROUNDS = 5;

/** Records per create call of an object. */
function createBatchSize(capabilities: DestinationCapabilities, object: string): number {
  return capabilities.createBatchSize?.[object] ?? capabilities.batchSize.create;
}

/** Create calls of one step where an object takes few records per call, as files do: a pause or a crash costs no more than these. */
const SMALL_CALLS_PER_STEP = 10;

/** Records of a step at a platform that takes one record a call: without them the store's transactions would outnumber the calls. */
const SINGLES_PER_STEP = 50;

/** Records of an object that one step takes. */
export function recordsPerStep(capabilities: DestinationCapabilities, object: string): number {
  const own = createBatchSize(capabilities, object);
  if (capabilities.batchSize.create === 1) return own === 1 ? SINGLES_PER_STEP : own;
  return own < capabilities.batchSize.create ? Math.min(capabilities.batchSize.create, own * SMALL_CALLS_PER_STEP) : own;
}

/**
 * Creates records exactly once in effect. `beforeSend` writes the intents of a part directly before each of its calls: a worker
 * that slept and lost its claim finds out there, and sends nothing more.
 * After a lost reply every record is looked up by its key before anything is sent again.
 * @param params.again keys of which an earlier attempt may have carried out a part
 * @param params.taken of an object with twins: which ids are places of other records
 * @param params.broughtBack is told of records that were brought back from an archive, directly after the call
 * @param params.files streams the files among the values; null = there are none
 * @throws RetriableError, AmbiguousError, FatalError … when the destination stays unusable; what was created by then is found again by its key.
 */
export async function createRecords(params: Readonly<{
  destination: DestinationConnection;
  object: string;
  records: readonly PendingCreate[];
  again?: ReadonlySet<string>;
  taken?: Taken;
  beforeSend: (records: readonly PendingCreate[]) => Promise<void>;
  broughtBack?: (records: readonly CreatedRecord[]) => Promise<void>;
  files: FileStreams | null;
  backoffMs: (attempt: number) => number;
  signal: AbortSignal;
}>): Promise<PartsResult<PendingCreate, Created>> {
  const { destination, object, backoffMs, signal } = params;
  const natural = destination.capabilities.naturalKeys?.includes(object) === true;
  const found = new Map<string, Pick<CreatedRecord, 'id' | 'existing' | 'broughtBack' | 'seen'>>(); // settled in this call, by key: survives the splitting of a refused batch
  const doubtful = new Set(params.again); // sent before, with an end that nobody knows

  const send = async (records: readonly PendingCreate[]): Promise<readonly Created[]> => {
    for (let round = 1; ; round += 1) {
      const open = records.filter((record) => !found.has(record.key));
      if (open.length === 0) return records.map(settled);
      try {
        const call = async (): Promise<readonly CreatedRecord[]> => {
          await params.beforeSend(open);
          const sendOpen = (files: FileOpener | null): Promise<readonly CreatedRecord[]> => destination.create({ object, looked: true, ...(open.some(({ key }) => doubtful.has(key)) ? { again: true } : {}), records: open.map(({ key, values }) => ({ key, values })), ...(files === null ? {} : { files }) });
          return params.files === null ? sendOpen(null) : params.files.during(open.map(({ values }) => values), sendOpen);
        };
        const answer = await withRetries({ call, backoffMs, signal });
        for (const record of answer) found.set(record.key, record);
        const back = answer.filter((record) => record.broughtBack === true);
        if (back.length > 0) await params.broughtBack?.(back);
        return records.map(settled);
      } catch (error) {
        if (!(error instanceof AmbiguousError) || round >= MAX_AMBIGUOUS_ROUNDS) throw reindexed(error, open, records);
        for (const { key } of open) doubtful.add(key);
        await pause(backoffMs(round), undefined, { signal });
        const stored = await findSettled({ destination, object, keys: open.map((record) => record.key), ...(natural ? { values: open.map((record) => record.values) } : {}), waitMs: destination.capabilities.lateCommitMs[object] ?? 0, backoffMs, signal });
        for (const [key, id] of await apart(open, stored)) found.set(key, { id });
      }
    }
  };

  const apart = async (open: readonly PendingCreate[], stored: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> => {
    const { taken } = params;
    if (taken === undefined || !hasTwins(destination, object)) return stored;
    const byKey = new Map(open.map(({ key, values }) => [key, values]));
    const here = new Set([...found.values()].map(({ id }) => id));
    return findApart({ destination, object, found: stored, valuesOf: (key) => byKey.get(key) ?? {}, taken: async (ids) => new Set([...here, ...await taken(ids)]), backoffMs, signal });
  };

  const settled = (record: PendingCreate): Created => {
    const place = found.get(record.key);
    if (place === undefined) {
      throw new AmbiguousError({ code: 'create-without-id', message: `The destination answered a create of ${object} without an id for ${record.key}.`, remedy: 'Resume the run: the record is looked up before anything is sent.' });
    }
    return { sourceId: record.sourceId, key: record.key, id: place.id, existing: place.existing === true, broughtBack: place.broughtBack === true, seen: place.seen ?? null };
  };

  const size = createBatchSize(destination.capabilities, object);
  const parts: PartsResult<PendingCreate, Created>[] = [];
  for (let at = 0; at < params.records.length; at += size) parts.push(await sendInParts(params.records.slice(at, at + size), send));
  return { done: parts.flatMap((part) => part.done), refused: parts.flatMap((part) => part.refused) };
}

/** Pause between two look-ups while a lost call may still commit. */
const SETTLE_STEP_MS = 1000;
/** Rounds of look-ups over the whole time where each record costs a call. */
const COSTLY_ROUNDS = 4;

/**
 * Looks records up by their keys; where the platform does not keep keys unique, again and again until all are there or the time
 * is over in which a call that lost its client may still commit. Only then is a missing record certainly missing.
 * @param params.values what is to be created under the keys, in their order: the evidence where the platform has no room for keys
 * @param params.waitMs 0 = one look-up settles it.
 */
export async function findSettled(params: Readonly<{ destination: DestinationConnection; object: string; keys: readonly string[]; values?: readonly JsonObject[]; waitMs: number; backoffMs: (attempt: number) => number; signal: AbortSignal }>): Promise<ReadonlyMap<string, string>> {
  const { destination, object, keys, values, backoffMs, signal } = params;
  const stepMs = destination.capabilities.lookupEach?.includes(object) === true ? Math.max(SETTLE_STEP_MS, Math.ceil(params.waitMs / COSTLY_ROUNDS)) : SETTLE_STEP_MS;
  const found = new Map<string, string>();
  for (let waitedMs = 0; ; waitedMs += stepMs) {
    const open = keys.map((key, at) => ({ key, at })).filter(({ key }) => !found.has(key));
    const hits = await withRetries({ call: () => destination.lookup({ object, keys: open.map(({ key }) => key), ...(values === undefined ? {} : { values: open.map(({ at }) => values[at] ?? {}) }) }), backoffMs, signal });
    for (const [key, id] of hits) found.set(key, id);
    if (found.size === keys.length || waitedMs >= params.waitMs) return found;
    await pause(stepMs, undefined, { signal });
  }
}

/** Rejections count positions in what was sent; the caller counts positions in what it asked for. */
function reindexed(error: unknown, open: readonly PendingCreate[], records: readonly PendingCreate[]): unknown {
  if (!(error instanceof RecordRejectedError) || open.length === records.length) return error;
  const rejections = error.rejections.map((rejection) => ({ ...rejection, index: records.indexOf(open[rejection.index] as PendingCreate) }));
  return new RecordRejectedError({ code: error.code, message: error.message, ...(error.remedy === null ? {} : { remedy: error.remedy }), rejections, cause: error });
}
