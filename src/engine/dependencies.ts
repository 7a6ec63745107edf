import type { Connector } from '../connector/connector.ts';
import type { Store } from './ports/store.ts';
import type { WorkQueue } from './ports/work.ts';
import type { Route } from './route.ts';

/** All that the engine is given from outside; nothing else reaches the world. */
export interface EngineDependencies {
  readonly store: Store;
  readonly queue: WorkQueue;
  readonly connectors: readonly Connector[];
  readonly routes: readonly Route[];
  readonly log?: (level: 'debug' | 'info' | 'warning', message: string) => void;
  /** Identity of this process among drivers and workers: host and process id. */
  readonly worker: string;
  /** True only when the process of this identity (a `worker`) is certainly dead: its leases are then taken at once. Default: never known. */
  readonly isGone?: (worker: string) => boolean;
  /** Where a project keeps, on this machine, files that cannot go to its destination. Default: nowhere. */
  readonly archiveFolder?: (project: string) => string;
  /** How long, in milliseconds, a rollback waits for others to put down what they write into the project. Default: 15 s, longer than a lease and a heartbeat. */
  readonly putDownWaitMs?: number;
  /** Milliseconds since 1970, for progress and durations only; leases use the database's clock. */
  readonly now: () => number;
  /** Pause between two attempts, in milliseconds; tests pass a short one. Default: doubling from 500 ms to 30 s. */
  readonly backoffMs?: (attempt: number) => number;
}
