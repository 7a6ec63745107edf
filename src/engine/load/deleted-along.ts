import { withRetries } from '../retry.ts';
import type { PlaceParams } from './place-params.ts';
import type { ReadyUpdate } from './update-records.ts';

/**
 * Rows of ours that are gone because these updates archived what they hung on (`capabilities.archivingDeletes`; Odoo: the open
 * activities of a lead). Without their places they are made anew, by their own mapping when it comes later in this run, else by
 * the next delta.
 */
export async function deletedAlong({ store, project, mapping, destination, fields, backoffMs, signal }: PlaceParams, updates: readonly ReadyUpdate[]): Promise<readonly Readonly<{ mapping: string; sourceId: string }>[]> {
  const { archivingDeletes, archiveField, batchSize } = destination.capabilities;
  const [objects, field] = [archivingDeletes?.[mapping.destination] ?? [], archiveField?.[mapping.destination]];
  const archived = field === undefined ? [] : updates.filter((update) => update.changes[field] === false || update.pending.attempt?.payload?.[field] === false);
  if (objects.length === 0 || archived.length === 0) return [];
  const hanging = await store.rowsReferring({ projectId: project.id, object: mapping.source, sourceIds: archived.map(({ pending }) => pending.row.sourceId), destinationIds: archived.map(({ pending }) => pending.row.destinationId), destinationObjects: objects });
  const there = new Set<string>();
  for (const [object, rows] of Map.groupBy(hanging, (row) => row.destinationObject)) {
    await fields(object); // as in changed-along.ts
    const ids = [...new Set(rows.map((row) => row.destinationId))];
    for (let at = 0; at < ids.length; at += batchSize.read) {
      for (const { id } of await withRetries({ call: () => destination.read({ object, ids: ids.slice(at, at + batchSize.read), fields: [] }), backoffMs, signal })) there.add(`${object} ${id}`);
    }
  }
  return hanging.filter((row) => !there.has(`${row.destinationObject} ${row.destinationId}`)).map(({ mapping: of, sourceId }) => ({ mapping: of, sourceId }));
}
