import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { registry } from '../../src/cli/registry.ts';
import type { Engine } from '../../src/engine/api.ts';
import type { ServerParts } from '../../src/server/parts.ts';
import { startServer, type RunningServer } from '../../src/server/server.ts';
import { openConsoleStore, type ConsoleRole } from '../../src/store/console-store.ts';
import { openDeltaSchedules } from '../../src/work/delta-schedules.ts';
import { buildConsole } from '../../scripts/build-console.mjs';
import { ApiConformance, type ApiDocument } from './api-conformance.ts';
import type { TestStore } from './store.ts';

export const ownerPassword = 'a long enough sentence';

/** A signed-in caller of the API, as the console is one. */
export interface Caller {
  readonly cookie: string;
  readonly csrf: string;
  /** Sends one request with the session's cookie and CSRF token; `headers` come over them. */
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}
export interface Answer { readonly status: number; readonly body: unknown; readonly headers: Headers }

/** A server in this process, on a file's test database. Whatever `call` gets must be what the server's OpenAPI document says. */
export interface ConsoleServer extends RunningServer {
  readonly parts: ServerParts;
  readonly conformance: ApiConformance;
  /** Without cookie or token. */
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Makes the owner's account (the first time), or one of the role, and signs in. */
  signIn(role: ConsoleRole): Promise<Caller>;
  /** Address of the account of a role; its password is `ownerPassword`. */
  emailOf(role: ConsoleRole): string;
}

/** @param withPages the console is built and handed out */
export async function startConsole(params: Readonly<{ tests: TestStore; engine: Engine; withPages?: boolean; parts?: Partial<ServerParts> }>): Promise<ConsoleServer> {
  if (params.withPages === true) await buildConsole({ ifNeeded: true });
  const folder = mkdtempSync(join(tmpdir(), 'portolan-server-'));
  const people = openConsoleStore(params.tests.store.url);
  const parts: ServerParts = {
    engine: params.engine, store: params.tests.store, people, connectors: registry.connectors, routes: registry.routes, secret: 'a secret of the tests, long enough', version: '0.0.0',
    dataFolder: folder, assets: params.withPages === true ? resolve(import.meta.dirname, '../../console/dist') : null,
    hostOf: () => '127.0.0.1', keepSecret: () => undefined, redact: (text) => text, gateObjections: async () => new Map(), writeReports: async () => undefined,
    reportFiles: async () => [{ name: 'index.html', content: '<p>report</p>' }], handoffFiles: async () => [{ name: 'index.html', content: '<p>hand-off</p>' }],
    quarantineCsv: async function* () { yield 'id\n'; }, cutOverStages: async () => [], removeFiles: async () => undefined, openAdviser: async () => { throw new Error('no language model'); }, openSchedules: (due) => openDeltaSchedules({ store: params.tests.store, due, everySeconds: 1, onTrouble: () => undefined }),
    demos: { routes: [], start: async () => { throw new Error('no demo'); } }, log: () => undefined, ...params.parts,
  };
  const server = await startServer(parts, { host: '127.0.0.1', port: 0, publicUrl: null });
  const conformance = new ApiConformance(await (await fetch(`${server.url}/api/openapi.json`)).json() as ApiDocument);
  const call = (cookie: string | null, csrf: string | null): Caller['call'] => async (method, path, body, headers = {}) => {
    const response = await fetch(`${server.url}${path}`, {
      method, redirect: 'manual', ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(cookie === null ? {} : { cookie }), ...(csrf === null ? {} : { 'x-portolan-csrf': csrf }), ...headers },
    });
    const text = await response.text();
    const type = response.headers.get('content-type');
    const answer: Answer = { status: response.status, headers: response.headers, body: text === '' ? null : type?.includes('json') === true ? JSON.parse(text) as unknown : text };
    const problems = conformance.problems({ method, path, status: answer.status, type, body: answer.body });
    if (problems.length > 0) throw new Error(`The API answers other than its document:\n${problems.join('\n')}\n${text.slice(0, 2000)}`);
    return answer;
  };
  const emailOf = (role: ConsoleRole): string => `${role}@example.com`;
  const open = async (role: ConsoleRole): Promise<Caller> => {
    const { headers } = await call(null, null)('POST', '/api/sign-in', { email: emailOf(role), password: ownerPassword });
    const cookie = headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
    const { csrf } = (await call(cookie, null)('GET', '/api/session')).body as { csrf: string };
    return { cookie, csrf, call: call(cookie, csrf) };
  };
  return {
    ...server, parts, conformance, call: call(null, null), emailOf,
    async signIn(role) {
      if ((await people.countUsers()) === 0) await call(null, null)('POST', '/api/first-run', { code: server.firstRunCode, name: 'Ada Okoro', email: emailOf('owner'), password: ownerPassword });
      if (role !== 'owner' && !(await people.listUsers()).some((user) => user.role === role)) await (await open('owner')).call('POST', '/api/people', { name: role, email: emailOf(role), password: ownerPassword, role });
      return open(role);
    },
    async close() {
      await server.close();
      await people.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
