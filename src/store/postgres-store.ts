import type { Store } from '../engine/ports/store.ts';
import { batchStore } from './batches.ts';
import { sharedBudget } from './budget.ts';
import { crosswalkStore } from './crosswalk.ts';
import { openDatabase } from './database.ts';
import { fieldMemoryStore } from './field-memory.ts';
import { foreseenStore } from './foreseen.ts';
import { loadLedger } from './ledger.ts';
import { linkStore } from './links.ts';
import { migrate } from './migrate.ts';
import { projectStore } from './projects.ts';
import { purge } from './purge.ts';
import { quarantineStore } from './quarantine.ts';
import { rangeStore } from './ranges.ts';
import { retireStore } from './retire.ts';
import { rollbackStore } from './rollback.ts';
import { runStore } from './runs.ts';
import { seenStore } from './seen.ts';
import { secretBox } from './secrets.ts';
import { recordStore } from './staging.ts';
import { verificationStore } from './verification.ts';

export interface OpenStoreParams {
  /** Folder of the embedded server, made on first use. */
  readonly dataFolder: string;
  /** One's own server, `postgres://user:password@host:port/database`; null = the embedded one. */
  readonly databaseUrl: string | null;
  /** 32 bytes; see `readEncryptionKey`. */
  readonly encryptionKey: Buffer;
}

/**
 * Opens Portolan's store and brings its schema up to date.
 * @returns the store, with the URL of its database for the work queue. Close the queue first, then the store.
 * @throws ConfigurationError when folder, disk, server or version are the trouble.
 */
export async function openStore(params: OpenStoreParams): Promise<Store & { readonly url: string }> {
  const secrets = secretBox(params.encryptionKey);
  const { database, url, close } = await openDatabase(params);
  try {
    await migrate(database);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ...projectStore(database, secrets),
    ...recordStore(database), ...linkStore(database), ...rangeStore(database),
    ...runStore(database), ...batchStore(database),
    ...loadLedger(database), ...crosswalkStore(database), ...quarantineStore(database), ...rollbackStore(database), ...retireStore(database), ...seenStore(database), ...foreseenStore(database),
    ...verificationStore(database), ...fieldMemoryStore(database),
    budget: ({ connection, rates }) => sharedBudget(database, connection, rates),
    purge: (projectId) => purge(database, projectId),
    url,
    close,
  };
}
