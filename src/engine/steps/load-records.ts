import type { JsonObject } from '../../connector/json.ts';
import type { CompiledMapping } from '../../plan/compiled/compile.ts';
import { FileStreams } from '../load/file-streams.ts';
import type { LookedUp } from '../load/look-ahead.ts';
import { loadStep, siftUnchanged, type LoadStepOutcome, type LoadStepParams } from '../load/load-step.ts';
import { ReadAhead } from '../load/read-ahead.ts';
import type { StagedRecord } from '../ports/staging.ts';
import { countedBeforeChange } from '../count-before-change.ts';
import { passesUnchanged } from '../run-scope.ts';
import { insist, mayGoOn, type BatchWork } from './batch-work.ts';
import { foreseenOf, onlySeen } from './only-seen.ts';

export interface RecordLoader {
  /**
   * Loads records of one mapping; gives back after the transaction that also stores the checkpoint. null = the batch stays where it was.
   * `lookedUp`: what was looked up for these records and others at once.
   */
  load(mapping: CompiledMapping, records: readonly StagedRecord[], checkpoint: JsonObject | null, lookedUp?: LookedUp | null): Promise<void>;
  /** In a delta: settles what has not changed, in a transaction that leaves the checkpoint alone, and gives the rest. Else gives all. */
  sift(mapping: CompiledMapping, records: readonly StagedRecord[]): Promise<readonly StagedRecord[]>;
}

const readAheads = new WeakMap<BatchWork, ReadAhead>();

/** One for all loaders of a batch: what one of them sifts, another may load. */
function aheadOf(work: BatchWork): ReadAhead {
  const known = readAheads.get(work) ?? new ReadAhead();
  readAheads.set(work, known);
  return known;
}

/** One step of a load batch: outcomes, crosswalk, quarantine, closed intents and the checkpoint in one transaction. */
export function recordLoader(work: BatchWork): RecordLoader {
  const { dependencies: { store }, sessions, project, run, batch } = work;
  let reached: Promise<Pick<LoadStepParams, 'destination' | 'foreseen'>> | null = null;
  const reach = async (): Promise<Pick<LoadStepParams, 'destination' | 'foreseen'>> => {
    const session = await sessions.destination(project.id);
    const foreseen = foreseenOf(work, session);
    const counted = run.mode === 'delta' ? aheadOf(work).over(countedBeforeChange(session, work)) : session;
    return { foreseen, destination: foreseen?.over(counted) ?? counted };
  };
  const files = new FileStreams(() => sessions.source(project.id));
  const paramsFor = async (mapping: CompiledMapping, records: readonly StagedRecord[]): Promise<LoadStepParams> => ({
    store, project, runId: run.id, plan: work.plan, mapping, records, ...await (reached ??= reach()), fields: (object = mapping.destination) => sessions.fields(project.id, object),
    delta: passesUnchanged(run), memory: sessions.lookups(run.id), files,
    writeIntents: async (intents) => {
      insist(await store.writeIntents({ projectId: project.id, runId: run.id, batchId: batch.id, fence: batch.fence, intents }), batch);
    },
    backoffMs: work.backoffMs, signal: work.signal,
  });
  const commit = async (mapping: CompiledMapping, outcome: LoadStepOutcome, checkpoint: JsonObject | null): Promise<void> => {
    insist(await store.commitLoadStep({
      projectId: project.id, runId: run.id, phase: batch.phase, mapping: mapping.id, sourceObject: mapping.source, batchId: batch.id, fence: batch.fence, ...(checkpoint === null ? {} : { checkpoint }),
      ...outcome, ...onlySeen(mapping.id, outcome, (await (reached ??= reach())).foreseen),
    }), batch);
    await mayGoOn(work);
  };
  return {
    load: async (mapping, records, checkpoint, lookedUp = null) => commit(mapping, await loadStep({ ...await paramsFor(mapping, records), lookedUp }), checkpoint),
    sift: async (mapping, records) => {
      if (!passesUnchanged(run) || records.length === 0) return records;
      const { open, standing, outcome } = await siftUnchanged(await paramsFor(mapping, records));
      aheadOf(work).expect(standing);
      if (outcome !== null) await commit(mapping, outcome, null);
      return open;
    },
  };
}
