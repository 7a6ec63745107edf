import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../connector/json.ts';
import { PortolanError } from '../../../connector/errors.ts';
import { quietTestContext } from '../traps/conformance-fixture.ts';
import { openOdoo } from '../open.ts';
import { toPositional } from './signatures.ts';
import { odooSettingsSchema } from '../settings.ts';
import { parseVersionInfo } from '../fields/versions.ts';

interface Received { readonly method: string; readonly path: string; readonly headers: { readonly [name: string]: unknown }; readonly body: string }
interface Reply { readonly status?: number; readonly type?: string; readonly body: string }
const json = (value: unknown, status = 200): Reply => ({ status, type: 'application/json', body: JSON.stringify(value) });
const html = (status: number): Reply => ({ status, type: 'text/html', body: '<html>no</html>' });

let server: Server | null = null;
afterEach(async () => {
  const open = server;
  server = null;
  if (open !== null) await new Promise((resolve) => { open.close(resolve); open.closeAllConnections(); });
});

/** A server that answers as real ones were seen to; `reply` gets each request. */
async function serve(reply: (request: Received) => Reply): Promise<{ readonly url: string; readonly requests: Received[] }> {
  const requests: Received[] = [];
  const listening = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => { body += chunk.toString('utf8'); });
    request.on('end', () => {
      const received = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
      requests.push(received);
      const answer = reply(received);
      response.writeHead(answer.status ?? 200, { 'content-type': answer.type ?? 'text/html' });
      response.end(answer.body);
    });
  });
  server = listening;
  await new Promise<void>((resolve) => { listening.listen(0, '127.0.0.1', resolve); });
  return { url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`, requests };
}

const v19 = json({ version_info: [19, 0, 0, 'final', 0, ''], version: '19.0' });
const commonVersion = (info: Json): Reply => json({ jsonrpc: '2.0', id: 1, result: { server_version: 'x', server_version_info: info, protocol_version: 1 } });
const open = async (settings: Readonly<Record<string, string>>) => openOdoo(odooSettingsSchema.parse(settings), quietTestContext());
const failure = async (promise: Promise<unknown>): Promise<PortolanError> => {
  const error = await promise.then(() => null, (thrown: unknown) => thrown);
  if (!(error instanceof PortolanError)) throw new Error(`not one of our errors: ${String(error)}`);
  return error;
};

describe('JSON-2', () => {
  const server19 = (call: (request: Received) => Reply) => serve((request) => {
    if (request.path === '/web/version') return v19;
    if (request.path === '/json/2/res.users/context_get') return json({ lang: 'en_US', tz: 'UTC', uid: 7 });
    return call(request);
  });
  const settings = (url: string) => ({ url, database: 'acme', apiKey: 'f'.repeat(40) });

  it('is taken on 19 with a key: bearer, database header, named arguments, the bare value back', async () => {
    const { url, requests } = await server19(() => json([1, 2]));
    const client = await open(settings(url));
    expect([client.door, client.uid, client.version.major]).toEqual(['json2', 7, 19]);
    expect(await client.read('res.partner', 'search', { domain: [['name', '=', 'x']] })).toEqual([1, 2]);
    const last = requests.at(-1);
    expect([last?.method, last?.path, last?.headers['authorization'], last?.headers['x-odoo-database']]).toEqual(['POST', '/json/2/res.partner/search', `bearer ${'f'.repeat(40)}`, 'acme']);
    expect(JSON.parse(last?.body ?? '')).toEqual({ domain: [['name', '=', 'x']], context: { active_test: false, tz: 'UTC', lang: 'en_US' } });
  });

  it('never writes without ids: the server would do nothing and say true', async () => {
    const { url } = await server19(() => json(true));
    const client = await open(settings(url));
    await expect(client.write('res.partner', 'unlink', {})).rejects.toThrow(/needs ids/u);
  });

  it.each<[number, string, string]>([
    [401, 'werkzeug.exceptions.Unauthorized', 'AuthenticationError'], [403, 'odoo.exceptions.AccessError', 'AuthenticationError'], [404, 'werkzeug.exceptions.NotFound', 'ConfigurationError'],
    [404, 'odoo.exceptions.MissingError', 'RecordRejectedError'], [422, 'odoo.exceptions.ValidationError', 'RecordRejectedError'], [422, 'werkzeug.exceptions.UnprocessableEntity', 'FatalError'],
    [409, 'odoo.exceptions.LockError', 'RetriableError'], [500, 'builtins.ValueError', 'RecordRejectedError'], [500, 'psycopg2.errors.SerializationFailure', 'RetriableError'],
  ])('status %i with %s is a %s, without the traceback', async (status, name, expected) => {
    const { url } = await server19(() => json({ name, message: 'said so', arguments: [], context: {}, debug: 'Traceback secret-value' }, status));
    const client = await open(settings(url));
    const error = await failure(client.write('res.partner', 'create', { vals_list: [] }));
    expect(error.name).toBe(expected);
    expect(`${error.message}${error.remedy ?? ''}`).not.toContain('secret-value');
  });

  it('knows a wrong database by its HTML page', async () => {
    const { url } = await serve((request) => (request.path === '/web/version' ? v19 : html(404)));
    expect(await failure(open(settings(url)))).toMatchObject({ name: 'ConfigurationError', code: 'wrong-database' });
  });

  it('is ambiguous when a write ends in a page that is not Odoo\'s', async () => {
    const { url } = await server19(() => html(500));
    const client = await open(settings(url));
    expect((await failure(client.write('res.partner', 'create', { vals_list: [] }))).name).toBe('AmbiguousError');
    expect((await failure(client.read('res.partner', 'search', { domain: [] }))).name).toBe('FatalError');
  });

  it('asked for on a server without it is refused with the remedy', async () => {
    const { url } = await serve((request) => (request.path === '/web/version' ? html(404) : commonVersion([17, 0, 0, 'final', 0, ''])));
    expect(await failure(open({ ...settings(url), door: 'json2' }))).toMatchObject({ name: 'ConfigurationError', code: 'door-missing' });
  });
});

describe('the other doors', () => {
  const rpc = (answer: (service: string, method: string, args: readonly Json[]) => Reply) => (request: Received): Reply => {
    if (request.path !== '/jsonrpc') return html(404);
    const { params } = JSON.parse(request.body) as { params: { service: string; method: string; args: readonly Json[] } };
    if (params.method === 'version') return commonVersion([17, 0, 0, 'final', 0, 'e']);
    if (params.method === 'authenticate') return json({ jsonrpc: '2.0', id: 1, result: 2 });
    if (params.args[3] === 'portolan.no.such.model') return json({ jsonrpc: '2.0', id: 1, error: { code: 200, data: { name: 'odoo.exceptions.UserError', message: "doesn't exist" } } });
    return answer(params.service, params.method, params.args);
  };
  const settings = (url: string) => ({ url, database: 'acme', user: 'admin', password: 'secret-word' });

  it('JSON-RPC logs in once and gives model, method, positional and named arguments', async () => {
    const calls: (readonly Json[])[] = [];
    const { url } = await serve(rpc((_, __, args) => { calls.push(args); return json({ jsonrpc: '2.0', id: 1, result: [9] }); }));
    const client = await open(settings(url));
    expect([client.door, client.version.enterprise]).toEqual(['jsonrpc', true]);
    expect(await client.write('res.partner', 'create', { vals_list: [{ name: 'x' }] })).toEqual([9]);
    expect(calls[0]?.slice(0, 6)).toEqual(['acme', 2, 'secret-word', 'res.partner', 'create', [[{ name: 'x' }]]]);
    expect(calls[0]?.[6]).toMatchObject({ context: { tracking_disable: true, no_mail_to_attendees: true, tz: 'UTC' } });
  });

  it('falls back to XML-RPC where JSON-RPC hides every error behind an HTML page', async () => {
    const { url } = await serve((request) => {
      if (request.path === '/jsonrpc' && request.body.includes('portolan.no.such.model')) return html(500);
      return rpc(() => html(500))(request);
    });
    expect((await open(settings(url))).door).toBe('xmlrpc');
    expect(await failure(open({ ...settings(url), door: 'jsonrpc' }))).toMatchObject({ name: 'ConfigurationError', code: 'door-unreadable' });
  });

  it('an answer that is no JSON after a write is ambiguous', async () => {
    const { url } = await serve(rpc(() => ({ body: '{"jsonrpc": "2.0", "result": [1' })));
    const client = await open(settings(url));
    expect((await failure(client.write('res.partner', 'create', { vals_list: [] }))).name).toBe('AmbiguousError');
  });

  it('an answer without a result is an empty one [14]', async () => {
    const { url } = await serve(rpc(() => json({ jsonrpc: '2.0', id: 1 })));
    expect(await (await open(settings(url))).write('crm.lead', 'action_set_lost', { ids: [1] })).toBeNull();
  });

  it('something else than Odoo, and an Odoo too old, are configuration errors', async () => {
    const other = await serve(() => html(404));
    expect(await failure(open(settings(other.url)))).toMatchObject({ name: 'ConfigurationError', code: 'no-odoo-here' });
    await new Promise((resolve) => { server?.close(resolve); server?.closeAllConnections(); });
    const old = await serve((request) => (request.path === '/web/version' ? html(404) : commonVersion([12, 0, 0, 'final', 0, ''])));
    expect(await failure(open(settings(old.url)))).toMatchObject({ name: 'ConfigurationError', code: 'unsupported-version' });
  });

  it('a stopped server can be tried again, and the message says what to look at', async () => {
    const { url } = await serve(() => html(404));
    await new Promise((resolve) => { server?.close(resolve); server?.closeAllConnections(); });
    const error = await failure(open(settings(url)));
    expect([error.name, error.remedy]).toEqual(['RetriableError', expect.stringContaining('server runs')]);
  });
});

describe('settings', () => {
  it.each<[Record<string, string>, RegExp]>([
    [{ url: 'odoo', user: 'a', password: 'b' }, /url/u], [{ url: 'https://a.example', user: 'a' }, /password or apiKey/u], [{ url: 'https://a.example', password: 'b' }, /user/u],
    [{ url: 'https://a.example', user: 'a', password: 'b', door: 'soap' }, /door/u], [{ url: 'https://a.example', user: 'a', password: 'b', concurrency: '99' }, /concurrency/u], [{ url: 'https://a.example', user: 'a', password: 'b', door: 'json2' }, /apiKey/u],
  ])('%j is refused by the name of the setting', (settings, expected) => {
    expect(JSON.stringify(odooSettingsSchema.safeParse(settings).error?.issues)).toMatch(expected);
  });
  it('keep only the origin of the address', () => {
    expect(odooSettingsSchema.parse({ url: ' https://a.example/web?db=x#y ', user: 'a', password: 'b' }).url).toBe('https://a.example');
  });
});

describe('versions and arguments', () => {
  it('reads the major version from the list, never from the text', () => {
    expect(parseVersionInfo([17, 0, 0, 'final', 0, ''])).toEqual({ major: 17, text: '17.0', enterprise: false });
    expect(parseVersionInfo(['saas~17', 4, 0, 'final', 0, 'e'])).toEqual({ major: 17, text: 'saas~17.4', enterprise: true });
    expect(parseVersionInfo('18.0-20250506')).toBeNull();
  });
  it('gives arguments by position where versions name them differently', () => {
    expect(toPositional('search', { domain: [], order: 'id', context: {} })).toEqual({ list: [[]], keywords: { order: 'id', context: {} } });
    expect(toPositional('has_group', { ids: [2], group_ext_id: 'a.b' })).toEqual({ list: [[2], 'a.b'], keywords: {} });
    expect(toPositional('action_set_lost', { ids: [1], context: {} })).toEqual({ list: [[1]], keywords: { context: {} } });
    expect(() => toPositional('write', { ids: [1] })).toThrow(/needs the argument vals/u);
  });
});
