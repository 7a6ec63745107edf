import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultOf, json2, jsonRpc, startRaw, xmlCall, xmlRpc, xmlValue, type RawClient } from './testing/raw-client.ts';

const VERSIONS = [14, 17, 18, 19] as const;
const servers = new Map<number, RawClient>();
beforeAll(async () => { for (const version of VERSIONS) servers.set(version, await startRaw(version, { users: [{ login: 'ann', password: 'ann' }] })); });
afterAll(async () => { for (const client of servers.values()) await client.odoo.stop(); });
const at = (version: number): RawClient => servers.get(version)!;

describe.each(VERSIONS)('common services of Odoo %i', (version) => {
  it('gives its version without login or database', async () => {
    const { result } = await jsonRpc(at(version).odoo, 'common', 'version', []);
    expect(result).toMatchObject({ server_version_info: [version, 0, 0, 'final', 0, ''], server_serie: `${version}.0`, protocol_version: 1 });
    expect((await xmlRpc(at(version).odoo, '/xmlrpc/2/common', 'version', [])).text).toContain(`<string>${version}.0</string>`);
  });

  it('gives the uid for the right password and false for a wrong one', async () => {
    const { odoo } = at(version);
    expect((await jsonRpc(odoo, 'common', 'authenticate', [odoo.database, 'admin', 'admin', {}])).result).toBe(2);
    expect((await jsonRpc(odoo, 'common', 'authenticate', [odoo.database, 'admin', odoo.apiKey, {}])).result).toBe(2);
    expect((await jsonRpc(odoo, 'common', 'authenticate', [odoo.database, 'admin', 'wrong', {}])).result).toBe(false);
  });

  it('treats an empty password as wrong, and as an assertion from 18 on', async () => {
    const { odoo } = at(version);
    const answer = await jsonRpc(odoo, 'common', 'authenticate', [odoo.database, 'admin', '', {}]);
    if (version >= 18) expect(answer.error?.data.name).toBe('builtins.AssertionError');
    else expect(answer.result).toBe(false);
  });

  it('names the database that does not exist', async () => {
    const { error } = await jsonRpc(at(version).odoo, 'common', 'authenticate', ['nowhere', 'admin', 'admin', {}]);
    expect(error).toMatchObject({ code: version >= 19 ? 0 : 200, message: 'Odoo Server Error', data: { name: 'psycopg2.OperationalError' } });
    expect(error!.data.message).toContain('database "nowhere" does not exist');
  });

  it('lists its database', async () => {
    expect((await jsonRpc(at(version).odoo, 'db', 'list', [])).result).toEqual([at(version).odoo.database]);
  });

  it('refuses bodies it cannot read', async () => {
    const { odoo } = at(version);
    const post = (body: string | Uint8Array, type: string): Promise<number> => fetch(`${odoo.url}/jsonrpc`, { method: 'POST', headers: { 'Content-Type': type }, body }).then((response) => response.status);
    expect(await post('{not json', 'application/json')).toBe(400);
    expect(await post('{}', 'text/plain')).toBe(version >= 19 ? 415 : 400);
    expect(await post(gzipSync('{}'), 'application/json')).toBe(version === 14 ? 500 : 400);
    const xml = await xmlRpc(odoo, '/xmlrpc/2/object', 'execute_kw', ['<value><broken>']);
    expect(xml.status).toBe(200);
    expect(faultOf(xml.text).code).toBe('1');
    expect(faultOf(xml.text).message).toMatch(/ExpatError: not well-formed/u);
  });

  it('has the doors of its version', async () => {
    const { odoo } = at(version);
    const status = (path: string, init: RequestInit = {}): Promise<number> => fetch(`${odoo.url}${path}`, { redirect: 'manual', ...init }).then((response) => response.status);
    expect(await status('/web/version')).toBe(version >= 19 ? 200 : 404);
    expect(await status('/json/version')).toBe(version >= 19 ? 200 : version === 18 ? 303 : 404);
    expect(await status('/json/2/res.partner/search', { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } })).toBe(version >= 19 ? 401 : version === 18 ? 303 : 404);
  });

  it('closes the connection after each answer', async () => {
    const response = await fetch(`${at(version).odoo.url}/jsonrpc`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });
    expect(response.headers.get('connection')).toBe('close');
  });
});

describe('cool-down after failed logins', () => {
  it('on 14 five failures make every login fail for 60 s, but not execute_kw', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    const { odoo, call } = await startRaw(14, { now: () => new Date(now) });
    const login = async (password: string): Promise<unknown> => (await jsonRpc(odoo, 'common', 'authenticate', [odoo.database, 'admin', password, {}])).result;
    for (let attempt = 0; attempt < 5; attempt += 1) expect(await login('wrong')).toBe(false);
    expect(await login('admin')).toBe(false);
    expect(await call('res.partner', 'search_count', [[]])).toBeGreaterThan(0);
    now += 61_000;
    expect(await login('admin')).toBe(2);
    await odoo.stop();
  });
  it('on 17 it does not show', async () => {
    const { odoo } = at(17);
    for (let attempt = 0; attempt < 12; attempt += 1) await jsonRpc(odoo, 'common', 'authenticate', [odoo.database, 'admin', 'wrong', {}]);
    expect((await jsonRpc(odoo, 'common', 'authenticate', [odoo.database, 'admin', 'admin', {}])).result).toBe(2);
  });
});

describe.each(VERSIONS)('XML-RPC faults of Odoo %i', (version) => {
  const fault = async (model: string, method: string, args: readonly unknown[]): Promise<ReturnType<typeof faultOf>> => faultOf(await xmlCall(at(version).odoo, model, method, args));

  it.each([
    ['an unknown field', '1', 'res.partner', 'create', [{ name: 'x', no_such: 1 }], /ValueError: Invalid field 'no_such' (?:on model|in) 'res\.partner'\n$/u],
    ['a required field left out', '2', 'crm.lead', 'create', [{ type: 'lead' }], /Opportunity/u],
    ['a deleted record', '2', 'res.partner', 'write', [[99_999_999], { name: 'x' }], /^Record does not exist or has been deleted\.\n\(Record: res\.partner\(99999999,\), User: 2\)$/u],
    ['a missing model', '2', 'no.model', 'search', [[]], /^Object no\.model doesn't exist$/u],
    ['a missing method', '1', 'res.partner', 'no_method', [[]], /AttributeError/u],
    ['a private method', '4', 'res.partner', '_write', [[1], {}], /^Private methods/u],
    ['a bad selection value', '1', 'crm.lead', 'create', [{ name: 'x', type: 'zzz' }], /ValueError: Wrong value for crm\.lead\.type: 'zzz'\n$/u],
  ] as const)('%s: code %s', async (_title, code, model, method, args, message) => {
    const found = await fault(model, method, args);
    expect(found.code).toBe(code);
    expect(found.message).toMatch(message);
  });

  it('wrong password in execute_kw: code 3', async () => {
    const { odoo } = at(version);
    const { text } = await xmlRpc(odoo, '/xmlrpc/2/object', 'execute_kw', [odoo.database, 2, 'wrong', 'res.partner', 'search', [[]]].map(xmlValue));
    expect(faultOf(text)).toEqual({ code: '3', message: 'Access Denied' });
  });

  it('commits and then faults when a method returns None; over JSON-RPC the result is left out', async () => {
    const { odoo, call } = at(version);
    const id = await call<number>('crm.lead', 'create', [{ name: 'To lose' }]);
    const found = await fault('crm.lead', 'action_set_lost', [[id]]);
    expect(found).toMatchObject({ code: '1' });
    expect(found.message).toContain('TypeError: cannot marshal None unless allow_none is enabled');
    expect(odoo.state.row('crm.lead', id)).not.toHaveProperty('active');
    const answer = await jsonRpc(odoo, 'object', 'execute_kw', [odoo.database, 2, 'admin', 'crm.lead', 'action_set_lost', [[id]]]);
    expect(answer).toEqual({ jsonrpc: '2.0', id: 1 });
  });

  it('takes nil for empty, and writes floats as double and integers as int', async () => {
    const { odoo } = at(version);
    await xmlCall(odoo, 'res.partner', 'create', [{ name: 'Nil', email: null, partner_latitude: 2, color: 3 }]);
    const text = await xmlCall(odoo, 'res.partner', 'search_read', [[['name', '=', 'Nil']], ['email', 'partner_latitude', 'color']]);
    expect(text).toMatch(/email<\/name>\s*<value><boolean>0/u);
    expect(text).toMatch(/partner_latitude<\/name>\s*<value><double>2\.0/u);
    expect(text).toMatch(/color<\/name>\s*<value><int>3/u);
  });

  it('refuses control characters and turns CR into LF', async () => {
    const { odoo, call } = at(version);
    expect(faultOf(await xmlCall(odoo, 'res.partner', 'create', [{ name: 'a\u0001b' }])).message).toContain('ExpatError');
    expect(faultOf(await xmlCall(odoo, 'res.partner', 'create', [{ name: 'a\ufffeb' }])).message).toContain('ExpatError');
    const id = /<int>(\d+)</u.exec(await xmlCall(odoo, 'res.partner', 'create', [{ name: 'a\r\nb' }]))![1];
    expect(await call('res.partner', 'read', [[Number(id)], ['name']])).toMatchObject([{ name: 'a\nb' }]);
  });

  it('breaks a whole page on one stored U+FFFE, and on U+0001 on 14 only', async () => {
    const { odoo, call } = at(version);
    const ids = await call<number[]>('res.partner', 'create', [[{ name: 'one \ufffe' }, { name: 'two \u0001' }]]);
    expect(await xmlCall(odoo, 'res.partner', 'read', [[ids[0]], ['name']])).toContain('\ufffe');
    expect((await xmlCall(odoo, 'res.partner', 'read', [[ids[1]], ['name']])).includes('\u0001')).toBe(version === 14);
    expect(await call('res.partner', 'read', [ids, ['name']])).toMatchObject([{ name: 'one \ufffe' }, { name: 'two \u0001' }]);
    await call('res.partner', 'unlink', [ids]);
  });

  it('gives string codes and an empty text on the old path', async () => {
    const { odoo } = at(version);
    const { text } = await xmlRpc(odoo, '/xmlrpc/object', 'execute_kw', [odoo.database, 2, 'admin', 'no.model', 'search', [[]]].map(xmlValue));
    expect(faultOf(text)).toEqual({ code: "warning -- UserError\n\nObject no.model doesn't exist", message: '' });
  });
});

describe('JSON-RPC characters and numbers', () => {
  it.each(VERSIONS)('on %i NUL is refused and dropped in html, integers are bounded', async (version) => {
    const { call, fail } = at(version);
    expect(await fail('res.partner', 'create', [{ name: 'a\0b' }])).toMatchObject({ name: 'builtins.ValueError', message: 'A string literal cannot contain NUL (0x00) characters.' });
    expect(await fail('res.partner', 'create', [{ name: 'a', color: 3_000_000_000 }])).toMatchObject({ name: 'psycopg2.errors.NumericValueOutOfRange' });
    const [partner] = await call<number[]>('res.partner', 'search', [[]], { limit: 1 });
    const message = await call<number>('mail.message', 'create', [{ model: 'res.partner', res_id: partner, body: '<p>a\0b</p>' }]);
    expect(await call('mail.message', 'read', [[message], ['body']])).toMatchObject([{ body: '<p>ab</p>' }]);
  });

  it('half an emoji is UnicodeEncodeError on 14 and HTTP 500 later', async () => {
    expect((await at(14).fail('res.partner', 'create', [{ name: 'x\ud83d' }])).name).toBe('builtins.UnicodeEncodeError');
    const { odoo } = at(17);
    const response = await fetch(`${odoo.url}/jsonrpc`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ params: { service: 'object', method: 'execute_kw', args: [odoo.database, 2, 'admin', 'res.partner', 'create', [{ name: 'x\ud83d' }]] } }),
    });
    expect(response.status).toBe(500);
  });

  it('a body over 128 MiB is 413 on 17 and taken on 14', async () => {
    const { odoo } = await startRaw(17, { maxBodyBytes: 1000 });
    const big = await fetch(`${odoo.url}/jsonrpc`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: 'x'.repeat(2000) });
    expect(big.status).toBe(413);
    await odoo.stop();
  });
});

describe('JSON-2 of Odoo 19', () => {
  const odoo = (): RawClient['odoo'] => at(19).odoo;
  const post = (path: string, body: unknown, headers: Record<string, string> = {}): ReturnType<typeof json2> => json2(odoo(), path, body, headers);

  it('gives bare values; create always a list', async () => {
    const made = await post('res.partner/create', { vals_list: { name: 'Bare' } });
    expect(made).toMatchObject({ status: 200, body: [expect.any(Number)] });
    expect((await post('res.partner/read', { ids: made.body, fields: ['name', 'email'] })).body).toEqual([{ id: (made.body as number[])[0], name: 'Bare', email: false }]);
    expect((await post('res.partner/search_count', { domain: [['name', '=', 'Bare']] })).body).toBe(1);
    expect((await post('crm.lead/check_access_rule', { ids: [], operation: 'read' })).body).toBeNull();
    expect((await post('res.users/context_get', {})).body).toMatchObject({ lang: 'en_US', uid: 2 });
  });

  it.each([
    ['no key', 'res.partner/search', { domain: [] }, { Authorization: 'Basic x' }, 401, 'werkzeug.exceptions.Unauthorized'],
    ['a wrong key', 'res.partner/search', { domain: [] }, { Authorization: 'bearer nope' }, 401, 'werkzeug.exceptions.Unauthorized'],
    ['a private method', 'res.partner/_write', {}, {}, 403, 'odoo.exceptions.AccessError'],
    ['sudo', 'res.partner/sudo', {}, {}, 403, 'odoo.exceptions.AccessError'],
    ['a missing model', 'no.model/search', {}, {}, 404, 'werkzeug.exceptions.NotFound'],
    ['a missing method', 'res.partner/name_get', {}, {}, 404, 'werkzeug.exceptions.NotFound'],
    ['a missing record', 'res.partner/write', { ids: [99_999], vals: { name: 'x' } }, {}, 404, 'odoo.exceptions.MissingError'],
    ['a missing argument', 'res.partner/search', {}, {}, 422, 'werkzeug.exceptions.UnprocessableEntity'],
    ['ids on a model method', 'res.partner/create', { ids: [1], vals_list: [] }, {}, 422, 'werkzeug.exceptions.UnprocessableEntity'],
    ['vals on create', 'res.partner/create', { vals: { name: 'x' } }, {}, 422, 'werkzeug.exceptions.UnprocessableEntity'],
    ['a required field left out', 'crm.lead/create', { vals_list: [{ type: 'lead' }] }, {}, 422, 'odoo.exceptions.ValidationError'],
    ['text that is not JSON', 'res.partner/search', 'nonsense', {}, 400, 'werkzeug.exceptions.BadRequest'],
    ['an unknown field', 'res.partner/create', { vals_list: [{ name: 'x', no_such: 1 }] }, {}, 500, 'builtins.ValueError'],
    ['a bad date', 'crm.lead/create', { vals_list: [{ name: 'x', date_deadline: 'soon' }] }, {}, 500, 'builtins.ValueError'],
    ['a partner of a user deleted', 'res.partner/unlink', { ids: [3] }, {}, 500, 'odoo.exceptions.RedirectWarning'],
  ] as const)('%s', async (_title, path, body, headers, status, name) => {
    const answer = await post(path, body, headers);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ name, message: expect.any(String), debug: expect.stringContaining('Traceback') });
  });

  it('answers HTML for a wrong database and a wrong content type, and 404 for GET', async () => {
    expect(await post('res.partner/search', { domain: [] }, { 'X-Odoo-Database': 'other' })).toMatchObject({ status: 404, body: expect.stringContaining('<h1>') });
    expect(await post('res.partner/search', '{}', { 'Content-Type': 'text/plain' })).toMatchObject({ status: 415, body: expect.stringContaining('<h1>') });
    expect((await fetch(`${odoo().url}/json/2/res.partner/search`, { headers: { Authorization: `bearer ${odoo().apiKey}` } })).status).toBe(404);
  });

  it('does nothing, and says true, when ids are forgotten', async () => {
    const before = odoo().state.count('res.partner');
    expect(await post('res.partner/unlink', {})).toMatchObject({ status: 200, body: true });
    expect(odoo().state.count('res.partner')).toBe(before);
  });

  it('words unknown fields by the call', async () => {
    expect(await post('res.partner/read', { ids: [1], fields: ['f'] })).toMatchObject({ body: { message: "Invalid field 'f' on 'res.partner'" } });
    expect(await post('res.partner/search', { domain: [['f', '=', 1]] })).toMatchObject({ body: { message: expect.stringContaining('Invalid field res.partner.f in condition') } });
    expect(await post('res.partner/write', { ids: [1], vals: { f: 1 } })).toMatchObject({ body: { name: 'builtins.KeyError', message: 'f' } });
  });

  it('refuses a revoked key until it is restored', async () => {
    odoo().state.revokeKey('admin');
    expect(await post('res.users/context_get', {})).toMatchObject({ status: 401, body: { message: 'Invalid apikey' } });
    odoo().state.restoreKey('admin');
    expect((await post('res.users/context_get', {})).status).toBe(200);
  });
});
