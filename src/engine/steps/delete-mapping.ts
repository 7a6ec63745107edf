import { carryOut, deleteKey } from '../rollback/carry-out.ts';
import { decide } from '../rollback/decide.ts';
import { type DeleteCheckpoint, type DeleteScope, type Kept } from '../rollback/kept.ts';
import { keptPart, partsByRecord, setPartsAside } from '../rollback/parts.ts';
import { updateKey } from '../load/update-records.ts';
import { insist, mayGoOn, ofOneObject, type BatchWork } from './batch-work.ts';

/** Kept records that a dry run lists one by one; all are counted. */
const LISTED = 500;

/** Records of one step where a platform deletes one a call: each step costs transactions of the store. */
const SINGLES_PER_STEP = 50;
const pageSize = (perCall: number): number => (perCall === 1 ? SINGLES_PER_STEP : perCall);

/**
 * Takes back what one mapping wrote: deletes created records, restores updated ones. A record that was changed since, or on
 * which other people's work hangs, is kept and reported, and with it what is part of it.
 */
export async function deleteMapping(work: BatchWork): Promise<void> {
  const { dependencies: { store }, sessions, project, run, batch } = work;
  const destination = await sessions.destination(project.id);
  const scope = batch.work as unknown as DeleteScope;
  const mapping = batch.subject;
  let state = (batch.checkpoint as unknown as DeleteCheckpoint | null) ?? { after: '', deleted: 0, restored: 0, keptCount: 0, kept: [] };
  for (;;) {
    const page = ofOneObject(await store.pageCrosswalk({ projectId: project.id, mapping, after: state.after, limit: pageSize(destination.capabilities.batchSize.delete), runId: null }));
    const last = page.at(-1);
    if (last === undefined) return;
    const aside = await setPartsAside(work, destination, page, scope, state);
    const parts = await partsByRecord(work, destination, aside.rest);
    const step = await decide({ work, destination, page: aside.rest, scope, parts });
    // Gone, with an intent of ours still open: deleted by an attempt that did not live to count it.
    const ours = new Set(scope.dryRun ? [] : (await store.openIntents({ projectId: project.id, keys: step.gone.map(deleteKey) })).map((intent) => intent.key));
    const done = scope.dryRun ? { removed: step.remove, restored: step.restore, kept: step.kept } : await carryOut(work, destination, step);
    const partsOf = (row: Readonly<{ destinationId: string }>): NonNullable<ReturnType<typeof parts.get>> => parts.get(row.destinationId) ?? [];
    const byUs = [...done.removed, ...step.gone.filter((row) => ours.has(deleteKey(row)))];
    const count = byUs.length + byUs.reduce((sum, row) => sum + partsOf(row).length, 0);
    const kept: Kept[] = [...aside.kept, ...done.kept, ...done.kept.flatMap((one) => partsOf({ destinationId: String(one.details['id']) }).map(keptPart))];
    state = { after: last.sourceId, deleted: state.deleted + count, restored: state.restored + done.restored.length, keptCount: state.keptCount + kept.length, kept: scope.dryRun ? [...state.kept, ...kept].slice(0, LISTED) : [] };
    insist(scope.dryRun
      ? await store.checkpointBatch({ batchId: batch.id, fence: batch.fence, checkpoint: { ...state, kept: state.kept.map((one) => ({ ...one })) } })
      : await store.commitRollbackStep({
        projectId: project.id, runId: run.id, batchId: batch.id, fence: batch.fence, checkpoint: { ...state, kept: [] }, mapping,
        removed: [...done.removed, ...step.gone, ...step.forget].map((row) => row.sourceId), deleted: count,
        removedParts: [...done.removed, ...step.gone].flatMap(partsOf),
        restored: done.restored.map((row) => row.sourceId), kept,
        closeIntents: [...step.remove, ...step.gone].flatMap((row) => [deleteKey(row), updateKey(row)]).concat(step.restore.map(updateKey)),
      }), batch);
    await mayGoOn(work);
  }
}
