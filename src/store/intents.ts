import { sql } from 'kysely';
import type { Transaction } from 'kysely';

/** Closes intents whose outcome stands in the same transaction. Closed ones are deleted: the outcome tells the rest. */
export async function closeIntents(transaction: Transaction<unknown>, projectId: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await sql`delete from portolan.intent where project_id = ${projectId} and key = any(${keys}::text[])`.execute(transaction);
}
