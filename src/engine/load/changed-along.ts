import type { DestinationConnection } from '../../connector/destination.ts';
import type { CrosswalkRow, VersionRow } from '../ports/ledger.ts';
import { withRetries } from '../retry.ts';
import type { PlaceParams } from './place-params.ts';
import type { ReadyUpdate } from './update-records.ts';

/**
 * Writing one record may change others that refer to it (`capabilities.changesAlong`; Odoo: a partner's address goes on to its
 * contacts, its e-mail to its opportunities). Looks at those before and after an update, and gives their new versions where
 * nobody else had changed them, so that a rollback does not take our own change for people's work.
 * @returns the versions as they are when it is called
 */
export async function watchChangedAlong(params: PlaceParams, updates: readonly ReadyUpdate[]): Promise<() => Promise<readonly VersionRow[]>> {
  const { store, project, mapping, destination } = params;
  const objects = await reached(params, new Set(updates.flatMap(({ changes }) => Object.keys(changes))));
  if (objects.length === 0) return async () => [];
  const updated = updates.filter(({ changes }) => Object.keys(changes).length > 0).map(({ pending }) => pending.row);
  const own = new Set(updated.map((row) => `${row.destinationObject}\u0000${row.destinationId}`));
  const referring = (await store.rowsReferring({ projectId: project.id, object: mapping.source, sourceIds: updated.map((row) => row.sourceId), destinationIds: updated.map((row) => row.destinationId), destinationObjects: objects }))
    .filter((row) => row.version !== null && !own.has(`${row.destinationObject}\u0000${row.destinationId}`));
  const before = await look(referring);
  const untouched = referring.filter((row) => {
    const record = before.get(`${row.destinationObject}\u0000${row.destinationId}`);
    return record !== undefined && (record.version === row.version || record.contentHash === row.contentHash);
  });
  return async () => {
    const now = await look(untouched);
    return untouched.flatMap((row): VersionRow[] => {
      const record = now.get(`${row.destinationObject}\u0000${row.destinationId}`);
      return record === undefined ? [] : [{ mapping: row.mapping, sourceId: row.sourceId, version: record.version, contentHash: record.contentHash }];
    });
  };

  async function look(rows: readonly CrosswalkRow[]): Promise<ReadonlyMap<string, Awaited<ReturnType<DestinationConnection['read']>>[number]>> {
    const found = new Map<string, Awaited<ReturnType<DestinationConnection['read']>>[number]>();
    const size = destination.capabilities.batchSize.read;
    for (const object of new Set(rows.map((row) => row.destinationObject))) {
      await params.fields(object); // the connection needs them to read: asked for here they are not asked for again
      const ids = [...new Set(rows.filter((row) => row.destinationObject === object).map((row) => row.destinationId))];
      for (let at = 0; at < ids.length; at += size) {
        const records = await withRetries({ call: () => destination.read({ object, ids: ids.slice(at, at + size), fields: [] }), backoffMs: params.backoffMs, signal: params.signal });
        for (const record of records) found.set(`${object}\u0000${record.id}`, record);
      }
    }
    return found;
  }
}

/** Objects of which records may change along when these fields are written. */
async function reached({ mapping, destination, fields }: PlaceParams, names: ReadonlySet<string>): Promise<readonly string[]> {
  const { changesAlong, changesNotAlong } = destination.capabilities;
  const objects = changesAlong?.[mapping.destination] ?? [];
  if (objects.length === 0 || names.size === 0) return [];
  const known = await fields();
  const native = [...names].filter((name) => known.get(name)?.custom !== true);
  return objects.filter((object) => native.some((name) => changesNotAlong?.[mapping.destination]?.[object]?.includes(name) !== true));
}
