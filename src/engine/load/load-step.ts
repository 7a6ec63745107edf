import type { DestinationConnection } from '../../connector/destination.ts';
import type { JsonObject } from '../../connector/json.ts';
import type { CompiledMapping, CompiledPlan } from '../../plan/compile.ts';
import { transformRecord } from '../../plan/transform-record.ts';
import { contentHash } from '../canonical.ts';
import { externalKey } from '../external-key.ts';
import type { CrosswalkRow, IntentRow, OutcomeRow, QuarantineEntry } from '../ports/ledger.ts';
import type { Project } from '../ports/projects.ts';
import type { StagedRecord } from '../ports/staging.ts';
import type { Store } from '../ports/store.ts';
import { withRetries } from '../retry.ts';
import type { FieldsByName } from '../sessions.ts';
import { createRecords, findSettled, type PendingCreate } from './create-records.ts';
import { bySourceId, gatherContexts, type LookupMemory } from './gather-context.ts';
import { identify, type Identified, type NewRecord } from './identify.ts';
import { StepLedger } from './step-ledger.ts';
import { compareThreeWays, updateRecords, type PendingUpdate } from './update-records.ts';

export interface LoadStepParams {
  readonly store: Store;
  readonly project: Project;
  readonly runId: string;
  readonly plan: CompiledPlan;
  readonly mapping: CompiledMapping;
  readonly records: readonly StagedRecord[];
  readonly destination: DestinationConnection;
  readonly fields: () => Promise<FieldsByName>; // asked for only where something is to be changed
  readonly memory: LookupMemory | null;
  readonly delta?: boolean; // true = a record about which nothing has changed is passed by, without a look-up at the destination
  readonly preview: boolean; // true = nothing is sent and nothing enters the crosswalk
  readonly writeIntents: (intents: readonly IntentRow[]) => Promise<void>; // throws FencedOff
  readonly backoffMs: (attempt: number) => number;
  readonly signal: AbortSignal;
}

/** What a step decided, for the one transaction that writes it all. */
export interface LoadStepOutcome {
  readonly outcomes: readonly OutcomeRow[];
  readonly crosswalk: readonly CrosswalkRow[];
  readonly quarantine: readonly QuarantineEntry[];
  readonly resolvedQuarantine: readonly string[];
  readonly closeIntents: readonly string[];
  readonly losses: readonly Readonly<{ field: string; records: number }>[];
  readonly inputs: readonly Readonly<{ sourceId: string; hash: string }>[];
  readonly forget: readonly string[];
}

/** Takes one step of records through transform, identity, intents and the calls; returns everything that is to be committed. */
export async function loadStep(params: LoadStepParams): Promise<LoadStepOutcome> {
  const { store, project, mapping, records } = params;
  const known = bySourceId(await store.crosswalk({ projectId: project.id, mappings: [mapping.mapping.id], sourceIds: records.map((record) => record.sourceId) }));
  const settled = new Map(params.delta === true ? [...known.values()].flatMap((row) => (row.inputHash === null || row.inputHash === undefined || row.archived === true ? [] : [[row.sourceId, row.inputHash] as const])) : []);
  const contexts = await gatherContexts({ ...params, projectId: project.id, assumeLoaded: params.preview, settled });
  const ledger = new StepLedger({ mapping: mapping.mapping, runId: params.runId, records, known, inputs: new Map([...contexts].map(([sourceId, { input }]) => [sourceId, input])) });

  const fresh: { sourceId: string; values: JsonObject }[] = [];
  const changed: PendingUpdate[] = [];
  for (const record of records) {
    const context = contexts.get(record.sourceId);
    if (context === undefined) throw new Error(`No context for ${record.sourceId}`);
    if (settled.has(record.sourceId) && settled.get(record.sourceId) === context.input) {
      ledger.skip(record.sourceId, 'unchanged');
      continue;
    }
    const result = await transformRecord(mapping, { object: record.object, sourceId: record.sourceId, data: record.data }, context);
    const row = known.get(record.sourceId);
    if (result.kind === 'write') ledger.lost(record.sourceId, result.trace);
    if (result.kind === 'skip') ledger.skip(record.sourceId, result.reason);
    else if (result.kind === 'quarantine') ledger.hold(record.sourceId, 'transform', result);
    else if (row === undefined) fresh.push({ sourceId: record.sourceId, values: result.values });
    else if (row.archived === true) changed.push({ row, values: { ...unarchived(params), ...result.values } });
    else if (isRematch(params, row, result.values)) fresh.push({ sourceId: record.sourceId, values: result.values });
    else if (row.how !== 'created' || row.payloadHash === contentHash(result.values)) ledger.skip(record.sourceId, 'unchanged');
    else changed.push({ row, values: result.values });
  }
  const identified = await identify({ store, projectId: project.id, mapping: mapping.mapping, destination: params.destination, records: fresh, ownIds: await createdBefore(params, fresh) });
  await createNew(params, ledger, identified, known);
  await updateChanged(params, ledger, changed);
  return ledger.outcome();
}

/**
 * Records that an interrupted attempt created without living to write it down. Without this look-up a match rule would take
 * them for records that were there before: counted wrongly, and left behind by a rollback.
 */
async function createdBefore({ project, mapping: { mapping }, destination, backoffMs, signal }: LoadStepParams, fresh: readonly NewRecord[]): Promise<ReadonlySet<string>> {
  if (fresh.length === 0 || (mapping.identity.match ?? []).length === 0 || mapping.identity.create === false) return new Set();
  const sourceIdOf = new Map(fresh.map(({ sourceId }) => [externalKey({ project: project.name, mapping: mapping.id, sourceId }), sourceId]));
  const stored = await withRetries({ call: () => destination.lookup({ object: mapping.destination, keys: [...sourceIdOf.keys()] }), backoffMs, signal });
  return new Set([...stored.keys()].flatMap((key) => sourceIdOf.get(key) ?? []));
}

/** A record that was archived because its source record was gone, and that is back. */
function unarchived({ destination, mapping }: LoadStepParams): JsonObject {
  const field = destination.capabilities.archiveField?.[mapping.mapping.destination];
  return field === undefined ? {} : { [field]: true };
}

/** A record that is only ever matched (an owner among the users) is matched again when what it is found by has changed. */
function isRematch({ mapping: { mapping } }: LoadStepParams, row: CrosswalkRow, values: JsonObject): boolean {
  return row.how === 'matched' && mapping.identity.create === false && row.payloadHash !== contentHash(values);
}

async function createNew(params: LoadStepParams, ledger: StepLedger, identified: readonly Identified[], known: ReadonlyMap<string, CrosswalkRow>): Promise<void> {
  const { store, project, mapping, destination, preview } = params;
  const object = mapping.mapping.destination;
  for (const one of identified) {
    if (one.kind === 'matched') ledger.place(one.record, { how: 'matched', id: one.id, key: null });
    else if (one.kind === 'unmatched') {
      ledger.skip(one.record.sourceId, mapping.mapping.identity.whenUnmatched ?? 'unmatched');
      if (known.has(one.record.sourceId)) ledger.forget(one.record.sourceId);
    }
    else if (one.kind === 'ambiguous') {
      ledger.hold(one.record.sourceId, 'load', { code: 'match-ambiguous', message: `Several ${object} records at the destination have ${one.field} "${one.value}".`, remedy: 'Rename or archive the duplicates at the destination, or change the identity rule in the plan; then retry.', field: one.field });
    }
  }
  const pending = identified.filter((one) => one.kind === 'create')
    .map(({ record }): PendingCreate => ({ ...record, key: externalKey({ project: project.name, mapping: mapping.mapping.id, sourceId: record.sourceId }) }));
  if (preview) {
    for (const record of pending) ledger.place(record, { how: 'created', id: 'preview', key: record.key });
  } else if (pending.length > 0) {
    // The look-up comes before every create, not only after a crash: it costs 0.05-0.08 s per 1,000 keys (Odoo 14-18,
    // measured) against ~2 s for creating them, and it holds even when the store itself was lost and restored.
    const keys = pending.map((record) => record.key);
    const lateMs = destination.capabilities.lateCommitMs[object] ?? 0;
    // Somebody died between intent and outcome: his call may still be at work at the destination.
    const sinceMs = lateMs === 0 ? null : await store.youngestIntentMs({ projectId: project.id, keys });
    // The wait counts from here, not from the intent: pauses and earlier parts of the step may lie between intent and call.
    const waitMs = sinceMs === null ? 0 : lateMs;
    const stored = await findSettled({ destination, object, keys, waitMs, backoffMs: params.backoffMs, signal: params.signal });
    const recovered = pending.filter((record) => stored.has(record.key));
    const open = pending.filter((record) => !stored.has(record.key));
    const ofThisRun = await settleRecovered(params, recovered, stored);
    for (const record of recovered) ledger.place(record, { how: 'created', id: stored.get(record.key) as string, key: record.key, ...(ofThisRun.has(record.key) ? {} : { outcome: 'matched' as const }) });
    await params.writeIntents(open.map((record) => ({ key: record.key, mapping: mapping.mapping.id, sourceId: record.sourceId, action: 'create', destinationObject: object, destinationId: null, payloadHash: contentHash(record.values), previous: null })));
    const result = await createRecords({ destination, object, records: open, backoffMs: params.backoffMs, signal: params.signal });
    const byKey = new Map(open.map((record) => [record.key, record]));
    for (const one of result.done) ledger.place(byKey.get(one.key) as PendingCreate, { how: 'created', id: one.id, key: one.key });
    for (const one of result.refused) ledger.refuse(one.record.sourceId, one);
    ledger.close(pending.map((record) => record.key));
  }
  for (const one of identified) {
    if (one.kind !== 'merged') continue;
    const id = 'id' in one.into ? one.into.id : ledger.placeOf(one.into.sourceId);
    if (id === undefined) ledger.hold(one.record.sourceId, 'load', { code: 'merge-target-not-loaded', message: 'The record it is merged into did not go in.', remedy: 'Settle that record first; this one follows on retry.', field: null });
    else ledger.place(one.record, { how: 'merged', id, key: null });
  }
}

/**
 * Records that an interrupted attempt already created, in this run or an earlier one; gives back the keys of this run's, since
 * only they count as created now: the others were there when the phase began. Where the intent shows that the attempt wrote other values
 * (the plan was changed since) the difference is written now.
 */
async function settleRecovered(params: LoadStepParams, recovered: readonly PendingCreate[], stored: ReadonlyMap<string, string>): Promise<ReadonlySet<string>> {
  if (recovered.length === 0) return new Set();
  const intents = await params.store.openIntents({ projectId: params.project.id, keys: recovered.map((record) => record.key) });
  const asIntended = new Map(intents.map((intent) => [intent.key, intent.payloadHash]));
  // Without an intent the difference may be somebody's work: it is left, and verification names it.
  const doubtful = recovered.filter((record) => asIntended.has(record.key) && asIntended.get(record.key) !== contentHash(record.values)).map((record): PendingUpdate => ({
    values: record.values,
    row: { mapping: params.mapping.mapping.id, sourceObject: params.mapping.mapping.source, sourceId: record.sourceId, destinationObject: params.mapping.mapping.destination, destinationId: stored.get(record.key) as string, how: 'created', key: record.key, payload: {}, payloadHash: '', previous: null, version: null, contentHash: null, runId: params.runId },
  }));
  const object = params.mapping.mapping.destination;
  if (doubtful.length > 0) {
    const compared = await compareThreeWays({ destination: params.destination, object, fields: await params.fields(), pending: doubtful, backoffMs: params.backoffMs, signal: params.signal });
    await updateRecords({ destination: params.destination, object, updates: compared.ready, backoffMs: params.backoffMs, signal: params.signal });
  }
  return new Set(intents.filter((intent) => intent.runId === params.runId).map((intent) => intent.key));
}

async function updateChanged(params: LoadStepParams, ledger: StepLedger, changed: readonly PendingUpdate[]): Promise<void> {
  if (changed.length === 0) return;
  const { destination, mapping, preview } = params;
  const fields = await params.fields();
  const object = mapping.mapping.destination;
  const compared = await compareThreeWays({ destination, object, fields, pending: changed, backoffMs: params.backoffMs, signal: params.signal });
  for (const { pending, fields: names } of compared.conflicts) {
    ledger.hold(pending.row.sourceId, 'load', { code: 'changed-at-destination', message: `Source and destination both changed ${names.join(', ')} of ${object} ${pending.row.destinationId}.`, remedy: 'Decide which side is right and correct the other; then retry.', field: names[0] ?? null });
  }
  for (const pending of compared.gone) {
    ledger.hold(pending.row.sourceId, 'load', { code: 'gone-at-destination', message: `${object} ${pending.row.destinationId} was deleted at the destination after it was loaded.`, remedy: 'Restore it there, or leave it out of the plan.', field: null });
  }
  if (preview) {
    for (const update of compared.ready) ledger.updated(update);
    return;
  }
  const key = (row: CrosswalkRow): string => `update:${row.mapping}:${row.sourceId}`;
  await params.writeIntents(compared.ready.map(({ pending, previous }) => ({ key: key(pending.row), mapping: pending.row.mapping, sourceId: pending.row.sourceId, action: 'update', destinationObject: object, destinationId: pending.row.destinationId, payloadHash: contentHash(pending.values), previous })));
  const result = await updateRecords({ destination, object, updates: compared.ready, backoffMs: params.backoffMs, signal: params.signal });
  for (const update of result.done) ledger.updated(update);
  for (const one of result.refused) ledger.refuse(one.record.pending.row.sourceId, one);
  ledger.close(compared.ready.map(({ pending }) => key(pending.row)));
}
