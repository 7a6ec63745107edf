import type { DestinationConnection } from '../../connector/destination.ts';
import { contentHash } from '../canonical.ts';
import { sendInParts, type PartsResult } from '../load/send-in-parts.ts';
import { repeatAmbiguous, updateKey } from '../load/update-records.ts';
import type { CrosswalkRow, IntentRow } from '../ports/ledger.ts';
import { withRetries } from '../retry.ts';
import { insist, type BatchWork } from '../steps/batch-work.ts';
import type { Decided } from './decide.ts';
import type { Kept } from './kept.ts';

export interface Done { readonly removed: readonly CrosswalkRow[]; readonly restored: readonly CrosswalkRow[]; readonly kept: readonly Kept[] }

export function deleteKey(row: Pick<CrosswalkRow, 'destinationObject' | 'destinationId'>): string {
  return `delete:${row.destinationObject}:${row.destinationId}`;
}

/** Deletes and restores what was decided; the intents of each call are written directly before it. A record that the destination refuses is kept. */
export async function carryOut(work: BatchWork, destination: DestinationConnection, step: Decided): Promise<Done> {
  const { dependencies: { store }, project, run, batch } = work;
  const object = (step.remove[0] ?? step.restore[0])?.destinationObject ?? '';
  const call = <T>(intents: readonly IntentRow[], send: () => Promise<T>): Promise<T> => {
    const announced = async (): Promise<T> => {
      insist(await store.writeIntents({ projectId: project.id, runId: run.id, batchId: batch.id, fence: batch.fence, intents }), batch);
      return send();
    };
    return withRetries({ call: () => repeatAmbiguous(announced, work.backoffMs, work.signal), backoffMs: work.backoffMs, signal: work.signal });
  };
  const { batchSize } = destination.capabilities;
  const deleted = await sendAll(step.remove, batchSize.delete, async (rows) => {
    await call(rows.map((row) => intentOf(row, 'delete')), () => destination.delete({ object, ids: rows.map((row) => row.destinationId) }));
    return rows;
  });
  const restored = await sendAll(step.restore, batchSize.update, async (rows) => {
    await call(rows.map((row) => intentOf(row, 'update')), () => destination.update({ object, changes: rows.map((row) => ({ id: row.destinationId, values: row.previous ?? {} })) }));
    return rows;
  });
  const refused = [...deleted.refused, ...restored.refused].map((one): Kept => ({
    sourceId: one.record.sourceId, reason: 'refused-by-destination', details: { object, id: one.record.destinationId, code: one.code, message: one.message },
  }));
  return { removed: deleted.done, restored: restored.done, kept: [...step.kept, ...refused] };
}

/** In calls of at most `size` records. */
async function sendAll(rows: readonly CrosswalkRow[], size: number, send: (rows: readonly CrosswalkRow[]) => Promise<readonly CrosswalkRow[]>): Promise<PartsResult<CrosswalkRow, CrosswalkRow>> {
  const parts: PartsResult<CrosswalkRow, CrosswalkRow>[] = [];
  for (let at = 0; at < rows.length; at += size) parts.push(await sendInParts(rows.slice(at, at + size), send));
  return { done: parts.flatMap((part) => part.done), refused: parts.flatMap((part) => part.refused) };
}

function intentOf(row: CrosswalkRow, action: 'delete' | 'update'): IntentRow {
  const { mapping, sourceId, destinationObject, destinationId } = row;
  const values = row.previous ?? {};
  return action === 'delete'
    ? { key: deleteKey(row), mapping, sourceId, action, destinationObject, destinationId, payloadHash: row.payloadHash, previous: null }
    : { key: updateKey(row), mapping, sourceId, action, destinationObject, destinationId, payloadHash: contentHash(values), previous: null, payload: values };
}
