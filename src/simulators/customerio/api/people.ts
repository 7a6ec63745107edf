import { param } from '../call.ts';
import type { Call, Json } from '../call.ts';
import { cursor, limitOf, listOf, nextOf, pageOf, positionOf } from '../paging.ts';
import { badRequest, notFound } from '../problem.ts';
import { activitiesOfPerson } from '../world/activities.ts';
import { profileOf } from '../world/attributes.ts';
import { isSubscribed, optoutsOf, subscriptionTopics } from '../world/consent.ts';
import { deliveriesOf, deliveryAt, deliveryView } from '../world/deliveries.ts';
import { cioObjectIdOf, objectIdOf, relationsOf } from '../world/objects.ts';
import { byCioId, byEmail, byUserId, facetsOf, identifiersOf, isThere } from '../world/person.ts';
import { segments } from '../world/segments.ts';
import { daySeconds } from '../world/world.ts';
import { oldestActivity } from './oldest-activity.ts';
import { personFilter } from './person-filter.ts';

/** `POST /v1/customers`: people that match a filter, a thousand a page at most. `ids` has "" for those without an id. */
export function searchPeople(call: Call): Json {
  const { world } = call;
  const test = personFilter(call.body['filter']);
  const limit = limitOf(call, 50, 1_000);
  function* matching(from: number): Generator<number> {
    for (let index = from; index < world.slots; index += 1) if (isThere(world, index) && test(world, index)) yield index;
  }
  const page = pageOf(matching(positionOf<number>(call, 'people', 0)), limit);
  const identifiers = page.indexes.map((index) => identifiersOf(world, index));
  return { identifiers: listOf(call, identifiers), ids: listOf(call, identifiers.map(({ id }) => id ?? '')), ...nextOf(call, page.next === null ? null : cursor('people', page.next)) };
}

/** `GET /v1/customers?email=`: several profiles may share one. */
export function peopleByEmail(call: Call): Json {
  const email = call.query.get('email');
  if (email === null || email === '') throw badRequest('email is required', '/query/email');
  return { results: byEmail(call.world, email).map((index) => identifiersOf(call.world, index)) };
}

const idTypes = ['id', 'email', 'cio_id', 'phone'];
function idTypeOf(call: Call): string {
  const idType = call.query.get('id_type') ?? 'id';
  if (!idTypes.includes(idType)) throw badRequest(`id_type must be one of ${idTypes.join(', ')}`, '/query/id_type');
  return idType;
}

/** In a body a cio_id stands bare; with the prefix nobody has it. */
function byBodyId(call: Call, idType: string, id: string): number | null {
  const { world } = call;
  return idType === 'cio_id' ? byCioId(world, id) : idType === 'id' ? byUserId(world, id) : idType === 'email' ? byEmail(world, id)[0] ?? null : null;
}

/** `POST /v1/customers/attributes`: a hundred people; those nobody knows are left out without a word. */
export function batchAttributes(call: Call): Json {
  const { world } = call;
  const idType = idTypeOf(call);
  const { ids } = call.body;
  if (!Array.isArray(ids) || ids.some((id) => typeof id !== 'string')) throw badRequest('ids must be a list of strings', '/ids');
  if (ids.length > 100 && world.unknowns.batchAboveMaximum === 'refused') throw badRequest('at most 100 ids', '/ids');
  const found = new Set((ids as readonly string[]).slice(0, 100).map((id) => byBodyId(call, idType, id)).filter((index) => index !== null));
  const customers = [...found].map((index) => profileOf(world, index));
  return { customers: world.unknowns.batchShape === 'wrapped' ? customers.map((customer) => ({ customer })) : customers };
}

/** The person of a path or a `customer_id` parameter: there a cio_id has the prefix `cio_`. Null where nobody is meant by it. */
export function personOf(call: Call, id: string): number | null {
  const idType = idTypeOf(call);
  if (id.startsWith('cio_')) return byCioId(call.world, id.slice(4));
  return idType === 'cio_id' ? null : byBodyId(call, idType, id);
}

function required(call: Call): number {
  const person = personOf(call, param(call, 'id'));
  if (person === null) throw notFound('customer not found');
  return person;
}

export const attributesOfPerson = (call: Call): Json => ({ customer: profileOf(call.world, required(call)) });

export function segmentsOfPerson(call: Call): Json {
  const person = required(call);
  return { segments: segments.filter(({ isMember }) => isMember(call.world, person)).map(({ id, name, description }) => ({ id, name, description })) };
}

/** An id that nobody has gives an empty list here, as an unencoded '+' does. */
export function messagesOfPerson(call: Call): Json {
  const { world } = call;
  const person = personOf(call, param(call, 'id'));
  const from = positionOf<number | null>(call, 'person messages', null);
  const [startTs, endTs] = [Number(call.query.get('start_ts') ?? call.now - 180 * daySeconds), Number(call.query.get('end_ts') ?? call.now)];
  function* within(): Generator<number> {
    for (const index of person === null ? [] : deliveriesOf(world, person)) {
      const { created, isDraft } = deliveryAt(world, index);
      if (!isDraft && created >= startTs && created <= endTs && (from === null || index >= from)) yield index;
    }
  }
  const page = pageOf(within(), limitOf(call, 50, 1_000));
  return { messages: listOf(call, page.indexes.map((index) => deliveryView(world, deliveryAt(world, index)))), ...nextOf(call, page.next === null ? null : cursor('person messages', page.next)) };
}

export function activitiesOfOne(call: Call): Json {
  const person = personOf(call, param(call, 'id'));
  const [type, name] = [call.query.get('type'), call.query.get('name')];
  const all = person === null ? [] : activitiesOfPerson(call.world, person, oldestActivity(call)).filter((one) => (type === null || one.type === type) && (name === null || one['name'] === name));
  const from = positionOf<number>(call, 'person activities', 0);
  const limit = limitOf(call, 10, 100);
  return { activities: listOf(call, all.slice(from, from + limit)), ...nextOf(call, from + limit < all.length ? cursor('person activities', from + limit) : null) };
}

/** The only place with the attributes of relationships. */
export function relationshipsOfPerson(call: Call): Json {
  const all = relationsOf(call.world, required(call));
  const from = positionOf<number>(call, 'relationships', 0);
  const limit = limitOf(call, 10, 100);
  const shown = all.slice(from, from + limit).map(({ type, at, attributes, createdAt }) => ({
    object_type_id: type, identifiers: { object_id: objectIdOf(type, at), cio_object_id: cioObjectIdOf(type, at) }, attributes, timestamps: { cio_created_at: createdAt, ...Object.fromEntries(Object.keys(attributes).map((name) => [name, createdAt])) },
  }));
  return { cio_relationships: listOf(call, shown), ...nextOf(call, from + limit < all.length ? cursor('relationships', from + limit) : null) };
}

export function subscriptionsOfPerson(call: Call): Json {
  const { world } = call;
  const person = required(call);
  const identifiers = identifiersOf(world, person);
  const topics = subscriptionTopics.map((topic) => ({ id: topic.id, name: topic.name, description: topic.description, subscribed: isSubscribed(world, person, topic) }));
  return { customer: { id: identifiers.id ?? '', identifiers, topics, header: 'Choose what you hear of', unsubscribed: facetsOf(world, person).isUnsubscribed } };
}

export const optoutsOfPerson = (call: Call): Json => ({ optouts: listOf(call, optoutsOf(call.world, required(call))) });
