import { afterEach, describe, expect, test } from 'vitest';
import type { CustomerioSimulatorOptions } from './options.ts';
import { rawClient } from './testing/raw-client.ts';
import type { Loose, RawClient } from './testing/raw-client.ts';

let client: RawClient;
afterEach(() => client.customerio.stop());
const start = async (options?: CustomerioSimulatorOptions): Promise<RawClient> => (client = await rawClient(options));
const everybody = { filter: { and: [{ attribute: { field: 'cio_id', operator: 'exists' } }] } };

describe('people', () => {
  test('are listed by the filter that matches all, with "" among `ids` for those without an id', async () => {
    const { post, all, customerio } = await start({ people: 400 });
    const first = await post('/v1/customers?limit=100', everybody);
    expect([first.body.identifiers.length, first.body.ids.length, first.body.ids.includes('')]).toEqual([100, 100, true]);
    const found = await all('/v1/customers?limit=150', 'identifiers', everybody);
    const expected = customerio.expectation();
    expect(found.map(({ cio_id: id }) => id)).toEqual(expected.details?.people);
    expect([found.filter(({ id }) => id === null).length, found.filter(({ email }) => email === null).length]).toEqual([expected.people.withoutId, expected.people.withoutEmail]);
    expect(Math.min(expected.people.withoutId, expected.people.withoutEmail, expected.people.withoutEither, expected.people.malformedEmails, expected.people.duplicates)).toBeGreaterThan(0);
    expect((await post('/v1/customers?limit=5000', everybody)).body.identifiers).toHaveLength(400);
    expect((await post('/v1/customers', everybody)).body.identifiers).toHaveLength(50);
  });

  test('with `id exists` the ones without an id are missing', async () => {
    const { all, customerio } = await start();
    const found = await all('/v1/customers?limit=1000', 'identifiers', { filter: { and: [{ attribute: { field: 'id', operator: 'exists' } }] } });
    const { total, withoutId } = customerio.expectation().people;
    expect(found).toHaveLength(total - withoutId);
  });

  test('have cio_ids that collapse when read as numbers', async () => {
    const { all } = await start();
    const ids = (await all('/v1/customers?limit=1000', 'identifiers', everybody)).map(({ cio_id: id }) => String(id));
    expect(new Set(ids).size).toBe(120);
    expect(new Set(ids.map(Number)).size).toBeLessThan(90);
  });

  test('an empty answer is null, and the switch makes it a list', async () => {
    const nobody = { filter: { and: [{ attribute: { field: 'plan', operator: 'eq', value: 'no such plan' } }] } };
    const first = await start();
    expect((await first.post('/v1/customers', nobody)).body).toEqual({ identifiers: null, ids: null, next: '' });
    await first.customerio.stop();
    const { post } = await start({ unknowns: { emptyList: 'empty', endOfList: 'null' } });
    expect((await post('/v1/customers', nobody)).body).toEqual({ identifiers: [], ids: [], next: null });
  });

  test('a filter has and, or, not, segment, eq and exists, nothing else', async () => {
    const { post } = await start();
    expect((await post('/v1/customers', {})).status).toBe(400);
    const refused = await post('/v1/customers', { filter: { and: [{ attribute: { field: 'created_at', operator: 'gt', value: '1' } }] } });
    expect([refused.status, refused.body.errors[0].source.pointer]).toEqual([422, '/filter/and/0/attribute/operator']);
    const some = await post('/v1/customers?limit=1000', { filter: { or: [{ segment: { id: 2 } }, { not: { attribute: { field: 'id', operator: 'exists' } } }] } });
    expect(some.body.identifiers.length).toBeGreaterThan(0);
  });

  test('cursors are opaque, need encoding and belong to one list', async () => {
    const { post, get } = await start();
    const { next } = (await post('/v1/customers?limit=10', everybody)).body;
    expect(encodeURIComponent(next)).not.toBe(next);
    expect((await post(`/v1/customers?limit=10&start=${encodeURIComponent(String(next).toLowerCase())}`, everybody)).status).toBe(400);
    expect((await get(`/v1/messages?start=${encodeURIComponent(next)}`)).status).toBe(400);
  });
});

describe('attributes by the hundred', () => {
  test('come unwrapped, all values texts, unknown and prefixed ids left out without a word', async () => {
    const { post } = await start();
    const { body } = await post('/v1/customers/attributes?id_type=cio_id', { ids: ['30e00000', '30e00001', 'cio_30e00002', '30eaaaaa', '30E00004'] });
    expect(body.customers.map(({ identifiers }: Loose) => identifiers.cio_id)).toEqual(['30e00000', '30e00001']);
    expect(body.customers.every(({ attributes }: Loose) => Object.values(attributes).every((value) => typeof value === 'string'))).toBe(true);
    expect(Object.keys(body.customers[0]).sort()).toEqual(['attributes', 'devices', 'id', 'identifiers', 'timestamps', 'unsubscribed']);
    expect((await post('/v1/customers/attributes?id_type=cio_id', { ids: Array.from({ length: 101 }, () => 'x') })).status).toBe(400);
    expect((await post('/v1/customers/attributes?id_type=name', { ids: [] })).status).toBe(400);
  });

  test('the specification\'s wrapped shape is a switch', async () => {
    const { post } = await start({ unknowns: { batchShape: 'wrapped' } });
    expect((await post('/v1/customers/attributes?id_type=cio_id', { ids: ['30e00000'] })).body.customers[0].customer.identifiers.cio_id).toBe('30e00000');
  });

  test('are what the expectation counted: types that conflict, JSON inside, names that clash', async () => {
    const { post, customerio } = await start({ people: 600 });
    const expected = customerio.expectation();
    const counted: { [name: string]: number } = {};
    for (let at = 0; at < 600; at += 100) {
      const { body } = await post('/v1/customers/attributes?id_type=cio_id', { ids: expected.details?.people.slice(at, at + 100) });
      for (const { attributes } of body.customers) for (const name of Object.keys(attributes)) counted[name] = (counted[name] ?? 0) + 1;
    }
    for (const name of ['cio_id', 'id', 'email']) delete counted[name];
    expect(counted).toEqual(Object.fromEntries(Object.entries(expected.attributes).map(([name, { filled }]) => [name, filled])));
    expect(Object.keys(counted).length).toBeGreaterThanOrEqual(40);
    expect(Object.keys(expected.attributes['mrr']!.shapes).sort()).toEqual(['decimal', 'text']);
    expect(Object.keys(expected.attributes['address']!.shapes).sort()).toEqual(['json-object', 'text']);
    expect(counted['plan']).toBeGreaterThan(counted['Plan']!);
    expect([counted['subscription.plan_name'], counted['subscription_plan_name'], counted['referral_code_2019']].every((count) => count !== undefined && count > 0)).toBe(true);
  });
});

describe('one person', () => {
  test('is found by cio_ with prefix, by e-mail, by an id that has to be encoded', async () => {
    const { get, all } = await start({ people: 400 });
    expect((await get('/v1/customers/cio_30e00001/attributes?id_type=cio_id')).body.customer.identifiers.cio_id).toBe('30e00001');
    expect((await get('/v1/customers/30e00001/attributes?id_type=cio_id')).status).toBe(404);
    const people = await all('/v1/customers?limit=1000', 'identifiers', everybody);
    const withPlus = people.find(({ id }) => String(id).includes('+'));
    expect((await get(`/v1/customers/${encodeURIComponent(withPlus.id)}/attributes`)).body.customer.identifiers).toEqual(withPlus);
    const unencoded = await get(`/v1/customers/${withPlus.id}/messages`);
    expect([unencoded.status, unencoded.body.messages]).toEqual([200, null]);
  });

  test('several profiles share an e-mail, upper and lower case', async () => {
    const { get, customerio } = await start({ people: 400 });
    const shared = Object.entries(customerio.expectation().details!.sharedEmails);
    expect(shared.length).toBeGreaterThan(0);
    const [email, holders] = shared[0]!;
    expect((await get(`/v1/customers?email=${encodeURIComponent(email)}`)).body.results.map((one: Loose) => one.cio_id)).toEqual(holders);
  });

  test('relates to objects, with the attributes of the relationship only here', async () => {
    const { get, all, customerio } = await start();
    const { companies } = customerio.expectation().details!;
    const [person, ids] = Object.entries(companies).find(([, list]) => list.length > 1)!;
    const relations = await all(`/v1/customers/cio_${person}/relationships`, 'cio_relationships');
    expect(relations.filter((one) => one.object_type_id === 1).map((one) => one.identifiers.object_id)).toEqual(ids);
    expect(relations[0].attributes.role).toBeTypeOf('string');
    const people = await all(`/v1/objects/1/${encodeURIComponent(ids[0]!)}/relationships`, 'cio_relationships');
    expect(people.map((one) => one.identifiers.cio_id)).toEqual(Object.entries(companies).filter(([, list]) => list.includes(ids[0]!)).map(([id]) => id).sort((a, b) => Number.parseInt(a.slice(3), 16) - Number.parseInt(b.slice(3), 16)));
    expect(Object.keys(people[0])).not.toContain('attributes');
    expect((await get(`/v1/customers/cio_${person}/subscription_preferences`)).body.customer.topics).toHaveLength(4);
  });
});

test('a million people are made when asked for: the last ones are there at once', async () => {
  const { post, get } = await start({ people: 1_000_000 });
  expect((await get('/v1/workspaces')).body.workspaces[0].people).toBe(1_000_000);
  const { body } = await post('/v1/customers/attributes?id_type=cio_id', { ids: ['30ef423f', '30ef4240'] }); // 999,999 and one too many
  expect(body.customers.map(({ identifiers }: Loose) => identifiers.cio_id)).toEqual(['30ef423f']);
  expect((await post('/v1/customers/attributes?id_type=id', { ids: [body.customers[0].identifiers.id ?? ''] })).body.customers.length).toBe(body.customers[0].identifiers.id === null ? 0 : 1);
  expect((await get('/v1/objects/1/org_99999/relationships?limit=100')).body.cio_relationships.length).toBeGreaterThan(0);
});
