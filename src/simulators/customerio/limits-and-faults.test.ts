import { afterEach, describe, expect, test } from 'vitest';
import type { CustomerioSimulatorOptions } from './options.ts';
import { rawClient } from './testing/raw-client.ts';
import type { Loose, RawClient } from './testing/raw-client.ts';

let client: RawClient;
afterEach(() => client.customerio.stop());
const start = async (options?: CustomerioSimulatorOptions): Promise<RawClient> => (client = await rawClient(options));
const everybody = { filter: { and: [{ attribute: { field: 'cio_id', operator: 'exists' } }] } };

describe('limits', () => {
  test('ten a second for all callers together; the 429 says when to come back', async () => {
    const { get, clock, customerio } = await start({ perSecond: 10 });
    const answers = await Promise.all(Array.from({ length: 13 }, () => get('/v1/workspaces')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(3);
    expect([refused[0]!.headers.get('retry-after'), refused[0]!.body.errors[0].status]).toEqual(['1', '429']);
    expect(refused[0]!.body.errors[0].detail).toMatch(/^rate limited to 10 requests per 1s \(reference /);
    clock.advance(1_000);
    expect((await get('/v1/workspaces')).status).toBe(200);
    expect(customerio.state.seconds().map(({ used, refused: no }) => [used, no])).toEqual([[10, 3], [1, 0]]);
  });

  test('other programs of the customer share them, and the sliding window is a switch', async () => {
    const { get, clock } = await start({ perSecond: 10, otherCallersPerSecond: 4, unknowns: { rateWindow: 'sliding' } });
    clock.advance(900);
    expect((await Promise.all(Array.from({ length: 8 }, () => get('/v1/workspaces')))).filter(({ status }) => status === 200)).toHaveLength(6);
    clock.advance(500); // another second by the clock, the same by the window
    expect((await get('/v1/workspaces')).status).toBe(429);
    clock.advance(501);
    expect((await get('/v1/workspaces')).status).toBe(200);
  });
});

describe('keys and regions', () => {
  test('the wrong region answers as to a bad key; Track tells the right one', async () => {
    const { get, customerio } = await start({ region: 'eu' });
    expect(customerio.regions.eu).toBe(customerio.url);
    expect([(await get('/v1/workspaces')).status, (await get('/v1/workspaces', { origin: customerio.regions.us })).status, (await get('/v1/workspaces', { key: 'other' })).status, (await get('/v1/workspaces', { key: null })).status]).toEqual([200, 401, 401, 401]);
    const { siteId, apiKey } = customerio.trackCredentials;
    const region = await fetch(`${customerio.trackUrl}/api/v1/accounts/region`, { headers: { Authorization: `Basic ${Buffer.from(`${siteId}:${apiKey}`).toString('base64')}` } });
    expect(((await region.json()) as Loose).region).toBe('eu');
  });

  test('a typo in a path shows a page of the marketing site', async () => {
    const { get } = await start();
    const answer = await get('/v1/custmers');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  });

  test('a revoked key is 401, a missing scope 403', async () => {
    const { get, customerio } = await start();
    customerio.keys.revoke();
    expect((await get('/v1/segments')).status).toBe(401);
    customerio.keys.restore();
    customerio.scopes.remove('/v1/exports');
    expect([(await get('/v1/exports')).status, (await get('/v1/segments')).status]).toEqual([403, 200]);
  });
});

describe('faults', () => {
  test('of the network and the service strike when told, and are counted', async () => {
    const { get, customerio, clock } = await start();
    const { faults } = customerio;
    faults.add({ kind: 'http-status', status: 524, times: 1 });
    expect((await get('/v1/segments')).status).toBe(524);
    faults.add({ kind: 'rate-limit', times: 1, forMs: 2_500 });
    expect([(await get('/v1/segments')).headers.get('retry-after'), (await get('/v1/segments')).status]).toEqual(['3', 429]);
    clock.advance(2_600);
    faults.add({ kind: 'reset', times: 1 });
    await expect(get('/v1/segments')).rejects.toThrow('fetch failed');
    faults.add({ kind: 'truncated-answer', nth: 2, route: 'GET /v1/segments' });
    expect((await get('/v1/segments')).status).toBe(200);
    await expect(get('/v1/segments')).rejects.toThrow('terminated');
    faults.clear();
    faults.add({ kind: 'slow', delayMs: 30, times: 1 });
    const before = performance.now();
    await get('/v1/segments');
    expect(performance.now() - before).toBeGreaterThan(25);
    expect(customerio.state.answers()).toEqual({ 'GET /v1/segments 200': 3, 'GET /v1/segments 429': 2, 'GET /v1/segments 524': 1, 'GET /v1/segments reset': 1 });
    expect(() => faults.add({ kind: 'flood' as 'slow' })).toThrow(/there is no fault 'flood'/);
  });

  test('of pages: cut off, said twice, empty in the middle, cursor no longer known', async () => {
    const { post, customerio } = await start();
    const page = (next = ''): Promise<Loose> => post(`/v1/customers?limit=20${next === '' ? '' : `&start=${encodeURIComponent(next)}`}`, everybody).then(({ body }) => body);
    const first = await page();
    customerio.faults.add({ kind: 'truncated-page', times: 1 });
    const short = await page();
    expect([short.identifiers.length, short.ids.length, short.next]).toEqual([10, 10, first.next]);
    customerio.faults.add({ kind: 'duplicated-page', times: 1 });
    const same = await page(first.next);
    expect([same.next, (await page(same.next)).identifiers]).toEqual([first.next, same.identifiers]);
    customerio.faults.add({ kind: 'empty-page', times: 1 });
    expect(await page(first.next)).toEqual({ identifiers: [], ids: [], next: first.next });
    customerio.faults.add({ kind: 'expired-cursor', times: 1 });
    expect((await page(first.next)).errors[0].detail).toBe('invalid start parameter');
    expect((await page()).identifiers).toHaveLength(20);
  });
});

describe('the journeys API', () => {
  test('is off by default', async () => {
    const { customerio } = await start();
    expect((await fetch(`${customerio.journeysUrl}/v1/accounts/current`)).status).toBe(404);
  });

  test('gives waits and branches to a reader, and remembers who did more than read', async () => {
    const { customerio, get } = await start({ journeys: true });
    const exchange = (scope: string): Promise<Loose> => fetch(`${customerio.journeysUrl}/v1/service_accounts/oauth/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_secret: customerio.serviceToken, scope }) }).then((answer) => answer.json());
    const { access_token: key, scope } = await exchange('read_only');
    expect(scope).toBe('read_only');
    const read = (path: string): Promise<Loose> => get(path, { origin: customerio.journeysUrl, key });
    const graph = (await read('/v1/environments/111222/campaigns/1')).body;
    expect(new Set(graph.actions.map(({ type }: Loose) => type))).toEqual(new Set(['email_action', 'delay_seconds_action', 'conditional_branch_action', 'push_action', 'exit_action']));
    expect(graph.edges.filter(({ type }: Loose) => type === 'branch')).toHaveLength(2);
    expect((await read('/v1/environments/111222/campaigns?page=0')).body.campaigns).toHaveLength(10);
    expect(customerio.state.journeysSideEffects()).toEqual([]);
    expect((await read('/v1/environments/111222/data_index/events')).status).toBe(204);
    await exchange('full');
    expect(customerio.state.journeysSideEffects()).toHaveLength(2);
  });
});

describe('the control port', () => {
  test('does for another process what the object does', async () => {
    const { customerio, get } = await start();
    const control = (path: string, body?: object): Promise<Loose> => fetch(customerio.controlUrl + path, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }).then((answer) => answer.json());
    expect(await control('/faults', { kind: 'http-status', times: 1 })).toEqual({ id: 1 });
    expect((await get('/v1/segments')).status).toBe(503);
    await control('/key/revoke', {});
    expect((await get('/v1/segments')).status).toBe(401);
    await control('/become', { removed: 0.5 });
    expect((await control('/expectation')).people.total).toBeLessThan(120);
    await control('/clock/advance', { ms: 5_000 });
    expect((await control('/state/answers'))['GET /v1/segments 503']).toBe(1);
    expect((await control('/nothing')).error).toMatch(/has no GET/);
  });
});
