import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import { may, type Permission } from '../../src/server/roles.ts';
import { startServer } from '../../src/server/server.ts';
import type { StoredPlan } from '../../src/engine/ports/projects.ts';
import { withMigrations, type Migration } from '../support/migration.ts';
import { ownerPassword, startConsole, type Answer, type Caller, type ConsoleServer } from '../support/console-server.ts';

const migrations = withMigrations();
let server: ConsoleServer;
let migration: Migration;
let simulator: OdooSimulator;
let owner: Caller;
let document: OpenApi;

const roleNeeds = /permission `(\w+)`/;
interface Spec { readonly description?: string; readonly responses: { readonly [status: string]: { readonly content?: { readonly 'application/json'?: { readonly schema: object } } } } }
interface OpenApi { readonly openapi: string; readonly paths: { readonly [path: string]: { readonly [method: string]: Spec } } }

beforeAll(async () => {
  simulator = await migrations.simulator({ version: 17, port: 0, seed: 3 });
  migration = await migrations.start({ odoo: simulator, bundle: { contacts: 30, companies: 6, deals: 8, notes: 10, seed: 11 } });
  server = await startConsole({ tests: migrations.tests, engine: migration.engine });
  owner = await server.signIn('owner');
  document = (await owner.call('GET', '/api/openapi.json')).body as OpenApi;
  await migration.engine.discover({ project: migration.project, roles: ['source', 'destination'] });
  await migration.engine.propose({ project: migration.project });
});
afterAll(async () => { await server?.close(); });

const path = (rest = ''): string => `/api/projects/${migration.project}${rest}`;
const code = (answer: Answer): string | undefined => (answer.body as { readonly error?: { readonly code: string } } | null)?.error?.code;

/** Operations of the document that were called, and answered as it says. */
const answered = new Set<string>();

/** The answer, which must be what the document says of that operation. */
async function documented<Body>(caller: Pick<Caller, 'call'>, method: string, template: string, values: Readonly<Record<string, string>> = {}, body?: unknown): Promise<Body> {
  const answer = await caller.call(method, (template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')), body);
  const spec = document.paths[template]?.[method.toLowerCase()];
  expect(spec, `${method} ${template} is not in the document`).toBeDefined();
  const schema = (spec?.responses[String(answer.status)] ?? spec?.responses['default'])?.content?.['application/json']?.schema;
  expect(schema, `${method} ${template} says nothing about ${answer.status}`).toBeDefined();
  const read = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(answer.body);
  expect(read.error?.issues ?? [], `${method} ${template} answers other than its document`).toEqual([]);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  answered.add(`${method.toLowerCase()} ${template}`);
  return answer.body as Body;
}

describe('the API and its document', () => {
  test('every documented operation answers as the document says', async () => {
    const project = { project: migration.project };
    await documented(server, 'GET', '/api/status');
    for (const template of ['/api/session', '/api/routes', '/api/projects', '/api/people', '/api/audit'] as const) await documented(owner, 'GET', template);
    for (const template of ['/api/projects/{project}', '/api/projects/{project}/discovery', '/api/projects/{project}/plan', '/api/projects/{project}/plan/text', '/api/projects/{project}/runs', '/api/projects/{project}/quarantine'] as const) await documented(owner, 'GET', template, project);
    for (const template of ['/api/demos', '/api/settings'] as const) await documented(owner, 'GET', template);
    for (const template of ['/api/projects/{project}/spot-checks', '/api/projects/{project}/cut-over', '/api/projects/{project}/schedule'] as const) await documented(owner, 'GET', template, project);
    await documented(owner, 'PUT', '/api/projects/{project}/schedule', project, { cron: '30 3 * * *', zone: 'UTC', endsAt: null, approveGates: true, confirmDestination: '127.0.0.1' });
    await documented(owner, 'DELETE', '/api/projects/{project}/schedule', project);
    await documented(owner, 'PUT', '/api/settings/retention', {}, { days: null });
    const target = await documented<{ key: string }>(owner, 'POST', '/api/settings/targets', {}, { kind: 'webhook', address: 'http://127.0.0.1:9/', events: ['run-failed'] });
    expect(target.key.length).toBeGreaterThan(40);
    for (const role of ['source', 'destination', 'sandbox']) await documented(owner, 'GET', '/api/projects/{project}/connections/{role}', { ...project, role });
    await documented(owner, 'POST', '/api/projects/{project}/checks', project, { roles: ['source', 'destination'] });
    await documented(owner, 'POST', '/api/projects', {}, { name: 'another', route: 'instream-to-odoo-crm' });
    const { id } = await documented<{ id: string }>(owner, 'POST', '/api/people', {}, { name: 'Jo', email: 'jo@example.com', password: ownerPassword, role: 'viewer' });
    await documented(owner, 'PATCH', '/api/people/{id}', { id }, { role: 'operator' });
    await documented(owner, 'DELETE', '/api/people/{id}', { id });
    const { about } = await documented<{ about: { id: string } }>(owner, 'POST', '/api/tokens', {}, { name: 'nightly', role: 'viewer', days: 3 });
    await documented(owner, 'DELETE', '/api/tokens/{id}', { id: about.id });
    const { state, lines } = await documented<{ state: { hash: string }; lines: { key: string; kind: string; mapping: string; from: string }[] }>(owner, 'GET', '/api/projects/{project}/plan', project);
    const { key } = lines.find((line) => line.kind === 'field' && line.mapping === 'contact-partners' && line.from === 'job_title') ?? { key: 'none' };
    await documented(owner, 'GET', '/api/transforms');
    await documented(owner, 'GET', '/api/projects/{project}/owners', project);
    await documented(owner, 'GET', '/api/projects/{project}/plan/lines/{key}', { ...project, key });
    const trial = await documented<{ problems: object[]; preview: { origin: string; looked: number } }>(owner, 'POST', '/api/projects/{project}/plan/lines/{key}/trial', { ...project, key }, { base: state.hash, transforms: [{ truncate: 3 }] });
    expect(trial).toMatchObject({ problems: [], preview: { origin: 'source' } }); // nothing was read in yet
    expect(trial.preview.looked).toBeGreaterThan(0);
    const broken = await documented<{ problems: object[]; preview: unknown }>(owner, 'POST', '/api/projects/{project}/plan/lines/{key}/trial', { ...project, key }, { base: state.hash, transforms: [{ jsonata: '$sum(' }] });
    expect(broken).toMatchObject({ problems: [{ part: 'transforms', step: 0 }], preview: null });
    const { id: remark } = await documented<{ id: string }>(owner, 'POST', '/api/projects/{project}/plan/comments', project, { key, text: 'Is this ours?' });
    await documented(owner, 'GET', '/api/projects/{project}/plan/comments', project);
    await documented(owner, 'DELETE', '/api/projects/{project}/plan/comments/{id}', { ...project, id: remark });
    expect(code(await owner.call('POST', path('/quarantine/file'), { name: 'x.csv', csv: 'id\n', start: false }))).toBe('quarantine-file-empty');
    expect(code(await owner.call('GET', path('/preview?object=contact&id=nobody')))).toBe('no-record');
  });

  test('the document names every JSON operation that is there', () => {
    const operations = Object.entries(document.paths).flatMap(([template, methods]) => Object.keys(methods).map((method) => `${method} ${template}`));
    expect(document.openapi).toBe('3.1.0');
    expect(operations.length).toBeGreaterThanOrEqual(35);
    expect(operations).toContain('post /api/projects/{project}/runs/{run}/approval');
  });

  test('refuses every operation to those who are not signed in, but the three that open the door', async () => {
    const open: string[] = [];
    for (const [template, methods] of Object.entries(document.paths)) {
      for (const method of Object.keys(methods)) {
        const { status } = await server.call(method.toUpperCase(), template.replace(/\{run\}/, '00000000-0000-4000-8000-000000000000').replace(/\{role\}/, 'source').replace(/\{\w+\}/g, 'x'), method === 'get' ? undefined : {});
        if (status !== 401) open.push(`${method} ${template}`);
      }
    }
    expect(open.sort()).toEqual(['get /api/status', 'post /api/first-run', 'post /api/sign-in']);
    for (const download of ['/handoff.zip', '/quarantine.csv', '/live']) expect((await server.call('GET', path(download))).status).toBe(401);
    expect((await server.call('GET', '/metrics')).status).toBe(401);
  });
});

describe('who may do what', () => {
  const filled = (template: string): string => template.replace('{run}', '00000000-0000-4000-8000-000000000000').replace('{sheet}', '00000000-0000-4000-8000-000000000000').replace('{role}', 'source').replace('{step}', 'freeze-000000000000').replace('{key}', 'field:0:0').replace('{project}', migration.project).replace(/\{\w+\}/g, 'x');

  test.each(['viewer', 'reviewer', 'operator'] as const)('a %s is refused every operation that the role does not hold, before anything is looked at', async (role) => {
    const caller = await server.signIn(role);
    for (const [template, methods] of Object.entries(document.paths)) {
      for (const [method, { description = '' }] of Object.entries(methods)) {
        const needs = roleNeeds.exec(description)?.[1] as Permission | undefined;
        if (needs === undefined || may(role, needs)) continue;
        const { status } = await caller.call(method.toUpperCase(), filled(template), method === 'get' ? undefined : {});
        expect([method, template, status]).toEqual([method, template, 403]);
      }
    }
  });

  test('whatever changes something needs more than looking, but signing out, one\'s own password and trying a line', () => {
    const changing = Object.entries(document.paths).flatMap(([template, methods]) => Object.entries(methods).filter(([method, { description = '' }]) => method !== 'get' && roleNeeds.exec(description)?.[1] === 'look').map(([method]) => `${method} ${template}`));
    expect(changing.toSorted()).toEqual(['post /api/account/password', 'post /api/projects/{project}/plan/lines/{key}/trial', 'post /api/sign-out']);
  });

  test('a viewer looks, and changes nothing that an operator can', async () => {
    const viewer = await server.signIn('viewer');
    const { state } = (await viewer.call('GET', path('/plan'))).body as { state: StoredPlan };
    for (const [method, rest, body] of [
      ['POST', '/runs', { mode: 'sample' }], ['PUT', '/connections/source', { settings: {}, secrets: {} }], ['POST', '/checks', { roles: ['source'] }], ['POST', '/discovery', { roles: ['source'] }], ['POST', '/plan', undefined],
      ['PATCH', '/plan/lines', { base: state.hash, changes: [{ key: 'schema:0', status: 'confirmed' }] }], ['POST', '/plan/answers', { base: state.hash, answers: {} }], ['POST', '/plan/confirmation', { base: state.hash, acceptRecommendations: true }],
      ['PUT', '/plan/text', { base: state.hash, text: 'x' }], ['POST', '/quarantine/retry', { corrections: [] }],
    ] as const) expect([rest, (await viewer.call(method, path(rest), body)).status]).toEqual([rest, 403]);
    for (const admin of ['/api/people', '/api/audit']) expect((await viewer.call('GET', admin)).status).toBe(403);
    expect((await viewer.call('POST', '/api/projects', { name: 'mine', route: 'instream-to-odoo-crm' })).status).toBe(403);
    expect((await viewer.call('PUT', path('/uploads/a.zip'))).status).toBe(403);
  });

  test('who runs does not sign off: an operator confirms no plan, a reviewer starts no run', async () => {
    const [operator, reviewer] = [await server.signIn('operator'), await server.signIn('reviewer')];
    const { state } = (await owner.call('GET', path('/plan'))).body as { state: StoredPlan };
    expect((await operator.call('POST', path('/plan/confirmation'), { base: state.hash, acceptRecommendations: true })).status).toBe(403);
    expect((await reviewer.call('POST', path('/runs'), { mode: 'sample' })).status).toBe(403);
    expect((await reviewer.call('POST', path('/plan/answers'), { base: 'another', answers: {} })).status).toBe(409); // may, and is told of the newer plan
  });

  test('the last owner stays owner', async () => {
    const { users } = (await owner.call('GET', '/api/people')).body as { users: { id: string; role: string }[] };
    const id = users.find((user) => user.role === 'owner')?.id ?? '';
    expect(code(await owner.call('PATCH', `/api/people/${id}`, { role: 'viewer' }))).toBe('last-owner');
    expect(code(await owner.call('DELETE', `/api/people/${id}`))).toBe('last-owner');
  });

  test('a token does what its role may until it is revoked, and needs no CSRF token', async () => {
    const { token, about } = (await owner.call('POST', '/api/tokens', { name: 'ci', role: 'operator', days: 1 })).body as { token: string; about: { id: string } };
    const bearer = { authorization: `Bearer ${token}` };
    expect((await server.call('GET', path(), undefined, bearer)).status).toBe(200);
    expect((await server.call('POST', path('/checks'), { roles: ['source'] }, bearer)).status).toBe(200);
    expect((await server.call('GET', '/api/people', undefined, bearer)).status).toBe(403);
    expect(JSON.stringify((await owner.call('GET', '/api/people')).body)).not.toContain(token.slice(8));
    await owner.call('DELETE', `/api/tokens/${about.id}`);
    expect(code(await server.call('GET', path(), undefined, bearer))).toBe('wrong-token');
  });
});

describe('foreign pages and stolen cookies', () => {
  const body = { roles: ['source'] };

  test('a change without the token of the session, or with another one\'s, is refused', async () => {
    const other = await server.signIn('operator');
    for (const csrf of ['', 'x', other.csrf]) expect(code(await owner.call('POST', path('/checks'), body, { 'x-portolan-csrf': csrf }))).toBe('wrong-csrf');
  });

  test('other origins are refused, whatever they bring', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) expect(code(await owner.call('POST', path('/checks'), body, { origin }))).toBe('other-origin');
    expect(code(await owner.call('POST', path('/checks'), body, { 'sec-fetch-site': 'cross-site' }))).toBe('other-origin');
    expect((await owner.call('GET', path(), undefined, { origin: server.url })).status).toBe(200);
  });

  test('a session that is over opens nothing', async () => {
    const caller = await server.signIn('reviewer');
    await migrations.tests.query(`update portolan.console_session set "expiresAt" = now() - interval '1 second' where "userId" = (select id from portolan.console_user where email = $1)`, [server.emailOf('reviewer')]);
    expect(code(await caller.call('GET', '/api/session'))).toBe('not-signed-in');
    expect((await caller.call('GET', path('/live'))).status).toBe(401);
  });

  test('signing out ends the session at the server', async () => {
    const caller = await server.signIn('viewer');
    expect((await caller.call('POST', '/api/sign-out')).status).toBe(200);
    expect((await caller.call('GET', '/api/session')).status).toBe(401);
  });

  test('a person changes their own password: with the old one, and every other session ends', async () => {
    const [here, elsewhere] = [await server.signIn('operator'), await server.signIn('operator')];
    const next = 'another long enough sentence';
    const change = (passwords: object): Promise<{ status: number; body: unknown; headers: Headers }> => here.call('POST', '/api/account/password', passwords);
    expect((await change({ current: 'not it', next })).body).toMatchObject({ error: { code: 'wrong-password', fields: { current: 'not your password' } } });
    expect((await change({ current: ownerPassword, next: 'short' })).body).toMatchObject({ error: { fields: { next: 'use at least 12 characters' } } });
    expect((await change({ current: ownerPassword, next: ownerPassword })).body).toMatchObject({ error: { fields: { next: 'this is the password of now' } } });
    expect((await elsewhere.call('GET', '/api/session')).status).toBe(200);
    const done = await change({ current: ownerPassword, next });
    expect(done.status).toBe(200);
    expect((await elsewhere.call('GET', '/api/session')).status).toBe(401);
    expect((await here.call('GET', '/api/session')).status).toBe(401); // the old cookie; the browser has a new one
    const cookie = done.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
    expect((await server.call('GET', '/api/session', undefined, { cookie })).body).toMatchObject({ user: { email: server.emailOf('operator') } });
    expect((await server.call('POST', '/api/sign-in', { email: server.emailOf('operator'), password: ownerPassword })).status).toBe(422);
    const { rows } = (await owner.call('GET', '/api/audit')).body as { rows: { action: string; actor: string }[] };
    const own = rows.filter((row) => row.actor === server.emailOf('operator') && row.action.startsWith('password-')).map((row) => row.action);
    expect(own).toEqual(['password-changed', 'password-change-refused']);
    // And back, by the owner's way to give one; a token has none to change.
    const { users } = (await owner.call('GET', '/api/people')).body as { users: { id: string; email: string }[] };
    const id = users.find((user) => user.email === server.emailOf('operator'))?.id ?? '';
    expect((await owner.call('PATCH', `/api/people/${id}`, { password: ownerPassword })).status).toBe(200);
    expect((await server.call('GET', '/api/session', undefined, { cookie })).status).toBe(401);
    const { token } = (await owner.call('POST', '/api/tokens', { name: 'ci', role: 'operator', days: 1 })).body as { token: string };
    expect(code(await server.call('POST', '/api/account/password', { current: ownerPassword, next }, { authorization: `Bearer ${token}` }))).toBe('no-account');
  });

  test('a changed cookie is no cookie', async () => {
    const cookie = owner.cookie.replace(/=(.)/, (_, first: string) => `=${first === 'a' ? 'b' : 'a'}`);
    expect((await server.call('GET', '/api/session', undefined, { cookie })).status).toBe(401);
  });

  test('cookies stay out of the reach of scripts and of other sites', async () => {
    const { headers } = await server.call('POST', '/api/sign-in', { email: server.emailOf('owner'), password: ownerPassword });
    expect(headers.get('set-cookie')).toMatch(/HttpOnly/i);
    expect(headers.get('set-cookie')).toMatch(/SameSite=Strict/i);
  });

  test('the eleventh wrong password within a quarter of an hour is not looked at', async () => {
    for (let index = 0; index < 10; index += 1) expect(code(await server.call('POST', '/api/sign-in', { email: 'nobody@example.com', password: 'wrong' }))).toBe('wrong-password');
    expect(code(await server.call('POST', '/api/sign-in', { email: 'nobody@example.com', password: 'wrong' }))).toBe('too-many-tries');
  });

  test('the first-run page is closed once there is an owner', async () => {
    const account = { name: 'Eve', email: 'eve@example.com', password: ownerPassword };
    expect(code(await server.call('POST', '/api/first-run', { ...account, code: 'guessed' }))).toBe('wrong-code');
    expect(code(await server.call('POST', '/api/first-run', { ...account, code: server.firstRunCode }))).toBe('not-first-run');
  });

  test('every answer carries the headers that keep a browser safe', async () => {
    const { headers } = await server.call('GET', '/api/status');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('what is given back, and what is kept', () => {
  test('secrets go in and never come out', async () => {
    const connection = path('/connections/destination');
    const { settings } = (await owner.call('GET', connection)).body as { settings: { name: string; secret: boolean; kept: boolean; value: string | null }[] };
    expect(settings.find((setting) => setting.name === 'password')).toMatchObject({ secret: true, kept: true, value: null });
    const saved = await owner.call('PUT', connection, { settings: {}, secrets: { password: 'a-new-secret-value' } });
    expect([saved.status, JSON.stringify(saved.body).includes('a-new-secret')]).toEqual([200, false]);
    expect(code(await owner.call('PUT', connection, { settings: { password: 'in the open' }, secrets: {} }))).toBe('wrong-setting');
    expect(JSON.stringify((await owner.call('GET', '/api/audit')).body)).not.toContain('a-new-secret');
  });

  test('half-filled forms are told beside their fields', async () => {
    const refused = await owner.call('PUT', path('/connections/destination'), { settings: { url: '' }, secrets: {} });
    expect((refused.body as { error: { fields: object } }).error.fields).toMatchObject({ url: expect.any(String) as string });
    expect((await owner.call('POST', '/api/projects', { name: '../etc', route: 'x' })).body).toMatchObject({ error: { fields: { name: expect.any(String) as string } } });
    expect(code(await owner.call('POST', path('/runs'), { mode: 'production', confirmDestination: 'elsewhere.example' }))).toBe('destination-not-confirmed');
  });

  test('of two people who edit one plan the second is told, and nothing of the first is lost', async () => {
    const operator = await server.signIn('operator');
    const { state, lines } = (await owner.call('GET', path('/plan'))).body as { state: StoredPlan; lines: { key: string; kind: string; to: string }[] };
    const [first, second] = lines.filter((line) => line.kind === 'field').map((line) => line.key);
    const settle = (caller: Caller, key = '') => caller.call('PATCH', path('/plan/lines'), { base: state.hash, changes: [{ key, status: 'confirmed' }] });
    const answers = await Promise.all([settle(owner, first), settle(operator, second)]);
    expect(answers.map((answer) => answer.status).sort((left, right) => left - right)).toEqual([200, 409]);
    const { lines: after } = (await owner.call('GET', path('/plan'))).body as { lines: { key: string; status: string }[] };
    expect(after.filter((line) => [first, second].includes(line.key)).map((line) => line.status).sort()).toEqual(['confirmed', 'proposed']);
  });

  test('a plan file with mistakes is told with its lines', async () => {
    const { text, hash } = (await owner.call('GET', path('/plan/text'))).body as { text: string; hash: string };
    const refused = await owner.call('PUT', path('/plan/text'), { base: hash, text: text.replace('status: proposed', 'status: perhaps') });
    expect(refused.status).toBe(422);
    expect((refused.body as { error: { problems: { line: number }[] } }).error.problems[0]?.line).toBeGreaterThan(1);
  });

  test('health and metrics tell what Prometheus reads', async () => {
    expect((await server.call('GET', '/health')).body).toMatchObject({ status: 'ok' });
    expect((await owner.call('GET', '/metrics')).body).toMatch(/portolan_http_requests_total\{method="GET",status="200"\} \d+/);
  });
});

describe('a server that cannot start', () => {
  test('gives its port back', async () => {
    const port = await new Promise<number>((resolve) => {
      const probe = createServer().listen(0, '127.0.0.1', () => { const { port: free } = probe.address() as AddressInfo; probe.close(() => resolve(free)); });
    });
    const broken = Object.create(server.parts.store, { listProjects: { value: async () => { throw new Error('the database went away'); } } }) as typeof server.parts.store;
    const options = { host: '127.0.0.1', port, publicUrl: null };
    await expect(startServer({ ...server.parts, store: broken }, options)).rejects.toThrow('the database went away');
    const next = await startServer(server.parts, options);
    expect((await fetch(`${next.url}/health`)).status).toBe(200);
    await next.close();
  });
});

/** After all that is refused: a small migration, so that every operation has answered as the document says. */
describe('a migration by the API alone', () => {
  const project = () => ({ project: migration.project });
  const ended = async (run: string): Promise<void> => {
    await expect.poll(async () => ((await owner.call('GET', path(`/runs/${run}`))).body as { run: { status: string } }).run.status, { timeout: 500_000, interval: 200 }).toMatch(/^(?:succeeded|withQuarantine|waiting|cancelled)$/);
  };

  test('from the connection to the signed sheet', async () => {
    await documented(owner, 'PUT', '/api/projects/{project}/connections/{role}', { ...project(), role: 'destination' }, { settings: {}, secrets: { password: simulator.password } });
    await documented(owner, 'POST', '/api/projects/{project}/discovery', project(), { roles: ['source'] });
    await documented(owner, 'POST', '/api/projects/{project}/plan', project());
    type View = { state: { hash: string }; lines: { key: string; kind: string; from: string; mapping: string; status: string }[]; decisions: { id: string; answer: unknown; recommendation: unknown; options: { value: unknown }[] }[] };
    const plan = (): Promise<View> => documented<View>(owner, 'GET', '/api/projects/{project}/plan', project());
    const first = await plan();
    const change = async (changes: readonly object[]): Promise<unknown> => documented(owner, 'PATCH', '/api/projects/{project}/plan/lines', project(), { base: (await plan()).state.hash, changes });

    // A column that is left out is given a place, and taken back; a link has the other fields of its kind.
    type Places = { movable: boolean; to: string; places: { name: string; takenBy: string | null; transforms: unknown[] | null; why: string | null }[] };
    const places = (key: string): Promise<Places> => documented<Places>(owner, 'GET', '/api/projects/{project}/plan/lines/{key}', { ...project(), key });
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

    const { hash } = (await plan()).state;
    const decision = first.decisions.find(({ recommendation }) => recommendation !== null);
    await documented(owner, 'POST', '/api/projects/{project}/plan/answers', project(), { base: hash, answers: { [decision?.id ?? '']: decision?.recommendation } });
    const { text, hash: newest } = await documented<{ text: string; hash: string }>(owner, 'GET', '/api/projects/{project}/plan/text', project());
    await documented(owner, 'PUT', '/api/projects/{project}/plan/text', project(), { base: newest, text });
    const open = await plan();
    const unsaid = open.decisions.filter(({ answer, recommendation }) => answer === null && recommendation === null);
    if (unsaid.length > 0) await owner.call('POST', path('/plan/answers'), { base: open.state.hash, answers: Object.fromEntries(unsaid.map(({ id, options }) => [id, options[0]?.value ?? 1])) });
    await documented(owner, 'POST', '/api/projects/{project}/plan/confirmation', project(), { base: (await plan()).state.hash, acceptRecommendations: true });

    const { id: run } = await documented<{ id: string }>(owner, 'POST', '/api/projects/{project}/runs', project(), { mode: 'sample', records: 10 });
    await ended(run);
    for (const rest of ['', '/verification', '/flow', '/calls', '/diff', '/rollback'] as const) await documented(owner, 'GET', `/api/projects/{project}/runs/{run}${rest}`, { ...project(), run });
    const diff = async (after: number) => (await owner.call('GET', path(`/runs/${run}/diff?after=${after}`))).body as { records: object[]; written: number; next: number | null };
    const { written } = await diff(0);
    expect(await diff(written - 1)).toMatchObject({ written, next: null, records: [expect.anything()] });
    const staged = (await migrations.tests.query<{ id: string }>(`select source_id as id from portolan.raw_record where object = 'contact' limit 1`))[0]?.id ?? '';
    expect((await owner.call('GET', path(`/preview?object=contact&id=${encodeURIComponent(staged)}`))).status).toBe(200);

    const { id: sheet, count } = await documented<{ id: string; count: number }>(owner, 'POST', '/api/projects/{project}/spot-checks', project(), { run: null, records: 20 });
    await documented(owner, 'GET', '/api/projects/{project}/spot-checks/{sheet}', { ...project(), sheet });
    for (let position = 0; position < count; position += 1) await documented(owner, 'PATCH', '/api/projects/{project}/spot-checks/{sheet}', { ...project(), sheet }, { position, inOrder: true, comment: '' });
    await documented(owner, 'POST', '/api/projects/{project}/spot-checks/{sheet}/signature', { ...project(), sheet }, { verdict: 'accepted', name: 'Ada Okoro', remark: '' });

    const { id: gated } = await documented<{ id: string }>(owner, 'POST', '/api/projects/{project}/runs', project(), { mode: 'production', confirmDestination: '127.0.0.1' });
    await ended(gated);
    await documented(owner, 'POST', '/api/projects/{project}/runs/{run}/approval', { ...project(), run: gated }, { phase: null });
    await ended(gated);
    for (const order of ['pause', 'resume', 'cancel'] as const) await documented(owner, 'POST', `/api/projects/{project}/runs/{run}/${order}`, { ...project(), run: gated });
    await ended(gated);
    await documented(owner, 'DELETE', '/api/settings/targets/{id}', { id: (await documented<{ targets: { id: string }[] }>(owner, 'GET', '/api/settings')).targets[0]?.id ?? '' });
    await documented(owner, 'POST', '/api/sign-out');
  }, 1_200_000);

  test('operations that nothing here lets succeed are refused as the document says', async () => {
    owner = await server.signIn('owner');
    const refusals: string[] = [];
    for (const [template, methods] of Object.entries(document.paths)) {
      for (const [method, spec] of Object.entries(methods)) {
        if (answered.has(`${method} ${template}`)) continue;
        const answer = await owner.call(method.toUpperCase(), template.replace('{run}', '00000000-0000-4000-8000-000000000000').replace('{project}', migration.project).replace('{step}', 'freeze-000000000000').replace(/\{\w+\}/g, 'x'), method === 'get' ? undefined : {});
        const schema = (spec.responses[String(answer.status)] ?? spec.responses['default'])?.content?.['application/json']?.schema;
        expect([method, template, z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(answer.body).error?.issues ?? []]).toEqual([method, template, []]);
        expect([method, template, answer.status < 500]).toEqual([method, template, true]);
        if (answer.status >= 400) refusals.push(`${method} ${template}`);
      }
    }
    // Each of these succeeds in a test of its own: the door, one's own password, demos, messages, settings, owners, the cut-over, what is held back, purge.
    expect(refusals.toSorted()).toEqual([
      'get /api/projects/{project}/preview', 'post /api/account/password', 'post /api/demos', 'post /api/first-run', 'post /api/projects/{project}/demo/later', 'post /api/projects/{project}/owners', 'post /api/projects/{project}/purge',
      'post /api/projects/{project}/quarantine/file', 'post /api/projects/{project}/quarantine/retry', 'post /api/projects/{project}/schedule/resume', 'post /api/settings/targets/{id}/test', 'post /api/sign-in',
      'put /api/projects/{project}/cut-over/{step}', 'put /api/settings/adviser', 'put /api/settings/smtp',
    ]);
  });
});
