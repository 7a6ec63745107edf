import { carryOut, deleteKey } from '../rollback/carry-out.ts';
import { decide } from '../rollback/decide.ts';
import { type DeleteCheckpoint, type DeleteScope, type Kept } from '../rollback/kept.ts';
import { keptPart, partsByRecord, setPartsAside } from '../rollback/parts.ts';
import { stillBroughtBack } from '../rollback/brought-back.ts';
import { fateRow, keptRow, labeller, leftBehind, partRow, restoredRow } from '../rollback/rollback-rows.ts';
import type { RollbackRow } from '../ports/ledger.ts';
import { updateKey } from '../load/update-records.ts';
import { insist, mayGoOn, ofOneObject, type BatchWork } from './batch-work.ts';

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
  let state = (batch.checkpoint as unknown as DeleteCheckpoint | null) ?? { after: '' };
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
    const removed = [...done.removed, ...step.gone.filter((row) => ours.has(deleteKey(row)))];
    const gone = step.gone.filter((row) => !ours.has(deleteKey(row)));
    const partsOf = (row: Readonly<{ destinationId: string }>): NonNullable<ReturnType<typeof parts.get>> => parts.get(row.destinationId) ?? [];
    const kept: Kept[] = [...aside.kept, ...done.kept, ...done.kept.flatMap((one) => partsOf({ destinationId: String(one.details['id']) }).map(keptPart))];
    const label = labeller(work, await sessions.fields(project.id, last.destinationObject));
    const back = await stillBroughtBack(work, destination, [...done.restored, ...step.forget]);
    const inArchive = (row: Readonly<{ destinationObject: string }>): boolean => destination.capabilities.archivedByDelete?.includes(row.destinationObject) === true;
    const ofBefore = (row: Readonly<{ destinationId: string }>, made: RollbackRow): RollbackRow => (back.has(row.destinationId) ? leftBehind(made, 'brought-back') : made);
    const labels = new Map(page.map((row) => [row.sourceId, label(row)]));
    const rows = [
      ...removed.flatMap((row) => [inArchive(row) ? leftBehind(fateRow(row, 'removed', label(row)), 'archived') : fateRow(row, 'removed', label(row)), ...partsOf(row).map((part) => partRow(part, 'removed'))]),
      ...gone.flatMap((row) => [fateRow(row, 'gone', label(row)), ...partsOf(row).map((part) => partRow(part, 'gone'))]),
      ...done.restored.map((row) => ofBefore(row, restoredRow(row, label(row)))),
      ...step.forget.map((row) => ofBefore(row, fateRow(row, 'untouched', label(row)))),
      ...kept.map((one) => keptRow(one, mapping, one.mapping === undefined || one.mapping === mapping ? labels.get(one.sourceId) ?? null : null)),
    ];
    state = { after: last.sourceId };
    insist(await store.commitRollbackStep({
      projectId: project.id, runId: run.id, batchId: batch.id, fence: batch.fence, checkpoint: { ...state }, dryRun: scope.dryRun, rows,
      deleted: removed.reduce((sum, row) => sum + 1 + partsOf(row).length, 0),
      closeIntents: scope.dryRun ? [] : [...step.remove, ...step.gone].flatMap((row) => [deleteKey(row), updateKey(row)]).concat(step.restore.map(updateKey)),
    }), batch);
    await mayGoOn(work);
  }
}
