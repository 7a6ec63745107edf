import { afterEach, describe, expect, test } from 'vitest';
import { firstOfZip } from './testing/first-of-zip.ts';
import type { CustomerioSimulatorOptions } from './options.ts';
import { rawClient } from './testing/raw-client.ts';
import type { Loose, RawClient } from './testing/raw-client.ts';

let client: RawClient;
afterEach(() => client.customerio.stop());
const start = async (options?: CustomerioSimulatorOptions): Promise<RawClient> => (client = await rawClient(options));

describe('segments', () => {
  test('have the members that were expected; an empty page in the middle is not the end', async () => {
    const { get, all, customerio } = await start({ people: 300 });
    const { segments } = (await get('/v1/segments')).body;
    expect(segments).toHaveLength(14);
    expect([segments.some(({ id }: Loose) => id === 9), segments.filter(({ state }: Loose) => state === 'build').length]).toEqual([false, 1]); // archived ones are not listed
    const expected = customerio.expectation();
    for (const { id } of segments) {
      const members = await all(`/v1/segments/${id}/membership?limit=7`, 'identifiers');
      expect(members.map((one) => one.cio_id)).toEqual(expected.details?.segments[id]);
      expect((await get(`/v1/segments/${id}/customer_count`)).body.count).toBe(expected.segments[id]);
    }
    const first = (await get('/v1/segments/2/membership?limit=3')).body;
    const second = (await get(`/v1/segments/2/membership?limit=3&start=${encodeURIComponent(first.next)}`)).body;
    expect([second.identifiers, second.next === '']).toEqual([null, false]);
  });

  test('carry conditions that no document has; the switch takes them away', async () => {
    const first = await start();
    expect((await first.get('/v1/segments/5')).body.segment.conditions.and[0].event.name).toBe('order_completed');
    await first.customerio.stop();
    const { get } = await start({ unknowns: { segmentConditions: 'absent' } });
    expect('conditions' in (await get('/v1/segments/5')).body.segment).toBe(false);
  });
});

describe('content', () => {
  test('the list of transactional messages is called messages, ids of actions are texts, newsletters come in pages', async () => {
    const { get, all, customerio } = await start({ newsletters: 23 });
    expect((await get('/v1/transactional')).body.messages).toHaveLength(5);
    const actions = (await get('/v1/campaigns/1/actions')).body.actions;
    expect(actions.every(({ id }: Loose) => typeof id === 'string')).toBe(true);
    expect(await all('/v1/newsletters?limit=10', 'newsletters')).toHaveLength(23);
    expect((await get('/v1/newsletters/3/contents')).body.contents.map(({ language }: Loose) => language)).toEqual(['', 'pl']);
    expect((await get('/v1/broadcasts')).body.broadcasts).toHaveLength(customerio.expectation().content.broadcasts);
    expect([(await get('/v1/snippets')).body.snippets.length, (await get('/v1/collections/1/content')).body.length]).toEqual([2, 2]);
  });

  test('a list of senders goes on to an empty page, and the hidden ones come alone', async () => {
    const { get } = await start();
    const first = (await get('/v1/sender_identities')).body;
    expect([first.sender_identities.length, first.next === '']).toEqual([3, false]);
    expect((await get(`/v1/sender_identities?start=${encodeURIComponent(first.next)}`)).body).toEqual({ sender_identities: [], next: '' });
    expect((await get('/v1/sender_identities?hidden=true')).body.sender_identities.map(({ id }: Loose) => id)).toEqual([3]);
  });
});

describe('objects', () => {
  test('have types with numbers as texts; match-all works by the switched field alone', async () => {
    const { get, post, all, customerio } = await start({ companies: 45 });
    expect((await get('/v1/object_types')).body.types.map(({ id }: Loose) => id)).toEqual(['1', '2', '3']);
    const search = (field: string): object => ({ object_type_id: '1', filter: { object_attribute: { field, operator: 'exists', type_id: '1' } } });
    expect(await all('/v1/objects?limit=20', 'identifiers', search('cio_object_id'))).toHaveLength(45);
    expect((await post('/v1/objects', search('object_id'))).body.identifiers).toBeNull();
    expect(await all('/v1/objects?limit=20', 'identifiers', search('name'))).toHaveLength(45 - customerio.expectation().objects.companiesWithoutName);
    expect((await get('/v1/objects/2/sub%2F3/attributes')).body.object.identifiers.object_id).toBe('sub/3');
    const typed = (await get('/v1/workspaces')).body.workspaces[0];
    expect(typed.objects).toBe(Object.values(customerio.expectation().objects.byType).reduce((sum, count) => sum + count, 0));
  });
});

describe('consent', () => {
  test('lies in four places, and each gives what was expected', async () => {
    const { get, all, customerio } = await start({ people: 800 });
    const { consent, details } = customerio.expectation();
    const optouts = await all('/v1/optouts?limit=100', 'optouts');
    expect(Object.fromEntries(optouts.map((one) => [one.cio_id, one.optouts.map(({ channel, from }: Loose) => `${channel} ${from}`)]))).toEqual(details?.optouts);
    const blocked = new Set<string>();
    for (const category of ['bounces', 'blocks', 'spam_reports', 'invalid_emails']) {
      let count = 0;
      for (let offset = 0; ; offset += 5) {
        const { suppressions } = (await get(`/v1/esp/suppression/${category}?limit=5&offset=${offset}`)).body;
        if (suppressions === null) break;
        count += suppressions.length;
        for (const { email } of suppressions) blocked.add(String(email).toLowerCase());
      }
      expect(count).toBe(consent.suppressions[category]);
    }
    expect(details!.blockedEmails.filter((email) => !blocked.has(email)).length).toBeGreaterThan(0); // the unsubscribed
    expect([...blocked].every((email) => details!.blockedEmails.includes(email))).toBe(true);
    const [known] = blocked;
    expect((await get(`/v1/esp/search_suppression/${encodeURIComponent(known!)}`)).body.suppressions).toHaveLength(1);
    expect(consent.unsubscribed).toBeGreaterThan(0);
  });
});

describe('exports', () => {
  const everyone = { filters: { and: [{ attribute: { field: 'cio_id', operator: 'exists' } }] }, attributes: ['plan', 'bio'] };
  const finished = async ({ get, post }: RawClient, path: string, body: object): Promise<string> => {
    const made = (await post(path, body)).body.export;
    expect([made.status, made.total]).toEqual(['pending', 0]);
    expect((await get(`/v1/exports/${made.id}/download`)).status).toBe(404);
    await get(`/v1/exports/${made.id}`);
    expect((await get(`/v1/exports/${made.id}`)).body.export.status).toBe('done');
    return (await get(`/v1/exports/${made.id}/download`)).body.url;
  };

  test('are made, asked after, downloaded from another host that may not see the key; a link lasts 15 minutes', async () => {
    const started = await start();
    const url = await finished(started, '/v1/exports/customers', everyone);
    const lines = (await (await fetch(url)).text()).trim().split('\n');
    expect([lines.length, lines[0]]).toEqual([121, 'cio_id,id,email,created_at,plan,bio']);
    await fetch(url, { headers: { Authorization: 'Bearer x' } }).then((answer) => answer.text());
    expect([started.customerio.state.leakedKeys(), started.customerio.state.exportsCreated()]).toEqual([1, 1]);
    started.clock.advance(15 * 60_000 + 1_000);
    expect((await fetch(url)).status).toBe(403);
    expect((await started.post('/v1/exports/customers', {})).status).toBe(422);
    expect((await started.post('/v1/exports/deliveries', { campaign_id: 1, newsletter_id: 1 })).status).toBe(422);
  });

  test('may be compressed and have other columns', async () => {
    const started = await start({ unknowns: { exportCompression: 'zip', exportColumns: 'words' } });
    const url = await finished(started, '/v1/exports/deliveries', { transactional_message_id: 1 });
    const csv = await firstOfZip(Buffer.from(await (await fetch(url)).arrayBuffer()));
    expect(csv.startsWith('Delivery ID,Customer ID,')).toBe(true);
    expect(csv.split('\n').length).toBeGreaterThan(2);
  });
});
