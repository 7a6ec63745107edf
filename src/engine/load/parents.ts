import type { DestinationRecord } from '../../connector/destination.ts';
import type { JsonObject } from '../../connector/json.ts';
import type { CrosswalkRow, IntentRow, VersionRow } from '../ports/ledger.ts';
import { withRetries } from '../retry.ts';
import { sameFields } from './attempt.ts';
import type { PendingCreate } from './create-records.ts';
import type { PlaceParams } from './place-params.ts';

/** In the intent of a part: the record that it is attached to had not been changed by anybody else until then. */
const UNTOUCHED = { 'parent-untouched': true } as const satisfies JsonObject;

/**
 * Of more records than this only the versions are read after each step, and their contents once, by the verification: a record
 * with five tags would be read whole five times, 40 % of the time of tagging 900 partners (Odoo 14, measured).
 */
const fewParents = 100;

export interface WatchedParents {
  /** What the intent of a new part is to remember; null = nothing. */
  readonly markOf: (part: PendingCreate) => JsonObject | null;
  /** The versions of the records now, where the change since is ours alone. */
  readonly versionsNow: () => Promise<readonly VersionRow[]>;
}

const unwatched: WatchedParents = { markOf: () => null, versionsNow: async () => [] };

/**
 * Attaching something to a record that the project created (a tag) changes that record. Looks at those records before and
 * after, and gives the new version where nobody else had changed them, so that a rollback takes neither our own change for
 * people's work nor the reverse. A person's change within the seconds of the step itself cannot be told apart.
 */
export async function watchParents(params: PlaceParams, parts: Readonly<{ open: readonly PendingCreate[]; recovered: readonly PendingCreate[]; intents: readonly IntentRow[] }>): Promise<WatchedParents> {
  const { store, project, mapping, destination } = params;
  const part = destination.capabilities.partOf?.[mapping.destination];
  if (part === undefined) return unwatched;
  const parentOf = ({ values }: Readonly<{ values: JsonObject }>): string => String(values[part.field] ?? '');
  const ids = [...new Set([...parts.open, ...parts.recovered].map(parentOf))];
  // Without a version (it was verified from an answer, or not yet) nothing can tell whether somebody else has changed it: not looked at.
  const rows = new Map((await store.createdAt({ projectId: project.id, object: part.object, ids })).filter((row) => row.version !== null).map((row) => [row.destinationId, row]));
  if (rows.size === 0) return unwatched;
  const untouched = new Set(await untouchedOf(params, part.object, [...rows.values()]));
  // Parts of an attempt that did not live to look again: its intent says how the record was before.
  const marked = new Set(parts.intents.filter(isMarked).map((intent) => intent.key));
  const attached = new Set(parts.recovered.filter((record) => marked.has(record.key)).map(parentOf).filter((id) => !untouched.has(id)));
  for (const id of await asWritten(params, part.object, [...rows.values()].filter((row) => attached.has(row.destinationId)))) untouched.add(id);
  return {
    markOf: (record) => (untouched.has(parentOf(record)) ? UNTOUCHED : null),
    versionsNow: async () => {
      if (untouched.size > fewParents && destination.versions !== undefined) {
        return [...await versionsInPages(params, part.object, [...untouched])].flatMap(([id, version]): VersionRow[] => {
          const row = rows.get(id);
          return row === undefined ? [] : [{ mapping: row.mapping, sourceId: row.sourceId, version, contentHash: null }];
        });
      }
      const now = await readInPages(params, part.object, [...untouched], []);
      return [...now].flatMap(([id, { version, contentHash }]): VersionRow[] => {
        const row = rows.get(id);
        return row === undefined ? [] : [{ mapping: row.mapping, sourceId: row.sourceId, version, contentHash }];
      });
    },
  };
}

/**
 * Versions of the records to which a run attached something that nobody wrote down, for a rollback that adopts it: where the
 * intent says that nobody else had changed the record, and everything that we wrote is as we wrote it.
 */
export async function versionsOfAdopted(params: Reading & Pick<PlaceParams, 'store' | 'project'>, adopted: readonly IntentRow[]): Promise<readonly VersionRow[]> {
  const object = adopted[0]?.destinationObject ?? '';
  const part = params.destination.capabilities.partOf?.[object];
  const ids = [...new Set(adopted.filter(isMarked).map((intent) => String(intent.payload?.[part?.field ?? ''] ?? '')))];
  if (part === undefined || ids.length === 0) return [];
  const rows = new Map((await params.store.createdAt({ projectId: params.project.id, object: part.object, ids })).map((row) => [row.destinationId, row]));
  const now = await readInPages(params, part.object, await asWritten(params, part.object, [...rows.values()]), []);
  return [...now].flatMap(([id, { version, contentHash }]): VersionRow[] => {
    const row = rows.get(id);
    return row === undefined ? [] : [{ mapping: row.mapping, sourceId: row.sourceId, version, contentHash }];
  });
}

/** Contents of the records to which the rows are attached, of which only the version is known; where that has moved meanwhile, somebody else has been there, and it stays unknown. */
export async function contentsOfParents(params: Reading & Pick<PlaceParams, 'store' | 'project'>, parts: readonly CrosswalkRow[]): Promise<readonly VersionRow[]> {
  const part = params.destination.capabilities.partOf?.[parts[0]?.destinationObject ?? ''];
  if (part === undefined) return [];
  const ids = [...new Set(parts.map((row) => String(row.payload[part.field] ?? '')))];
  const rows = (await params.store.createdAt({ projectId: params.project.id, object: part.object, ids })).filter((row) => row.version !== null && row.contentHash === null);
  const now = await readInPages(params, part.object, rows.map((row) => row.destinationId), []);
  return rows.flatMap(({ mapping, sourceId, destinationId, version }): VersionRow[] => {
    const record = now.get(destinationId);
    return record === undefined || record.version !== version ? [] : [{ mapping, sourceId, version, contentHash: record.contentHash }];
  });
}

type Reading = Pick<PlaceParams, 'destination' | 'backoffMs' | 'signal'>;

const isMarked = (intent: IntentRow): boolean => intent.previous?.['parent-untouched'] === true;

/** Ids of those records that nobody has changed since we looked last: by their version, and where that has moved by their content. */
async function untouchedOf(params: Reading, object: string, rows: readonly CrosswalkRow[]): Promise<ReadonlySet<string>> {
  const versions = await versionsInPages(params, object, rows.map((row) => row.destinationId));
  const same = new Set(rows.filter((row) => row.version !== null && versions.get(row.destinationId) === row.version).map((row) => row.destinationId));
  const others = rows.filter((row) => !same.has(row.destinationId));
  const now = await readInPages(params, object, others.map((row) => row.destinationId), []);
  const alike = others.filter(({ destinationId: id, version, contentHash }) => now.get(id)?.version === version || now.get(id)?.contentHash === contentHash);
  return new Set([...same, ...alike.map((row) => row.destinationId)]);
}

/** Nothing where the platform gives no versions without the records. */
async function versionsInPages({ destination, backoffMs, signal }: Reading, object: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const size = destination.capabilities.batchSize.read;
  const found = new Map<string, string>();
  for (let at = 0; destination.versions !== undefined && at < ids.length; at += size) {
    const page = await withRetries({ call: async () => destination.versions?.({ object, ids: ids.slice(at, at + size) }), backoffMs, signal });
    for (const [id, version] of page ?? []) found.set(id, version);
  }
  return found;
}

async function readInPages({ destination, backoffMs, signal }: Reading, object: string, ids: readonly string[], fields: readonly string[]): Promise<ReadonlyMap<string, DestinationRecord>> {
  const size = destination.capabilities.batchSize.read;
  const found = new Map<string, DestinationRecord>();
  for (let at = 0; at < ids.length; at += size) {
    for (const record of await withRetries({ call: () => destination.read({ object, ids: ids.slice(at, at + size), fields }), backoffMs, signal })) found.set(record.id, record);
  }
  return found;
}

/** Ids of those records in which everything that we wrote is as we wrote it. */
async function asWritten(params: Reading, object: string, rows: readonly CrosswalkRow[]): Promise<readonly string[]> {
  const open = rows.filter((row) => row.version !== null && (row.keptFields ?? null) === null);
  if (open.length === 0) return [];
  const fields = new Map((await params.destination.fields({ object })).map((field) => [field.name, field]));
  const same = sameFields(params.destination, object, fields);
  const names = [...new Set(open.flatMap((row) => Object.keys(row.payload)))].filter((name) => fields.has(name));
  const now = await readInPages(params, object, open.map((row) => row.destinationId), names);
  return open.filter((row) => {
    const record = now.get(row.destinationId);
    return record !== undefined && Object.entries(row.payload).every(([name, written]) => !fields.has(name) || same(name, written, record.values[name] ?? null));
  }).map((row) => row.destinationId);
}
