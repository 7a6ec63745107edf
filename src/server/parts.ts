import type { Connector } from '../connector/connector.ts';
import type { Engine } from '../engine/api.ts';
import type { Store } from '../engine/ports/store.ts';
import type { Project, StoredConnection } from '../engine/ports/projects.ts';
import type { ProposeParams } from '../engine/propose/propose.ts';
import type { Route } from '../engine/route.ts';
import type { RunReport } from '../engine/run-report.ts';
import type { ReportFile } from '../reports/report-files.ts';
import type { ConsoleStore } from '../store/console-store.ts';
import type { CutOverStage } from '../reports/documents/cut-over-stages.ts';
import type { DeltaSchedules } from '../work/delta-schedules.ts';
import type { DemoHost } from './demos.ts';

/** What the server asks the store directly; everything that moves records goes through the engine. */
export type ServerStore = Pick<Store,
  | 'createProject' | 'findProject' | 'projectById' | 'listProjects' | 'saveConnection' | 'loadConnection' | 'loadCatalog' | 'latestPlan' | 'audit' | 'setFact' | 'getFact'
  | 'pageStaged' | 'run' | 'latestRun' | 'listRuns' | 'setDesired' | 'phases' | 'gates' | 'calls' | 'figuresMark' | 'planByHash'
  | 'verificationCounts' | 'verificationFields' | 'findings' | 'quarantine' | 'latestQuarantine' | 'quarantineEntries' | 'quarantineCounts' | 'rollbackFates' | 'rollbackPage'>;

/** All that a server is made of. The command `serve` puts it together; the server itself names no platform, route or store. */
export interface ServerParts {
  readonly engine: Engine;
  readonly store: ServerStore;
  readonly people: ConsoleStore;
  readonly connectors: readonly Connector[];
  readonly routes: readonly Route[];
  /** Signs session cookies and CSRF tokens; the same after a restart, so that people stay signed in. */
  readonly secret: string;
  readonly version: string;
  /** Folder of the installation. */
  readonly dataFolder: string;
  /** Folder of the built console; null = the API alone. */
  readonly assets: string | null;
  /** Host name of a destination, which a person types before it is written to. */
  readonly hostOf: (connection: StoredConnection) => string;
  /** Takes a secret out of every later error and log line. */
  readonly keepSecret: (secret: string) => void;
  readonly redact: (text: string) => string;
  /** What speaks against opening gates without a person, by phase. */
  readonly gateObjections: (report: RunReport, phases: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>;
  /** Writes the reports of a run that ended into the data folder. */
  readonly writeReports: (report: RunReport) => Promise<void>;
  readonly reportFiles: (report: RunReport) => Promise<readonly ReportFile[]>;
  readonly handoffFiles: (project: string) => Promise<readonly ReportFile[]>;
  readonly quarantineCsv: (projectId: string) => AsyncIterable<string>;
  /** Steps of a project's cut-over, with what Portolan can tell of them. */
  readonly cutOverStages: (project: string) => Promise<readonly CutOverStage[]>;
  /** Opens the clock of scheduled deltas; `due` is called with the id of a project whose time has come. */
  readonly openSchedules: (due: (projectId: string) => Promise<void>) => Promise<DeltaSchedules>;
  /** Deletes what the data folder holds of a project: uploads and reports. */
  readonly removeFiles: (project: Project) => Promise<void>;
  /** Opens a language model for the adviser; its libraries are loaded with the first one. */
  readonly openAdviser: (settings: Readonly<{ kind: 'anthropic' | 'openai-compatible'; model: string; url: string | null; apiKey: string | null }>) => Promise<NonNullable<ProposeParams['adviser']>>;
  /** Simulators for projects to try things with. */
  readonly demos: DemoHost;
  readonly log: (level: 'debug' | 'info' | 'warning', message: string) => void;
}

/** How a server listens and whom it believes. */
export interface ServerOptions {
  /** Address to listen on. Default 127.0.0.1: nobody from elsewhere gets in. */
  readonly host: string;
  readonly port: number; // 0 = any free one
  /** The address people type, where a proxy stands in front: `https://portolan.example.com`; null = the one it listens on. */
  readonly publicUrl: string | null;
}
