import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { instreamConnector } from '../../src/connectors/instream/connector.ts';
import { odooConnector } from '../../src/connectors/odoo/connector.ts';
import type { Engine } from '../../src/engine/api.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { WorkQueue } from '../../src/engine/ports/work.ts';
import type { RunReport } from '../../src/engine/run-report.ts';
import { instreamToOdooCrm } from '../../src/routes/instream-to-odoo-crm/route.ts';
import { generateBundle } from '../../src/simulators/instream/bundle.ts';
import { recordsOnly } from './bundles.ts';
import type { BundleExpectation } from '../../src/simulators/instream/expectation.ts';
import type { BundleOptions } from '../../src/simulators/instream/options.ts';
import type { OdooSimulatorOptions } from '../../src/simulators/odoo/options.ts';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import { startOdooSimulator } from '../../src/simulators/odoo/start.ts';
import { openQueue } from '../../src/work/queue.ts';
import { withTestStore, type TestStore } from './store.ts';

/** Where records go: a simulator that the test starts (and stops), or an Odoo that is there. */
export interface OdooAddress { readonly url: string; readonly database: string; readonly user: string; readonly password: string }

export interface MigrationParams {
  /** What the export is like; the folder is chosen. Absent: 150 contacts. */
  readonly bundle?: Partial<BundleOptions>;
  readonly odoo: OdooAddress;
  /** Further settings of the source connection. */
  readonly source?: Readonly<Record<string, string>>;
  /** Answers of decisions before the rest is accepted as recommended. */
  readonly answers?: Readonly<Record<string, string | number>>;
}

/** One project between a made-up export and an Odoo, driven in this process through the engine's own door. */
export interface Migration {
  readonly project: string;
  readonly projectId: string;
  readonly folder: string;
  readonly expectation: BundleExpectation;
  readonly engine: Engine;
  /** Discovers both sides, proposes a plan and confirms it with every recommendation. */
  planned(answers?: Readonly<Record<string, string | number>>): Promise<void>;
  run(settings?: Readonly<Record<string, never>>, drive?: Partial<Parameters<Engine['driveRun']>[0]>): Promise<RunReport>;
  /** Writes what is new, changed or gone at the source since. */
  delta(settings?: Readonly<{ dryRun?: boolean; thorough?: boolean }>): Promise<RunReport>;
  /** Drives an unfinished run on. */
  resume(runId: string): Promise<RunReport>;
  /** Counts what a load would do; writes nothing. */
  preview(): Promise<RunReport>;
  rollback(settings?: Readonly<{ deleteChanged?: boolean | string[]; dryRun?: boolean }>): Promise<RunReport>;
  /** Writes another export in place of the first. */
  exportAgain(bundle: Partial<BundleOptions>): Promise<BundleExpectation>;
}

export interface Migrations {
  readonly tests: TestStore;
  /** A data set of its own in every call; simulators stop and folders go with the file. */
  start(params: MigrationParams): Promise<Migration>;
  simulator(options: OdooSimulatorOptions): Promise<OdooSimulator>;
  folder(): string;
}

/** Failed calls are repeated after 1 to 20 ms: the waiting is not what these tests are about. */
const shortBackoffMs = (attempt: number): number => Math.min(20, attempt);

/** Gives a test file a store, a queue and an engine, and migrations on them. */
export function withMigrations(params: Readonly<{ backoffMs?: (attempt: number) => number }> = {}): Migrations {
  const tests = withTestStore();
  const folders: string[] = [];
  const simulators: OdooSimulator[] = [];
  const warnings: string[] = [];
  let queue: WorkQueue | null = null;
  let serial = 0;

  beforeAll(async () => { queue = await openQueue({ store: tests.store }); });
  afterAll(async () => {
    await queue?.close();
    await Promise.all(simulators.map((simulator) => simulator.stop()));
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  const newFolder = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'portolan-e2e-'));
    folders.push(folder);
    return folder;
  };
  return {
    tests,
    folder: newFolder,
    simulator: async (options) => {
      const simulator = await startOdooSimulator(options);
      simulators.push(simulator);
      return simulator;
    },
    start: async ({ bundle, odoo, source, answers: given }) => {
      serial += 1;
      const project = `e2e-${process.pid}-${serial}`;
      const folder = join(newFolder(), 'export');
      const expectation = await generateBundle({ contacts: 150, ...recordsOnly, ...bundle, folder });
      const engine = createEngine({
        store: tests.store, queue: queue ?? missing(), connectors: [instreamConnector, odooConnector], routes: [instreamToOdooCrm],
        backoffMs: params.backoffMs ?? shortBackoffMs, log: (level, message) => void (level === 'warning' && warnings.push(message)),
      });
      const { id: projectId } = await tests.store.createProject({ name: project, route: instreamToOdooCrm.id });
      const { password, ...address } = odoo;
      await tests.store.saveConnection({ projectId, role: 'source', platform: 'instream', settings: { path: folder, ...source }, secrets: {} });
      await tests.store.saveConnection({ projectId, role: 'destination', platform: 'odoo', settings: { url: address.url, database: address.database, user: address.user, settleSeconds: '1' }, secrets: { password } });
      const drive = async (mode: 'preview' | 'production' | 'delta' | 'rollback', settings: object, more: object = {}): Promise<RunReport> => {
        const run = await engine.startRun({ project, mode, settings: { ...settings }, by: 'test' });
        return engine.driveRun({ runId: run.id, ...more });
      };
      return {
        project, projectId, folder, expectation, engine,
        planned: async (answers = given ?? {}) => {
          await engine.discover({ project, roles: ['source', 'destination'] });
          await engine.propose({ project });
          if (Object.keys(answers).length > 0) await engine.decide({ project, answers, by: 'test' });
          await engine.confirmPlan({ project, by: 'test', acceptRecommendations: true });
        },
        run: (settings = {}, more = {}) => drive('production', { approveGates: true, ...settings }, more),
        delta: (settings = {}) => drive('delta', { approveGates: true, ...settings }),
        resume: (runId) => engine.driveRun({ runId }),
        preview: () => drive('preview', {}),
        rollback: (settings = {}) => drive('rollback', settings),
        exportAgain: (again) => generateBundle({ contacts: 150, ...recordsOnly, ...bundle, ...again, folder }),
      };
    },
  };
}

function missing(): never {
  throw new Error('Migrations are there only inside tests and hooks.');
}
