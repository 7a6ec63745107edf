import type { Json, JsonObject } from '../../../connector/json.ts';
import type { CustomerioClient } from '../client.ts';
import { cursorPages, startIn } from '../cursor-pages.ts';
import { flattenAttributes, opened } from '../flatten-attributes.ts';
import { inParallel } from '../in-parallel.ts';
import { readAhead } from '../read-ahead.ts';
import type { Item, SourceObject } from '../source-object.ts';
import { idText, isoTime, objectIn, rowsIn } from '../values.ts';

/** Most that one call takes: ids of a page, people of a batch. A million people are 1,000 + 10,000 calls. */
const idsPerPage = 1000;
const peoplePerBatch = 100;

/**
 * Pages that discovery looks at: 9,000 people for 9 + 90 calls. With the run's own 11,000 a million people take 11,099 calls;
 * reading all of them twice took 22,000.
 */
const sampledPages = 9;

/** Pages whose attributes are under way while one is staged: four seconds of calls, so that a staging that takes two leaves none unused. */
const pagesAhead = 3;

/** Everybody: `id exists` would miss people who have an e-mail address only. */
const everybody = { filter: { and: [{ attribute: { field: 'cio_id', operator: 'exists' } }] } };

/** @param sampled pages that discovery reads, for tests of workspaces smaller than a page of a million */
export function people(client: CustomerioClient, sampled = sampledPages): SourceObject {
  return {
    name: 'person', label: 'People', profiled: true, attributes: true, sampledChunks: sampled,
    fields: {
      cio_id: 'text', id: 'text', email: 'email', unsubscribed: 'boolean', created_at: 'datetime', topics_subscribed: { refersTo: 'subscription_topic', many: true },
      topics_unsubscribed: { refersTo: 'subscription_topic', many: true }, devices: 'json', attributes: 'json', attribute_times: 'json',
    },
    async *chunks(from, most = Infinity) {
      const list = { path: '/customers', query: { limit: String(idsPerPage) }, body: everybody, endpoint: 'customers.search', items: 'identifiers', emptyPage: 'go-on' } as const;
      // The next ids are asked for as soon as these are known, and their attributes while these are still coming.
      yield* readAhead(firstOf(cursorPages(client, list, startIn(from ?? '')), most), pagesAhead, async (page) => ({ at: page.start, items: await profiles(client, page.rows) }));
    },
  };
}

async function* firstOf<T>(items: AsyncIterable<T>, most: number): AsyncGenerator<T> {
  let taken = 0;
  for await (const item of items) {
    taken += 1;
    yield item;
    if (taken >= most) return;
  }
}

/** People of a page of the search, with their attributes. */
async function profiles(client: CustomerioClient, listed: readonly JsonObject[]): Promise<readonly Item[]> {
  const rows = new Map<string, JsonObject>();
  const items: Item[] = [];
  for (const row of listed) {
    const id = idText(row['cio_id']);
    if (id !== null) rows.set(id, row);
    else items.push({ id: `without-cio-id:${JSON.stringify(row)}`, code: 'without-cio-id', message: 'The search lists a person without cio_id, by which every call asks for people.', position: 'person without cio_id', raw: JSON.stringify(row) });
  }
  const ids = [...rows.keys()];
  const batches = Array.from({ length: Math.ceil(ids.length / peoplePerBatch) }, (_, index) => ids.slice(index * peoplePerBatch, (index + 1) * peoplePerBatch));
  const read = await inParallel(batches, (batch) => readBatch(client, batch));
  const found = new Map(read.flatMap((batch) => [...batch]));
  for (const [id, row] of rows) items.push(itemOf(id, row, found.get(id)));
  return items;
}

/** Attributes of up to 100 people by cio_id. Those that Customer.io drops are absent: the answer says nothing of them. */
async function readBatch(client: CustomerioClient, ids: readonly string[]): Promise<ReadonlyMap<string, JsonObject>> {
  const body = await client.call({ path: '/customers/attributes', query: { id_type: 'cio_id' }, body: { ids: [...ids] }, endpoint: 'customers.attributes' });
  const found = new Map<string, JsonObject>();
  for (const row of rowsIn(body['customers'])) {
    // The specification wraps each in `customer`, live answers do not.
    const customer = row['customer'] === undefined ? row : objectIn(row['customer']);
    const attributes = objectIn(customer['attributes']);
    const id = idText(objectIn(customer['identifiers'])['cio_id']) ?? idText(attributes['cio_id']);
    if (id !== null) found.set(id, customer);
  }
  return found;
}

function itemOf(cioId: string, listed: JsonObject, customer: JsonObject | undefined): Item {
  const position = `person cio_${cioId}`;
  if (customer === undefined) {
    return { id: cioId, code: 'dropped-by-customer-io', message: 'The search lists this person, and the call for attributes leaves them out without a word: deleted, merged or suppressed meanwhile.', position, raw: JSON.stringify(listed) };
  }
  const identifiers = objectIn(customer['identifiers']);
  const attributes = objectIn(customer['attributes']);
  const topics = topicsIn(attributes);
  return {
    id: cioId, position,
    data: {
      cio_id: cioId, id: idText(identifiers['id']) ?? idText(listed['id']), email: idText(identifiers['email']) ?? idText(listed['email']) ?? idText(attributes['email']),
      unsubscribed: isYes(customer['unsubscribed']) || isYes(attributes['unsubscribed']), created_at: isoTime(attributes['created_at']) ?? isoTime(objectIn(customer['timestamps'])['created_at']),
      topics_subscribed: topics.filter(([, on]) => on).map(([id]) => id), topics_unsubscribed: topics.filter(([, on]) => !on).map(([id]) => id),
      devices: rowsIn(customer['devices']).map(withoutToken), attributes, attribute_times: customer['timestamps'] ?? null, ...flattenAttributes(attributes),
    },
  };
}

/** `true`, `TRUE`, `1`, `"1"`: all of these opt a person out of everything. */
function isYes(value: Json | undefined): boolean {
  return value === true || value === 1 || (typeof value === 'string' && /^(true|1)$/iu.test(value.trim()));
}

/** The attribute `cio_subscription_preferences`: `{"topics": {"topic_7": true}}`. */
function topicsIn(attributes: JsonObject): readonly (readonly [string, boolean])[] {
  const preferences = objectIn(opened(attributes['cio_subscription_preferences'] ?? null));
  return Object.entries(objectIn(preferences['topics'])).map(([name, on]) => [name.replace(/^topic_/u, ''), isYes(on)] as const);
}

/** The push token is of no use elsewhere and stays where it is. */
function withoutToken(device: JsonObject): JsonObject {
  const { id, ...rest } = device;
  void id;
  return rest;
}
