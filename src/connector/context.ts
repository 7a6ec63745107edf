import type { Budget } from './budget.ts';

/** What the engine lends to an open connection. Connectors take time, logs and quotas from here, never on their own. */
export interface ConnectionContext {
  /** Counts one call that went out, for the report: `calls: { connection: { endpoint: n } }`. */
  readonly countCall: (endpoint: string) => void;
  /** The connection's shared budget; calls wait here when the platform limits them. */
  readonly budget: Budget;
  /** A log line without field values. */
  readonly log: (level: 'debug' | 'info' | 'warning', message: string) => void;
  readonly signal: AbortSignal;
  /** Folder of the project, on this machine, for files that cannot go to the platform: deleted with the project. Left out = nobody has one to give. */
  readonly archiveFolder?: string;
}
