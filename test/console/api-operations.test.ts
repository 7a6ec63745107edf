import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoHost } from '../../src/cli/demo/demo-host.ts';
import { cutOverStages } from '../../src/reports/documents/cut-over-stages.ts';
import { quarantineCsvLines } from '../../src/cli/write-reports.ts';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import { ownerPassword, startConsole, type Answer, type Caller, type ConsoleServer } from '../support/console-server.ts';
import { withMigrations, type Migration } from '../support/migration.ts';

interface Plan {
  readonly state: { readonly hash: string };
  readonly lines: readonly { readonly key: string; readonly kind: string; readonly from: string; readonly mapping: string; readonly status: string }[];
  readonly decisions: readonly { readonly id: string; readonly answer: unknown; readonly recommendation: unknown; readonly options: readonly { readonly value: unknown }[] }[];
}

/**
 * A small migration by the API alone. Every answer is held against the document by `call` itself; the last test asks
 * that each operation of the document has answered 200 once. Who adds an operation calls it here.
 */
describe('every operation of the API', () => {
  const migrations = withMigrations();
  let server: ConsoleServer;
  let migration: Migration;
  let simulator: OdooSimulator;
  let owner: Caller;
  let hook: Server;

  beforeAll(async () => {
    hook = createServer((request, response) => { request.resume().on('end', () => response.end()); });
    await new Promise<void>((resolve) => { hook.listen(0, '127.0.0.1', resolve); });
    simulator = await migrations.simulator({ version: 17, port: 0, seed: 3 });
    migration = await migrations.start({ odoo: simulator, bundle: { contacts: 30, companies: 6, deals: 8, notes: 10, seed: 11, dirt: 0.15 } });
    const { store } = migrations.tests;
    server = await startConsole({ tests: migrations.tests, engine: migration.engine, parts: {
      demos: demoHost, quarantineCsv: (projectId) => quarantineCsvLines(store, { projectId, code: null }),
      cutOverStages: async (project) => cutOverStages({ project, plan: (await migration.engine.currentPlan(project)).plan, load: null, deltas: [], sandbox: null, quarantine: 0, steps: [{ stage: 'freeze', step: 'Forms are off', why: 'nobody may write' }] }),
    } });
    owner = await server.signIn('owner');
  });
  afterAll(async () => {
    await server?.close();
    await new Promise<void>((resolve) => { hook?.close(() => resolve()); });
  });

  const path = (rest = ''): string => `/api/projects/${migration.project}${rest}`;
  /** An answer that must be a success. */
  async function done<Body>(method: string, at: string, body?: unknown, caller: Pick<Caller, 'call'> = owner): Promise<Body> {
    const answer: Answer = await caller.call(method, at, body);
    expect(answer.status, `${method} ${at}: ${JSON.stringify(answer.body)}`).toBe(200);
    return answer.body as Body;
  }
  const ended = async (run: string): Promise<string> => {
    const status = async (): Promise<string> => (await done<{ run: { status: string } }>('GET', path(`/runs/${run}`))).run.status;
    await expect.poll(status, { timeout: 500_000, interval: 200 }).toMatch(/^(?:succeeded|withQuarantine|waiting|cancelled)$/);
    return status();
  };
  const plan = (): Promise<Plan> => done<Plan>('GET', path('/plan'));

  test('the installation: who may enter, what is set, who is told', async () => {
    await done('GET', '/health', undefined, server);
    await done('GET', '/api/status', undefined, server);
    expect(await done('GET', '/metrics')).toMatch(/portolan_http_requests_total\{method="GET",status="200"\} \d+/);
    for (const at of ['/api/openapi.json', '/api/session', '/api/routes', '/api/projects', '/api/people', '/api/audit', '/api/transforms', '/api/demos']) await done('GET', at);
    const { id } = await done<{ id: string }>('POST', '/api/people', { name: 'Jo', email: 'jo@example.com', password: ownerPassword, role: 'viewer' });
    await done('PATCH', `/api/people/${id}`, { role: 'operator' });
    await done('DELETE', `/api/people/${id}`);
    const { about } = await done<{ about: { id: string } }>('POST', '/api/tokens', { name: 'nightly', role: 'viewer', days: 3 });
    await done('DELETE', `/api/tokens/${about.id}`);
    const viewer = await server.signIn('viewer');
    await done('POST', '/api/account/password', { current: ownerPassword, next: 'another long enough sentence' }, viewer);

    await done('PUT', '/api/settings/retention', { days: null });
    await done('PUT', '/api/settings/smtp', { host: '127.0.0.1', port: 25, security: 'none', user: '', from: 'portolan@example.com', password: 'a mail secret' });
    await done('PUT', '/api/settings/adviser', { kind: 'anthropic', model: 'a-model', url: null, apiKey: 'a model secret' });
    const { key } = await done<{ key: string }>('POST', '/api/settings/targets', { kind: 'webhook', address: `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`, events: ['run-failed'] });
    expect(key.length).toBeGreaterThan(40);
    const { targets } = await done<{ targets: { id: string }[] }>('GET', '/api/settings');
    await done('POST', `/api/settings/targets/${targets[0]?.id ?? ''}/test`);
    await done('DELETE', `/api/settings/targets/${targets[0]?.id ?? ''}`);
    for (const name of ['smtp', 'adviser']) await done('DELETE', `/api/settings/${name}`);
  });

  test('a demo is made, grows older, and is deleted with all that is kept of it', async () => {
    const { name } = await done<{ name: string }>('POST', '/api/demos', { route: 'instream-to-odoo-crm' });
    await done('POST', `/api/projects/${name}/demo/later`);
    const { left } = await done<{ left: Record<string, number> }>('POST', `/api/projects/${name}/purge`, { confirm: name });
    expect(Object.values(left).filter((count) => count !== 0)).toEqual([]);
  }, 300_000);

  test('connecting and reading', async () => {
    await done('POST', '/api/projects', { name: 'another', route: 'instream-to-odoo-crm' });
    await done('GET', path());
    for (const role of ['source', 'destination', 'sandbox']) await done('GET', path(`/connections/${role}`));
    await done('PUT', path('/connections/destination'), { settings: {}, secrets: { password: simulator.password } });
    await done('POST', path('/checks'), { roles: ['source', 'destination'] });
    await done('POST', path('/discovery'), { roles: ['source', 'destination'] });
    await done('GET', path('/discovery'));
    const uploaded = await owner.call('PUT', path('/uploads/export.csv'), 'a file', { 'content-type': 'application/octet-stream' });
    expect([uploaded.status, uploaded.body]).toEqual([200, { path: expect.stringMatching(/export\.csv$/) as string, bytes: 8 }]); // as JSON: with its quotation marks
  }, 300_000);

  test('the plan: lines, places, trials, remarks, answers, its file, its confirmation', async () => {
    await done('POST', path('/plan'));
    const first = await plan();
    const change = async (changes: readonly object[]): Promise<unknown> => done('PATCH', path('/plan/lines'), { base: (await plan()).state.hash, changes });

    // A column that is left out is given a place, and taken back; a link has the other fields of its kind.
    type Places = { movable: boolean; to: string; places: { name: string; takenBy: string | null; transforms: unknown[] | null; why: string | null }[] };
    const places = (key: string): Promise<Places> => done<Places>('GET', path(`/plan/lines/${key}`));
    const left = first.lines.find((line) => line.kind === 'leftOut');
    expect(left).toBeDefined();
    const to = (await places(left?.key ?? '')).places.find((place) => place.transforms !== null && place.takenBy === null)?.name;
    await change([{ key: left?.key, to }]);
    const given = await plan();
    expect(given.lines.filter((line) => line.mapping === left?.mapping && line.from === left?.from).map(({ kind, status }) => `${kind} ${status}`).toSorted()).toEqual(['field confirmed', 'leftOut rejected']);
    await change([{ key: left?.key, to: null, status: left?.status }]);
    expect((await plan()).lines.find(({ key }) => key === left?.key)?.status).toBe(left?.status);
    const link = await places(first.lines.find((line) => line.kind === 'field' && line.from.startsWith('link '))?.key ?? '');
    expect(link).toMatchObject({ movable: false });
    expect(link.places.find(({ name }) => name === link.to)).toMatchObject({ why: null });
    expect(link.places.filter(({ why }) => why?.startsWith('the line makes values for'))).not.toEqual([]);

    const { key } = first.lines.find((line) => line.kind === 'field' && line.mapping === 'contact-partners' && line.from === 'job_title') ?? { key: 'none' };
    const attempt = async (transforms: readonly object[]) => done<{ problems: object[]; preview: { origin: string; looked: number } | null }>('POST', path(`/plan/lines/${key}/trial`), { base: (await plan()).state.hash, transforms });
    const trial = await attempt([{ truncate: 3 }]);
    expect(trial).toMatchObject({ problems: [], preview: { origin: 'source' } }); // nothing was read in yet
    expect(trial.preview?.looked).toBeGreaterThan(0);
    expect(await attempt([{ jsonata: '$sum(' }])).toMatchObject({ problems: [{ part: 'transforms', step: 0 }], preview: null });
    const { id: remark } = await done<{ id: string }>('POST', path('/plan/comments'), { key, text: 'Is this ours?' });
    await done('GET', path('/plan/comments'));
    await done('DELETE', path(`/plan/comments/${remark}`));

    const decision = first.decisions.find(({ recommendation }) => recommendation !== null);
    await done('POST', path('/plan/answers'), { base: (await plan()).state.hash, answers: { [decision?.id ?? '']: decision?.recommendation } });
    const { text, hash } = await done<{ text: string; hash: string }>('GET', path('/plan/text'));
    await done('PUT', path('/plan/text'), { base: hash, text });
    const open = await plan();
    const unsaid = open.decisions.filter(({ answer, recommendation }) => answer === null && recommendation === null);
    if (unsaid.length > 0) await done('POST', path('/plan/answers'), { base: open.state.hash, answers: Object.fromEntries(unsaid.map(({ id, options }) => [id, options[0]?.value ?? 1])) });
    await done('POST', path('/plan/confirmation'), { base: (await plan()).state.hash, acceptRecommendations: true });
  }, 300_000);

  test('a sample: what became of it, and the signed sheet', async () => {
    const { id: run } = await done<{ id: string }>('POST', path('/runs'), { mode: 'sample', records: 10 });
    await ended(run);
    for (const rest of ['', '/verification', '/flow', '/calls', '/diff', '/rollback', '/report.zip']) await done('GET', path(`/runs/${run}${rest}`));
    const diff = (after: number) => done<{ records: object[]; written: number; next: number | null }>('GET', path(`/runs/${run}/diff?after=${after}`));
    const { written } = await diff(0);
    expect(await diff(written - 1)).toMatchObject({ written, next: null, records: [expect.anything()] });
    const { objects } = await done<{ objects: { object: string; records: { id: string }[] }[] }>('GET', path('/staged'));
    const staged = objects.find(({ object }) => object === 'contact')?.records[0]?.id ?? '';
    await done('GET', path(`/preview?object=contact&id=${encodeURIComponent(staged)}`));

    const { id: sheet, count } = await done<{ id: string; count: number }>('POST', path('/spot-checks'), { run: null, records: 20 });
    await done('GET', path('/spot-checks'));
    await done('GET', path(`/spot-checks/${sheet}`));
    for (let position = 0; position < count; position += 1) await done('PATCH', path(`/spot-checks/${sheet}`), { position, inOrder: true, comment: '' });
    await done('POST', path(`/spot-checks/${sheet}/signature`), { verdict: 'accepted', name: 'Ada Okoro', remark: '' });
  }, 600_000);

  test('live progress comes as events of the kinds that the document names', async () => {
    const stopped = new AbortController();
    const response = await fetch(`${server.url}${path('/live')}`, { headers: { cookie: owner.cookie }, signal: stopped.signal });
    expect(server.conformance.problems({ method: 'GET', path: path('/live'), status: response.status, type: response.headers.get('content-type'), body: null })).toEqual([]);
    const { value } = await (response.body as ReadableStream<Uint8Array>).getReader().read();
    stopped.abort();
    const [, event = ''] = /^event: (\w+)$/m.exec(new TextDecoder().decode(value)) ?? [];
    expect(server.conformance.document.paths['/api/projects/{project}/live']?.['get']).toMatchObject({ summary: expect.stringContaining(`\`${event}\``) as string });
    expect(event).toBe('run');
  });

  test('production: gates, pause and cancel; then all of it, owners, held-back records', async () => {
    const { id: gated } = await done<{ id: string }>('POST', path('/runs'), { mode: 'production', confirmDestination: '127.0.0.1' });
    const gates = async (): Promise<readonly [string, number]> => { const { run, gates: opened } = await done<{ run: { status: string }; gates: object[] }>('GET', path(`/runs/${gated}`)); return [run.status, opened.length]; };
    await expect.poll(gates, { timeout: 500_000, interval: 200 }).toEqual(['waiting', 1]);
    await done('POST', path(`/runs/${gated}/approval`), { phase: null });
    await expect.poll(gates, { timeout: 500_000, interval: 200 }).toEqual(['waiting', 2]); // just after the approval it may still say that it waits at the first
    for (const order of ['pause', 'resume', 'cancel']) await done('POST', path(`/runs/${gated}/${order}`));
    await expect.poll(async () => (await gates())[0], { timeout: 500_000, interval: 200 }).toBe('cancelled');
    const { id: whole } = await done<{ id: string }>('POST', path('/runs'), { mode: 'production', approveGates: true, confirmDestination: '127.0.0.1' });
    expect(await ended(whole)).toBe('withQuarantine');
    await done('GET', path('/runs'));

    const { owners, people } = await done<{ owners: { owner: string; currentUser: string | null }[]; people: { value: string }[] }>('GET', path('/owners'));
    const free = owners.find(({ currentUser }) => currentUser === null) ?? owners[0];
    const given = await done<{ run: { id: string } | null; assigned: number; refused: object[] }>('POST', path('/owners'), { owners: [{ owner: free?.owner, login: people.find(({ value }) => value !== free?.currentUser)?.value }] });
    expect(given).toMatchObject({ assigned: 1, refused: [] });
    if (given.run !== null) await ended(given.run.id);

    const { entries } = await done<{ entries: { id: string; data: object | null }[] }>('GET', path('/quarantine'));
    const { id: retry } = await done<{ id: string }>('POST', path('/quarantine/retry'), { corrections: [{ id: entries.find(({ data }) => data !== null)?.id, fields: {} }] });
    await ended(retry);
    const csv = await done<string>('GET', path('/quarantine.csv'));
    const { records, run } = await done<{ records: number; run: object | null }>('POST', path('/quarantine/file'), { name: 'corrected.csv', csv, start: false });
    expect([records > 0, run]).toEqual([true, null]);
    const again = await done<{ run: { id: string } }>('POST', path('/quarantine/file'), { name: 'corrected.csv', csv, start: true });
    await ended(again.run.id);
  }, 1_200_000);

  test('the cut-over, the schedule, the hand-off; then the door is closed', async () => {
    const { stages } = await done<{ stages: { steps: { key: string; known: boolean }[] }[] }>('GET', path('/cut-over'));
    const step = stages.flatMap(({ steps }) => steps).find(({ known }) => !known)?.key ?? '';
    await done('PUT', path(`/cut-over/${step}`), { done: true, comment: 'all three' });
    await done('PUT', path('/schedule'), { cron: '30 3 1 1 *', zone: 'UTC', endsAt: null, approveGates: true, confirmDestination: '127.0.0.1' });
    await done('GET', path('/schedule'));
    await done('POST', path('/schedule/resume'));
    await done('DELETE', path('/schedule'));
    await done('GET', path('/handoff.zip'));
    await done('POST', '/api/sign-out');
  });

  test('each has answered 200, as the document says', () => {
    const { operations, succeeded } = server.conformance;
    expect(operations.length).toBeGreaterThan(60);
    expect(operations.filter((name) => !succeeded.has(name))).toEqual([]);
  });
});
