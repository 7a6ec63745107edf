import type { Dependant, DestinationConnection, DestinationRecord } from '../../connector/destination.ts';
import type { JsonObject } from '../../connector/json.ts';
import { canonicalJson } from '../canonical.ts';
import { repeatAmbiguous } from '../load/update-records.ts';
import { sendInParts } from '../load/send-in-parts.ts';
import type { CrosswalkRow } from '../ports/ledger.ts';
import { withRetries } from '../retry.ts';
import type { FieldsByName } from '../sessions.ts';
import { FIELDS_MAPPING } from './create-fields.ts';
import { insist, mayGoOn, type BatchWork } from './batch-work.ts';

/** What a rollback batch is told. */
export interface DeleteScope {
  readonly dryRun: boolean; // true = only look and count
  readonly deleteChanged: boolean | readonly string[]; // true = all records changed since; else "mapping:sourceId" one by one
}

/** Where a rollback batch stands; in a dry run it also carries the counts, since nothing else is written. */
export interface DeleteCheckpoint {
  readonly after: string;
  readonly deleted: number;
  readonly restored: number;
  readonly keptCount: number; // dry run only
  readonly kept: readonly Kept[]; // dry run only: the first of them
}
/** Kept records that a dry run lists one by one; all are counted. */
const LISTED = 500;
interface Kept { readonly sourceId: string; readonly reason: string; readonly details: JsonObject }

/**
 * Takes back what one mapping wrote: deletes created records, restores updated ones. A record that was changed since, or on
 * which other people's work hangs, is kept and reported.
 */
export async function deleteMapping(work: BatchWork): Promise<void> {
  const { dependencies: { store }, sessions, project, run, batch } = work;
  const destination = await sessions.destination(project.id);
  const scope = batch.work as unknown as DeleteScope;
  const mapping = batch.subject;
  let state = (batch.checkpoint as unknown as DeleteCheckpoint | null) ?? { after: '', deleted: 0, restored: 0, keptCount: 0, kept: [] };
  for (;;) {
    const page = await store.pageCrosswalk({ projectId: project.id, mapping, after: state.after, limit: destination.capabilities.batchSize.delete, runId: null });
    const last = page.at(-1);
    if (last === undefined) return;
    const step = await decide(work, destination, page, scope);
    const keys = step.remove.map(intentKey);
    // Gone, with an intent of ours still open: deleted by an attempt that did not live to count it.
    const ours = new Set(scope.dryRun ? [] : (await store.openIntents({ projectId: project.id, keys: step.gone.map(intentKey) })).map((intent) => intent.key));
    if (!scope.dryRun && keys.length > 0) {
      insist(await store.writeIntents({ projectId: project.id, runId: run.id, batchId: batch.id, fence: batch.fence, intents: step.remove.map((row) => ({ key: intentKey(row), mapping, sourceId: row.sourceId, action: 'delete', destinationObject: row.destinationObject, destinationId: row.destinationId, payloadHash: row.payloadHash, previous: null })) }), batch);
    }
    const done = scope.dryRun ? { removed: step.remove, restored: step.restore, kept: step.kept } : await carryOut(work, destination, step);
    const count = done.removed.length + ours.size;
    state = { after: last.sourceId, deleted: state.deleted + count, restored: state.restored + done.restored.length, keptCount: state.keptCount + done.kept.length, kept: scope.dryRun ? [...state.kept, ...done.kept].slice(0, LISTED) : [] };
    insist(scope.dryRun
      ? await store.checkpointBatch({ batchId: batch.id, fence: batch.fence, checkpoint: { ...state, kept: state.kept.map((kept) => ({ ...kept })) } })
      : await store.commitRollbackStep({
        projectId: project.id, runId: run.id, batchId: batch.id, fence: batch.fence, checkpoint: { ...state, kept: [] }, mapping,
        removed: [...done.removed, ...step.gone, ...step.forget].map((row) => row.sourceId), deleted: count,
        restored: done.restored.map((row) => row.sourceId), kept: done.kept, closeIntents: [...keys, ...(ours.size === 0 ? [] : step.gone.map(intentKey))],
      }), batch);
    await mayGoOn(work);
  }
}

function intentKey(row: CrosswalkRow): string {
  return `delete:${row.destinationObject}:${row.destinationId}`;
}

interface Decided {
  readonly remove: readonly CrosswalkRow[]; // created by us, untouched since
  readonly restore: readonly CrosswalkRow[]; // existed before, updated by us
  readonly gone: readonly CrosswalkRow[]; // created by us, deleted by somebody since
  readonly forget: readonly CrosswalkRow[]; // matched or merged: never ours to delete
  readonly kept: readonly Kept[];
}

async function decide(work: BatchWork, destination: DestinationConnection, page: readonly CrosswalkRow[], scope: DeleteScope): Promise<Decided> {
  const object = page[0]?.destinationObject ?? '';
  const fields = await work.sessions.fields(work.project.id, object);
  const own = page.filter((row) => row.how === 'created');
  const restore = page.filter((row) => row.how !== 'created' && row.previous !== null);
  const forget = page.filter((row) => row.how !== 'created' && row.previous === null);
  const names = [...new Set(own.flatMap((row) => Object.keys(row.payload)))].filter((name) => fields.has(name));
  const ids = own.map((row) => row.destinationId);
  const read = ids.length === 0 ? [] : await withRetries({ call: () => destination.read({ object, ids, fields: names }), backoffMs: work.backoffMs, signal: work.signal });
  const now = new Map(read.map((record) => [record.id, record]));
  const present = own.filter((row) => now.has(row.destinationId));
  const hanging = new Map<string, Dependant[]>();
  const dependants = present.length === 0 ? [] : await withRetries({ call: () => destination.dependants({ object, ids: present.map((row) => row.destinationId) }), backoffMs: work.backoffMs, signal: work.signal });
  for (const dependant of scope.dryRun ? await withoutOwn(work, dependants) : dependants) {
    hanging.set(dependant.ofId, [...(hanging.get(dependant.ofId) ?? []), dependant]);
  }
  const needed = await neededByKept(work, scope);
  const remove: CrosswalkRow[] = [];
  const kept: Kept[] = [];
  for (const row of present) {
    const record = now.get(row.destinationId) as DestinationRecord;
    const changed = changedFields(row, record, fields, destination, object);
    const others = hanging.get(row.destinationId) ?? [];
    const isNeeded = needed(row);
    const forced = scope.deleteChanged === true || (Array.isArray(scope.deleteChanged) && scope.deleteChanged.includes(`${row.mapping}:${row.sourceId}`));
    if (forced || (changed === null && others.length === 0 && !isNeeded)) remove.push(row);
    else kept.push({
      sourceId: row.sourceId, reason: changed !== null ? 'changed-since' : others.length > 0 ? 'others-work-hangs-on-it' : 'kept-records-need-it',
      details: {
        object, id: row.destinationId, references: referencesOf(row, fields),
        ...(changed === null ? {} : { fields: [...changed], version: record.version }),
        ...(others.length === 0 ? {} : { dependants: others.slice(0, 10).map((other) => `${other.object} ${other.id}: ${other.label} (${other.effect})`), dependantCount: others.length }),
      },
    });
  }
  return { remove, restore, gone: own.filter((row) => !now.has(row.destinationId)), forget, kept };
}

/** Everything of this rollback that stays: its batches' lists in a dry run, the store's otherwise. */
async function keptSoFar(work: BatchWork, scope: DeleteScope): Promise<readonly Kept[]> {
  const { store } = work.dependencies;
  if (!scope.dryRun) return store.rollbackKept(work.run.id);
  return (await store.batches({ runId: work.run.id, phase: null, kinds: ['delete'] })).flatMap((batch) => (batch.checkpoint as unknown as DeleteCheckpoint | null)?.kept ?? []);
}

/**
 * What a kept record stands on stays too: the tags and stages it refers to, and the fields that hold its values. Deleting them
 * would take away what was kept for somebody's sake.
 */
async function neededByKept(work: BatchWork, scope: DeleteScope): Promise<(row: CrosswalkRow) => boolean> {
  const kept = await keptSoFar(work, scope);
  const objects = new Set(kept.map((one) => String(one.details['object'])));
  const references = new Set(kept.flatMap((one) => (one.details['references'] ?? []) as readonly string[]));
  return (row) => (row.mapping === FIELDS_MAPPING ? [...objects].some((object) => row.sourceId.startsWith(`${object}.`)) : references.has(`${row.destinationObject}:${row.destinationId}`));
}

/** `object:id` of everything that the record refers to by what we wrote. */
function referencesOf(row: CrosswalkRow, fields: FieldsByName): string[] {
  return Object.entries(row.payload).flatMap(([name, value]) => {
    const related = fields.get(name)?.relatedObject;
    if (related === undefined || value === null) return [];
    return [value].flat().map((id) => `${related}:${String(id)}`);
  });
}

/**
 * In a dry run the records of earlier steps are still there: what we wrote ourselves, and would have taken back by now,
 * is nobody else's work. What those steps would keep counts as in the real run.
 */
async function withoutOwn(work: BatchWork, dependants: readonly Dependant[]): Promise<readonly Dependant[]> {
  const { store } = work.dependencies;
  const kept = new Set((await keptSoFar(work, { dryRun: true, deleteChanged: false })).map((one) => `${String(one.details['object'])}\u0000${String(one.details['id'])}`));
  const own = new Set<string>();
  for (const object of new Set(dependants.map((dependant) => dependant.object))) {
    const ids = dependants.filter((dependant) => dependant.object === object).map((dependant) => dependant.id);
    for (const id of await store.createdByUs({ projectId: work.project.id, object, ids })) own.add(`${object}\u0000${id}`);
  }
  return dependants.filter((dependant) => !own.has(`${dependant.object}\u0000${dependant.id}`) || kept.has(`${dependant.object}\u0000${dependant.id}`));
}

/** Fields somebody changed since; an empty list = changed outside of what we wrote; null = untouched. */
export function changedFields(row: CrosswalkRow, record: DestinationRecord, fields: FieldsByName, destination: DestinationConnection, object: string): readonly string[] | null {
  if (row.keptFields !== undefined && row.keptFields !== null) return row.keptFields; // changed by people before our last update
  if (row.version === null && Object.keys(row.payload).length === 0) return []; // found by its key after a crash: nothing is known to compare with
  if (row.version !== null && (record.version === row.version || record.contentHash === row.contentHash)) return null;
  const differing = Object.entries(row.payload).flatMap(([name, written]) => {
    const field = fields.get(name);
    const found = record.values[name];
    if (field === undefined || found === undefined) return [];
    const same = canonicalJson(written) === canonicalJson(found) || canonicalJson(destination.normalise({ object, field, value: written })) === canonicalJson(destination.normalise({ object, field, value: found }));
    return same ? [] : [name];
  });
  // Never verified (the run broke off before): only what we wrote can be compared.
  return row.version === null && differing.length === 0 ? null : differing;
}

async function carryOut(work: BatchWork, destination: DestinationConnection, step: Decided): Promise<Readonly<{ removed: readonly CrosswalkRow[]; restored: readonly CrosswalkRow[]; kept: readonly Kept[] }>> {
  const object = (step.remove[0] ?? step.restore[0])?.destinationObject ?? '';
  const call = <T>(send: () => Promise<T>): Promise<T> => withRetries({ call: () => repeatAmbiguous(send, work.backoffMs, work.signal), backoffMs: work.backoffMs, signal: work.signal });
  const deleted = await sendInParts(step.remove, async (rows) => {
    await call(() => destination.delete({ object, ids: rows.map((row) => row.destinationId) }));
    return rows;
  });
  const restored = await sendInParts(step.restore, async (rows) => {
    await call(() => destination.update({ object, changes: rows.map((row) => ({ id: row.destinationId, values: row.previous ?? {} })) }));
    return rows;
  });
  const refused = [...deleted.refused, ...restored.refused].map((one): Kept => ({
    sourceId: one.record.sourceId, reason: 'refused-by-destination', details: { object, id: one.record.destinationId, code: one.code, message: one.message },
  }));
  return { removed: deleted.done, restored: restored.done, kept: [...step.kept, ...refused] };
}
