import { afterEach, describe, expect, test } from 'vitest';
import type { CustomerioSimulatorOptions } from './options.ts';
import { noon, rawClient } from './testing/raw-client.ts';
import type { Loose, RawClient } from './testing/raw-client.ts';

let client: RawClient;
afterEach(() => client.customerio.stop());
const start = async (options?: CustomerioSimulatorOptions): Promise<RawClient> => (client = await rawClient(options));
const now = noon / 1_000;
const day = 86_400;
const ids = (messages: readonly Loose[]): readonly string[] => messages.map(({ id }) => id);

describe('messages', () => {
  test('windows of 30 days back to the beginning give every delivery once, drafts only when asked for', async () => {
    const { all, customerio } = await start({ people: 200 });
    const [seen, drafts]: [Loose[], Loose[]] = [[], []];
    for (let end = now; end > now - 420 * day; end -= 30 * day) {
      seen.push(...await all(`/v1/messages?limit=37&start_ts=${end - 30 * day + 1}&end_ts=${end}`, 'messages'));
      drafts.push(...await all(`/v1/messages?limit=1000&drafts=true&start_ts=${end - 30 * day + 1}&end_ts=${end}`, 'messages'));
    }
    const { deliveries } = customerio.expectation();
    expect(deliveries.total).toBe(600);
    expect([new Set(ids(seen)).size, seen.length, drafts.length]).toEqual([600 - deliveries.drafts, 600 - deliveries.drafts, deliveries.drafts]);
    const metrics: { [metric: string]: number } = {};
    for (const one of [...seen, ...drafts]) for (const metric of Object.keys(one.metrics)) metrics[metric] = (metrics[metric] ?? 0) + 1;
    expect(metrics).toEqual(deliveries.metrics);
    expect(Object.keys(metrics).filter((metric) => metric !== 'secondary:delivered')).toHaveLength(19);
    expect(new Set(seen.map(({ type }) => type))).toEqual(new Set(['email', 'webhook', 'twilio', 'whatsapp', 'slack', 'push', 'in_app', 'live_notification']));
  });

  test('without a window come the last six months; a longer window is clipped, or refused by the switch', async () => {
    const first = await start({ people: 200 });
    const recent = await first.all('/v1/messages?limit=1000', 'messages');
    expect(Math.min(...recent.map(({ created }) => created))).toBeGreaterThanOrEqual(now - 183 * day);
    expect(await first.all(`/v1/messages?limit=1000&start_ts=${now - 400 * day}&end_ts=${now}`, 'messages')).toHaveLength(recent.length);
    expect(first.customerio.expectation().deliveries.olderThanSixMonths).toBeGreaterThan(0);
    await first.customerio.stop();
    const { get } = await start({ unknowns: { longWindow: 'refused' } });
    expect((await get(`/v1/messages?start_ts=${now - 400 * day}&end_ts=${now}`)).status).toBe(400);
  });

  test('some are to nobody, some to a cio_id that is gone, some have been forgotten', async () => {
    const { all, customerio } = await start({ people: 300, deliveries: 2_000, deliveryDays: 100 });
    const found = [...await all('/v1/messages?limit=1000', 'messages'), ...await all('/v1/messages?limit=1000&drafts=true', 'messages')];
    const { owners, forgotten } = customerio.expectation().deliveries;
    expect(found.filter(({ customer_identifiers: who }) => who === null)).toHaveLength(owners.anonymous);
    expect(found.filter(({ customer_identifiers: who }) => who !== null && /^30[bc]/.test(who.cio_id))).toHaveLength(owners.deleted + owners.merged);
    expect(found.filter((one) => one.forgotten)).toHaveLength(forgotten);
    expect(Math.min(owners.anonymous, owners.deleted, owners.merged, forgotten)).toBeGreaterThan(0);
    expect(found.filter((one) => one.forgotten).every(({ subject, recipient }) => subject === '' && recipient === '')).toBe(true);
  });

  test('of one person and of one campaign are those of the list', async () => {
    const { all, get } = await start({ deliveryDays: 100 });
    const found = await all('/v1/messages?limit=1000', 'messages');
    const someone = found.find(({ customer_identifiers: who }) => who !== null && who.cio_id.startsWith('30e')).customer_identifiers.cio_id;
    expect(ids(await all(`/v1/customers/cio_${someone}/messages`, 'messages'))).toEqual(ids(found.filter(({ customer_identifiers: who }) => who?.cio_id === someone)));
    expect(ids(await all('/v1/campaigns/1/messages', 'messages'))).toEqual(ids(found.filter(({ campaign_id: campaign }) => campaign === 1)));
    expect(ids(await all('/v1/messages?campaign_id=1', 'messages'))).toEqual(ids(found.filter(({ campaign_id: campaign }) => campaign === 1)));
    expect((await get(`/v1/messages/${encodeURIComponent(found[0].id)}`)).body.message.id).toBe(found[0].id);
  });

  test('bodies are a hundred a day, and the 429 after them has no Retry-After', async () => {
    const { get, clock } = await start();
    const [{ id }] = (await get('/v1/messages')).body.messages;
    const body = await get(`/v1/messages/${encodeURIComponent(id)}/archived_message`);
    expect([body.headers.get('x-ratelimit-limit'), body.headers.get('x-ratelimit-remaining'), body.body.archived_message.id]).toEqual(['100', '99', id]);
    for (let at = 0; at < 99; at += 1) await get(`/v1/messages/${encodeURIComponent(id)}/archived_message`);
    const refused = await get(`/v1/messages/${encodeURIComponent(id)}/archived_message`);
    expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('x-ratelimit-remaining')]).toEqual([429, null, '0']);
    clock.advance(12 * 3_600_000);
    expect((await get(`/v1/messages/${encodeURIComponent(id)}/archived_message`)).status).toBe(200);
  });
});

/** Reads until an empty page, as the facts say. */
async function activities(path: string): Promise<readonly Loose[]> {
  const found: Loose[] = [];
  for (let next = ''; ;) {
    const { body } = await client.get(`${path}${next === '' ? '' : `&start=${encodeURIComponent(next)}`}`);
    if (body.activities.length === 0) return found;
    found.push(...body.activities);
    next = body.next;
  }
}

describe('activities', () => {
  test('events of 30 days come newest first; after the last there are empty pages with a next', async () => {
    const { customerio, get } = await start();
    const events = await activities('/v1/activities?type=event&limit=100');
    const expected = customerio.expectation().events;
    expect([events.length, new Set(ids(events)).size]).toEqual([expected.withinApi, expected.withinApi]);
    expect(expected.withinApi).toBeLessThan(expected.total);
    expect([...ids(events)].sort().reverse()).toEqual(ids(events)); // ULIDs by processing
    expect(events.some(({ timestamp }) => timestamp < now - 31 * day) || expected.backdated === 0).toBe(true);
    expect(events.filter(({ customer_identifiers: who }) => who === null).length).toBeGreaterThan(0);
    const last = (await get('/v1/activities?type=event&limit=100&start=' + encodeURIComponent((await get('/v1/activities?type=event&limit=100')).body.next))).body.next;
    expect(last).not.toBe('');
    expect((await get('/v1/activities')).body.activities).toHaveLength(10);
  });

  test('all types come in one list, by time of processing', async () => {
    await start();
    const found = await activities('/v1/activities?limit=100');
    const types = new Set(found.map(({ type }) => type));
    expect(['event', 'page', 'attribute_change', 'profile_merge', 'anon_merge', 'topic_unsubscribed_email', '_o:1:attribute_change'].every((type) => types.has(type))).toBe(true);
    expect([...types].some((type) => type.startsWith('opened_'))).toBe(true);
    expect(new Set(ids(found)).size).toBe(found.length);
    expect(await activities('/v1/activities?limit=100&type=page')).toEqual(found.filter(({ type }) => type === 'page'));
  });

  test('of one person are those of the list', async () => {
    await start();
    const events = await activities('/v1/activities?type=event&limit=100');
    const someone = events.find(({ customer_identifiers: who }) => who !== null).customer_identifiers.cio_id;
    const own = await client.all(`/v1/customers/cio_${someone}/activities?type=event`, 'activities');
    expect(own).toEqual(events.filter(({ customer_identifiers: who }) => who?.cio_id === someone));
  });
});
