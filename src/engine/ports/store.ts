import type { Budget } from '../../connector/budget.ts';
import type { FieldMemoryStore } from './field-memory.ts';
import type { ForeseenStore } from './foreseen.ts';
import type { LedgerStore } from './ledger.ts';
import type { ProjectStore } from './projects.ts';
import type { RunStore } from './runs.ts';
import type { SeenStore } from './seen.ts';
import type { StagingStore } from './staging.ts';
import type { VerificationStore } from './verification.ts';

/** All the engine keeps. Implemented by `src/store` on PostgreSQL; the database's clock is the only clock for leases. */
export interface Store extends ProjectStore, StagingStore, RunStore, LedgerStore, SeenStore, ForeseenStore, VerificationStore, FieldMemoryStore {
  /** A token bucket shared by all workers of a connection. Rates by limit name, per second. */
  budget(params: Readonly<{ connection: string; rates: { readonly [limit: string]: { readonly perSecond: number; readonly burst: number } } }>): Budget;
  /** Deletes everything of a project and returns rows deleted per table; a second call returns zeros. */
  purge(projectId: string): Promise<{ readonly [table: string]: number }>;
  close(): Promise<void>;
}
