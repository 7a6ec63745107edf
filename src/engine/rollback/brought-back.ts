import type { DestinationConnection } from '../../connector/destination.ts';
import { broughtBackAmong } from '../load/brought-back.ts';
import type { CrosswalkRow } from '../ports/ledger.ts';
import { withRetries } from '../retry.ts';
import type { BatchWork } from '../steps/batch-work.ts';

/** Ids of the records that the project brought back from an archive and that are there still: people may have deleted them since. */
export async function stillBroughtBack(work: BatchWork, destination: DestinationConnection, rows: readonly CrosswalkRow[]): Promise<ReadonlySet<string>> {
  const matched = rows.filter(({ how }) => how === 'matched');
  const object = matched[0]?.destinationObject;
  if (object === undefined) return new Set();
  const ids = [...await broughtBackAmong(work.dependencies.store, { projectId: work.project.id, object, ids: matched.map(({ destinationId }) => destinationId) })];
  if (ids.length === 0) return new Set();
  const found = await withRetries({ call: () => destination.read({ object, ids, fields: [] }), backoffMs: work.backoffMs, signal: work.signal });
  return new Set(found.map(({ id }) => id));
}
