import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterEach, describe, expect, test } from 'vitest';
import { writeCustomerioFiles } from './files/write-files.ts';
import { Shuffle } from './random.ts';
import { noon, rawClient } from './testing/raw-client.ts';
import type { Loose, RawClient } from './testing/raw-client.ts';
import { World } from './world/world.ts';

let client: RawClient | null = null;
let folder: string | null = null;
afterEach(async () => {
  await client?.customerio.stop();
  if (folder !== null) await rm(folder, { recursive: true });
  [client, folder] = [null, null];
});
const everybody = { filter: { and: [{ attribute: { field: 'cio_id', operator: 'exists' } }] } };

describe('a later state', () => {
  test('has people who changed, went, merged, came; deliveries of the gone keep the cio_id', async () => {
    client = await rawClient({ people: 300, deliveryDays: 100 });
    const { customerio, all, get } = client;
    const before = customerio.expectation();
    customerio.become({ changed: 0.1, removed: 0.05, merged: 0.03, addedPeople: 12, addedEvents: 7, addedDeliveries: 9 });
    const after = customerio.expectation();
    const { vanished, added, changed } = after.details!;
    expect(Math.min(vanished.deleted.length, vanished.merged.length, changed.length)).toBeGreaterThan(0);
    expect(added).toHaveLength(12);
    const found = (await all('/v1/customers?limit=1000', 'identifiers', everybody)).map(({ cio_id: id }) => id);
    expect(found).toEqual(after.details!.people);
    expect(found.length).toBe(300 + 12 - vanished.deleted.length - vanished.merged.length);
    expect((await get('/v1/workspaces')).body.workspaces[0].people).toBe(found.length);
    expect([after.events.total - before.events.total, after.deliveries.total - before.deliveries.total]).toEqual([7, 9]);
    expect(after.deliveries.metrics['opened']).toBeGreaterThan(before.deliveries.metrics['opened']!); // metrics keep moving
    const merges = new Set((await all('/v1/activities?type=profile_merge&limit=100', 'activities')).map(({ data }) => data.from.cio_id));
    expect(vanished.merged.every((id) => merges.has(id))).toBe(true);
    const messages = await all('/v1/messages?limit=1000', 'messages');
    expect(messages.some(({ customer_identifiers: who }) => vanished.deleted.includes(who?.cio_id) && who.email === null)).toBe(true);
  });

  test('the same options give the same answers in another process, also after a restart', async () => {
    const [one, other] = [await rawClient({ people: 50 }), await rawClient({ people: 50 })];
    const read = async ({ get, post }: RawClient): Promise<unknown> => [(await post('/v1/customers?limit=50', everybody)).body, (await get('/v1/messages?limit=100')).body, (await get('/v1/activities?limit=50')).body];
    const [first, second] = [await read(one), await read(other)];
    await Promise.all([one.customerio.stop(), other.customerio.stop()]);
    expect(second).toEqual(first);
  });
});

describe('files', () => {
  test('event archives hold every event in three formats, some rows twice', async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'customerio-files-'));
    const world = new World({ people: 60 }, noon);
    await writeCustomerioFiles({ world, folder, events: ['jsonl', 'csv', 'parquet'], warehouse: [] });
    const lines = (await readFile(path.join(folder, 'events.jsonl'), 'utf8')).trim().split('\n').map((line): Loose => JSON.parse(line));
    expect([lines.length, new Set(lines.map(({ message_id: id }) => id)).size]).toEqual([364, 360]);
    const cells = parse<Loose>(await readFile(path.join(folder, 'events.csv')), { columns: true });
    expect(cells.map((row) => [row.message_id, row.event, row.user_id, JSON.parse(row.properties)])).toEqual(lines.map((row) => [row.message_id, row.event, row.user_id ?? '', row.properties]));
    const groups = await parquetReadObjects({ file: await asyncBufferFromFile(path.join(folder, 'events.parquet')) });
    expect(groups.map((row) => [row['message_id'], row['event'], row['user_id'], JSON.parse(String(row['properties']))])).toEqual(lines.map((row) => [row.message_id, row.event, row.user_id, row.properties]));
  });

  test('warehouse files are the same workspace: attributes by the last change, deliveries by the highest number, bodies in bulk', async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'customerio-files-'));
    client = await rawClient({ people: 60 });
    const { customerio, post } = client;
    const written = await writeCustomerioFiles({ world: customerio.world, folder, events: [], warehouse: ['parquet', 'csv'] });
    expect(written).toHaveLength(19);
    const table = async (name: string): Promise<readonly Loose[]> => parquetReadObjects({ file: await asyncBufferFromFile(path.join(folder!, 'warehouse', `${name}_v1_111222_1.parquet`)) });
    const expected = customerio.expectation();
    const people = await table('people');
    expect([people.filter(({ deleted }) => deleted === false).length, people.filter(({ suppressed }) => suppressed === true).length]).toEqual([60, expected.consent.suppressedProfiles]);
    const latest = new Map<string, Loose>();
    for (const row of (await table('attributes')).toSorted((a, b) => Number(a.timestamp - b.timestamp))) latest.set(`${row.internal_customer_id} ${row.attribute_name}`, row.attribute_value);
    const { body } = await post('/v1/customers/attributes?id_type=cio_id', { ids: expected.details?.people });
    for (const { identifiers, attributes } of body.customers) for (const [name, value] of Object.entries(attributes)) expect(latest.get(`${identifiers.cio_id} ${name}`)).toBe(value);
    const deliveries = await table('deliveries');
    expect(deliveries.length).toBeGreaterThan(expected.deliveries.total);
    expect(new Set(deliveries.map(({ delivery_id: id }) => id)).size).toBe(expected.deliveries.total);
    expect((await table('delivery_content')).every((row) => row.body !== '')).toBe(true);
    const bounced = (await table('metrics')).filter(({ metric }) => metric === 'bounced');
    expect(bounced).toHaveLength(expected.deliveries.metrics['bounced']!);
    const suppressed = parse<Loose>(await readFile(path.join(folder, 'suppression.csv')), { columns: true });
    expect(suppressed).toHaveLength(expected.consent.suppressedProfiles);
  });
});

test('a shuffle goes there and back, each place once', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 1, max: 1_000_000 }), (size, factor) => {
    const shuffle = new Shuffle(size, factor);
    const places = Array.from({ length: size }, (_, position) => shuffle.to(position));
    expect(new Set(places).size).toBe(size);
    expect(places.every((place, position) => shuffle.from(place) === position)).toBe(true);
  }), { numRuns: 40 });
});

test('sizes that cannot be are refused by name', () => {
  expect(() => new World({ people: 1_000_001 }, noon)).toThrow('people is 1000001');
  expect(() => new World({ events: -1 }, noon)).toThrow('events is -1');
  expect(() => new World({}, noon).become({ removed: 2 })).toThrow('removed is 2');
});
