import { afterEach, describe, expect, test } from 'vitest';
import { VirtualClock } from './clock.ts';
import type { IntercomSimulatorOptions } from './options.ts';
import { noon, rawClient } from './testing/raw-client.ts';
import type { Loose, RawClient } from './testing/raw-client.ts';

let client: RawClient;
afterEach(() => client.intercom.stop());
const start = async (options?: IntercomSimulatorOptions): Promise<RawClient> => (client = await rawClient(options));

describe('rate limits', () => {
  test('spread 1,000 a minute over windows of 167 in ten seconds and say so in the headers', async () => {
    const { call, clock } = await start({ appPerMinute: 1_000 });
    const first = await call('GET', '/me');
    expect(['limit', 'remaining', 'reset'].map((name) => first.headers.get(`x-ratelimit-${name}`))).toEqual(['167', '166', String(noon / 1_000 + 10)]);
    const answers = await Promise.all(Array.from({ length: 170 }, () => call('GET', '/me')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(4);
    expect(refused[0]!.body.errors[0]).toEqual({ code: 'rate_limit_exceeded', message: 'Exceeded rate limit of 167 in 10_seconds' });
    expect([refused[0]!.headers.get('x-ratelimit-remaining'), refused[0]!.headers.get('retry-after')]).toEqual(['0', null]);
    clock.advance(10_000);
    expect((await call('GET', '/me')).status).toBe(200);
    expect(client.intercom.state.windows().map(({ used, refused: no }) => [used, no])).toEqual([[167, 4], [1, 0]]);
  });

  test('are shared with the other apps of the workspace', async () => {
    const { call, clock } = await start({ appPerMinute: 10_000, workspacePerMinute: 600, otherAppsPerMinute: 540 });
    clock.advance(9_999); // the others have had nine tenths of the window's hundred by now
    const answers = await Promise.all(Array.from({ length: 20 }, () => call('GET', '/me')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
  });

  test('a minute at 1,000 calls passes in moments on the virtual clock, and the budget is used up', async () => {
    const { call, clock, intercom } = await start({ appPerMinute: 1_000, latencyMs: 20 });
    const ends = noon + 60_000;
    let done = 0;
    await Promise.all(Array.from({ length: 8 }, async () => {
      while (clock.now() < ends) {
        const { status, headers } = await call('GET', '/me');
        if (status === 200) done += 1;
        if (status === 429 || headers.get('x-ratelimit-remaining') === '0') await clock.sleep(Number(headers.get('x-ratelimit-reset')) * 1_000 - clock.now());
      }
    }));
    expect(done).toBeGreaterThanOrEqual(167 * 6 - 8);
    expect(intercom.state.windows().length).toBeGreaterThanOrEqual(6);
  });
});

describe('tokens, scopes, plans, versions', () => {
  test('a wrong or revoked token is 401 without a budget', async () => {
    const { call, intercom } = await start();
    const refused = await call('GET', '/me', undefined, { token: 'other' });
    expect([refused.status, refused.body.errors[0].message, refused.headers.get('x-ratelimit-limit')]).toEqual([401, 'Access Token Invalid', null]);
    intercom.tokens.revoke();
    expect((await call('GET', '/me')).status).toBe(401);
    intercom.tokens.restore();
    expect((await call('GET', '/me')).status).toBe(200);
  });

  test('a missing scope and a plan that lacks something are 403', async () => {
    const { call } = await start({ missingScopes: ['read_conversations'], planRestricted: ['/ticket_types'] });
    expect((await call('GET', '/conversations')).body.errors[0]).toEqual({ code: 'forbidden', message: 'You do not have the required scope (read_conversations)' });
    expect((await call('GET', '/ticket_types')).body.errors[0]).toEqual({ code: 'api_plan_restricted', message: 'Active subscription needed.' });
  });

  test('versions are switched by header; what a version lacks is refused or not looked at', async () => {
    const { call, contact, conversation } = await start();
    expect((await call('GET', '/me', undefined, { version: '9.9' })).body.errors[0].code).toBe('intercom_version_invalid');
    expect((await call('GET', '/conversations/deleted', undefined, { version: '2.15' })).body.errors[0].message).toBe('Requested resource is not available in current API version.');
    expect((await call('GET', '/conversations/attributes', undefined, { version: null })).status).toBe(400); // the app's own version: 2.11
    const who = await contact('version@one.example');
    const id = await conversation(who);
    expect((await call('PUT', `/conversations/${id}`, { title: 'T' }, { version: '2.12' })).body.title).toBeNull();
    expect((await call('POST', '/conversations', { from: { type: 'user', id: who }, body: 'x', created_at: 5 }, { version: '2.10' })).body.created_at).toBe(noon / 1_000);
    expect((await call('DELETE', `/conversations/${id}`, undefined, { version: '2.12' })).status).toBe(400);
  });

  test('a path that does not exist is 404, a body that is no JSON 400, one that is too large 413', async () => {
    const { call, intercom } = await start({ maxBodyBytes: 100 });
    expect((await call('GET', '/nothing')).status).toBe(404);
    const broken = await fetch(`${intercom.url}/tags`, { method: 'POST', headers: { 'Authorization': `Bearer ${intercom.token}`, 'Intercom-Version': '2.16' }, body: '{' });
    expect(broken.status).toBe(400);
    expect((await call('POST', '/tags', { name: 'x'.repeat(200) })).status).toBe(413);
  });
});

describe('faults', () => {
  test('reset before the commit makes nothing, after it makes it', async () => {
    const { call, intercom } = await start();
    intercom.faults.add({ kind: 'reset-before-commit', route: 'POST /contacts', times: 1 });
    await expect(call('POST', '/contacts', { email: 'a@one.example' })).rejects.toThrow('fetch failed');
    expect(intercom.state.count('contacts')).toBe(0);
    intercom.faults.add({ kind: 'reset-after-commit', route: 'POST /contacts', times: 1 });
    await expect(call('POST', '/contacts', { email: 'a@one.example' })).rejects.toThrow('fetch failed');
    expect(intercom.state.count('contacts')).toBe(1);
    expect(intercom.state.answers()).toMatchObject({ 'POST /contacts reset': 1, 'POST /contacts lost': 1 });
  });

  test('answer 5xx before or after, 429 without reason, 403, the throttle, half an answer, and late', async () => {
    const { call, intercom, contact } = await start();
    const tag = (name: string): Promise<{ status: number; body: Loose }> => call('POST', '/tags', { name });
    intercom.faults.add({ kind: 'http-status', status: 502, nth: 1, times: 1 });
    expect((await tag('one')).status).toBe(502);
    expect(intercom.state.count('tags')).toBe(0);
    intercom.faults.add({ kind: 'http-status', status: 504, afterCommit: true, times: 1 });
    expect((await tag('one')).status).toBe(504);
    expect(intercom.state.count('tags')).toBe(1);
    intercom.faults.add({ kind: 'rate-limit', times: 1 });
    expect((await tag('two')).body.errors[0].code).toBe('rate_limit_exceeded');
    intercom.faults.add({ kind: 'plan-restricted', times: 1 });
    expect((await tag('two')).body.errors[0].code).toBe('api_plan_restricted');
    intercom.faults.add({ kind: 'missing-scope', times: 1 });
    expect((await tag('two')).body.errors[0].code).toBe('forbidden');
    intercom.faults.add({ kind: 'throttle', times: 1 });
    expect((await tag('two')).body.errors[0].message).toContain('Too many recent replies');
    intercom.faults.add({ kind: 'truncated-answer', times: 1 });
    await expect(tag('two')).rejects.toThrow(/terminated|failed/);
    expect(intercom.state.count('tags')).toBe(2);
    intercom.faults.add({ kind: 'slow', delayMs: 50, writesOnly: true, times: 1 });
    const before = performance.now();
    await contact('slow@one.example');
    expect(performance.now() - before).toBeGreaterThan(45);
    expect(() => intercom.faults.add({ kind: 'fire' as 'slow' })).toThrow("there is no fault 'fire'");
  });

  test('go by chance from the seed: the same ones each time', async () => {
    const run = async (): Promise<string> => {
      const { call, intercom } = await start({ seed: 5 });
      intercom.faults.add({ kind: 'http-status', probability: 0.5 });
      const statuses: number[] = [];
      for (let index = 0; index < 12; index += 1) statuses.push((await call('GET', '/tags')).status);
      await intercom.stop();
      return statuses.join(' ');
    };
    const [first, second] = [await run(), await run()];
    expect(second).toBe(first);
    expect(first).toMatch(/200.*503|503.*200/);
  });

  test('and state, clock, token and listener are in the hands of the control port', async () => {
    const { call, intercom, clock } = await start();
    const control = async (method: string, path: string, body?: object): Promise<Loose> => (await fetch(intercom.controlUrl + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })).json();
    const { id } = await control('POST', '/faults', { kind: 'http-status', status: 500 });
    expect((await call('GET', '/me')).status).toBe(500);
    await control('DELETE', `/faults/${id}`);
    expect((await call('GET', '/me')).status).toBe(200);
    await control('POST', '/token/revoke');
    expect((await call('GET', '/me')).status).toBe(401);
    await control('POST', '/token/restore');
    await control('POST', '/clock/advance', { ms: 60_000 });
    expect(clock.now()).toBe(noon + 60_000);
    await call('POST', '/tags', { name: 'T' });
    expect(await control('GET', '/state/count?collection=tags')).toBe(1);
    expect((await control('GET', '/state/rows?collection=admins'))[0].email).toBe('ada@support.example');
    expect(await control('GET', '/state/side-effects')).toEqual([]);
    await control('POST', '/listener/stop');
    await expect(call('GET', '/me')).rejects.toThrow('fetch failed');
    await control('POST', '/listener/start');
    expect((await call('GET', '/me')).status).toBe(200);
    expect((await control('GET', '/nonsense')).error).toContain('the control port has no GET /nonsense');
  });
});

describe('the virtual clock', () => {
  test('wakes sleepers in order when nobody works, and all of them when it stops', async () => {
    await start();
    const clock = new VirtualClock(1_000, 1);
    const order: number[] = [];
    await Promise.all([5_000, 1_000, 3_000].map(async (ms) => {
      await clock.sleep(ms);
      order.push(ms);
    }));
    expect([order, clock.now()]).toEqual([[1_000, 3_000, 5_000], 6_000]);
    const waiting = clock.sleep(1e12);
    clock.stop();
    await waiting;
  });
});

test('seeds the same workspace from the same seed, another from another', async () => {
  const people = async (seed: number): Promise<string> => {
    const { intercom } = await start({ seed, existing: { contacts: 20, conversations: 5, companies: 3 }, tags: ['Old'] });
    const rows = JSON.stringify([intercom.state.rows('contacts'), intercom.state.rows('conversations'), intercom.state.rows('companies')]);
    await intercom.stop();
    return rows;
  };
  const [first, again, other] = [await people(3), await people(3), await people(4)];
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});
