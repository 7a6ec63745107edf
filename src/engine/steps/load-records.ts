import type { DestinationConnection } from '../../connector/destination.ts';
import type { JsonObject } from '../../connector/json.ts';
import type { CompiledMapping } from '../../plan/compile.ts';
import { FileStreams } from '../load/file-streams.ts';
import { loadStep } from '../load/load-step.ts';
import type { StagedRecord } from '../ports/staging.ts';
import { countedBeforeChange } from '../count-before-change.ts';
import { isDry, passesUnchanged } from '../run-scope.ts';
import { insist, mayGoOn, type BatchWork } from './batch-work.ts';

/** Loads records of one mapping; gives back after the transaction that also stores the checkpoint. */
export type LoadRecords = (mapping: CompiledMapping, records: readonly StagedRecord[], checkpoint: JsonObject) => Promise<void>;

/** One step of a load batch: outcomes, crosswalk, quarantine, closed intents and the checkpoint in one transaction. */
export function recordLoader(work: BatchWork): LoadRecords {
  const { dependencies: { store }, sessions, project, run, batch } = work;
  const preview = isDry(run);
  let connection: Promise<DestinationConnection> | null = null;
  const destination = (): Promise<DestinationConnection> => connection ??= sessions.destination(project.id).then((open) => (run.mode === 'delta' ? countedBeforeChange(open, work) : open));
  const files = new FileStreams(() => sessions.source(project.id));
  return async (mapping, records, checkpoint) => {
    const outcome = await loadStep({
      store, project, runId: run.id, plan: work.plan, mapping, records, destination: await destination(), fields: () => sessions.fields(project.id, mapping.destination),
      preview, delta: passesUnchanged(run), memory: sessions.lookups(run.id), files,
      writeIntents: async (intents) => {
        insist(await store.writeIntents({ projectId: project.id, runId: run.id, batchId: batch.id, fence: batch.fence, intents }), batch);
      },
      backoffMs: work.backoffMs, signal: work.signal,
    });
    insist(await store.commitLoadStep({
      projectId: project.id, runId: run.id, phase: batch.phase, mapping: mapping.id, sourceObject: mapping.source, batchId: batch.id, fence: batch.fence, checkpoint,
      ...outcome, ...(preview ? { crosswalk: [], quarantine: [], resolvedQuarantine: [], closeIntents: [], inputs: [], forget: [], forgetPlaces: [], leftOut: [], takenBack: [], seen: [] } : {}),
    }), batch);
    await mayGoOn(work);
  };
}
