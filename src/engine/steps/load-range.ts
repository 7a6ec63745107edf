import type { DestinationConnection } from '../../connector/destination.ts';
import type { CompiledMapping } from '../../plan/compiled/compile.ts';
import type { JsonObject } from '../../connector/json.ts';
import { recordsPerStep } from '../load/create-records.ts';
import type { StagedRange, StagedRecord } from '../ports/staging.ts';
import type { Run } from '../ports/runs.ts';
import { deltaStep, passesUnchanged, selectionOf } from '../run-scope.ts';
import type { BatchWork } from './batch-work.ts';
import { recordLoader } from './load-records.ts';

/** The last record of the last committed step. */
interface LoadCheckpoint { readonly sort: string; readonly seq: string }

/**
 * Loads one range of staged records in steps of the destination's batch size; each step ends with one transaction that
 * writes outcomes, crosswalk, quarantine, closed intents and the checkpoint. A delta gathers what has changed over several pages,
 * so that its calls are as full.
 */
export async function loadRange(work: BatchWork): Promise<void> {
  const { sessions, project, run } = work;
  const destination = await sessions.destination(project.id);
  const mapping = mappingOf(work);
  const loader = recordLoader(work);
  const size = stepSize(mapping, destination, run);
  let open: StagedRecord[] = []; // what a delta has found changed since the last step
  let last: StagedRecord | undefined;
  const load = (): Promise<void> => loader.load(mapping, open, checkpointAt(last));
  for await (const records of remaining(work, mapping, passesUnchanged(run) ? largestStep : size, selectionOf(run))) {
    open.push(...await loader.sift(mapping, records));
    last = records.at(-1);
    if (passesUnchanged(run) && open.length < size) continue;
    await load();
    open = [];
  }
  if (open.length > 0) await load();
}

function checkpointAt(last: StagedRecord | undefined): JsonObject | null {
  return last === undefined ? null : { sort: last.sort, seq: String(last.seq) } satisfies LoadCheckpoint;
}

/** A step holds its records, what they are linked to and what becomes of them: 2,000 contacts take 40 MB, 16,000 tags 60 MB (bench/memory.ts). */
const largestStep = 1_000;

/**
 * Records taken per step. A mapping with a condition passes many of them by: it takes four times as many, so that the calls
 * are not made for a handful (a quarter selected: 3.4 instead of 1.3 times the bare cost, Odoo 14 measured), as far as the
 * memory allows. A delta passes nearly all by: it reads smaller pages until so many have changed.
 */
function stepSize({ condition, mapping }: CompiledMapping, destination: DestinationConnection, run: Run): number {
  const size = recordsPerStep(destination.capabilities, mapping.destination);
  return passesUnchanged(run) ? deltaStep(size) : condition === null ? size : Math.max(size, Math.min(4 * size, largestStep));
}

async function* remaining(work: BatchWork, mapping: CompiledMapping, limit: number, selectionRunId: string | null): AsyncGenerator<readonly StagedRecord[]> {
  const { store } = work.dependencies;
  const range = work.batch.work as unknown as StagedRange;
  for (let after = work.batch.checkpoint as unknown as LoadCheckpoint | null; ;) {
    const page = await store.pageRange({ projectId: work.project.id, object: mapping.mapping.source, range, selectionRunId, after, limit });
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = { sort: last.sort, seq: String(last.seq) };
  }
}

function mappingOf(work: BatchWork): CompiledMapping {
  const mapping = work.plan.mappings.get(work.batch.subject);
  if (mapping === undefined) throw new Error(`No mapping ${work.batch.subject} in plan ${work.run.planHash}`);
  return mapping;
}
