import { afterAll, beforeAll, expect } from 'vitest';
import { intercomConnector } from '../../src/connectors/intercom/connector.ts';
import { odooConnector } from '../../src/connectors/odoo/connector.ts';
import type { Engine } from '../../src/engine/api.ts';
import { createEngine } from '../../src/engine/engine.ts';
import type { WorkQueue } from '../../src/engine/ports/work.ts';
import type { RunReport } from '../../src/engine/run-report.ts';
import { odooHelpdeskToIntercom } from '../../src/routes/odoo-helpdesk-to-intercom/route.ts';
import type { IntercomSimulatorOptions } from '../../src/simulators/intercom/options.ts';
import type { IntercomSimulator } from '../../src/simulators/intercom/simulator.ts';
import { startIntercomSimulator } from '../../src/simulators/intercom/start.ts';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import { startOdooSimulator } from '../../src/simulators/odoo/start.ts';
import { openQueue } from '../../src/work/queue.ts';
import { startValidatingProxy, type ValidatingProxy } from '../intercom/validating-proxy.ts';
import { withTestStore, type TestStore } from './store.ts';

type Values = Readonly<Record<string, unknown>>;

/** An Odoo with an empty help desk that a test fills by hand, and a workspace to move it to. */
export interface DeskByHand {
  readonly odoo: OdooSimulator;
  readonly intercom: IntercomSimulator;
  /** Every request of the engine goes through it; one that Intercom's description does not allow fails the file. */
  readonly proxy: ValidatingProxy;
  readonly engine: Engine;
  readonly project: string;
  readonly projectId: string;
  /** Model names of the dialect: 'helpdesk.stage' or 'helpdesk.ticket.stage'. */
  readonly model: (what: 'stage' | 'team' | 'tag') => string;
  /** A call as the administrator, or as somebody else. */
  readonly call: <T>(model: string, method: string, args: readonly unknown[], more?: Values & { readonly as?: string }) => Promise<T>;
  readonly create: (model: string, values: Values, as?: string) => Promise<number>;
  /** A message of a ticket: a reply unless `note`. */
  readonly say: (ticket: number, author: number | null, body: string, more?: Values & { readonly note?: boolean }) => Promise<number>;
  readonly attach: (ticket: number, name: string, bytes: Buffer) => Promise<number>;
  /** A call to the workspace as a person would make it. */
  readonly ask: (method: string, path: string, body?: Values) => Promise<Values>;
  readonly planned: (answers?: Readonly<Record<string, string | number>>) => Promise<void>;
  readonly run: (mode?: 'production' | 'delta' | 'rollback', settings?: object) => Promise<RunReport>;
  readonly drive: (runId: string) => Promise<RunReport>;
}

export interface DesksByHand { readonly tests: TestStore; start(params?: Readonly<{ dialect?: 'enterprise' | 'oca'; intercom?: IntercomSimulatorOptions; settings?: Readonly<Record<string, string>> }>): Promise<DeskByHand> }

/** Gives a test file a store, a queue, and help desks of its own in every call. */
export function withDesks(): DesksByHand {
  const tests = withTestStore();
  let queue: WorkQueue | null = null;
  const opened: { stop(): Promise<void> }[] = [];
  const proxies: ValidatingProxy[] = [];
  beforeAll(async () => { queue = await openQueue({ store: tests.store }); });
  afterAll(async () => {
    await queue?.close();
    await Promise.all([...proxies, ...opened].map((one) => one.stop()));
    expect(proxies.flatMap(({ complaints }) => [...complaints])).toEqual([]);
  });
  let serial = 0;
  return {
    tests,
    async start({ dialect = 'enterprise', intercom: options = {}, settings = {} } = {}) {
      serial += 1;
      const project = `desk-by-hand-${process.pid}-${serial}`;
      const odoo = await startOdooSimulator({ version: 17, helpdesk: { dialect, tickets: 0 }, users: [{ login: 'erna@desk.example', password: 'erna', name: 'Erna Agent', email: 'erna@desk.example', role: 'helpdesk-user' }] });
      const intercom = await startIntercomSimulator({
        searchLagMs: 0, teams: [{ name: 'Support' }, { name: 'Billing' }], ...options,
        admins: options.admins ?? [{ name: 'Migration', email: 'migration@desk.example' }, { name: 'Ada One', email: 'agent.1@helpdesk.example' }, { name: 'Boris Two', email: 'agent.2@helpdesk.example' }],
      });
      const proxy = await startValidatingProxy(intercom.url);
      opened.push(odoo, intercom);
      proxies.push(proxy);
      const engine = createEngine({ store: tests.store, queue: queue ?? missing(), connectors: [odooConnector, intercomConnector], routes: [odooHelpdeskToIntercom], backoffMs: () => 1 });
      const { id: projectId } = await tests.store.createProject({ name: project, route: odooHelpdeskToIntercom.id });
      await tests.store.saveConnection({ projectId, role: 'source', platform: 'odoo', settings: { url: odoo.url, database: odoo.database, user: odoo.user }, secrets: { password: odoo.password } });
      await tests.store.saveConnection({ projectId, role: 'destination', platform: 'intercom', settings: { url: proxy.url, settleSeconds: '0', ...settings }, secrets: { token: intercom.token } });
      const call: DeskByHand['call'] = async (model, method, args, { as, ...keywords } = {}) => {
        const [uid, password] = as === undefined ? [2, odoo.password] : [await rpc<number>(odoo, 'common', 'login', [odoo.database, as, as.split('@')[0]]), as.split('@')[0]];
        return rpc(odoo, 'object', 'execute_kw', [odoo.database, uid, password, model, method, args, keywords]);
      };
      const create: DeskByHand['create'] = async (model, values, as) => [await call<number | number[]>(model, 'create', [values], as === undefined ? {} : { as })].flat()[0] as number;
      const drive: DeskByHand['drive'] = async (runId) => {
        for (let drives = 0; drives < 20; drives += 1) {
          const report = await engine.driveRun({ runId });
          if (report.status !== 'interrupted') return report;
        }
        throw new Error('still interrupted after 20 drives');
      };
      const models = { stage: ['helpdesk.stage', 'helpdesk.ticket.stage'], team: ['helpdesk.team', 'helpdesk.ticket.team'], tag: ['helpdesk.tag', 'helpdesk.ticket.tag'] } as const;
      return {
        odoo, intercom, proxy, engine, project, projectId, call, create, drive,
        model: (what) => models[what][dialect === 'enterprise' ? 0 : 1],
        say: async (ticket, author, body, { note = false, ...more } = {}) => create('mail.message', { model: 'helpdesk.ticket', res_id: ticket, body, message_type: 'comment', subtype_id: note ? 2 : 1, author_id: author ?? false, ...more }),
        attach: (ticket, name, bytes) => create('ir.attachment', { name, res_model: 'helpdesk.ticket', res_id: ticket, datas: bytes.toString('base64'), type: 'binary' }),
        async ask(method, path, body) {
          const answer = await fetch(`${intercom.url}${path}`, { method, headers: { authorization: `Bearer ${intercom.token}`, 'content-type': 'application/json', 'intercom-version': '2.16' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
          if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
          return await answer.json() as Values;
        },
        async planned(answers = {}) {
          await engine.discover({ project, roles: ['source', 'destination'] });
          await engine.propose({ project });
          await engine.decide({ project, answers: { 'workflows-off': 'off', ...answers }, by: 'test' });
          await engine.confirmPlan({ project, by: 'test', acceptRecommendations: true });
        },
        async run(mode = 'production', more = {}) {
          const run = await engine.startRun({ project, mode, settings: { ...(mode === 'rollback' ? {} : { approveGates: true }), ...more }, by: 'test' });
          return drive(run.id);
        },
      };
    },
  };
}

async function rpc<T>(odoo: OdooSimulator, service: string, method: string, args: readonly unknown[]): Promise<T> {
  const answer = await fetch(`${odoo.url}/jsonrpc`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'call', params: { service, method, args } }) });
  const { result, error } = await answer.json() as { readonly result?: T; readonly error?: { readonly data?: { readonly message?: string } } };
  if (error !== undefined) throw new Error(`${method} ${JSON.stringify(args.slice(3, 5))}: ${error.data?.message ?? JSON.stringify(error)}`);
  return result as T;
}

function missing(): never {
  throw new Error('Desks are there only inside tests and hooks.');
}
