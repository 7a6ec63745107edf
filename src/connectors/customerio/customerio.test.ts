import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { describeSourceConformance } from '../../connector/conformance/source-suite.ts';
import type { JsonObject } from '../../connector/json.ts';
import type { SourceConnection, SourcePage } from '../../connector/source.ts';
import { flattenAttributes } from './flatten-attributes.ts';
import { messageData } from './objects/messages.ts';
import { customerioSettingsSchema } from './settings.ts';
import { openCustomerioSource } from './source.ts';
import { testContext, tinyServer, type Answer, type Asked } from './testing.ts';
import { isoTime } from './values.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => { for (const cleanup of cleanups.splice(0)) await cleanup(); });

async function opened(answer: (asked: Asked) => Answer | undefined, settings: Readonly<Record<string, string>> = {}, context = testContext()): Promise<{ source: SourceConnection; asked: Asked[]; url: string }> {
  const server = await tinyServer(answer);
  cleanups.push(server.stop);
  return { source: await openCustomerioSource(customerioSettingsSchema.parse({ appKey: 'app-key-1', url: server.url, ...settings }), context), asked: server.asked, url: server.url };
}
async function readAll(source: SourceConnection, object: string, pageSize = 500): Promise<SourcePage[]> {
  const pages: SourcePage[] = [];
  for await (const page of source.read({ object, cursor: null, pageSize, answers: {} })) pages.push(page);
  return pages;
}
const records = (pages: readonly SourcePage[]): readonly JsonObject[] => pages.flatMap((page) => page.records.map((record) => record.data));

/** People by number: every third without an id, every fifth without an e-mail address, one that the batch call drops. */
const cio = (number: number): string => `30e${number.toString(16).padStart(5, '0')}`;
const person = (number: number): JsonObject => ({ cio_id: cio(number), id: number % 3 === 0 ? null : `u${number}`, email: number % 5 === 0 ? null : `p${number}@example.com` });
const dropped = 4;
function peopleServer(count: number, wrapped = false): (asked: Asked) => Answer | undefined {
  return ({ path, query, body }) => {
    if (path === '/customers') {
      const [from, limit] = [Number(query.get('start') ?? 0), Number(query.get('limit'))];
      const rows = Array.from({ length: Math.max(0, Math.min(limit, count - from)) }, (_, index) => person(from + index));
      return { body: { identifiers: rows.length === 0 ? null : rows, ids: [], next: from + limit < count ? String(from + limit) : '' } };
    }
    if (path !== '/customers/attributes') return undefined;
    const customers = (body['ids'] as string[]).map((id) => Number.parseInt(id.slice(3), 16)).filter((number) => number !== dropped).map((number) => {
      const customer = { id: '', identifiers: person(number), attributes: { created_at: '1489014595', plan: number % 2 === 0 ? 'basic' : 'pro', age: String(number), subscription: '{"plan_name":"gold","seats":3}' }, timestamps: {}, unsubscribed: number % 7 === 0, devices: [{ id: 'push-token', platform: 'ios', last_used: 1 }] };
      return wrapped ? { customer } : customer;
    });
    return { body: { customers } };
  };
}

describe('People of Customer.io', () => {
  test.each([false, true])('are read by cio_id in batches of 100, whoever lacks an id or an address; those dropped are reported (wrapped: %s)', async (wrapped) => {
    const calls = new Map<string, number>();
    const { source, asked } = await opened(peopleServer(2050, wrapped), {}, testContext(calls));
    const pages = await readAll(source, 'person');
    expect(records(pages)).toHaveLength(2049);
    expect(pages.flatMap((page) => page.rejected)).toEqual([expect.objectContaining({ id: cio(dropped), code: 'dropped-by-customer-io' })]);
    // A thousandth and a hundredth of a call each: 11,000 for a million people.
    expect([calls.get('customers.search'), calls.get('customers.attributes')]).toEqual([3, 21]);
    expect(records(pages)[0]).toMatchObject({ cio_id: '30e00000', id: null, email: null, unsubscribed: true, created_at: '2017-03-08T23:09:55Z', 'attr.plan': 'basic', 'attr.subscription.plan_name': 'gold', devices: [{ platform: 'ios', last_used: 1 }] });
    expect(JSON.stringify(records(pages))).not.toContain('push-token');
    expect(asked.every((one) => one.authorization === 'Bearer app-key-1')).toBe(true);
  });

  test('have attributes as fields with types inferred from all values', async () => {
    const { source } = await opened(peopleServer(120), { messagesSince: '2026-01-01' });
    const catalog = await source.discover();
    const found = catalog.objects.find((object) => object.name === 'person');
    expect(found?.count).toBe(119);
    const type = (name: string): string | undefined => found?.fields.find((field) => field.name === name)?.type;
    expect([type('attr.age'), type('attr.created_at'), type('attr.plan'), type('attr.subscription.plan_name')]).toEqual(['integer', 'datetime', 'selection', 'selection']);
    expect(found?.fields.find((field) => field.name === 'attr.created_at')?.format).toEqual({ kind: 'date', order: 'epochSeconds', zone: 'UTC' });
    expect(catalog.notes.map((note) => note.code)).toEqual(expect.arrayContaining(['cannot-fetch-events', 'cannot-fetch-suppressed', 'dropped-by-customer-io']));
  });

  test('reading goes on within a page whose rest was not read', async () => {
    const { source } = await opened(peopleServer(30));
    const pages = await readAll(source, 'person', 7);
    const rest: SourcePage[] = [];
    for await (const page of source.read({ object: 'person', cursor: pages[1]?.cursor ?? null, pageSize: 7, answers: {} })) rest.push(page);
    expect(rest).toEqual(pages.slice(2));
  });
});

describe('The App API', () => {
  test('is asked in both regions for a key whose region is not stated', async () => {
    const us = await tinyServer(() => ({ status: 401, body: { errors: [{ detail: 'unauthorized', status: '401' }] } }));
    const eu = await tinyServer(({ path }) => (path === '/workspaces' ? { body: { workspaces: [{ id: 1, name: 'Shop', people: 0, objects: 0 }] } } : undefined));
    cleanups.push(us.stop, eu.stop);
    const settings = customerioSettingsSchema.parse({ appKey: 'app-key-1' });
    const source = await openCustomerioSource(settings, testContext(), { us: us.url, eu: eu.url });
    expect((await source.check()).find((result) => result.name === 'region')?.message).toBe('EU.');
    await expect(openCustomerioSource(settings, testContext(), { us: us.url, eu: us.url })).rejects.toMatchObject({ code: 'key-refused' });
  });

  test('says 429: all workers wait, the call is made again, and readiness tells of it', async () => {
    const penalties: number[] = [];
    let refused = 0;
    const { source } = await opened(({ path }) => (path === '/workspaces' ? { body: { workspaces: [{ id: 1, name: 'Shop' }] } } : path === '/segments' && refused++ === 0 ? { status: 429, headers: { 'retry-after': '0' }, body: { errors: [{ detail: 'rate limited', status: '429' }] } } : undefined), {}, testContext(new Map(), penalties));
    expect((await source.check()).find((result) => result.name === 'rate-in-use')?.result).toBe('warning');
    expect(penalties).toEqual([0]);
  });

  test('answers with a web page: the address is named as the trouble', async () => {
    const { source } = await opened(() => ({ status: 404, text: '<html>', headers: { 'content-type': 'text/html' } }));
    await expect(readAll(source, 'segment')).rejects.toMatchObject({ code: 'not-the-api' });
  });

  test('membership goes on after an empty page; activities end there', async () => {
    const { source } = await opened(({ path, query }) => {
      if (path === '/segments') return { body: { segments: [{ id: 7, name: 'All' }] } };
      if (path === '/segments/7/membership') return query.get('start') === null ? { body: { identifiers: null, next: 'a=' } } : { body: { identifiers: [{ cio_id: '01', id: '1', email: null }], next: '' } };
      if (path === '/activities') return query.get('start') === null ? { body: { activities: [{ id: '01G', type: 'event', name: 'bought', timestamp: 1_700_000_000, data: { total: 3 } }], next: 'b' } } : { body: { activities: [], next: 'c' } };
      return undefined;
    });
    expect(records(await readAll(source, 'segment_membership'))).toEqual([expect.objectContaining({ segment_id: '7', cio_id: '01', person_id: '1' })]);
    expect(records(await readAll(source, 'event'))).toEqual([expect.objectContaining({ id: '01G', name: 'bought', properties: { total: 3 }, occurred_at: '2023-11-14T22:13:20Z' })]);
  });

  test('a cursor that is no longer known starts its list anew', async () => {
    const { source } = await opened(({ path, query }) => (path !== '/newsletters' ? undefined : query.get('start') === 'old' ? { status: 400, body: { errors: [{ detail: 'invalid start' }] } } : { body: { newsletters: [{ id: 3, name: 'May' }], next: null } }));
    const pages: SourcePage[] = [];
    for await (const page of source.read({ object: 'newsletter', cursor: { at: 'old', skip: 0 }, pageSize: 5, answers: {} })) pages.push(page);
    expect(records(pages)).toEqual([expect.objectContaining({ id: '3' })]);
  });

  test('bodies of the sample stop at the day\'s limit, which is never tried again', async () => {
    const { source, asked } = await opened(({ path }) => {
      if (path === '/messages') return { body: { messages: ['a', 'b', 'c', 'd'].map((id) => ({ id, type: 'email' })), next: '' } };
      if (path === '/messages/a/archived_message') return { body: { archived_message: { id: 'a', subject: 'Hello', body: '<p>Hi</p>', forgotten: false } } };
      if (path.endsWith('/archived_message')) return { status: 429, body: { errors: [{ detail: 'rate limited to 100 requests per 1d', status: '429' }] } };
      return undefined;
    }, { bodySample: '3' });
    const pages = await readAll(source, 'message_body');
    expect(records(pages)).toEqual([expect.objectContaining({ id: 'a', body: '<p>Hi</p>' })]);
    expect(pages.flatMap((page) => page.rejected.map((row) => [row.id, row.code]))).toEqual([['b', 'daily-limit'], ['c', 'daily-limit']]);
    expect(asked.filter((one) => one.path.endsWith('/archived_message'))).toHaveLength(2);
  });

  test('exports are streamed, and the key does not go to the file\'s host', async () => {
    const file = await tinyServer(() => ({ text: 'cio_id,id,email,plan\n01,u1,a@example.com,pro\n02,,b@example.com,"x, y"\n' }));
    cleanups.push(file.stop);
    const { source } = await opened(({ path, method }) => {
      if (path === '/exports/customers' && method === 'POST') return { body: { export: { id: 9, status: 'pending' } } };
      if (path === '/exports/9') return { body: { export: { id: 9, status: 'done' } } };
      return path === '/exports/9/download' ? { body: { url: `${file.url}/people.csv` } } : undefined;
    }, { exports: 'people' });
    expect(records(await readAll(source, 'exported_person'))).toEqual([expect.objectContaining({ cio_id: '01', person_id: 'u1' }), expect.objectContaining({ cio_id: '02', row: { cio_id: '02', id: '', email: 'b@example.com', plan: 'x, y' } })]);
    expect(file.asked.map((one) => one.authorization)).toEqual(['']);
  });

  test('the journeys door asks for reading only, then GETs, and refuses a wider token', async () => {
    let scope = 'read_only';
    const conditions = Buffer.from(encodeURIComponent(JSON.stringify([{ field: 'plan' }]))).toString('base64');
    const door = await tinyServer(({ path }) => {
      if (path === '/service_accounts/oauth/token') return { body: { access_token: 'jwt', scope } };
      return path === '/environments/5/campaigns/1' ? { body: { campaign: { id: 1 }, actions: [{ type: 'delay_seconds_action', delay: 60, conditions }], edges: [{ from: 1, to: 2 }] } } : undefined;
    });
    cleanups.push(door.stop);
    const answers = ({ path }: Asked): Answer | undefined => (path === '/workspaces' ? { body: { workspaces: [{ id: 5, name: 'Shop' }] } } : path === '/campaigns' ? { body: { campaigns: [{ id: 1, name: 'Welcome' }] } } : undefined);
    const settings = { journeysToken: 'sa_live_token', journeysUrl: door.url };
    const { source } = await opened(answers, settings);
    expect(records(await readAll(source, 'campaign_workflow'))).toEqual([{ campaign_id: '1', steps: [{ type: 'delay_seconds_action', delay: 60, conditions: [{ field: 'plan' }] }], edges: [{ from: 1, to: 2 }], campaign: { id: 1 } }]);
    expect(door.asked.map((one) => `${one.method} ${one.authorization}`)).toEqual(['POST ', 'GET Bearer jwt']);
    scope = 'write';
    await expect(readAll((await opened(answers, settings)).source, 'campaign_workflow')).rejects.toMatchObject({ code: 'journeys-not-read-only' });
  });
});

describe('Values', () => {
  test('attributes are flattened with dots, nothing is lost, whatever the names', () => {
    expect(flattenAttributes({ 'a.b': '1', a: '{"b":2,"c":{"d":[1]}}', __proto__x: 'p', list: '["x"]' })).toEqual({ 'attr.a.b': '1', 'attr.a.b~nested': 2, 'attr.a.c.d': [1], 'attr.__proto__x': 'p', 'attr.list': ['x'] });
    const tree = fc.letrec((tie) => ({ node: fc.oneof({ maxDepth: 3 }, fc.string(), fc.integer(), fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }), tie('node'), { maxKeys: 4 })) })).node;
    const leaves = (value: unknown): number => (typeof value === 'object' && value !== null ? Math.max(1, Object.values(value).reduce((sum: number, each) => sum + leaves(each), 0)) : 1);
    fc.assert(fc.property(fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }).filter((name) => name !== '__proto__'), tree, { maxKeys: 6 }), (attributes) => {
      const flat = flattenAttributes(attributes as JsonObject);
      const texts = Object.values(attributes).filter((value) => typeof value === 'string' && /^\s*[[{]/u.test(value)).length;
      if (texts === 0) expect(Object.keys(flat)).toHaveLength(Object.values(attributes).reduce((sum: number, each) => sum + leaves(each), 0));
    }), { numRuns: 100 });
  });
  test('times in seconds, milliseconds and texts are one time', () => {
    expect([isoTime(1489014595), isoTime('1489014595'), isoTime(1489014595000), isoTime('2017-03-08T23:09:55Z'), isoTime('soon'), isoTime(0)]).toEqual([...Array.from({ length: 4 }, () => '2017-03-08T23:09:55Z'), null, null]);
  });
  test('deliveries: twilio is SMS, people\'s opens count, failures come first', () => {
    expect(messageData({ id: 'a', type: 'twilio', created: 1, metrics: { sent: 2, opened: 3, human_opened: 4, bounced: 5 } })).toMatchObject({ channel: 'sms', state: 'bounced', opened_at: '1970-01-01T00:00:04Z', content_redacted: false });
  });
});

test('a long file is gone on with where a page ended, whatever the stretches it is read in', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'customerio-long-'));
  cleanups.push(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'long.jsonl'), Array.from({ length: 5000 }, (_, index) => JSON.stringify({ userId: `u${index}`, event: 'seen', timestamp: 1_700_000_000 + index, properties: { pad: 'x'.repeat(index % 200) } })).join('\n'));
  const { source } = await opened(() => undefined, { eventsPath: folder });
  const pages = await readAll(source, 'archive_event', 400);
  expect(records(pages)).toHaveLength(5000);
  for (let index = 0; index < pages.length - 1; index += 1) {
    const rest: SourcePage[] = [];
    for await (const page of source.read({ object: 'archive_event', cursor: pages[index]?.cursor ?? null, pageSize: 400, answers: {} })) rest.push(page);
    expect(records(rest)).toEqual(records(pages.slice(index + 1)));
  }
});

async function archiveFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'customerio-test-'));
  const lines = Array.from({ length: 40 }, (_, index) => JSON.stringify({ type: 'track', userId: `u${index}`, event: 'Order placed', timestamp: 1_700_000_000 + index, messageId: `m${index}`, properties: { total: index, note: 'ąę' } }));
  await writeFile(join(folder, 'a.jsonl'), `${[...lines.slice(0, 20), '{broken', ...lines.slice(20)].join('\n')}\n{"event":"no person","timestamp":1}`);
  await writeFile(join(folder, 'b.csv'), `email,event_name,occurred_at,properties\n${Array.from({ length: 15 }, (_, index) => `p${index}@example.com,viewed,2024-01-01T00:00:00Z,"{""page"":${index}}"`).join('\n')}\n`);
  return folder;
}
let shared: Awaited<ReturnType<typeof tinyServer>> | null = null;
let folder: string | null = null;
describe('Files and people', () => {
  afterAll(async () => {
    if (folder !== null) await rm(folder, { recursive: true });
    await shared?.stop();
  });
  describeSourceConformance('Customer.io', {
    open: async () => {
      folder ??= await archiveFolder();
      shared ??= await tinyServer(peopleServer(40));
      return openCustomerioSource(customerioSettingsSchema.parse({ appKey: 'app-key-1', url: shared.url, messagesSince: '2026-11-01', eventsPath: folder, suppressionPath: join(folder, 'b.csv') }), testContext());
    },
  });
});
