import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { Json } from '../connector/json.ts';
import type { Database } from './database.ts';
import { json } from './text-escape.ts';

/** A worker's claim on a batch: the fence it was given, and the checkpoint to store with its work (undefined = leave). */
export interface Claim { readonly batchId: string; readonly fence: number; readonly checkpoint?: Json }

/**
 * Runs a worker's writes in one transaction, if its claim still holds; the batch's row stays locked until the end, so
 * nobody can take the batch over in between.
 * @returns false = somebody else has the batch; nothing was written.
 */
export async function fenced(database: Database, claim: Claim, write: (transaction: Transaction<unknown>) => Promise<void>): Promise<boolean> {
  return database.transaction().execute(async (transaction) => {
    const { rows } = claim.checkpoint === undefined
      ? await sql`select from portolan.batch where id = ${claim.batchId}::uuid and fence = ${claim.fence} for no key update`.execute(transaction)
      : await sql`update portolan.batch set checkpoint = ${json(claim.checkpoint)}::json
          where id = ${claim.batchId}::uuid and fence = ${claim.fence} returning 1`.execute(transaction);
    if (rows.length === 0) return false;
    await write(transaction);
    return true;
  });
}
