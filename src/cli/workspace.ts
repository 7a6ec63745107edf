import type { Engine } from '../engine/api.ts';
import type { Store } from '../engine/ports/store.ts';
import type { CutOverMark } from '../store/cut-over.ts';
import type { SpotCheck } from '../store/spot-checks.ts';
import type { DeltaSchedules } from '../work/delta-schedules.ts';
import type { ConsoleStore } from '../store/console-store.ts';

/** What the commands ask the store directly: lists and connections. Everything that moves records goes through the engine. */
export type CliStore = Pick<Store,
  | 'createProject' | 'findProject' | 'listProjects' | 'projectById' | 'saveConnection' | 'loadConnection' | 'loadCatalog' | 'latestPlan' | 'planByHash' | 'audit' | 'setFact' | 'getFact'
  | 'pageStaged' | 'run' | 'latestRun' | 'listRuns' | 'setDesired' | 'phases' | 'gates' | 'calls' | 'figuresMark'
  | 'verificationCounts' | 'verificationFields' | 'findings' | 'quarantine' | 'latestQuarantine' | 'quarantineEntries' | 'quarantineCounts' | 'rollbackFates' | 'rollbackPage'>;

/** An open installation. Opened once per command, closed whatever happens. */
/** The spot check signed last (null = none is), and the steps of the cut-over that were ticked. */
export interface SignOffs { readonly spotCheck: SpotCheck | null; readonly cutOver: readonly CutOverMark[] }

export interface Workspace {
  readonly engine: Engine;
  readonly store: CliStore;
  /** People, tokens and audit log of the console, with the secret that signs its cookies. Closed with the workspace. */
  openConsole(): Readonly<{ people: ConsoleStore; secret: string; openSchedules: (due: (projectId: string) => Promise<void>) => Promise<DeltaSchedules> }>;
  /** What people signed and ticked in the console. */
  signOffs(projectId: string): Promise<SignOffs>;
  close(): Promise<void>;
}

/** Opens the installation in a data folder. `databaseUrl` null = the embedded database. */
export type OpenWorkspace = (params: Readonly<{
  dataFolder: string;
  databaseUrl: string | null;
  encryptionKey: string | null; // PORTOLAN_KEY; null = the key file of the data folder
  log: (level: 'debug' | 'info' | 'warning', message: string) => void;
}>) => Promise<Workspace>;
