import type { JsonObject } from '../../connector/json.ts';
import type { CompiledMapping, CompiledPlan } from '../../plan/compiled/compile.ts';
import { notTaken, transformRecord } from '../../plan/compiled/transform-record.ts';
import { contentHash } from '../canonical.ts';
import { externalKey } from '../external-key.ts';
import type { CrosswalkRow, IntentRow, OutcomeRow, QuarantineEntry, VersionRow } from '../ports/ledger.ts';
import type { SeenRow } from '../ports/seen.ts';
import type { StagedRecord } from '../ports/staging.ts';
import { withRetries } from '../retry.ts';
import { bySourceId, gatherContexts, isSelected, type LookupMemory } from './gather-context.ts';
import { identify, type NewRecord } from './identify.ts';
import { isLookedUpEach, isNatural, placeNew } from './place-new.ts';
import type { PlaceParams } from './place-params.ts';
import { StepLedger } from './step-ledger.ts';
import { withEmptied } from './emptied-fields.ts';
import { updateChanged } from './update-changed.ts';
import type { PendingUpdate } from './update-records.ts';

export interface LoadStepParams extends Omit<PlaceParams, 'mapping'> {
  readonly plan: CompiledPlan;
  readonly mapping: CompiledMapping;
  readonly records: readonly StagedRecord[];
  readonly memory: LookupMemory | null;
  readonly delta?: boolean; // true = a record about which nothing has changed is passed by, without a look-up at the destination
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
  readonly forgetPlaces: readonly Readonly<{ mapping: string; sourceId: string }>[];
  readonly leftOut: readonly string[];
  readonly takenBack: readonly string[];
  readonly versions: readonly VersionRow[];
  readonly seen: readonly SeenRow[];
}

/** Takes one step of records through transform, identity, intents and the calls; returns everything that is to be committed. */
export async function loadStep(params: LoadStepParams): Promise<LoadStepOutcome> {
  const { store, project, mapping, records } = params;
  const { known, attempts, settled } = await standOf(params);
  const contexts = await gatherContexts({ ...params, projectId: project.id, settled });
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
    if (row !== undefined && result.kind === 'skip') ledger.leaveOut(record.sourceId);
    if (row?.leftOut === true && result.kind === 'write') ledger.takeBack(record.sourceId);
    if (result.kind === 'skip') ledger.skip(record.sourceId, result.reason);
    else if (result.kind === 'quarantine') ledger.hold(record.sourceId, 'transform', result);
    else if (row === undefined) fresh.push({ sourceId: record.sourceId, values: result.values });
    else {
      const values = await withEmptied({ row, values: result.values, mapping: mapping.mapping, links: context.links, capabilities: params.destination.capabilities, fields: () => params.fields() });
      if (attempts.has(record.sourceId)) changed.push({ row, values: { ...(row.archived === true ? unarchived(params) : {}), ...values }, attempt: attempts.get(record.sourceId) as IntentRow });
      else if (row.archived === true) changed.push({ row, values: { ...unarchived(params), ...values } });
      else if (isRematch(params, row, values)) fresh.push({ sourceId: record.sourceId, values });
      else if (row.how === 'matched' && (mapping.mapping.identity.whenMatched ?? 'keep') !== 'keep' && row.payloadHash !== contentHash(values)) changed.push(ofMatched(mapping, row, values));
      else if (row.how !== 'created' || row.payloadHash === contentHash(values)) ledger.skip(record.sourceId, 'unchanged');
      else changed.push({ row, values });
    }
  }
  const identified = await identify({ store, projectId: project.id, mapping: mapping.mapping, destination: params.destination, records: fresh, ownIds: await createdBefore(params, fresh), foreseen: params.foreseen });
  const place: PlaceParams = { ...params, mapping: mapping.mapping };
  await placeNew(place, ledger, identified, known);
  await updateChanged(place, ledger, changed);
  return ledger.outcome();
}

/**
 * Passes by, without a look at the destination, the records about which nothing has changed since they were last settled, and
 * those that are not in and that the mapping does not take.
 * @returns the others, where those of them stand that are in, and what is to be committed of these; null = nothing has been passed by
 */
export async function siftUnchanged(params: LoadStepParams): Promise<Readonly<{ open: readonly StagedRecord[]; standing: readonly CrosswalkRow[]; outcome: LoadStepOutcome | null }>> {
  const { mapping, records } = params;
  const { known, settled } = await standOf(params);
  const contexts = await gatherContexts({ ...params, projectId: params.project.id, settled, inputsOnly: true });
  const passed = new Map<string, string>(); // source id → reason
  for (const record of records) {
    const context = contexts.get(record.sourceId);
    if (settled.has(record.sourceId) && settled.get(record.sourceId) === context?.input) passed.set(record.sourceId, 'unchanged');
    else if (!known.has(record.sourceId) && !(await isSelected(mapping, record, context))) passed.set(record.sourceId, notTaken(mapping.mapping));
  }
  const standing = [...known.values()].filter((row) => !passed.has(row.sourceId));
  if (passed.size === 0) return { open: records, standing, outcome: null };
  const ledger = new StepLedger({ mapping: mapping.mapping, runId: params.runId, records: records.filter(({ sourceId }) => passed.has(sourceId)), known, inputs: settled });
  for (const [sourceId, reason] of passed) ledger.skip(sourceId, reason);
  return { open: records.filter(({ sourceId }) => !passed.has(sourceId)), standing, outcome: ledger.outcome() };
}

interface Stand { readonly known: ReadonlyMap<string, CrosswalkRow>; readonly attempts: ReadonlyMap<string, IntentRow>; readonly settled: ReadonlyMap<string, string> }

/** What the ledger knows of the records; `settled`: the input hash of those that a delta may pass by. */
async function standOf({ store, project, mapping, records, foreseen, delta }: LoadStepParams): Promise<Stand> {
  const known = bySourceId(await store.crosswalk({ projectId: project.id, mappings: [mapping.mapping.id], sourceIds: records.map((record) => record.sourceId) }));
  // An update that was made, or half made, by an attempt that did not live to write it down: such a record is never "unchanged".
  const attempts = new Map((known.size === 0 || foreseen !== null ? [] : await store.openUpdateIntents({ projectId: project.id, mapping: mapping.mapping.id, sourceIds: [...known.keys()] })).map((intent) => [intent.sourceId, intent]));
  const settled = new Map(delta === true ? [...known.values()].flatMap((row) => (row.inputHash === null || row.inputHash === undefined || row.archived === true || attempts.has(row.sourceId) ? [] : [[row.sourceId, row.inputHash] as const])) : []);
  return { known, attempts, settled };
}

/**
 * Records that an interrupted attempt created without living to write it down. Without this look-up a match rule would take
 * them for records that were there before: counted wrongly, and left behind by a rollback.
 */
async function createdBefore({ store, project, mapping: { mapping }, destination, backoffMs, signal }: LoadStepParams, all: readonly NewRecord[]): Promise<ReadonlySet<string>> {
  if (all.length === 0 || (mapping.identity.match ?? []).length === 0 || mapping.identity.create === false) return new Set();
  const keyOf = ({ sourceId }: NewRecord): string => externalKey({ project: project.name, mapping: mapping.id, sourceId });
  const open = isLookedUpEach(destination, mapping.destination) ? new Set((await store.openIntents({ projectId: project.id, keys: all.map(keyOf) })).map((intent) => intent.key)) : null;
  const fresh = open === null ? all : all.filter((record) => open.has(keyOf(record)));
  if (fresh.length === 0) return new Set();
  const sourceIdOf = new Map(fresh.map(({ sourceId }) => [externalKey({ project: project.name, mapping: mapping.id, sourceId }), sourceId]));
  const stored = await withRetries({ call: () => destination.lookup({ object: mapping.destination, keys: [...sourceIdOf.keys()], ...(isNatural(destination, mapping.destination) ? { values: fresh.map(({ values }) => values) } : {}) }), backoffMs, signal });
  return new Set([...stored.keys()].flatMap((key) => sourceIdOf.get(key) ?? []));
}

/** A record that was there before and that the plan writes to: never written as yet, everything may differ. */
function ofMatched({ mapping }: CompiledMapping, row: CrosswalkRow, values: JsonObject): PendingUpdate {
  const fill = mapping.identity.whenMatched === 'fill';
  return { row: row.previous === null ? { ...row, payload: {} } : row, values, fill, ...(fill ? { leave: row.keptFields ?? [] } : {}) };
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
