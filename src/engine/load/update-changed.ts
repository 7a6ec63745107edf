import { watchChangedAlong } from './changed-along.ts';
import { deletedAlong } from './deleted-along.ts';
import type { PlaceParams } from './place-params.ts';
import type { StepLedger } from './step-ledger.ts';
import { compareThreeWays, updateIntents, updateKey, updateRecords, type PendingUpdate } from './update-records.ts';

/** Writes what changed at the source to records that are in already, unless people changed the same fields there. */
export async function updateChanged(params: PlaceParams, ledger: StepLedger, changed: readonly PendingUpdate[]): Promise<void> {
  // The step of a delta is longer than a call may be.
  const size = params.destination.capabilities.batchSize.update;
  for (let at = 0; at < changed.length; at += size) await updateSome(params, ledger, changed.slice(at, at + size));
}

async function updateSome(params: PlaceParams, ledger: StepLedger, changed: readonly PendingUpdate[]): Promise<void> {
  const { destination, mapping, foreseen, backoffMs, signal } = params;
  const object = mapping.destination;
  const compared = await compareThreeWays({ destination, object, fields: await params.fields(), pending: changed, backoffMs, signal });
  for (const { pending, fields: names } of compared.conflicts) {
    ledger.hold(pending.row.sourceId, 'load', { code: 'changed-at-destination', message: `Source and destination both changed ${names.join(', ')} of ${object} ${pending.row.destinationId}.`, remedy: 'Decide which side is right and correct the other; then retry.', field: names[0] ?? null });
  }
  for (const pending of compared.gone) {
    ledger.hold(pending.row.sourceId, 'load', { code: 'gone-at-destination', message: `${object} ${pending.row.destinationId} was deleted at the destination after it was loaded.`, remedy: 'Restore it there, or leave it out of the plan.', field: null });
  }
  if (foreseen !== null) {
    for (const update of compared.ready) ledger.updated(update);
    return;
  }
  const changedAlong = await watchChangedAlong(params, compared.ready);
  const result = await updateRecords({ destination, object, updates: compared.ready, beforeSend: (updates) => params.writeIntents(updateIntents(updates)), files: params.files, backoffMs, signal });
  for (const update of result.done) ledger.updated(update);
  ledger.keepVersions(await changedAlong());
  ledger.forgetPlaces(await deletedAlong(params, result.done));
  for (const one of result.refused) ledger.refuse(one.record.pending.row.sourceId, one);
  // An intent of a conflict stays: it tells the retry which values are of our own making.
  ledger.close([...compared.ready.map(({ pending }) => pending), ...compared.gone].map(({ row }) => updateKey(row)));
}
