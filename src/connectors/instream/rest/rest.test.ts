import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PortolanError } from '../../../connector/errors.ts';
import type { SourceConnection } from '../../../connector/source.ts';
import { instreamConnector } from '../connector.ts';
import { openInstreamSource } from '../source-connection.ts';
import { readAll, testContext } from '../testing.ts';
import { parseDescriptor } from './descriptor.ts';
import { cellOf, parseJsonPath, valueAt } from './json-path.ts';
import { nextLink } from './rest-pages.ts';
import { startTestEndpoint, type ArrivedCall, type TestAnswer, type TestEndpoint } from './test-endpoint.ts';

const people = Array.from({ length: 23 }, (_, index) => ({ uuid: index + 1, name: `Osoba ${index + 1}`, emails: [{ value: `osoba${index + 1}@firma.example` }], tags: index % 2 === 0 ? ['VIP', 'Nowy'] : [], created: `${String((index % 28) + 1).padStart(2, '0')}.04.2026`, active: index % 3 === 0, note: null, extra: { a: index } }));
const fields = { full_name: 'name', email: 'emails[0].value', tags: 'tags', created_at: 'created', description: 'note', Aktywny: 'active', Inne: 'extra' };

const folders: string[] = [];
const endpoints: TestEndpoint[] = [];
const sources: SourceConnection[] = [];
afterEach(async () => {
  for (const source of sources.splice(0)) await source.close();
  for (const endpoint of endpoints.splice(0)) await endpoint.close();
  for (const path of folders.splice(0)) await rm(path, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

async function serve(answer: TestAnswer): Promise<TestEndpoint> {
  const endpoint = await startTestEndpoint(answer);
  endpoints.push(endpoint);
  return endpoint;
}

interface Setup { readonly [key: string]: unknown }
async function open(endpoint: { readonly url: string }, descriptor: Setup, contacts: Setup = {}, settings: Setup = {}): Promise<SourceConnection> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-test-rest-'));
  folders.push(folder);
  const rest = join(folder, 'descriptor.json');
  await writeFile(rest, JSON.stringify({ baseUrl: endpoint.url, rate: { perSecond: 1000, concurrency: 2 }, objects: { contacts: { path: '/people', itemsPath: 'data.items', idPath: 'uuid', fields, ...contacts } }, ...descriptor }));
  const source = await openInstreamSource({ rest, ...settings }, testContext);
  sources.push(source);
  return source;
}

const ids = async (source: SourceConnection): Promise<string[]> => (await readAll(source, 'contact')).records.map((record) => record.id);
const everyId = people.map((person) => String(person.uuid));
const number = (call: ArrivedCall, name: string): number => Number(call.url.searchParams.get(name) ?? 0);
async function refusal(work: Promise<unknown>): Promise<PortolanError> {
  const error = await work.then(() => null, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(PortolanError);
  return error as PortolanError;
}

describe('records of a described endpoint', () => {
  it('are read as those of a bundle: ids, lists, custom fields, types over all values', async () => {
    const source = await open(await serve(() => ({ data: { items: people } })), {});
    const { records } = await readAll(source, 'contact');
    expect(records[0]).toEqual({ object: 'contact', id: '1', modifiedAt: null, position: '/people page 1 item 1', data: { id: '1', full_name: 'Osoba 1', email: 'osoba1@firma.example', tags: ['VIP', 'Nowy'], created_at: '01.04.2026', 'cf:Aktywny': 'true', 'cf:Inne': '{"a":0}' } });
    const contact = (await source.discover()).objects.find((object) => object.name === 'contact');
    expect(contact?.count).toBe(23);
    expect(contact?.fields.find((field) => field.name === 'created_at')).toMatchObject({ type: 'datetime', format: { kind: 'date', order: 'dmy' } });
    expect(contact?.fields.find((field) => field.name === 'cf:Aktywny')).toMatchObject({ type: 'boolean', custom: true });
  });

  it('ask the same questions', async () => {
    const source = await open(await serve(() => ({ data: { items: [{ uuid: 1, name: 'Jan', created: '03/04/2026' }] } })), {});
    expect((await source.discover()).questions.map((question) => question.id)).toEqual(['date-order:contact:created_at']);
  });

  it('are rejected when they are no records, and told apart when they carry one id', async () => {
    const source = await open(await serve(() => ({ data: { items: [{ uuid: 1, name: 'A' }, 'text', { uuid: 1, name: 'B' }, null] } })), {});
    const { records, rejected } = await readAll(source, 'contact');
    expect(records).toHaveLength(1);
    expect(rejected.map((row) => row.code)).toEqual(['not-a-record', 'duplicate-id', 'not-a-record']);
  });

  it('stand beside the files of a bundle', async () => {
    const endpoint = await serve(() => ({ data: { items: people.slice(0, 2) } }));
    const folder = await mkdtemp(join(tmpdir(), 'portolan-test-rest-'));
    folders.push(folder);
    await writeFile(join(folder, 'companies.csv'), 'name\nAcme\n');
    const source = await open(endpoint, {}, {}, { path: folder });
    expect((await source.discover()).objects.map((object) => `${object.name} ${object.count}`)).toEqual(['contact 2', 'company 1']);
    expect(source.capabilities.modifiedSince).toBe(false);
  });
});

describe('paging', () => {
  const pageOf = (call: ArrivedCall, first: number): unknown => ({ data: { items: people.slice((number(call, 'page') - first) * 5, (number(call, 'page') - first) * 5 + 5) } });
  it.each([['page from 1', { kind: 'page', param: 'page' }, 1], ['page from 0', { kind: 'page', param: 'page', startAt: 0 }, 0]])('goes through every %s until one is empty', async (_, paging, first) => {
    const endpoint = await serve((call) => pageOf(call, first));
    expect(await ids(await open(endpoint, { paging }))).toEqual(everyId);
    expect(endpoint.calls).toHaveLength(6);
    expect(endpoint.calls.every((call) => call.method === 'GET')).toBe(true);
  });

  it('goes on by offset, also when the server gives fewer than asked for, and takes a 404 beyond the end for the end', async () => {
    const endpoint = await serve((call) => (number(call, 'start') >= 23 ? undefined : { data: { items: people.slice(number(call, 'start'), number(call, 'start') + 4) } }));
    expect(await ids(await open(endpoint, { paging: { kind: 'offset', param: 'start', sizeParam: 'limit', size: 50 } }))).toEqual(everyId);
    expect(endpoint.calls[1]?.url.search).toBe('?limit=50&start=4');
  });

  it('follows cursors, as values and as addresses', async () => {
    for (const asAddress of [false, true]) {
      const endpoint = await serve((call) => {
        const at = Number(call.url.searchParams.get('after') ?? 0);
        const next = at + 10 >= 23 ? null : asAddress ? `${endpoint.url}/people?after=${at + 10}` : String(at + 10);
        return { data: { items: people.slice(at, at + 10) }, meta: { next } };
      });
      expect(await ids(await open(endpoint, { paging: { kind: 'cursor', param: 'after', nextPath: 'meta.next' } }))).toEqual(everyId);
    }
  });

  it('follows the Link header', async () => {
    const endpoint = await serve((call, response) => {
      const at = number(call, 'at');
      if (at + 10 < 23) response.setHeader('link', `<${endpoint.url}/people?at=0>; rel="first", <${endpoint.url}/people?at=${at + 10}>; rel="next"; title="a, b"`);
      return { data: { items: people.slice(at, at + 10) } };
    });
    expect(await ids(await open(endpoint, { paging: { kind: 'link-header' } }))).toEqual(everyId);
    expect([nextLink('</a>; rel=next'), nextLink('<b>; rel="prev next"'), nextLink('<c>; rel="nextish"'), nextLink(null)]).toEqual(['/a', 'b', null, null]);
  });

  it.each([
    ['the server ignores the page', { kind: 'page' }, () => ({ data: { items: people } }), 'rest-paging-stands'],
    ['the cursor stays the same', { kind: 'cursor', nextPath: 'next' }, (call: ArrivedCall) => ({ data: { items: [{ uuid: call.url.search }] }, next: 'x' }), 'rest-paging-stands'],
    ['the next page is on another host', { kind: 'cursor', nextPath: 'next' }, () => ({ data: { items: [{}] }, next: 'http://127.0.0.2:1/x' }), 'rest-leaves-host'],
    ['there are more pages than allowed', { kind: 'page' }, (call: ArrivedCall) => ({ data: { items: [{ uuid: call.url.search }] } }), 'rest-too-many-pages'],
    ['there is no list', { kind: 'none' }, () => ({ data: {} }), 'rest-items-missing'], ['there is no such address', { kind: 'page' }, () => undefined, 'rest-not-found'],
  ])('stops when %s', async (_, paging, answer, code) => {
    expect((await refusal(ids(await open(await serve(answer), { paging, limits: { pages: 20 } })))).code).toBe(code);
  });
});

describe('what goes out', () => {
  const seen = async (auth: unknown, settings: Setup = { restSecret: 'very-secret' }): Promise<ArrivedCall> => {
    const endpoint = await serve(() => ({ data: { items: [] } }));
    await ids(await open(endpoint, { auth }, {}, settings));
    return endpoint.calls[0] as ArrivedCall;
  };

  it('carries the secret as the descriptor says, from the settings before the environment', async () => {
    vi.stubEnv('REST_TEST_TOKEN', 'from-environment');
    expect((await seen({ kind: 'bearer', secretEnv: 'REST_TEST_TOKEN' })).headers.authorization).toBe('Bearer very-secret');
    expect((await seen({ kind: 'bearer', secretEnv: 'REST_TEST_TOKEN' }, {})).headers.authorization).toBe('Bearer from-environment');
    expect((await seen({ kind: 'header', name: 'X-Key' })).headers['x-key']).toBe('very-secret');
    expect((await seen({ kind: 'query', name: 'key' })).url.searchParams.get('key')).toBe('very-secret');
    expect((await seen({ kind: 'basic', name: 'jan' })).headers.authorization).toBe(`Basic ${Buffer.from('jan:very-secret').toString('base64')}`);
    expect((await seen({ kind: 'basic' }, { restSecret: 'a:b' })).headers.authorization).toBe(`Basic ${Buffer.from('a:b').toString('base64')}`);
  });

  it('is nothing without a secret', async () => {
    const endpoint = await serve(() => ({ data: { items: [] } }));
    const error = await refusal(ids(await open(endpoint, { auth: { kind: 'bearer', secretEnv: 'NOT_SET_REST_TOKEN' } })));
    expect([error.code, error.remedy]).toEqual(['rest-secret-missing', 'Give it: `portolan connect <project> source --secret-env restSecret=VARIABLE`, or set the environment variable NOT_SET_REST_TOKEN.']);
    expect(endpoint.calls).toHaveLength(0);
  });

  it('asks for changed records only where the object has a parameter for it', async () => {
    const endpoint = await serve(() => ({ data: { items: people.slice(0, 1) } }));
    const source = await open(endpoint, {}, { updatedParam: 'updated_since', query: { sort: 'id' } });
    expect(source.capabilities.modifiedSince).toBe(true);
    for await (const page of source.read({ object: 'contact', cursor: null, pageSize: 10, answers: {}, modifiedSince: '2026-04-01T00:00:00Z' })) expect(page.records).toHaveLength(1);
    expect(endpoint.calls.map((call) => call.url.search)).toEqual(['?sort=id&updated_since=2026-04-01T00%3A00%3A00Z']);
    await ids(source);
    expect(endpoint.calls[1]?.url.search).toBe('?sort=id');
  });

  it('follows redirects on the same host only', async () => {
    const endpoint = await serve((call, response) => {
      if (call.url.pathname === '/people') { response.statusCode = 302; response.setHeader('location', '/moved'); return {}; }
      return { data: { items: people } };
    });
    expect(await ids(await open(endpoint, {}))).toEqual(everyId);
    for (const [location, code] of [['http://localhost:1/x', 'rest-leaves-host'], ['/people', 'rest-redirects']] as const) {
      const other = await serve((_, response) => { response.statusCode = 307; response.setHeader('location', location); return {}; });
      expect((await refusal(ids(await open(other, {})))).code).toBe(code);
    }
  });

  it('waits when asked to, tries failures again, and gives up on refusals, without showing the secret', async () => {
    let call = 0;
    const flaky = await serve((_, response) => {
      call += 1;
      if (call === 1) { response.statusCode = 429; response.setHeader('retry-after', '0'); }
      if (call === 2) response.statusCode = 500;
      return { data: { items: people } };
    });
    expect(await ids(await open(flaky, {}))).toEqual(everyId);
    expect(call).toBe(3);
    for (const [status, code] of [[401, 'http-401'], [403, 'http-403'], [400, 'rest-refused']] as const) {
      const error = await refusal(ids(await open(await serve((_, response) => { response.statusCode = status; return {}; }), { auth: { kind: 'query', name: 'key' } }, {}, { restSecret: 'very-secret' })));
      expect(error.code).toBe(code);
      expect(`${error.message} ${error.remedy}`).not.toContain('very-secret');
    }
  });

  it('keeps to the limits of size and time, and wants JSON', async () => {
    expect((await refusal(ids(await open(await serve(() => ({ data: { items: ['x'.repeat(2000)] } })), { limits: { answerBytes: 1000 } })))).code).toBe('too-large');
    expect((await refusal(ids(await open(await serve((_, response) => response.end('<html>')), {})))).code).toBe('rest-not-json');
  });

  it('keeps to the pace', async () => {
    const endpoint = await serve((call) => ({ data: { items: people.slice((number(call, 'page') - 1) * 10, number(call, 'page') * 10) } }));
    const begun = Date.now();
    await ids(await open(endpoint, { paging: { kind: 'page' }, rate: { perSecond: 20 } }));
    expect(endpoint.calls).toHaveLength(4);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(140); // 3 pauses of 50 ms
  });
});

describe('going on in another connection', () => {
  it('refuses to go on when the records before have changed', async () => {
    let list: readonly unknown[] = people;
    const endpoint = await serve(() => ({ data: { items: list } }));
    const first = await open(endpoint, {});
    const pages = first.read({ object: 'contact', cursor: null, pageSize: 5, answers: {} })[Symbol.asyncIterator]();
    const cursor = ((await pages.next()).value as { cursor: { seal: string } }).cursor;
    await pages.return?.();
    list = [...people, { uuid: 99 }];
    const next = async (): Promise<number> => (await Array.fromAsync((await open(endpoint, {})).read({ object: 'contact', cursor: { ...cursor }, pageSize: 100, answers: {} }))).flatMap((page) => page.records).length;
    expect(await next()).toBe(19);
    list = [{ uuid: 0, name: 'new' }, ...people];
    expect((await refusal(next())).code).toBe('source-changed');
  });
});

describe('a descriptor', () => {
  const good = { baseUrl: 'https://crm.firma.example/api', objects: { contacts: { path: '/people', fields: { full_name: 'name' } } } };
  const withContacts = (more: Setup): unknown => ({ ...good, objects: { contacts: { ...good.objects.contacts, ...more } } });
  it.each([
    ['http to another machine', { ...good, baseUrl: 'http://crm.firma.example' }, 'baseUrl: not an https:// address'], ['a secret in the address', { ...good, baseUrl: 'https://a:b@crm.firma.example' }, 'baseUrl: holds more'],
    ['an unknown object', { ...good, objects: { dogs: good.objects.contacts } }, 'objects.dogs is no object'], ['a part of another object', { ...good, objects: { email_attachments: good.objects.contacts } }, 'is no object'], ['an object twice', { ...good, objects: { contacts: good.objects.contacts, contact: good.objects.contacts } }, 'same object'],
    ['a path that leaves baseUrl', withContacts({ path: '/../admin' }), 'objects.contacts.path'], ['a whole address as path', withContacts({ path: 'https://other.example/x' }), 'objects.contacts.path'], ['a broken path of a field', withContacts({ fields: { email: 'a..b' } }), 'objects.contacts.fields.email'],
    ['a cursor without nextPath', { ...good, paging: { kind: 'cursor' } }, 'nextPath'], ['no object', { ...good, objects: {} }, 'names no object'], ['the secret itself', { ...good, auth: { kind: 'bearer', secret: 'x' } }, 'auth'],
  ])('with %s is refused', (_, value, message) => {
    let error: unknown;
    try { parseDescriptor(value, 'descriptor.json'); } catch (thrown) { error = thrown; }
    expect(error).toMatchObject({ code: 'bad-descriptor', message: expect.stringContaining(message) as string });
  });

  it('is read from a file, or refused with a remedy', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'portolan-test-rest-'));
    folders.push(folder);
    await writeFile(join(folder, 'broken.json'), '{');
    for (const [name, code] of [['broken.json', 'bad-descriptor'], ['nowhere.json', 'descriptor-not-found']] as const) expect((await refusal(openInstreamSource({ rest: join(folder, name) }, testContext))).code).toBe(code);
    expect((await refusal(Promise.resolve(instreamConnector.openSource?.({}, testContext)))).message).toContain('path: the folder or .zip file');
  });

  it('names places in an answer', () => {
    const at = (path: string): unknown => { const parsed = parseJsonPath(path); return parsed === null ? 'no path' : valueAt({ a: { b: [{ c: 1 }, { c: 2 }, {}] }, n: null }, parsed); };
    expect([at('a.b[1].c'), at('a.b[*].c'), at('a.x.y'), at('n.z'), at('a.b[9]'), at('a['), at('toString')]).toEqual([2, [1, 2], undefined, null, undefined, 'no path', undefined]);
    expect([cellOf(['a', null, 1]), cellOf([]), cellOf(false), cellOf({ a: 1 }), cellOf(null)]).toEqual(['["a","1"]', '', 'false', '{"a":1}', '']);
  });
});
