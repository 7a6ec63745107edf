import type { Mapping } from '../../plan/plan.ts';
import { recordsPerStep } from '../load/create-records.ts';
import { DISPLAYS_MAPPING, wantedDisplays, type DisplayScope } from '../steps/create-displays.ts';
import { FIELDS_MAPPING } from '../fields-mapping.ts';
import { deltaStep, isDry, passesUnchanged, selectionOf } from '../run-scope.ts';
import { asHistories, historyBatch } from './histories.ts';
import { runBatches, type NewBatch, type PhaseWork } from './phase-work.ts';

/** Steps of one parallel batch: long enough that delivery costs nothing, short enough that workers share the end evenly. */
const STEPS_PER_BATCH = 10;

/** Loads the phase's mappings in the plan's order, then verifies each. */
export async function loadPhase(work: PhaseWork): Promise<void> {
  const mappings = work.plan.plan.mappings.filter((mapping) => mapping.phase === work.phase && mapping.status !== 'rejected');
  const { capabilities } = await work.sessions.destination(work.project.id);
  for (const [mapping, ...others] of asHistories(mappings, capabilities.ordersByCreation)) {
    if (mapping === undefined) continue;
    work.step(`load ${mapping.id}`);
    await runBatches(work, others.length === 0 ? await loadBatches(work, mapping) : await historyBatch(work, [mapping, ...others]));
  }
  // A delta changes little, and all of it is read back at its end: twice would double its calls.
  if (isDry(work.run) || work.run.mode === 'delta') return;
  work.step(`verify ${work.phase}`);
  const placed = await placedBy(work);
  await runBatches(work, mappings.filter((mapping) => placed.has(mapping.id)).map((mapping) => verifyBatch(mapping.id, false)));
}

/** The plan's new fields, then what shows them to people: created like any other record, before everything else. */
export async function preparePhase(work: PhaseWork): Promise<void> {
  work.step('prepare fields');
  await runBatches(work, [{ kind: 'load', subject: FIELDS_MAPPING, position: 0, work: {} }]);
  if (!isDry(work.run)) await runBatches(work, [verifyBatch(FIELDS_MAPPING, false)]);
  const displays = await wantedDisplays(await work.sessions.destination(work.project.id), work.plan.plan);
  if (displays.length === 0) return;
  work.step('prepare displays');
  const scope: DisplayScope = { records: displays.length, objects: [...new Set(displays.map((display) => display.object))] };
  await runBatches(work, [{ kind: 'load', subject: DISPLAYS_MAPPING, position: 0, work: scope }]);
  if (!isDry(work.run)) await runBatches(work, [verifyBatch(DISPLAYS_MAPPING, false)]);
}

/** Everything once more after the last write: a later phase may have changed what an earlier one verified. */
export async function verificationPhase(work: PhaseWork): Promise<void> {
  work.step('verify everything');
  const all = work.settings.only === 'verify';
  const ids = [FIELDS_MAPPING, DISPLAYS_MAPPING, ...work.plan.plan.mappings.map((mapping) => mapping.id)];
  const placed = all ? null : await placedBy(work);
  const due = ids.filter((id) => placed === null || placed.has(id));
  await runBatches(work, work.run.mode === 'delta' ? readTogether(work, due) : due.map((id) => verifyBatch(id, all)));
}

/** Of a delta each mapping has a handful of records to be read back: those of one object are read in one batch. */
function readTogether(work: PhaseWork, ids: readonly string[]): readonly NewBatch[] {
  const objectOf = new Map(work.plan.plan.mappings.map((mapping) => [mapping.id, mapping.destination]));
  return [...Map.groupBy(ids, (id) => objectOf.get(id) ?? id).values()].map((mappings): NewBatch => ({ kind: 'verify', subject: mappings[0] ?? '', position: 0, work: { all: work.settings.only === 'verify', mappings } }));
}

/** Mappings under which this run has placed a record: the others have nothing to be read back. */
async function placedBy(work: PhaseWork): Promise<ReadonlySet<string>> {
  const counts = await work.dependencies.store.outcomeCounts(work.run.id);
  return new Set(counts.filter((row) => ['created', 'updated', 'matched', 'merged', 'archived'].includes(row.outcome)).map((row) => row.mapping));
}

function verifyBatch(subject: string, all: boolean): NewBatch {
  return { kind: 'verify', subject, position: 0, work: { all } };
}

async function loadBatches(work: PhaseWork, mapping: Mapping): Promise<NewBatch[]> {
  const { store } = work.dependencies;
  const known = await store.batches({ runId: work.run.id, phase: work.phase, kinds: ['load'] });
  const existing = known.filter((batch) => batch.subject === mapping.id);
  if (existing.length > 0) return existing.map(({ kind, subject, position, work: range }) => ({ kind, subject, position, work: range }));
  const { capabilities } = await work.sessions.destination(work.project.id);
  const selectionRunId = selectionOf(work.run);
  const total = await store.countStaged({ projectId: work.project.id, object: mapping.source, selectionRunId });
  const grouped = mapping.orderWithin !== undefined; // equal values share the record that they belong to, and so the worker
  // Two workers that place equal values at once would both count them as created.
  const alike = capabilities.naturalKeys?.includes(mapping.destination) === true && mapping.identity.unique !== 'source';
  const serial = mapping.identity.mergeBy !== undefined || capabilities.concurrency === 1 || (!grouped && (mapping.order !== undefined || capabilities.ordersByCreation.includes(mapping.destination) || alike));
  const perStep = recordsPerStep(capabilities, mapping.destination);
  const delta = passesUnchanged(work.run);
  const step = delta ? deltaStep(perStep) : perStep;
  const share = Math.ceil(total / (delta ? 1 : capabilities.concurrency) / step) * step; // of a delta little is sent: two workers would only halve its calls
  const size = serial ? Math.max(1, total) : Math.max(step, Math.min(share, step * STEPS_PER_BATCH));
  const ranges = await store.ranges({ projectId: work.project.id, object: mapping.source, size, selectionRunId, ...(grouped ? { whole: true } : {}) });
  return ranges.map((range, position) => ({ kind: 'load', subject: mapping.id, position, work: range }));
}
