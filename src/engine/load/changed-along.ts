import type { DestinationConnection } from '../../connector/destination.ts';
import type { CrosswalkRow, VersionRow } from '../ports/ledger.ts';
import { withRetries } from '../retry.ts';
import type { PlaceParams } from './place-params.ts';

/**
 * Writing one record may change others that refer to it (`capabilities.changesAlong`; Odoo: a partner's address goes on to its
 * contacts, its e-mail to its opportunities). Looks at those before and after an update, and gives their new versions where
 * nobody else had changed them, so that a rollback does not take our own change for people's work.
 * @returns the versions as they are when it is called
 */
export async function watchChangedAlong(params: PlaceParams, updated: readonly CrosswalkRow[]): Promise<() => Promise<readonly VersionRow[]>> {
  const { store, project, mapping, destination } = params;
  const objects = destination.capabilities.changesAlong?.[mapping.destination] ?? [];
  if (objects.length === 0 || updated.length === 0) return async () => [];
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
      const ids = [...new Set(rows.filter((row) => row.destinationObject === object).map((row) => row.destinationId))];
      for (let at = 0; at < ids.length; at += size) {
        const records = await withRetries({ call: () => destination.read({ object, ids: ids.slice(at, at + size), fields: [] }), backoffMs: params.backoffMs, signal: params.signal });
        for (const record of records) found.set(`${object}\u0000${record.id}`, record);
      }
    }
    return found;
  }
}
