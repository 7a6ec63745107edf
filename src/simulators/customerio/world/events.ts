import { modulo, pick } from '../random.ts';
import { byCioId, cioIdOf, identifiersOf, isThere } from './person.ts';
import { topics } from './topics.ts';
import { eventNames } from './words.ts';
import { daySeconds } from './world.ts';
import type { World } from './world.ts';

export interface TrackedEvent {
  /** 0 is the newest of the first state; those that came later are negative. */
  readonly index: number;
  readonly id: string;
  readonly name: string;
  /** When it happened; for back-dated ones long before `processedAt`. */
  readonly timestamp: number;
  readonly processedAt: number;
  /** null: nobody was identified. */
  readonly person: number | null;
  /** cio_id at the time; that of someone who is gone by now stays in archives. */
  readonly cioId: string | null;
  readonly properties: { readonly [name: string]: unknown };
}

/** Two fifths of all events fall into the last 30 days. */
const recentShare = 0.4;
const recentCount = (world: World): number => Math.max(1, Math.ceil(world.sizes.events * recentShare));

export const firstEvent = (world: World): number => -(world.later?.addedEvents ?? 0);

/** When an event was processed: the larger the index, the earlier. */
export function eventProcessed(world: World, index: number): number {
  if (index < 0) return world.anchor - index;
  const recent = recentCount(world);
  if (index < recent) return world.anchor - 90 - Math.floor((index * 30 * daySeconds) / recent);
  return world.anchor - 90 - 30 * daySeconds - Math.floor(((index - recent) * (world.sizes.eventDays - 30) * daySeconds) / Math.max(1, world.sizes.events - recent));
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
function base32(value: bigint, length: number): string {
  let [text, rest] = ['', value];
  for (let at = 0; at < length; at += 1) {
    text = (crockford[Number(rest & 31n)] ?? '0') + text;
    rest >>= 5n;
  }
  return text;
}

/** A ULID: ten characters of time, sixteen that tell the record. */
export const ulid = (seconds: number, salt: number, index: number): string => base32(BigInt(seconds) * 1_000n, 10) + base32(BigInt(salt) * 1_000_000_000_000n + BigInt(index + 500_000_000), 16);

/** Of five people the fifth does nothing. */
const slotOf = (active: number): number => Math.floor(active / 4) * 5 + (active % 4);
const activeOf = (slot: number): number | null => (slot % 5 === 4 ? null : Math.floor(slot / 5) * 4 + (slot % 5));

function propertiesOf(world: World, index: number, name: string): TrackedEvent['properties'] {
  const drawn = world.hash(topics.eventProperties, index);
  if (name === 'order_completed') return { number: `A-${drawn % 100_000}`, amount: (drawn % 20_000) / 100, currency: 'EUR', items: [{ sku: `SKU-${drawn % 500}`, quantity: 1 + drawn % 4 }], coupon: drawn % 3 === 0 ? 'SPRING' : null };
  if (name === 'Plan Upgraded') return { from: 'free', to: pick(['team', 'business'], drawn), 'at once': drawn % 2 === 0, meta: { source: { page: '/pricing', test: drawn % 7 } } };
  if (drawn % 400 === 7) return { trace: 'lorem ipsum '.repeat(2_000), oversize: true };
  return drawn % 6 === 0 ? {} : { count: drawn % 30, label: pick(['żółć', 'plain', '<b>bold</b>'], drawn), ratio: (drawn % 100) / 7 };
}

export function eventAt(world: World, index: number): TrackedEvent {
  const drawn = world.hash(topics.event, index);
  const processedAt = eventProcessed(world, index);
  const slot = drawn % 50 === 0 || world.active.size === 0 ? null : slotOf(world.active.to(index));
  const backdated = world.roll(topics.backdated, index, 33) === 0;
  const name = pick(eventNames, drawn >>> 8);
  return {
    index, id: ulid(processedAt, 1, index), name, processedAt, timestamp: backdated ? processedAt - (1 + (drawn >>> 12) % 200) * daySeconds : processedAt,
    person: slot !== null && isThere(world, slot) ? slot : null, cioId: slot === null ? null : cioIdOf(slot), properties: propertiesOf(world, index, name),
  };
}

/** The events of a person, newest first. */
export function* eventsOf(world: World, person: number): Generator<number> {
  const active = person < world.sizes.people ? activeOf(person) : null;
  if (active === null || byCioId(world, cioIdOf(person)) === null) return;
  const first = firstEvent(world);
  const rest = world.active.from(active);
  for (let index = first + modulo(rest - first, world.active.size); index < world.sizes.events; index += world.active.size) if (eventAt(world, index).person === person) yield index;
}

/** An event as `GET /v1/activities` gives it. */
export function eventView(world: World, one: TrackedEvent): { readonly [name: string]: unknown } {
  const identifiers = one.person === null ? null : identifiersOf(world, one.person);
  return { id: one.id, type: 'event', name: one.name, timestamp: one.timestamp, customer_id: identifiers?.id ?? null, customer_identifiers: identifiers, data: one.properties };
}
