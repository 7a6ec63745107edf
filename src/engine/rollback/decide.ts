import type { Dependant, DestinationConnection, DestinationRecord } from '../../connector/destination.ts';
import type { CrosswalkRow, PartRow } from '../ports/ledger.ts';
import { withRetries } from '../retry.ts';
import type { BatchWork } from '../steps/batch-work.ts';
import { changedFields } from './changed-fields.ts';
import { decideRestores } from './decide-restores.ts';
import { isForced, keptPlaces, neededByKept, placeKey, referencesOf, type DeleteScope, type Kept } from './kept.ts';
import { nameWhoChanged } from './who-changed.ts';

export interface Decided {
  readonly remove: readonly CrosswalkRow[]; // created by us, untouched since
  readonly restore: readonly CrosswalkRow[]; // existed before, updated by us
  readonly gone: readonly CrosswalkRow[]; // created by us, deleted since: by somebody, or by an attempt of ours
  readonly forget: readonly CrosswalkRow[]; // matched or merged: never ours to delete
  readonly kept: readonly Kept[];
}

/**
 * Decides for one page of a mapping what a rollback does with each record. Reads only. A record that was changed since, or on
 * which other people's work hangs, is kept.
 * @param params.parts what was set aside for these records: it hangs on them, and is ours
 */
export async function decide(params: Readonly<{ work: BatchWork; destination: DestinationConnection; page: readonly CrosswalkRow[]; scope: DeleteScope; parts: ReadonlyMap<string, readonly PartRow[]> }>): Promise<Decided> {
  const { work, destination, page, scope } = params;
  const { dependencies: { store }, project, sessions } = work;
  const pace = { backoffMs: work.backoffMs, signal: work.signal };
  const object = page[0]?.destinationObject ?? '';
  const own = page.filter((row) => row.how === 'created');
  const restore = page.filter((row) => row.how !== 'created' && row.previous !== null);
  const forget = page.filter((row) => row.how !== 'created' && row.previous === null);
  const settled = await decideRestores({ work, destination, rows: restore, scope });
  if (own.length === 0) return { remove: [], restore: settled.restore, gone: [], forget: [...forget, ...settled.forget], kept: await nameWhoChanged(work, destination, object, settled.kept) };
  const fields = await sessions.fields(project.id, object);
  const attempts = new Map((await store.openUpdateIntents({ projectId: project.id, mapping: work.batch.subject, sourceIds: own.map((row) => row.sourceId) })).map((intent) => [intent.sourceId, intent]));
  const names = [...new Set(own.flatMap((row) => [...Object.keys(row.payload), ...Object.keys(attempts.get(row.sourceId)?.payload ?? {})]))].filter((name) => fields.has(name));
  const read = await withRetries({ call: () => destination.read({ object, ids: own.map((row) => row.destinationId), fields: names }), ...pace });
  const now = new Map(read.map((record) => [record.id, record]));
  const present = own.filter((row) => now.has(row.destinationId));
  const hanging = new Map<string, Dependant[]>();
  const dependants = present.length === 0 ? [] : await withRetries({ call: () => destination.dependants({ object, ids: present.map((row) => row.destinationId) }), ...pace });
  const aside = new Set([...params.parts.values()].flat().map((part) => placeKey(part.destinationObject, part.destinationId)));
  const foreign = dependants.filter((dependant) => !aside.has(placeKey(dependant.object, dependant.id)));
  for (const dependant of scope.dryRun ? await withoutOwn(work, foreign) : foreign) hanging.set(dependant.ofId, [...(hanging.get(dependant.ofId) ?? []), dependant]);
  const needed = await neededByKept(work, destination);
  const remove: CrosswalkRow[] = [];
  const kept: Kept[] = [];
  for (const row of present) {
    const record = now.get(row.destinationId) as DestinationRecord;
    const changed = changedFields(row, record, fields, destination, object, attempts.get(row.sourceId));
    const others = hanging.get(row.destinationId) ?? [];
    if (isForced(scope, row) || (changed === null && others.length === 0 && !needed(row))) remove.push(row);
    else kept.push({
      sourceId: row.sourceId, reason: changed !== null ? 'changed-since' : others.length > 0 ? 'others-work-hangs-on-it' : 'kept-records-need-it',
      details: {
        object, id: row.destinationId, references: referencesOf(row, fields),
        ...(changed === null ? {} : { fields: [...changed], version: record.version }),
        ...(others.length === 0 ? {} : { dependants: others.slice(0, 10).map(dependantText), dependantCount: others.length }),
      },
    });
  }
  return { remove, restore: settled.restore, gone: own.filter((row) => !now.has(row.destinationId)), forget: [...forget, ...settled.forget], kept: await nameWhoChanged(work, destination, object, [...kept, ...settled.kept]) };
}

/** `mail.message 17: message of 2026-03-01 (deleted), by Ola Nowak, 2026-03-01T10:00:00Z`. */
function dependantText({ object, id, label, effect, by, at }: Dependant): string {
  return [`${object} ${id}: ${label} (${effect})`, ...(by === undefined ? [] : [`by ${by}`]), ...(at === undefined ? [] : [at])].join(', ');
}

/**
 * In a dry run the records of earlier steps are still there: what we wrote ourselves, and would have taken back by now,
 * is nobody else's work. What those steps would keep counts as in the real run.
 */
async function withoutOwn(work: BatchWork, dependants: readonly Dependant[]): Promise<readonly Dependant[]> {
  const { store } = work.dependencies;
  const kept = await keptPlaces(work);
  const own = new Set<string>();
  for (const object of new Set(dependants.map((dependant) => dependant.object))) {
    const ids = dependants.filter((dependant) => dependant.object === object).map((dependant) => dependant.id);
    for (const id of await store.createdByUs({ projectId: work.project.id, object, ids })) own.add(placeKey(object, id));
  }
  return dependants.filter((dependant) => !own.has(placeKey(dependant.object, dependant.id)) || kept.has(placeKey(dependant.object, dependant.id)));
}
