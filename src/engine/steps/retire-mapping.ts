import type { DestinationConnection } from '../../connector/destination.ts';
import type { JsonObject } from '../../connector/json.ts';
import { countedBeforeChange } from '../count-before-change.ts';
import { contentHash } from '../canonical.ts';
import { archiveGone, detachOrDelete, type Fate } from '../retire/carry-out.ts';
import { decideFates } from '../retire/decide-fates.ts';
import { ruleFor } from '../retire/deleted-records.ts';
import { isDry } from '../run-scope.ts';
import { watchRecords } from '../retire/watch-records.ts';
import type { CrosswalkRow, IntentRow, RetiredRow, VersionRow } from '../ports/ledger.ts';
import { externalKey } from '../external-key.ts';
import { insist, mayGoOn, type BatchWork } from './batch-work.ts';

/** The last record of the last committed step. */
interface RetireCheckpoint { readonly after: string }

/**
 * Settles the records of one mapping whose source record is gone, as the plan's decision says: deleted, archived or kept.
 * Nothing that people changed since is touched, nor anything that was there before. A dry run looks and counts only.
 */
export async function retireMapping(work: BatchWork): Promise<void> {
  const { dependencies: { store }, sessions, project, run, batch } = work;
  const mapping = batch.subject;
  const dry = isDry(run);
  const foreseenIn = dry ? run.id : undefined;
  const destination = countedBeforeChange(await sessions.destination(project.id), work);
  const limit = Math.min(destination.capabilities.batchSize.delete, destination.capabilities.batchSize.read);
  for (let after = (batch.checkpoint as unknown as RetireCheckpoint | null)?.after ?? ''; ;) {
    const page = await store.pageGone({ projectId: project.id, mapping, after, limit, foreseenIn });
    const last = page.at(-1);
    if (last === undefined) break;
    const fates = await fatesOf(work, destination, page);
    const settled = dry ? { fates, archived: [], versions: [], along: alongWith(fates) } : await carryOut(work, destination, fates);
    const along = settled.along.map((row) => retiredRow({ row, action: 'deleted', reason: 'archiving-deletes', details: {}, forget: true, send: false, heir: null }));
    after = last.sourceId;
    insist(await store.commitRetireStep({
      projectId: project.id, runId: run.id, phase: batch.phase, mapping, batchId: batch.id, fence: batch.fence, checkpoint: { after },
      retired: [...settled.fates.map(retiredRow), ...(dry ? along : [])],
      removed: dry ? [] : settled.fates.filter((fate) => fate.forget).map((fate) => fate.row.sourceId),
      archived: settled.archived, versions: settled.versions, along: dry ? [] : along,
      inherited: dry ? [] : settled.fates.flatMap(({ heir }) => (heir === null ? [] : [{ ...heir, key: externalKey({ project: project.name, ...heir }) }])),
      closeIntents: dry ? [] : page.flatMap((row) => [deleteKey(row), updateKey(row)]),
    }), batch);
    await mayGoOn(work);
  }
  if (!dry) await store.resolveGone({ projectId: project.id, mapping });
}

/** What the mapping takes no longer may have a rule of its own: who subscribes again is not who was deleted. */
async function fatesOf(work: BatchWork, destination: DestinationConnection, page: readonly CrosswalkRow[]): Promise<readonly Fate[]> {
  const byRule = Map.groupBy(page, (row) => ruleFor(work.plan.plan, row.mapping, row.leftOut === true));
  const fates: Fate[] = [];
  for (const [rule, rows] of byRule) fates.push(...await decideFates({ work, destination, rows, rule }));
  return fates;
}

async function carryOut(work: BatchWork, destination: DestinationConnection, fates: readonly Fate[]): Promise<{ fates: readonly Fate[]; archived: readonly CrosswalkRow[]; versions: readonly VersionRow[]; along: readonly CrosswalkRow[] }> {
  const { dependencies: { store }, project, run, batch } = work;
  const removing = fates.filter((fate) => fate.action === 'deleted' && fate.send);
  const archiving = fates.filter((fate) => fate.action === 'archived');
  const field = destination.capabilities.archiveField?.[fates[0]?.row.destinationObject ?? ''] ?? '';
  const watched = await watchRecords({ work, destination, fates });
  const intents = [
    ...removing.map(({ row }) => intentOf(row, deleteKey(row), 'delete', watched.markOf(row))),
    ...archiving.filter((fate) => fate.send).map(({ row }) => intentOf(row, updateKey(row), 'update', { [field]: true })),
  ];
  if (intents.length > 0) insist(await store.writeIntents({ projectId: project.id, runId: run.id, batchId: batch.id, fence: batch.fence, intents }), batch);
  const pace = { backoffMs: work.backoffMs, signal: work.signal };
  const refused = [...await detachOrDelete({ destination, fates: removing, ...pace }), ...await archiveGone({ destination, fates: archiving.filter((fate) => fate.send), field, ...pace })];
  const after = new Map(refused.map((fate) => [fate.row.sourceId, fate]));
  const settled = fates.map((fate) => after.get(fate.row.sourceId) ?? fate);
  const archived = settled.filter((fate) => fate.action === 'archived').map(({ row }): CrosswalkRow => {
    const payload = { ...row.payload, [field]: false };
    return { ...row, payload, payloadHash: contentHash(payload), version: null, contentHash: null, inputHash: null, archived: true };
  });
  return { fates: settled, archived, versions: await watched.versionsNow(), along: alongWith(settled) };
}

/** Records of ours that the platform deletes when it archives what they hang on. */
function alongWith(fates: readonly Fate[]): readonly CrosswalkRow[] {
  return fates.flatMap((fate) => (fate.action === 'archived' ? fate.along ?? [] : []));
}

function intentOf(row: CrosswalkRow, key: string, action: 'delete' | 'update', previous: JsonObject | null): IntentRow {
  return { key, mapping: row.mapping, sourceId: row.sourceId, action, destinationObject: row.destinationObject, destinationId: row.destinationId, payloadHash: row.payloadHash, previous };
}

const deleteKey = (row: CrosswalkRow): string => `delete:${row.destinationObject}:${row.destinationId}`;
const updateKey = (row: CrosswalkRow): string => `update:${row.mapping}:${row.sourceId}`;

function retiredRow({ row, action, reason, details }: Fate): RetiredRow {
  return { mapping: row.mapping, sourceId: row.sourceId, action, reason, destinationObject: row.destinationObject, destinationId: row.destinationId, details };
}
