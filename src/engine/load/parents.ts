import type { JsonObject } from '../../connector/json.ts';
import type { CrosswalkRow, IntentRow, VersionRow } from '../ports/ledger.ts';
import { withRetries } from '../retry.ts';
import { sameValue } from '../verify/same-value.ts';
import type { PendingCreate } from './create-records.ts';
import type { PlaceParams } from './place-params.ts';

/** In the intent of a part: the record that it is attached to had not been changed by anybody else until then. */
const UNTOUCHED = { 'parent-untouched': true } as const satisfies JsonObject;

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
  const rows = new Map((await store.createdAt({ projectId: project.id, object: part.object, ids })).map((row) => [row.destinationId, row]));
  if (rows.size === 0) return unwatched;
  const before = await look([...rows.keys()], []);
  const untouched = new Set([...rows].flatMap(([id, row]) => {
    const record = before.get(id);
    return record !== undefined && row.version !== null && (record.version === row.version || record.contentHash === row.contentHash) ? [id] : [];
  }));
  // Parts of an attempt that did not live to look again: its intent says how the record was before.
  const marked = new Set(parts.intents.filter((intent) => intent.previous?.['parent-untouched'] === true).map((intent) => intent.key));
  const attached = parts.recovered.filter((record) => marked.has(record.key)).map(parentOf).filter((id) => !untouched.has(id));
  for (const id of await asWritten(attached)) untouched.add(id);
  return {
    markOf: (record) => (untouched.has(parentOf(record)) ? UNTOUCHED : null),
    versionsNow: async () => {
      const now = await look([...untouched], []);
      return [...now].flatMap(([id, { version, contentHash }]): VersionRow[] => {
        const row = rows.get(id);
        return row === undefined ? [] : [{ mapping: row.mapping, sourceId: row.sourceId, version, contentHash }];
      });
    },
  };

  async function look(wanted: readonly string[], fields: readonly string[]): Promise<ReadonlyMap<string, Awaited<ReturnType<typeof destination.read>>[number]>> {
    const size = destination.capabilities.batchSize.read;
    const found = new Map<string, Awaited<ReturnType<typeof destination.read>>[number]>();
    for (let at = 0; at < wanted.length; at += size) {
      const records = await withRetries({ call: () => destination.read({ object: part?.object ?? '', ids: wanted.slice(at, at + size), fields }), backoffMs: params.backoffMs, signal: params.signal });
      for (const record of records) found.set(record.id, record);
    }
    return found;
  }

  /** Of these records, the ones in which everything that we wrote is as we wrote it. */
  async function asWritten(wanted: readonly string[]): Promise<readonly string[]> {
    const open = [...new Set(wanted)].flatMap((id): CrosswalkRow[] => (rows.has(id) ? [rows.get(id) as CrosswalkRow] : []));
    if (open.length === 0) return [];
    const object = part?.object ?? '';
    const fields = new Map((await destination.fields({ object })).map((field) => [field.name, field]));
    const names = [...new Set(open.flatMap((row) => Object.keys(row.payload)))].filter((name) => fields.has(name));
    const now = await look(open.map((row) => row.destinationId), names);
    return open.filter((row) => {
      const record = now.get(row.destinationId);
      return record !== undefined && row.version !== null && (row.keptFields ?? null) === null && Object.entries(row.payload).every(([name, written]) => !fields.has(name)
        || sameValue({ field: fields.get(name), left: written, right: record.values[name] ?? null, normalise: (field, value) => destination.normalise({ object, field, value }) }));
    }).map((row) => row.destinationId);
  }
}
