import type { DestinationConnection } from '../../connector/destination.ts';
import { withRetries } from '../retry.ts';
import type { BatchWork } from '../steps/batch-work.ts';
import type { Kept } from './kept.ts';

/**
 * Says of records that people changed who did so last, and when: `changedBy` and `changedAt`, each null where the platform does
 * not tell, and `changedByOwnAccount` where it was under the account that Portolan signs in with. Only kept records are asked for.
 */
export async function nameWhoChanged(work: BatchWork, destination: DestinationConnection, object: string, kept: readonly Kept[]): Promise<readonly Kept[]> {
  const changed = kept.filter((one) => one.details['fields'] !== undefined);
  if (changed.length === 0) return kept;
  const ids = [...new Set(changed.map((one) => String(one.details['id'])))];
  const last = await withRetries({ call: async () => destination.lastChanges?.({ object, ids }), backoffMs: work.backoffMs, signal: work.signal });
  return kept.map((one) => {
    if (one.details['fields'] === undefined) return one;
    const change = last?.get(String(one.details['id']));
    return { ...one, details: { ...one.details, changedBy: change?.by ?? null, changedAt: change?.at ?? null, ...(change?.ownAccount === true ? { changedByOwnAccount: true } : {}) } };
  });
}
