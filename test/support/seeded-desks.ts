import { afterAll, beforeAll } from 'vitest';
import { intercomConnector } from '../../src/connectors/intercom/connector.ts';
import { odooConnector } from '../../src/connectors/odoo/connector.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { WorkQueue } from '../../src/engine/ports/work.ts';
import type { RunReport } from '../../src/engine/run-report.ts';
import { odooHelpdeskToIntercom } from '../../src/routes/odoo-helpdesk-to-intercom/route.ts';
import type { IntercomSimulatorOptions } from '../../src/simulators/intercom/options.ts';
import type { IntercomSimulator } from '../../src/simulators/intercom/simulator.ts';
import { startIntercomSimulator } from '../../src/simulators/intercom/start.ts';
import type { HelpdeskOptions } from '../../src/simulators/odoo/options.ts';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import { startOdooSimulator } from '../../src/simulators/odoo/start.ts';
import { openQueue } from '../../src/work/queue.ts';
import { startValidatingProxy, type ValidatingProxy } from '../intercom/validating-proxy.ts';
import { comparableWorkspace, watchedCollections } from './intercom-state.ts';
import { withTestStore, type TestStore } from './store.ts';

export interface SeededDesk {
  readonly intercom: IntercomSimulator;
  /** Every request goes through it and is checked. */
  readonly proxy: ValidatingProxy;
  readonly projectId: string;
  /** Drives a new run to its end. */
  run(mode?: 'preview' | 'production' | 'rollback'): Promise<RunReport>;
  state(): ReturnType<typeof comparableWorkspace>;
  stop(): Promise<void>;
}

export interface SeededDesks { readonly tests: TestStore; desk(more?: Readonly<{ intercom?: IntercomSimulatorOptions; settleSeconds?: number; tickets?: boolean }>): Promise<SeededDesk> }

/** One seeded help desk, moved to workspaces of their own on simulators, each up to the confirmed plan. */
export function withSeededDesks(helpdesk: HelpdeskOptions): SeededDesks {
  const tests = withTestStore();
  let queue: WorkQueue;
  let odoo: OdooSimulator;
  let serial = 0;
  beforeAll(async () => {
    queue = await openQueue({ store: tests.store });
    odoo = await startOdooSimulator({ version: 17, helpdesk });
  });
  afterAll(async () => {
    await odoo.stop();
    await queue.close();
  });
  return {
    tests,
    async desk(more = {}) {
      serial += 1;
      const project = `seeded-desk-${serial}`;
      const intercom = await startIntercomSimulator({
        searchLagMs: 0, conversationThrottle: { replies: 1_000_000, windowMs: 1000 }, teams: [{ name: 'Support' }, { name: 'Billing' }],
        admins: [{ name: 'Migration', email: 'migration@desk.example' }, ...[1, 2, 3, 4, 5, 6, 7, 8].map((at) => ({ name: `Agent ${at}`, email: `agent.${at}@helpdesk.example` }))], ...more.intercom,
      });
      if (more.tickets === true) {
        const made = await fetch(`${intercom.url}/ticket_types`, { method: 'POST', headers: { 'authorization': `Bearer ${intercom.token}`, 'content-type': 'application/json', 'intercom-version': '2.16' }, body: JSON.stringify({ name: 'Help desk', category: 'Customer' }) });
        if (!made.ok) throw new Error(await made.text());
      }
      const proxy = await startValidatingProxy(intercom.url);
      const engine = createEngine({ store: tests.store, queue, connectors: [odooConnector, intercomConnector], routes: [odooHelpdeskToIntercom], backoffMs: () => 1 });
      const { id: projectId } = await tests.store.createProject({ name: project, route: odooHelpdeskToIntercom.id });
      await tests.store.saveConnection({ projectId, role: 'source', platform: 'odoo', settings: { url: odoo.url, database: odoo.database, user: odoo.user }, secrets: { password: odoo.password } });
      await tests.store.saveConnection({ projectId, role: 'destination', platform: 'intercom', settings: { url: proxy.url, settleSeconds: String(more.settleSeconds ?? 0), ...(more.tickets === true ? { ticketType: 'Help desk' } : {}) }, secrets: { token: intercom.token } });
      await engine.discover({ project, roles: ['source', 'destination'] });
      await engine.propose({ project });
      await engine.decide({ project, answers: { 'partner-without-email': 'import', 'workflows-off': 'off' }, by: 'test' });
      await engine.confirmPlan({ project, by: 'test', acceptRecommendations: true });
      return {
        intercom, proxy, projectId,
        async run(mode = 'production') {
          const { id: runId } = await engine.startRun({ project, mode, settings: mode === 'production' ? { approveGates: true } : {}, by: 'test' });
          for (let drives = 0; drives < 30; drives += 1) {
            const report = await engine.driveRun({ runId });
            if (report.status !== 'interrupted') return report;
          }
          throw new Error('still interrupted after 30 drives');
        },
        state: () => comparableWorkspace(Object.fromEntries(watchedCollections.map((collection) => [collection, intercom.state.rows(collection)]))),
        stop: async () => {
          await proxy.stop();
          await intercom.stop();
        },
      };
    },
  };
}
