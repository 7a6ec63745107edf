import type { DestinationCapabilities } from '../../connector/capabilities.ts';
import type { Dependant, DestinationConnection } from '../../connector/destination.ts';
import type { CrosswalkRow, PlaceRow } from '../ports/ledger.ts';
import { isForeseen } from '../load/foreseen.ts';
import { withRetries } from '../retry.ts';
import { isDry } from '../run-scope.ts';
import type { BatchWork } from '../steps/batch-work.ts';
import { changedFields } from '../rollback/changed-fields.ts';
import type { Fate } from './carry-out.ts';
import type { DeletedRule } from './deleted-records.ts';

/**
 * Decides for records that are gone at the source what becomes of each at the destination. Reads only, and only those records
 * that the rule would touch.
 */
export async function decideFates(params: Readonly<{ work: BatchWork; destination: DestinationConnection; rows: readonly CrosswalkRow[]; rule: DeletedRule }>): Promise<readonly Fate[]> {
  const { work, destination, rows, rule } = params;
  const { dependencies: { store }, project } = work;
  const object = rows[0]?.destinationObject ?? '';
  const { capabilities } = destination;
  const relation = isRelation(capabilities, object);
  const archiveField = capabilities.archiveField?.[object];
  const shared = await heirsOf(rows);
  const elsewhere = await heldElsewhere(work, rows);
  const staying = relation ? await withStayingRecord(rows) : new Set<string>();

  const fates = new Map<string, Fate>();
  const touch: CrosswalkRow[] = [];
  for (const row of rows) {
    const heir = shared.get(row.destinationId);
    const fate = row.how === 'merged' ? kept(row, 'merged-into-another', true)
      : row.how === 'matched' ? kept(row, 'was-there-before', true)
        : heir !== undefined ? { ...kept(row, 'shared-with-another', true), heir: { mapping: heir.mapping, sourceId: heir.sourceId } }
          : relation ? (staying.has(row.sourceId) ? kept(row, 'with-its-record', false) : null)
            : rule === 'keep' ? kept(row, 'decision-keep', false)
              : rule === 'archive' && archiveField === undefined && !elsewhere.has(row.sourceId) ? kept(row, 'cannot-be-archived', false)
                : rule === 'delete' && (!capabilities.delete || capabilities.undeletable?.includes(object) === true) ? kept(row, 'cannot-be-deleted', false) : null;
    if (fate === null) touch.push(row);
    else fates.set(row.sourceId, fate);
  }
  const archiving = !relation && rule === 'archive' && archiveField !== undefined; // what cannot be archived and stands elsewhere by now is deleted
  for (const fate of await lookedAt(work, destination, touch, archiving ? archiveField ?? null : null)) fates.set(fate.row.sourceId, fate);
  return rows.map((row) => leavingNoted(fates.get(row.sourceId) as Fate));

  /** Source records that live at these places. What is only ever matched refers to a record and has no part in it: the attendee of a meeting. */
  async function holding(of: string, ids: readonly string[]): Promise<readonly PlaceRow[]> {
    const referring = new Set(work.plan.plan.mappings.filter(({ identity }) => identity.create === false).map(({ id }) => id));
    const dry = isDry(work.run);
    const there = await store.placesAt({ projectId: project.id, object: of, ids, foreseenIn: dry ? work.run.id : undefined });
    const coming = dry ? await store.foreseenAt({ runId: work.run.id, object: of, ids }) : [];
    return [...there, ...coming.map((row): PlaceRow => ({ ...row, how: 'merged', gone: false }))].filter((place) => !referring.has(place.mapping));
  }

  /** Living source records that live at the same destination record: the first of them takes it over. */
  async function heirsOf(all: readonly CrosswalkRow[]): Promise<ReadonlyMap<string, PlaceRow>> {
    const created = all.filter((row) => row.how === 'created');
    const places = created.length === 0 ? [] : await holding(object, created.map((row) => row.destinationId));
    const heirs = new Map<string, PlaceRow>();
    for (const place of places) if (!place.gone && !heirs.has(place.destinationId)) heirs.set(place.destinationId, place);
    return heirs;
  }

  /** Relations of a record that is gone as well and stays at the destination, archived or kept: they stay with it. */
  async function withStayingRecord(all: readonly CrosswalkRow[]): Promise<ReadonlySet<string>> {
    const part = capabilities.partOf?.[object];
    if (part === undefined) return new Set();
    const ownerOf = (row: CrosswalkRow): string => String(row.payload[part.field] ?? '');
    const places = await holding(part.object, [...new Set(all.map(ownerOf))]);
    const gone = new Set(places.filter((place) => place.gone).map((place) => place.destinationId));
    for (const place of places) if (!place.gone) gone.delete(place.destinationId);
    return new Set(rule === 'delete' ? [] : all.filter((row) => gone.has(ownerOf(row))).map((row) => row.sourceId));
  }
}

/**
 * Records that this mapping takes no longer and another one took in this run instead: the open activity of a task that is done, and is
 * a message. What another mapping had all along stands beside it, as the log of a delivery beside its message.
 */
async function heldElsewhere({ dependencies: { store }, project, run, plan: { plan } }: BatchWork, rows: readonly CrosswalkRow[]): Promise<ReadonlySet<string>> {
  const left = rows.filter((row) => row.leftOut === true);
  const mappings = plan.mappings.filter(({ id, source }) => source === left[0]?.sourceObject && id !== left[0]?.mapping).map(({ id }) => id);
  if (left.length === 0 || mappings.length === 0) return new Set();
  const sourceIds = left.map((row) => row.sourceId);
  if (isDry(run)) return new Set((await store.foreseenPlaces({ runId: run.id, mappings, sourceIds })).filter(({ destinationId }) => isForeseen(destinationId)).map((row) => row.sourceId));
  return new Set((await store.crosswalk({ projectId: project.id, mappings, sourceIds })).filter((row) => row.leftOut !== true && row.runId === run.id && row.previous === null).map((row) => row.sourceId));
}

/** Says of a record that is still there at the source why it is settled at all. */
function leavingNoted(fate: Fate): Fate {
  return fate.row.leftOut === true ? { ...fate, details: { ...fate.details, leftOut: true } } : fate;
}

/** Reads the records that are to be touched: what is gone, changed by people or hung upon is left alone. */
async function lookedAt(work: BatchWork, destination: DestinationConnection, rows: readonly CrosswalkRow[], archiveField: string | null): Promise<readonly Fate[]> {
  const object = rows[0]?.destinationObject;
  if (object === undefined) return [];
  const { dependencies: { store }, project, sessions } = work;
  const pace = { backoffMs: work.backoffMs, signal: work.signal };
  const fields = await sessions.fields(project.id, object);
  const names = [...new Set([...rows.flatMap((row) => Object.keys(row.payload)), ...(archiveField === null ? [] : [archiveField])])].filter((name) => fields.has(name));
  const read = await withRetries({ call: () => destination.read({ object, ids: rows.map((row) => row.destinationId), fields: names }), ...pace });
  const now = new Map(read.map((record) => [record.id, record]));
  const ours = new Set((await store.openIntents({ projectId: project.id, keys: rows.map((row) => `delete:${object}:${row.destinationId}`) })).map((intent) => intent.destinationId));
  const present = rows.filter((row) => now.has(row.destinationId));
  const hanging = new Map<string, string[]>();
  const along = new Map<string, CrosswalkRow[]>();
  const lostByArchiving = destination.capabilities.archivingDeletes?.[object] ?? [];
  if (present.length > 0 && !isRelation(destination.capabilities, object) && (archiveField === null || lostByArchiving.length > 0)) {
    const found = await withRetries({ call: () => destination.dependants({ object, ids: present.map((row) => row.destinationId) }), ...pace });
    // An archived record keeps what hangs on it, but for what the platform deletes with it: what people made of that is not ours to lose.
    const lost = archiveField === null ? found : await withoutOurs(found.filter((one) => lostByArchiving.includes(one.object)));
    for (const one of lost) hanging.set(one.ofId, [...(hanging.get(one.ofId) ?? []), `${one.object} ${one.id}: ${one.label} (${one.effect})`]);
  }
  return rows.map((row): Fate => {
    const record = now.get(row.destinationId);
    // An intent of ours that is open: an attempt of this run deleted it and did not live to say so.
    if (record === undefined) return ours.has(row.destinationId) ? { row, action: 'deleted', reason: null, details: {}, forget: true, send: false, heir: null } : { ...kept(row, 'gone-at-destination', true), action: 'skipped' };
    const archivedByUs = archiveField !== null && record.values[archiveField] === false;
    const changed = archivedByUs ? null : changedFields(row, record, fields, destination, object);
    if (changed !== null) return { ...kept(row, 'changed-since', false), details: { fields: [...changed] } };
    const others = hanging.get(row.destinationId) ?? [];
    if (others.length > 0) return { ...kept(row, 'others-hang-on-it', false), details: { dependants: others.slice(0, 10), dependantCount: others.length } };
    return archiveField === null ? { row, action: 'deleted', reason: null, details: {}, forget: true, send: true, heir: null }
      : { row, action: 'archived', reason: archivedByUs ? 'was-archived' : null, details: {}, forget: false, send: !archivedByUs, heir: null, along: along.get(row.destinationId) ?? [] };
  });

  /** Sorts out what we made ourselves: it goes along, and its rows with it. */
  async function withoutOurs(found: readonly Dependant[]): Promise<readonly Dependant[]> {
    const others: Dependant[] = [];
    for (const [kind, hung] of Map.groupBy(found, (one) => one.object)) {
      const made = Map.groupBy(await store.createdAt({ projectId: project.id, object: kind, ids: hung.map((one) => one.id) }), (row) => row.destinationId);
      for (const one of hung) {
        const own = made.get(one.id);
        if (own === undefined) others.push(one);
        else along.set(one.ofId, [...along.get(one.ofId) ?? [], ...own]);
      }
    }
    return others;
  }
}

/** A tag on a record, a member of a list: it says no more than that the two belong together. */
function isRelation({ naturalKeys = [], ownRecords = [] }: DestinationCapabilities, object: string): boolean {
  return naturalKeys.includes(object) && !ownRecords.includes(object);
}

function kept(row: CrosswalkRow, reason: string, forget: boolean): Fate {
  return { row, action: 'kept', reason, details: {}, forget, send: false, heir: null };
}
