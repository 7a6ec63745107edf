import { afterEach, describe, expect, test } from 'vitest';
import type { SourcePage } from '../../connector/source.ts';
import { customerioSettingsSchema } from './settings.ts';
import { openCustomerioSource } from './source.ts';
import { testContext, tinyServer, type Answer, type Asked } from './testing.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => { for (const cleanup of cleanups.splice(0)) await cleanup(); });

const cio = (number: number): string => `30e${number.toString(16).padStart(6, '0')}`;

/** A workspace of people alone: search by pages, attributes by batches. */
function peopleServer(count: number): (asked: Asked) => Answer | undefined {
  return ({ path, query, body }) => {
    if (path === '/workspaces') return { body: { workspaces: [{ id: 7, name: 'Shop', people: count, objects: 0 }] } };
    if (path === '/customers') {
      const [from, limit] = [Number(query.get('start') ?? 0), Number(query.get('limit'))];
      return { body: { identifiers: Array.from({ length: Math.max(0, Math.min(limit, count - from)) }, (_, index) => ({ cio_id: cio(from + index), id: null, email: null })), ids: [], next: from + limit < count ? String(from + limit) : '' } };
    }
    if (path !== '/customers/attributes') return undefined;
    return { body: { customers: (body['ids'] as string[]).map((id) => ({ id: '', identifiers: { cio_id: id }, attributes: { plan: 'basic' }, timestamps: {}, unsubscribed: false, devices: [] })) } };
  };
}

describe('Calls for people', () => {
  test('discovery reads nine pages and the run everybody once: 11,099 calls for a million', async () => {
    const people = 14_000;
    const server = await tinyServer(peopleServer(people));
    cleanups.push(server.stop);
    const calls = new Map<string, number>();
    const source = await openCustomerioSource(customerioSettingsSchema.parse({ appKey: 'app-key-1', url: server.url }), testContext(calls));
    const catalog = await source.discover();
    const spent = (): number => (calls.get('customers.search') ?? 0) + (calls.get('customers.attributes') ?? 0);
    const [discovery, person] = [spent(), catalog.objects.find((object) => object.name === 'person')];
    expect([discovery, person?.count]).toEqual([99, people]);
    expect(catalog.notes.filter((note) => note.code === 'sampled').map((note) => note.details)).toEqual([{ read: 9000, stated: people }]);
    let read = 0;
    for await (const page of source.read({ object: 'person', cursor: null, pageSize: 500, answers: {} })) read += page.records.length;
    expect(read).toBe(people);
    const perPerson = (spent() - discovery) / people;
    expect(perPerson).toBe(0.011);
    expect(discovery + perPerson * 1_000_000).toBeLessThanOrEqual(11_100);
  });

  test('a workspace that fits into the sample is read whole, and its types are those of all values', async () => {
    const server = await tinyServer(peopleServer(2_500));
    cleanups.push(server.stop);
    const source = await openCustomerioSource(customerioSettingsSchema.parse({ appKey: 'app-key-1', url: server.url }), testContext());
    const catalog = await source.discover();
    expect(catalog.objects.find((object) => object.name === 'person')?.count).toBe(2_500);
    expect(catalog.notes.some((note) => note.code === 'sampled')).toBe(false);
  });
});

describe('Exports', () => {
  const rows = 2_600;
  const file = `cio_id,email\n${Array.from({ length: rows }, (_, at) => `${cio(at)},p${at}@example.com`).join('\n')}\n`;

  test('go on in the export that was made: from each page\'s cursor, in a new connection, without asking for another', async () => {
    let made = 0;
    let url = '';
    const server = await tinyServer(({ path, method }) => {
      if (path === '/exports/customers' && method === 'POST') {
        made += 1;
        return { body: { export: { id: 40 + made, status: 'pending' } } };
      }
      if (/^\/exports\/\d+$/u.test(path)) return { body: { export: { id: 41, status: 'done' } } };
      if (path.endsWith('/download')) return { body: { url: `${url}/v1/file` } };
      return path === '/file' ? { text: file } : undefined;
    });
    url = server.url;
    cleanups.push(server.stop);
    const open = (): ReturnType<typeof openCustomerioSource> => openCustomerioSource(customerioSettingsSchema.parse({ appKey: 'app-key-1', url, exports: 'people' }), testContext());
    const pages: SourcePage[] = [];
    for await (const page of (await open()).read({ object: 'exported_person', cursor: null, pageSize: 700, answers: {} })) pages.push(page);
    const ids = (some: readonly SourcePage[]): readonly string[] => some.flatMap((page) => page.records.map((record) => record.id));
    expect([made, ids(pages).length, new Set(ids(pages)).size]).toEqual([1, rows, rows]);
    for (const [index, page] of pages.entries()) {
      if (page.cursor === null) continue;
      const rest: SourcePage[] = [];
      for await (const next of (await open()).read({ object: 'exported_person', cursor: page.cursor, pageSize: 700, answers: {} })) rest.push(next);
      expect(ids(rest), `after page ${index}`).toEqual(ids(pages.slice(index + 1)));
    }
    expect(made).toBe(1);
    expect(server.asked.filter((asked) => asked.path === '/file').every((asked) => asked.authorization === '')).toBe(true);
  });
});

