import type { DestinationConnection } from '../../connector/destination.ts';
import { canonicalJson, contentHash } from '../canonical.ts';
import { externalKey } from '../external-key.ts';
import type { ForeseenRow } from '../ports/foreseen.ts';
import type { CrosswalkRow, IntentRow } from '../ports/ledger.ts';
import { withRetries } from '../retry.ts';
import { createRecords, findSettled, type PendingCreate } from './create-records.ts';
import { findApart, hasTwins, takenInLedger } from './find-apart.ts';
import { namesForeseen, previewId, type Foreseen } from './foreseen.ts';
import type { Identified, NewRecord } from './identify.ts';
import { watchParents } from './parents.ts';
import { placeMatched, type Matched } from './place-matched.ts';
import type { PlaceParams } from './place-params.ts';
import type { StepLedger } from './step-ledger.ts';
import { broughtBackAmong, markBroughtBack } from './brought-back.ts';
import { compareThreeWays, updateIntents, updateKey, updateRecords, type PendingUpdate } from './update-records.ts';

/** Whether records of the object are told apart by their values alone. */
export function isNatural(destination: DestinationConnection, object: string): boolean {
  return destination.capabilities.naturalKeys?.includes(object) === true;
}

/** Whether looking for a record of the object costs a call of its own. */
export function isLookedUpEach(destination: DestinationConnection, object: string): boolean {
  return destination.capabilities.lookupEach?.includes(object) === true;
}

/** Places records that the crosswalk does not know: matched, merged, taken over from an interrupted attempt, or created. */
export async function placeNew(params: PlaceParams, ledger: StepLedger, identified: readonly Identified[], known: ReadonlyMap<string, CrosswalkRow>): Promise<void> {
  const { mapping, destination } = params;
  const object = mapping.destination;
  const matched: Matched[] = [];
  for (const one of identified) {
    const { sourceId } = one.record;
    if (one.kind === 'matched') matched.push({ record: one.record, id: one.id });
    else if (one.kind === 'unmatched') {
      ledger.skip(sourceId, mapping.identity.whenUnmatched ?? 'unmatched');
      if (known.has(sourceId)) ledger.forget(sourceId);
    } else if (one.kind === 'ambiguous') {
      ledger.hold(sourceId, 'load', { code: 'match-ambiguous', message: `Several ${object} records at the destination have ${one.field} "${one.value}".`, remedy: 'Rename or archive the duplicates at the destination, or change the identity rule in the plan; then retry.', field: one.field });
    }
  }
  await placeMatched(params, ledger, matched);
  const toCreate = identified.filter((one) => one.kind === 'create').map(({ record }) => record);
  const { first, repeated } = isNatural(destination, object) && !hasTwins(destination, object) ? withoutRepeats(toCreate) : { first: toCreate, repeated: [] };
  const pending = first.map((record): PendingCreate => ({ ...record, key: externalKey({ project: params.project.name, mapping: mapping.id, sourceId: record.sourceId }) }));
  if (params.foreseen !== null) await foreseeNew(params, params.foreseen, ledger, pending);
  else if (pending.length > 0) await createOnce(params, ledger, pending);
  for (const { record, into } of repeated) merge(ledger, record, ledger.placeOf(into));
  for (const one of identified) if (one.kind === 'merged') merge(ledger, one.record, 'id' in one.into ? one.into.id : ledger.placeOf(one.into.sourceId));
}

/** What `createOnce` would do, as far as it can be known without a write. */
async function foreseeNew(params: PlaceParams, foreseen: Foreseen, ledger: StepLedger, pending: readonly PendingCreate[]): Promise<void> {
  const { mapping, destination, backoffMs, signal } = params;
  const object = mapping.destination;
  const natural = isNatural(destination, object);
  const repeats = natural && !hasTwins(destination, object) ? await foreseen.repeats(mapping, pending) : new Map<string, ForeseenRow>();
  const asked = natural && !isLookedUpEach(destination, object) ? pending.filter((record) => !repeats.has(record.sourceId) && !namesForeseen(record.values)) : [];
  const there = asked.length === 0 ? new Map<string, string>() : await withRetries({ call: () => destination.lookup({ object, keys: asked.map(({ key }) => key), values: asked.map(({ values }) => values) }), backoffMs, signal });
  for (const record of pending) {
    const [earlier, standing] = [repeats.get(record.sourceId), there.get(record.key)];
    if (standing !== undefined) ledger.place(record, { how: 'matched', id: standing, key: null });
    else if (earlier === undefined) ledger.place(record, { how: 'created', id: previewId(mapping.id, record.sourceId), key: record.key });
    else ledger.place(record, { how: earlier.mapping === mapping.id ? 'merged' : 'matched', id: earlier.destinationId, key: null });
  }
}

/** Of records with equal values the first stands for all. */
function withoutRepeats(records: readonly NewRecord[]): { readonly first: readonly NewRecord[]; readonly repeated: readonly Readonly<{ record: NewRecord; into: string }>[] } {
  const firstOf = new Map<string, string>();
  const first: NewRecord[] = [];
  const repeated: { record: NewRecord; into: string }[] = [];
  for (const record of records) {
    const values = canonicalJson(record.values);
    const into = firstOf.get(values);
    if (into !== undefined) repeated.push({ record, into });
    else {
      firstOf.set(values, record.sourceId);
      first.push(record);
    }
  }
  return { first, repeated };
}

function merge(ledger: StepLedger, record: NewRecord, id: string | undefined): void {
  if (id === undefined) ledger.hold(record.sourceId, 'load', { code: 'merge-target-not-loaded', message: 'The record it is merged into did not go in.', remedy: 'Settle that record first; this one follows on retry.', field: null });
  else ledger.place(record, { how: 'merged', id, key: null });
}

async function createOnce(params: PlaceParams, ledger: StepLedger, pending: readonly PendingCreate[]): Promise<void> {
  const { store, project, mapping, destination, backoffMs, signal } = params;
  const object = mapping.destination;
  const natural = isNatural(destination, object);
  const keys = pending.map((record) => record.key);
  const intents = new Map((await store.openIntents({ projectId: project.id, keys })).map((intent) => [intent.key, intent]));
  // The look-up comes before every create, not only after a crash: it costs 0.05-0.08 s per 1,000 keys (Odoo 14-18,
  // measured) against ~2 s for creating them, and it holds even when the store itself was lost and restored. Where it costs a
  // call a record it would double the calls: there only what an attempt may have left is looked for.
  const asked = isLookedUpEach(destination, object) ? pending.filter((record) => intents.has(record.key)) : pending;
  const lateMs = destination.capabilities.lateCommitMs[object] ?? 0;
  // Somebody died between intent and outcome: his call may still be at work at the destination.
  const sinceMs = lateMs === 0 || asked.length === 0 ? null : await store.youngestIntentMs({ projectId: project.id, keys });
  // The wait counts from here, not from the intent: pauses and earlier parts of the step may lie between intent and call.
  const waitMs = sinceMs === null ? 0 : lateMs;
  // What was looked up for several steps at once holds for keys that no attempt has touched: nobody else creates under them.
  const ahead = intents.size === 0 && asked.every(({ key }) => params.lookedUp?.keys.has(key) === true) ? params.lookedUp?.found : undefined;
  const looked = asked.length === 0 ? new Map<string, string>() : ahead === undefined
    ? await findSettled({ destination, object, keys: asked.map((record) => record.key), ...(natural ? { values: asked.map(({ values }) => values) } : {}), waitMs, backoffMs, signal })
    : new Map(asked.flatMap(({ key }) => { const id = ahead.get(key); return id === undefined ? [] : [[key, id] as const]; }));
  const inLedger = takenInLedger(store, { projectId: project.id, object, keys });
  const valuesByKey = new Map(pending.map((record) => [record.key, record.values]));
  const stored = hasTwins(destination, object) && looked.size > 0 ? await findApart({ destination, object, found: looked, valuesOf: (key) => valuesByKey.get(key) ?? {}, taken: inLedger, backoffMs, signal }) : looked;
  const found = pending.filter((record) => stored.has(record.key));
  // Found by its values without an intent of ours: it was there before, or another record of this mapping has placed it.
  const back = natural ? await broughtBack(params, found.filter((record) => intents.has(record.key)), stored) : [];
  for (const record of found) if (back.includes(record.key) && intents.get(record.key)?.runId === params.runId) ledger.broughtBack(record.sourceId);
  const theirs = natural ? new Set([...found.filter((record) => !intents.has(record.key)).map((record) => record.key), ...await placedByOthers(params, found, stored), ...back]) : new Set<string>();
  const recovered = found.filter((record) => !theirs.has(record.key));
  const open = pending.filter((record) => !stored.has(record.key));
  if (natural) await placeFound(params, ledger, found.filter((record) => theirs.has(record.key)), stored);
  await settleRecovered(params, ledger, recovered, stored, intents);
  // Only what this run's attempts created counts as created now: the others were there when the phase began.
  for (const record of recovered) ledger.place(record, { how: 'created', id: stored.get(record.key) as string, key: record.key, ...(intents.get(record.key)?.runId === params.runId ? {} : { outcome: 'matched' as const }) });

  const parents = await watchParents(params, { open, recovered, intents: [...intents.values()] });
  const result = await createRecords({
    destination, object, records: open, again: new Set(intents.keys()), taken: async (ids) => new Set([...ids.filter((id) => ledger.hasPlaced(id)), ...await inLedger(ids)]), files: params.files, backoffMs, signal,
    beforeSend: (records) => params.writeIntents(records.map((record): IntentRow => ({
      key: record.key, mapping: mapping.id, sourceId: record.sourceId, action: 'create', destinationObject: object, destinationId: null,
      payloadHash: contentHash(record.values), previous: parents.markOf(record), payload: record.values,
    }))),
    broughtBack: (records) => markBroughtBack(store, { projectId: project.id, object, ids: records.map(({ id }) => id) }),
  });
  const byKey = new Map(open.map((record) => [record.key, record]));
  for (const one of result.done.filter(({ existing }) => !existing)) {
    const record = byKey.get(one.key) as PendingCreate;
    ledger.place(record, { how: 'created', id: one.id, key: one.key });
    if (one.seen !== null && destination.capabilities.answersShow?.includes(object) === true) ledger.saw(record, one.seen);
  }
  for (const one of result.done.filter((created) => created.broughtBack)) ledger.broughtBack(one.sourceId);
  const existing = new Map(result.done.filter((one) => one.existing).map(({ key, id }) => [key, id]));
  await placeFound(params, ledger, open.filter(({ key }) => existing.has(key)), existing);
  for (const one of result.refused) ledger.refuse(one.record.sourceId, one);
  ledger.keepVersions(await parents.versionsNow());
  ledger.close(keys);
}

/** Keys of found records whose place is known already as that of another one, so that an open intent does not make them ours a second time. */
async function placedByOthers({ store, project, mapping }: PlaceParams, found: readonly PendingCreate[], stored: ReadonlyMap<string, string>): Promise<readonly string[]> {
  if (found.length === 0) return [];
  const rows = await store.createdAt({ projectId: project.id, object: mapping.destination, ids: found.map(({ key }) => stored.get(key) as string) });
  const owners = new Map(rows.map((row) => [row.destinationId, row]));
  return found.filter((record) => {
    const owner = owners.get(stored.get(record.key) as string);
    return owner !== undefined && (owner.mapping !== mapping.id || owner.sourceId !== record.sourceId);
  }).map((record) => record.key);
}

/** Keys of found records that an attempt of ours has only brought back from an archive: they were there before. */
async function broughtBack({ store, project, mapping }: PlaceParams, found: readonly PendingCreate[], stored: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const ids = await broughtBackAmong(store, { projectId: project.id, object: mapping.destination, ids: found.map(({ key }) => stored.get(key) as string) });
  return found.filter(({ key }) => ids.has(stored.get(key) as string)).map(({ key }) => key);
}

/** Records that stand there already: found by their values, or given by the platform instead of a new one. */
async function placeFound(params: PlaceParams, ledger: StepLedger, found: readonly PendingCreate[], stored: ReadonlyMap<string, string>): Promise<void> {
  if (found.length === 0) return;
  const { store, project, mapping } = params;
  const places = await store.placesAt({ projectId: project.id, object: mapping.destination, ids: found.map(({ key }) => stored.get(key) as string) });
  const ours = new Set(places.filter((place) => place.mapping === mapping.id).map((place) => place.destinationId));
  const theirs: Matched[] = [];
  for (const record of found) {
    const id = stored.get(record.key) as string;
    if (ours.has(id) || ledger.hasPlaced(id) || theirs.some((other) => other.id === id)) ledger.place(record, { how: 'merged', id, key: null });
    else theirs.push({ record, id });
  }
  await placeMatched(params, ledger, theirs);
}

/**
 * Records that an interrupted attempt already created. Where the intent shows that the attempt wrote other values (the plan was
 * changed since) the difference is written now. Without an intent the difference may be somebody's work: it is left, and
 * verification names it.
 */
async function settleRecovered(params: PlaceParams, ledger: StepLedger, recovered: readonly PendingCreate[], stored: ReadonlyMap<string, string>, intents: ReadonlyMap<string, IntentRow>): Promise<void> {
  const { mapping, destination, backoffMs, signal } = params;
  const doubtful = recovered.flatMap((record): PendingUpdate[] => {
    const intent = intents.get(record.key);
    if (intent === undefined || intent.payloadHash === contentHash(record.values)) return [];
    return [{ values: record.values, row: { mapping: mapping.id, sourceObject: mapping.source, sourceId: record.sourceId, destinationObject: mapping.destination, destinationId: stored.get(record.key) as string, how: 'created', key: record.key, payload: intent.payload ?? {}, payloadHash: '', previous: null, version: null, contentHash: null, runId: params.runId } }];
  });
  if (doubtful.length === 0) return;
  const object = mapping.destination;
  const compared = await compareThreeWays({ destination, object, fields: await params.fields(), pending: doubtful, backoffMs, signal });
  await updateRecords({ destination, object, updates: compared.ready, beforeSend: (updates) => params.writeIntents(updateIntents(updates)), files: params.files, backoffMs, signal });
  ledger.close(compared.ready.map(({ pending }) => updateKey(pending.row)));
}
