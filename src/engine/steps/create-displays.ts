import type { DestinationConnection, DisplayRecord } from '../../connector/destination.ts';
import type { Mapping, Plan } from '../../plan/plan.ts';
import { contentHash } from '../canonical.ts';
import type { Identified } from '../load/identify.ts';
import { placeNew } from '../load/place-new.ts';
import type { PlaceParams } from '../load/place-params.ts';
import { StepLedger } from '../load/step-ledger.ts';
import { updateChanged } from '../load/update-changed.ts';
import type { PendingUpdate } from '../load/update-records.ts';
import type { StagedRecord } from '../ports/staging.ts';
import { withRetries } from '../retry.ts';
import { insist, mayGoOn, type BatchWork } from './batch-work.ts';
import { fieldDefinition, wantedFields } from './create-fields.ts';
import { foreseenOf, onlySeen } from './only-seen.ts';

/** The mapping under which records that show new fields stand in ledger, reports and rollback, like any other record. */
export const DISPLAYS_MAPPING = 'displays';
export const DISPLAYS_OBJECT = 'plan.display';

/** What the driver of the phase knew of them, for the report. */
export interface DisplayScope { readonly records: number; readonly objects: readonly string[] }

/** Objects that are finished: each ends with one commit. */
interface DisplayCheckpoint { readonly done: readonly string[] }

/** Records that show the plan's new fields to people; none where the destination shows them by itself. */
export async function wantedDisplays(destination: DestinationConnection, plan: Plan, of: (object: string) => boolean = () => true): Promise<readonly DisplayRecord[]> {
  const fields = wantedFields(plan).filter((line) => of(line.object)).map(fieldDefinition);
  return fields.length === 0 ? [] : await destination.displayRecords?.({ fields }) ?? [];
}

/** Makes the records that show new fields, exactly once, and changes those that an earlier plan made. */
export async function createDisplays(work: BatchWork): Promise<void> {
  const destination = await work.sessions.destination(work.project.id);
  const displays = await withRetries({ call: () => wantedDisplays(destination, work.plan.plan), backoffMs: work.backoffMs, signal: work.signal });
  const done = [...(work.batch.checkpoint as unknown as DisplayCheckpoint | null)?.done ?? []];
  for (const object of new Set(displays.map((display) => display.object))) {
    if (done.includes(object)) continue;
    done.push(object);
    await makeDisplays(work, destination, object, displays.filter((display) => display.object === object), { done });
    await mayGoOn(work);
  }
}

async function makeDisplays(work: BatchWork, destination: DestinationConnection, object: string, displays: readonly DisplayRecord[], checkpoint: DisplayCheckpoint): Promise<void> {
  const { dependencies: { store }, sessions, project, run, batch, backoffMs, signal } = work;
  const mapping: Mapping = { id: DISPLAYS_MAPPING, source: DISPLAYS_OBJECT, destination: object, phase: batch.phase, identity: {}, fields: [], leftOut: [], status: 'confirmed', confidence: 1, reason: 'Shows the fields of the plan.' };
  const records = displays.map(({ name }): StagedRecord => ({ object: DISPLAYS_OBJECT, sourceId: name, data: {}, hash: '', position: `plan, display ${name}`, modifiedAt: null, seq: 0n, sort: '' }));
  const sourceIds = records.map((record) => record.sourceId);
  const known = new Map((await store.crosswalk({ projectId: project.id, mappings: [DISPLAYS_MAPPING], sourceIds })).map((row) => [row.sourceId, row]));
  const ids = [...known.values()].map((row) => row.destinationId);
  const there = new Set(ids.length === 0 ? [] : (await withRetries({ call: () => destination.read({ object, ids, fields: [] }), backoffMs, signal })).map((record) => record.id));
  const attempts = new Map((await store.openUpdateIntents({ projectId: project.id, mapping: DISPLAYS_MAPPING, sourceIds })).map((intent) => [intent.sourceId, intent]));
  const ledger = new StepLedger({ mapping, runId: run.id, records, known });
  const fresh: Identified[] = [];
  const changed: PendingUpdate[] = [];
  for (const { name, values } of displays) {
    const row = known.get(name);
    const attempt = attempts.get(name);
    if (row === undefined || !there.has(row.destinationId)) fresh.push({ kind: 'create', record: { sourceId: name, values } });
    else if (row.payloadHash === contentHash(values) && attempt === undefined) ledger.skip(name, 'unchanged');
    else changed.push({ row, values, ...(attempt === undefined ? {} : { attempt }) });
  }
  const foreseen = foreseenOf(work, destination);
  const place: PlaceParams = {
    store, project, runId: run.id, mapping, destination, fields: (of = object) => sessions.fields(project.id, of), foreseen, files: null, backoffMs, signal,
    writeIntents: async (intents) => insist(await store.writeIntents({ projectId: project.id, runId: run.id, batchId: batch.id, fence: batch.fence, intents }), batch),
  };
  await placeNew(place, ledger, fresh, known);
  await updateChanged(place, ledger, changed);
  const outcome = ledger.outcome();
  insist(await store.commitLoadStep({
    projectId: project.id, runId: run.id, phase: batch.phase, mapping: DISPLAYS_MAPPING, sourceObject: DISPLAYS_OBJECT, batchId: batch.id, fence: batch.fence, checkpoint: { done: [...checkpoint.done] },
    ...outcome, ...onlySeen(DISPLAYS_MAPPING, outcome, foreseen),
  }), batch);
}
