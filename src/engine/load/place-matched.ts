import type { CrosswalkRow } from '../ports/ledger.ts';
import type { NewRecord } from './identify.ts';
import type { PlaceParams } from './place-params.ts';
import type { StepLedger } from './step-ledger.ts';
import { compareThreeWays, updateIntents, updateKey, updateRecords, type PendingUpdate } from './update-records.ts';

/** A record that stood at the destination before. */
export interface Matched { readonly record: NewRecord; readonly id: string }

/**
 * Places records that were there before as the plan says (`whenMatched`): left as they are, given values where they have none, or
 * all values of the plan. What they had is kept with them for a rollback. A second source record of the same place changes nothing.
 */
export async function placeMatched(params: PlaceParams, ledger: StepLedger, matched: readonly Matched[]): Promise<void> {
  const { store, project, mapping, destination, backoffMs, signal } = params;
  const rule = mapping.identity.whenMatched ?? 'keep';
  if (rule === 'keep' || params.foreseen !== null || matched.length === 0) {
    for (const { record, id } of matched) ledger.place(record, { how: 'matched', id, key: null });
    return;
  }
  const object = mapping.destination;
  const taken = new Map((await store.placesAt({ projectId: project.id, object, ids: matched.map(({ id }) => id) })).filter((place) => !place.gone).map((place) => [place.destinationId, `${place.mapping}\u0000${place.sourceId}`]));
  const attempts = new Map((await store.openUpdateIntents({ projectId: project.id, mapping: mapping.id, sourceIds: matched.map(({ record }) => record.sourceId) })).map((intent) => [intent.sourceId, intent]));
  const pending: PendingUpdate[] = [];
  for (const { record, id } of matched) {
    const own = `${mapping.id}\u0000${record.sourceId}`;
    if ((taken.get(id) ?? own) !== own) {
      ledger.place(record, { how: 'matched', id, key: null });
      continue;
    }
    taken.set(id, own);
    const attempt = attempts.get(record.sourceId);
    pending.push({ row: rowOf(params, record, id), values: record.values, ...(attempt === undefined ? {} : { attempt }), fill: rule === 'fill' });
  }
  const compared = await compareThreeWays({ destination, object, fields: await params.fields(), pending, backoffMs, signal });
  for (const { row } of compared.gone) ledger.hold(row.sourceId, 'load', { code: 'gone-at-destination', message: `${object} ${row.destinationId} was found, and then deleted by somebody.`, remedy: 'Retry: it is looked for once more.', field: null });
  const result = await updateRecords({ destination, object, updates: compared.ready, beforeSend: (updates) => params.writeIntents(updateIntents(updates)), files: params.files, backoffMs, signal });
  for (const update of result.done) ledger.adopted(update);
  for (const one of result.refused) ledger.refuse(one.record.pending.row.sourceId, one);
  ledger.close(pending.map(({ row }) => updateKey(row)));
}

/** The row of a record of which nothing has been written yet. */
function rowOf({ mapping, runId }: PlaceParams, record: NewRecord, id: string): CrosswalkRow {
  return { mapping: mapping.id, sourceObject: mapping.source, sourceId: record.sourceId, destinationObject: mapping.destination, destinationId: id, how: 'matched', key: null, payload: {}, payloadHash: '', previous: null, version: null, contentHash: null, runId };
}
