import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import type { Connector } from '../../src/connector/connector.ts';
import { customerioConnector } from '../../src/connectors/customerio/connector.ts';
import { odooConnector } from '../../src/connectors/odoo/connector.ts';
import type { Engine } from '../../src/engine/api.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { WorkQueue } from '../../src/engine/ports/work.ts';
import type { RunReport } from '../../src/engine/run-report.ts';
import { customerioToOdooCrm } from '../../src/routes/customerio-to-odoo-crm/route.ts';
import type { CustomerioSimulatorOptions } from '../../src/simulators/customerio/options.ts';
import type { CustomerioSimulator } from '../../src/simulators/customerio/simulator.ts';
import { startCustomerioSimulator } from '../../src/simulators/customerio/start.ts';
import type { OdooSimulatorOptions } from '../../src/simulators/odoo/options.ts';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import { startOdooSimulator } from '../../src/simulators/odoo/start.ts';
import { openQueue } from '../../src/work/queue.ts';
import type { OdooAddress } from './migration.ts';
import { withTestStore, type TestStore } from './store.ts';

/** One project between a simulated workspace and an Odoo, driven in this process. */
export interface CustomerioMigration {
  readonly project: string;
  readonly customerio: CustomerioSimulator;
  readonly engine: Engine;
  /** Discovers both sides, proposes a plan and confirms it with every recommendation. */
  planned(answers?: Readonly<Record<string, string | number>>): Promise<void>;
  run(drive?: Partial<Parameters<Engine['driveRun']>[0]>): Promise<RunReport>;
  /** Starts a production run in a process of its own and kills it as soon as the condition holds; resolves to the id of the run and how the process ended. */
  killed(when: () => Promise<boolean>): Promise<Readonly<{ runId: string; signal: NodeJS.Signals | null; err: string }>>;
  resume(runId: string): Promise<RunReport>;
  delta(): Promise<RunReport>;
  /** Counts what a load would do; writes nothing. */
  preview(): Promise<RunReport>;
  rollback(): Promise<RunReport>;
}

export interface CustomerioMigrations {
  readonly tests: TestStore;
  odoo(options: OdooSimulatorOptions): Promise<OdooSimulator>;
  start(params: Readonly<{ odoo: OdooAddress; workspace: CustomerioSimulatorOptions; source?: Readonly<Record<string, string>> }>): Promise<CustomerioMigration>;
}

/** 8 calls a second are for the real workspace: here the waiting would be all that a test does. */
const unhurried: Connector = { ...customerioConnector, rates: () => ({ calls: { perSecond: 100_000, burst: 100_000 } }) };

async function killedRun(args: readonly string[], when: () => Promise<boolean>): Promise<Readonly<{ runId: string; signal: NodeJS.Signals | null; err: string }>> {
  const child = spawn(process.execPath, [new URL('../../test/support/customerio-driver.ts', import.meta.url).pathname, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text; });
  while (child.exitCode === null && child.signalCode === null && !(await when())) await pause(50);
  child.kill('SIGKILL');
  await ended;
  return { runId: out.trim(), signal: child.signalCode, err };
}

/** Gives a test file a store, a queue and migrations on them; simulators stop with the file. */
export function withCustomerioMigrations(): CustomerioMigrations {
  const tests = withTestStore();
  const simulators: { stop(): Promise<void> }[] = [];
  let queue: WorkQueue | null = null;
  let serial = 0;
  beforeAll(async () => { queue = await openQueue({ store: tests.store }); });
  afterAll(async () => {
    await queue?.close();
    await Promise.all(simulators.map((simulator) => simulator.stop()));
  });
  return {
    tests,
    odoo: async (options) => {
      const simulator = await startOdooSimulator(options);
      simulators.push(simulator);
      return simulator;
    },
    start: async ({ odoo, workspace, source }) => {
      serial += 1;
      const project = `cio-${process.pid}-${serial}`;
      const customerio = await startCustomerioSimulator({ perSecond: 1_000_000, deliveryDays: 60, ...workspace });
      simulators.push(customerio);
      if (queue === null) throw new Error('Migrations are there only inside tests and hooks.');
      const engine = createEngine({ store: tests.store, queue, connectors: [unhurried, odooConnector], routes: [customerioToOdooCrm], backoffMs: (attempt) => Math.min(20, attempt), log: () => {} });
      const { id: projectId } = await tests.store.createProject({ name: project, route: customerioToOdooCrm.id });
      const { password, ...address } = odoo;
      const since = new Date(Date.now() - 90 * 86_400_000).toISOString().slice(0, 10);
      await tests.store.saveConnection({ projectId, role: 'source', platform: 'customerio', settings: { url: customerio.url, messagesSince: since, workspace: '111222', ...source }, secrets: { appKey: customerio.apiKey } });
      await tests.store.saveConnection({ projectId, role: 'destination', platform: 'odoo', settings: { url: address.url, database: address.database, user: address.user, settleSeconds: '1' }, secrets: { password } });
      const drive = async (mode: 'preview' | 'production' | 'delta' | 'rollback', settings: object, more: object = {}): Promise<RunReport> => {
        const run = await engine.startRun({ project, mode, settings: { ...settings }, by: 'test' });
        return engine.driveRun({ runId: run.id, ...more });
      };
      return {
        project, customerio, engine,
        planned: async (answers = {}) => {
          await engine.discover({ project, roles: ['source', 'destination'] });
          await engine.propose({ project });
          if (Object.keys(answers).length > 0) await engine.decide({ project, answers, by: 'test' });
          await engine.confirmPlan({ project, by: 'test', acceptRecommendations: true });
        },
        run: (more = {}) => drive('production', { approveGates: true }, more),
        killed: (when) => killedRun([tests.store.url, tests.encryptionKey.toString('hex'), project], when),
        resume: (runId) => engine.driveRun({ runId }),
        delta: () => drive('delta', { approveGates: true }),
        preview: () => drive('preview', {}),
        rollback: () => drive('rollback', {}),
      };
    },
  };
}
