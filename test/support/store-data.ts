import type { Json, JsonObject } from '../../src/connector/json.ts';
import type { CrosswalkRow, LoadStepResult } from '../../src/engine/ports/ledger.ts';
import type { Batch } from '../../src/engine/ports/runs.ts';
import type { Store } from '../../src/engine/ports/store.ts';

/** A record as extraction would stage it. */
export const record = (object: string, id: string, data: JsonObject = { id }, hash = JSON.stringify(data)):
{ object: string; id: string; data: JsonObject; modifiedAt: null; position: string; hash: string } =>
  ({ object, id, data, modifiedAt: null, position: `${object}.csv line ${id}`, hash });

let serial = 0;

/** A project with one running run of one phase. */
export async function projectWithRun(store: Store): Promise<{ projectId: string; runId: string }> {
  serial += 1;
  const project = await store.createProject({ name: `project ${process.pid} ${serial}`, route: 'route' });
  const run = await store.createRun({ projectId: project.id, mode: 'production', planHash: 'hash', settings: {}, phases: ['load', 'check'] });
  return { projectId: project.id, runId: run.id };
}

/** Adds a batch to the run's phase 'load' and claims it. */
export async function claimedBatch(store: Store, runId: string, kind: Batch['kind'] = 'load'): Promise<Batch> {
  serial += 1;
  await store.addBatches({ runId, batches: [{ phase: 'load', kind, subject: 'people', position: serial, work: {} }] });
  const batch = (await store.batches({ runId, phase: 'load', kinds: [kind] })).find(({ position }) => position === serial);
  const claimed = await store.claimBatch({ batchId: batch?.id ?? '', worker: 'test' });
  if (claimed === null) throw new Error('The batch just added cannot be claimed.');
  return claimed;
}

/** An empty load step of a claimed batch, to be spread over. */
export const loadStep = (projectId: string, batch: Batch, checkpoint: Json = null): LoadStepResult => ({
  projectId, runId: batch.runId, phase: 'load', mapping: 'people', sourceObject: 'contact', batchId: batch.id, fence: batch.fence, checkpoint,
  outcomes: [], crosswalk: [], quarantine: [], resolvedQuarantine: [], closeIntents: [], losses: [],
});

export const crosswalkRow = (runId: string, sourceId: string, change: Partial<CrosswalkRow> = {}): CrosswalkRow => ({
  mapping: 'people', sourceObject: 'contact', sourceId, destinationObject: 'partner', destinationId: `9${sourceId}`, how: 'created',
  key: `key:${sourceId}`, payload: { name: `Name ${sourceId}` }, payloadHash: 'hash', previous: null, version: null, contentHash: null, keptFields: null, runId, ...change,
});
