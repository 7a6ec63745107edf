import { afterEach, describe, expect, test } from 'vitest';
import { startInstreamRest } from './rest.ts';
import type { InstreamRest, RestOptions } from './rest.ts';
import type { RestPaging } from './rest-paging.ts';

let running: InstreamRest[] = [];
afterEach(async () => {
  await Promise.all(running.map((rest) => rest.stop()));
  running = [];
});
async function start(options: RestOptions = {}): Promise<InstreamRest> {
  const rest = await startInstreamRest({ bundle: { contacts: 47, seed: 5 }, pageSize: 10, ...options });
  running.push(rest);
  return rest;
}
interface Listing { readonly data: { readonly items: readonly { readonly id: string; readonly emails: readonly { readonly value: string }[]; readonly custom: object }[] }; readonly meta: { readonly next?: string | null } }
const get = (rest: InstreamRest, path: string, headers: { [name: string]: string } = { Authorization: `Bearer ${rest.secret}` }): Promise<Response> => fetch(rest.url + path, { headers, redirect: 'manual' });

/** Follows each kind of paging in its own way until nothing is left. */
async function all(rest: InstreamRest, paging: RestPaging): Promise<readonly string[]> {
  const ids: string[] = [];
  let path: string | null = '/contacts';
  for (let turn = 1; path !== null; turn += 1) {
    const response: Response = await get(rest, path);
    const { data, meta } = await response.json() as Listing;
    ids.push(...data.items.map(({ id }) => id));
    const link: string | undefined = /<([^>]*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
    if (paging === 'page') path = data.items.length < 10 ? null : `/contacts?page=${turn + 1}`;
    else if (paging === 'offset') path = data.items.length < 10 ? null : `/contacts?offset=${turn * 10}`;
    else if (paging === 'cursor') path = meta.next === null || meta.next === undefined ? null : `/contacts?cursor=${meta.next}`;
    else path = link === undefined ? null : link.slice(rest.url.length);
  }
  return ids;
}

describe('the REST stand-in', () => {
  for (const paging of ['page', 'offset', 'cursor', 'link-header', 'none'] as const) {
    test(`gives every contact once with paging by ${paging}`, async () => {
      const rest = await start({ paging });
      const ids = await all(rest, paging);
      expect(ids).toEqual(rest.expectation.details?.contacts.map(({ id }) => id));
      expect(ids.length).toBe(47);
      expect(rest.descriptor('KEY')['paging']).toMatchObject({ kind: paging });
    });
  }

  test('asks for its secret in the way it was told', async () => {
    for (const [auth, path, headers] of [
      [{ kind: 'bearer' }, '/contacts', { Authorization: 'Bearer SECRET' }], [{ kind: 'header', name: 'X-Key' }, '/contacts', { 'X-Key': 'SECRET' }],
      [{ kind: 'query', name: 'key' }, '/contacts?key=SECRET', {}], [{ kind: 'basic', name: 'me' }, '/contacts', { Authorization: `Basic ${Buffer.from('me:rest-secret-of-the-stand-in').toString('base64')}` }],
    ] as const) {
      const rest = await start({ auth });
      const shown = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('SECRET', rest.secret)]));
      expect((await get(rest, path.replace('SECRET', rest.secret), shown)).status, auth.kind).toBe(200);
      expect((await get(rest, '/contacts', {})).status, auth.kind).toBe(401);
    }
  });

  test('nests names and addresses where its descriptor says', async () => {
    const rest = await start();
    const [first] = (await (await get(rest, '/contacts')).json() as Listing).data.items;
    const { objects } = rest.descriptor('KEY') as { objects: { contacts: { fields: { email: string } }; deals: { updatedParam: string } } };
    expect(objects.contacts.fields.email).toBe('emails[0].value');
    expect(first?.emails[0]?.value).toBe(rest.expectation.details?.contacts[0]?.email);
    expect(Object.keys(first?.custom ?? {})).toContain('Zgoda RODO');
    expect(objects.deals.updatedParam).toBe('updated_since');
    const recent = await (await get(rest, '/contacts?updated_since=2026-01-01T00:00:00')).json() as Listing;
    expect(recent.data.items.length).toBeLessThan(47);
  });

  test('limits, errs, redirects and lies when told to', async () => {
    const rest = await start();
    rest.faults.add({ kind: 'rate-limit', times: 1, retryAfterSeconds: 3 });
    const limited = await get(rest, '/contacts');
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '3']);
    rest.faults.add({ kind: 'server-error', times: 1 });
    expect((await get(rest, '/contacts')).status).toBe(503);
    rest.faults.add({ kind: 'foreign-redirect', times: 1 });
    expect((await get(rest, '/contacts')).headers.get('location')).toMatch(/^https:\/\/elsewhere\.example/);
    rest.faults.add({ kind: 'reset', times: 1 });
    await expect(get(rest, '/contacts')).rejects.toThrow('fetch failed');
    rest.faults.add({ kind: 'truncated', times: 1 });
    await expect(get(rest, '/contacts').then((response) => response.text())).rejects.toThrow(/terminated|failed/);
    rest.faults.add({ kind: 'not-json', object: 'deals', times: 1 });
    expect(await (await get(rest, '/deals')).text()).toContain('Please log in');
    rest.faults.add({ kind: 'slow', delayMs: 60, times: 1 });
    const before = performance.now();
    expect((await get(rest, '/contacts')).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(50);
    expect(rest.requests).toMatchObject({ 'GET contacts 429': 1, 'GET contacts 503': 1 });
  });

  test('answers 429 above its rate', async () => {
    const rest = await start({ requestsPerSecond: 2 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => get(rest, '/contacts')));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(4); // two seconds may be touched
  });

  test('takes nothing but GET', async () => {
    const rest = await start();
    expect((await fetch(`${rest.url}/contacts`, { method: 'POST' })).status).toBe(405);
    expect((await get(rest, '/secrets')).status).toBe(404);
    expect((await get(rest, '/contacts?page=x')).status).toBe(400);
  });
});
