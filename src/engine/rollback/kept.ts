import type { DestinationConnection } from '../../connector/destination.ts';
import type { JsonObject } from '../../connector/json.ts';
import type { CrosswalkRow } from '../ports/ledger.ts';
import type { FieldsByName } from '../sessions.ts';
import type { BatchWork } from '../steps/batch-work.ts';
import { DISPLAYS_MAPPING, wantedDisplays } from '../steps/create-displays.ts';
import { FIELDS_MAPPING } from '../fields-mapping.ts';

/** What a rollback batch is told. */
export interface DeleteScope {
  readonly dryRun: boolean; // true = only look and count
  readonly deleteChanged: boolean | readonly string[]; // true = all records changed since; else "mapping:sourceId" one by one
}

/** A record that a rollback leaves, with the reason. `mapping` where it is another than the batch's. */
export interface Kept { readonly mapping?: string; readonly sourceId: string; readonly reason: string; readonly details: JsonObject }

/** Where a rollback batch stands. What became of its records stands in the store, also of a dry run. */
export interface DeleteCheckpoint { readonly after: string }

/** `object:id` of everything of this rollback that stays. */
export async function keptPlaces(work: BatchWork): Promise<ReadonlySet<string>> {
  return new Set((await work.dependencies.store.rollbackKept(work.run.id)).map(({ details }) => placeKey(String(details['object']), String(details['id']))));
}

export function placeKey(object: string, id: string): string {
  return `${object}:${id}`;
}

/** `object:id` of everything that the record refers to by what we wrote. */
export function referencesOf(row: CrosswalkRow, fields: FieldsByName): string[] {
  return Object.entries(row.payload).flatMap(([name, value]) => {
    const related = fields.get(name)?.relatedObject;
    if (related === undefined || value === null) return [];
    return [value].flat().map((id) => placeKey(related, String(id)));
  });
}

/**
 * What a kept record stands on stays too: the tags and stages it refers to, the fields that hold its values, and what shows them. Deleting them
 * would take away what was kept for somebody's sake.
 */
export async function neededByKept(work: BatchWork, destination: DestinationConnection): Promise<(row: CrosswalkRow) => boolean> {
  const kept = await work.dependencies.store.rollbackKept(work.run.id);
  const objects = new Set(kept.map((one) => String(one.details['object'])));
  if (work.batch.subject === DISPLAYS_MAPPING) {
    const showing = objects.size === 0 ? [] : await wantedDisplays(destination, work.plan.plan, (object) => objects.has(object));
    const names = new Set(showing.map((display) => display.name));
    return (row) => names.has(row.sourceId);
  }
  const references = new Set(kept.flatMap((one) => (one.details['references'] ?? []) as readonly string[]));
  return (row) => (row.mapping === FIELDS_MAPPING ? [...objects].some((object) => row.sourceId.startsWith(`${object}.`)) : references.has(placeKey(row.destinationObject, row.destinationId)));
}

export function isForced(scope: DeleteScope, row: CrosswalkRow): boolean {
  return scope.deleteChanged === true || isListed(scope, row);
}

/** Named by a person, one by one. */
export function isListed({ deleteChanged }: DeleteScope, row: CrosswalkRow): boolean {
  return Array.isArray(deleteChanged) && deleteChanged.includes(`${row.mapping}:${row.sourceId}`);
}
