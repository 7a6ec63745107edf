import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';
import { may, type Permission } from '../../src/server/roles.ts';
import { startServer } from '../../src/server/server.ts';
import type { StoredPlan } from '../../src/engine/ports/projects.ts';
import type { ApiDocument } from '../support/api-conformance.ts';
import { withMigrations, type Migration } from '../support/migration.ts';
import { ownerPassword, startConsole, type Answer, type Caller, type ConsoleServer } from '../support/console-server.ts';

const migrations = withMigrations();
let server: ConsoleServer;
let migration: Migration;
let simulator: OdooSimulator;
let owner: Caller;
let document: ApiDocument;

const roleNeeds = /permission `(\w+)`/;

beforeAll(async () => {
  simulator = await migrations.simulator({ version: 17, port: 0, seed: 3 });
  migration = await migrations.start({ odoo: simulator, bundle: { contacts: 30, companies: 6, deals: 8, notes: 10, seed: 11 } });
  server = await startConsole({ tests: migrations.tests, engine: migration.engine });
  owner = await server.signIn('owner');
  ({ document } = server.conformance);
  await migration.engine.discover({ project: migration.project, roles: ['source', 'destination'] });
  await migration.engine.propose({ project: migration.project });
});
afterAll(async () => { await server?.close(); });

const path = (rest = ''): string => `/api/projects/${migration.project}${rest}`;
const code = (answer: Answer): string | undefined => (answer.body as { readonly error?: { readonly code: string } } | null)?.error?.code;

describe('the door', () => {
  test('refuses every operation to those who are not signed in, but those that open the door and tell nothing of anybody', async () => {
    const open: string[] = [];
    for (const [template, methods] of Object.entries(document.paths)) {
      for (const method of Object.keys(methods)) {
        const { status } = await server.call(method.toUpperCase(), template.replace(/\{run\}/, '00000000-0000-4000-8000-000000000000').replace(/\{role\}/, 'source').replace(/\{\w+\}/g, 'x'), method === 'get' ? undefined : {});
        if (status !== 401) open.push(`${method} ${template}`);
      }
    }
    expect(open.sort()).toEqual(['get /api/openapi.json', 'get /api/status', 'get /health', 'post /api/first-run', 'post /api/sign-in']);
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
    expect(code(await owner.call('POST', path('/quarantine/file'), { name: 'x.csv', csv: 'id\n', start: false }))).toBe('quarantine-file-empty');
    expect(code(await owner.call('GET', path('/preview?object=contact&id=nobody')))).toBe('no-record');
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
