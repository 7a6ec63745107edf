import { modulo, pick } from '../random.ts';
import { deliveriesOf, deliveryAt, deliveryCreated, firstDelivery, ownerIdentifiers } from './deliveries.ts';
import type { Delivery } from './deliveries.ts';
import { eventAt, eventProcessed, eventsOf, eventView, firstEvent, ulid } from './events.ts';
import { objectIdOf, objectTypes } from './objects.ts';
import { byCioId, ghostCioId, identifiersOf, isThere, winnerOf } from './person.ts';
import { topics } from './topics.ts';
import { daySeconds } from './world.ts';
import type { World } from './world.ts';

export type Activity = { readonly id: string; readonly type: string; readonly timestamp: number; readonly [name: string]: unknown };

/** Activities of one sort, newest first, made by index. */
export interface ActivityStream {
  /** Whether it may hold a type at all. */
  readonly mayHold: (type: string) => boolean;
  readonly first: (world: World) => number;
  readonly end: (world: World) => number;
  /** Unix seconds by which the list is ordered; never rises with the index. */
  readonly processed: (world: World, index: number) => number;
  readonly make: (world: World, index: number) => Activity;
  /** Indexes of one person's. */
  readonly ofPerson: (world: World, person: number) => Iterable<number>;
}

const events: ActivityStream = {
  mayHold: (type) => type === 'event', first: firstEvent, end: ({ sizes }) => sizes.events, processed: eventProcessed,
  make: (world, index) => eventView(world, eventAt(world, index)) as Activity, ofPerson: eventsOf,
};

/** What a message was last known to be when it left, and what its recipient did. */
function messageType(delivery: Delivery): string {
  const { metrics } = delivery;
  const metric = ['unsubscribed', 'spammed', 'converted', 'clicked', 'opened', 'bounced', 'failed', 'dropped', 'undeliverable', 'drafted', 'delivered', 'sent', 'attempted'].find((name) => metrics[name] !== undefined) ?? 'attempted';
  return `${metric}_${delivery.type === 'live_notification' ? 'push' : delivery.type}`;
}

const messages: ActivityStream = {
  mayHold: (type) => /^(attempted|sent|delivered|opened|clicked|converted|bounced|dropped|drafted|failed|undeliverable|unsubscribed|spammed)_/.test(type), first: firstDelivery, end: ({ sizes }) => sizes.deliveries, processed: deliveryCreated,
  make: (world, index) => {
    const delivery = deliveryAt(world, index);
    const identifiers = ownerIdentifiers(world, delivery.owner);
    return {
      id: ulid(delivery.created, 2, index), type: messageType(delivery), timestamp: delivery.created, customer_id: identifiers?.id ?? null, customer_identifiers: identifiers, delivery_id: delivery.id, delivery_type: delivery.type,
      data: { delivery_id: delivery.id, ...delivery.metrics, ip_address: `198.51.100.${modulo(index, 250)}`, user_agent: 'Mozilla/5.0 (invented)' },
    };
  },
  ofPerson: deliveriesOf,
};

const otherTypes = ['page', 'screen', 'attribute_change', 'attribute_change', 'profile_merge', 'anon_merge', 'device_change', 'add_relationship', 'relationship_attribute_change', 'topic_unsubscribed_email', 'suppressed_twilio', 'failed_event', 'skipped_update', '_o:1:attribute_change', '_r:1:attribute_change', 'profile_create', 'profile_delete'] as const;
const otherCount = (world: World): number => Math.ceil(world.sizes.events / 4);

function otherData(world: World, type: string, index: number, person: number): { readonly [name: string]: unknown } {
  const drawn = world.hash(topics.event + 50, index);
  switch (type) {
    case 'page': return { url: `https://tidewater-shop.example/p/${drawn % 40}`, data: { referrer: '' } };
    case 'screen': return { name: 'Basket', data: {} };
    case 'attribute_change': return { data: { plan: { from: 'free', to: 'team' } } };
    case 'profile_merge': return { data: { from: { cio_id: ghostCioId('merged', drawn % world.ghosts('merged')) }, to: { cio_id: identifiersOf(world, person).cio_id } } };
    case 'topic_unsubscribed_email': return { data: { topic_id: 2 } };
    default: return { data: type.includes('elationship') || type.startsWith('_') ? { object_type_id: String(objectTypes[0]?.id), object_id: objectIdOf(1, drawn % world.sizes.companies) } : {} };
  }
}

/** Whose the other activities are: a merge is the winner's, and the loser's number follows from the index. */
function otherPerson(world: World, type: string, index: number): number {
  return type === 'profile_merge' ? winnerOf(world, world.hash(topics.event + 50, index) % world.ghosts('merged')) : world.receivers.to(index * 3);
}

const others: ActivityStream = {
  mayHold: (type) => (otherTypes as readonly string[]).includes(type), first: () => 0, end: otherCount,
  processed: (world, index) => world.anchor - 200 - Math.floor((index * 40 * daySeconds) / Math.max(1, otherCount(world))),
  make: (world, index) => {
    const type = pick(otherTypes, index);
    const slot = otherPerson(world, type, index);
    const identifiers = isThere(world, slot) && type !== 'profile_delete' ? identifiersOf(world, slot) : null;
    const timestamp = others.processed(world, index);
    return { id: ulid(timestamp, 3, index), type, timestamp, customer_id: identifiers?.id ?? null, customer_identifiers: identifiers, ...otherData(world, type, index, slot) };
  },
  *ofPerson(world, person) {
    const end = otherCount(world);
    for (let index = 0; index < end; index += 1) if (otherPerson(world, pick(otherTypes, index), index) === person && pick(otherTypes, index) !== 'profile_delete') yield index;
  },
};

/** Those after `mutation`: people who vanished by being merged have a merge, deleted ones a deletion; both newest of all. */
const vanished: ActivityStream = {
  mayHold: (type) => type === 'profile_merge' || type === 'profile_delete', first: () => 0, end: (world) => (world.later === null ? 0 : world.sizes.people), processed: (world) => world.anchor + 1,
  make: (world, index) => {
    const cioId = gone(world, index) === null ? '' : identifiersOf(world, index).cio_id;
    const merged = gone(world, index) === 'merged';
    const winner = modulo(index + 1, world.sizes.people);
    const identifiers = merged && isThere(world, winner) ? identifiersOf(world, winner) : null;
    return { id: ulid(world.anchor + 1, 4, index), type: merged ? 'profile_merge' : 'profile_delete', timestamp: world.anchor + 1, customer_id: identifiers?.id ?? null, customer_identifiers: identifiers, data: merged ? { from: { cio_id: cioId }, to: { cio_id: identifiers?.cio_id ?? null } } : { cio_id: cioId } };
  },
  *ofPerson() { /* who is gone has no list */ },
};

/** What happened to a slot of the first state. */
function gone(world: World, index: number): 'merged' | 'deleted' | null {
  if (isThere(world, index)) return null;
  return world.later !== null && !world.chance(topics.removed, index, world.later.removed) ? 'merged' : 'deleted';
}

const streams: readonly ActivityStream[] = [events, messages, others, vanished];

/** Where each stream stands: the cursor of the list. */
export type Positions = readonly number[];
export const start = (world: World): Positions => streams.map((stream) => stream.first(world));

/**
 * All streams as one list, newest first.
 * @param from where each stream stands
 * @param oldest Unix seconds; what was processed before is not given
 */
export function* activitiesFrom(world: World, from: Positions, type: string | null, oldest: number): Generator<{ readonly activity: Activity; readonly after: Positions }> {
  const at = [...from];
  const live = streams.map((stream, number) => ({ stream, number })).filter(({ stream }) => type === null || stream.mayHold(type));
  for (;;) {
    let best: { readonly number: number; readonly processed: number } | null = null;
    for (const { stream, number } of live) {
      const index = at[number] ?? 0;
      if (index >= stream.end(world)) continue;
      const processed = stream.processed(world, index);
      if (processed >= oldest && (best === null || processed > best.processed)) best = { number, processed };
    }
    if (best === null) return;
    const { number } = best;
    const index = at[number] ?? 0;
    at[number] = index + 1;
    if (streams[number] === vanished && gone(world, index) === null) continue;
    const activity = streams[number]!.make(world, index);
    if (type === null || activity.type === type) yield { activity, after: [...at] };
  }
}

/** The activities of a person, newest first. */
export function activitiesOfPerson(world: World, person: number, oldest: number): readonly Activity[] {
  if (byCioId(world, identifiersOf(world, person).cio_id) === null) return [];
  return streams.flatMap((stream) => [...stream.ofPerson(world, person)].map((index) => ({ processed: stream.processed(world, index), activity: stream.make(world, index) })))
    .filter(({ processed }) => processed >= oldest).sort((a, b) => b.processed - a.processed).map(({ activity }) => activity);
}
