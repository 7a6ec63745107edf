import type { DestinationConnection } from '../../connector/destination.ts';
import type { CrosswalkRow, PartRow } from '../ports/ledger.ts';
import { insist, type BatchWork } from '../steps/batch-work.ts';
import { isListed, keptPlaces, placeKey, referencesOf, type DeleteCheckpoint, type DeleteScope, type Kept } from './kept.ts';

/**
 * Records that live and die with another one (a tag on a record) are not touched while the project itself made that other
 * one: they are set aside, and go or stay with it when its own turn comes. No call is made for them.
 */
export interface Parts {
  /** Rows of the page that need a decision of their own. */
  readonly rest: readonly CrosswalkRow[];
  /** Rows whose record was decided about earlier in this rollback, and stays. */
  readonly kept: readonly Kept[];
}

export async function setPartsAside(work: BatchWork, destination: DestinationConnection, page: readonly CrosswalkRow[], scope: DeleteScope, state: DeleteCheckpoint): Promise<Parts> {
  const object = page[0]?.destinationObject ?? '';
  const part = destination.capabilities.partOf?.[object];
  const own = page.filter((row) => row.how === 'created' && !isListed(scope, row));
  if (part === undefined || own.length === 0) return { rest: page, kept: [] };
  const { store } = work.dependencies;
  const parentOf = (row: CrosswalkRow): string => String(row.payload[part.field] ?? '');
  const made = await store.createdByUs({ projectId: work.project.id, object: part.object, ids: [...new Set(own.map(parentOf))] });
  const mine = new Set(own.filter((row) => made.has(parentOf(row))).map((row) => row.sourceId));
  if (mine.size === 0) return { rest: page, kept: [] };
  const fields = await work.sessions.fields(work.project.id, object);
  const staying = scope.deleteChanged === true ? new Set<string>() : await keptPlaces(work);
  const rows = page.filter((row) => mine.has(row.sourceId)).map((row): PartRow => ({
    mapping: row.mapping, sourceId: row.sourceId, destinationObject: object, destinationId: row.destinationId, ofObject: part.object, ofId: parentOf(row),
    details: { object, id: row.destinationId, references: referencesOf(row, fields), of: `${part.object} ${parentOf(row)}` },
  }));
  const isStaying = (row: PartRow): boolean => staying.has(placeKey(row.ofObject, row.ofId));
  const aside = rows.filter((row) => !isStaying(row));
  if (aside.length > 0) insist(await store.setPartsAside({ runId: work.run.id, batchId: work.batch.id, fence: work.batch.fence, checkpoint: { ...state }, parts: aside }), work.batch);
  return { rest: page.filter((row) => !mine.has(row.sourceId)), kept: rows.filter(isStaying).map(keptPart) };
}

/** What was set aside for these records, by their ids. Nothing is asked where nothing can be part of them. */
export async function partsByRecord(work: BatchWork, destination: DestinationConnection, rows: readonly CrosswalkRow[]): Promise<ReadonlyMap<string, readonly PartRow[]>> {
  const object = rows[0]?.destinationObject ?? '';
  const parts = new Map<string, PartRow[]>();
  if (!Object.values(destination.capabilities.partOf ?? {}).some((part) => part.object === object)) return parts;
  for (const { rootId, ...part } of await work.dependencies.store.partsOf({ runId: work.run.id, object, ids: rows.filter((row) => row.how === 'created').map((row) => row.destinationId) })) {
    parts.set(rootId, [...(parts.get(rootId) ?? []), part]);
  }
  return parts;
}

/** A part that stays because its record does. */
export function keptPart({ mapping, sourceId, details }: PartRow): Kept {
  return { mapping, sourceId, reason: 'its-record-was-kept', details };
}
