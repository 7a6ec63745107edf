import { modulo, pick } from '../random.ts';
import { companyDomain, createdAt, isThere } from './person.ts';
import { topics } from './topics.ts';
import { cities, companyWords, countries, industries, plans } from './words.ts';
import { daySeconds } from './world.ts';
import type { World } from './world.ts';

export interface ObjectType { readonly id: number; readonly name: string; readonly singular_name: string; readonly slug: string; readonly singular_slug: string; readonly icon: string; readonly enabled: boolean }

/** Numbers with names: that the first are companies stands only in the name. */
export const objectTypes: readonly ObjectType[] = [
  { id: 1, name: 'Companies', singular_name: 'Company', slug: 'companies', singular_slug: 'company', icon: 'company', enabled: true },
  { id: 2, name: 'Subscriptions', singular_name: 'Subscription', slug: 'subscriptions', singular_slug: 'subscription', icon: 'generic', enabled: true },
  { id: 3, name: 'Sales regions', singular_name: 'Sales region', slug: 'sales_regions', singular_slug: 'sales_region', icon: 'location', enabled: true },
];

export function objectCount(world: World, type: number): number {
  return type === 1 ? world.sizes.companies : type === 2 ? Math.ceil(world.sizes.companies / 3) : type === 3 ? Math.min(8, world.sizes.companies) : 0;
}

export const objectIdOf = (type: number, at: number): string => (type === 1 ? `org_${at}` : type === 2 ? `sub/${at}` : `region ${at}`);
export const cioObjectIdOf = (type: number, at: number): string => `ob${type}${at.toString(16).padStart(6, '0')}`;

/** The object with an id of either kind; null where there is none. */
export function objectBy(world: World, type: number, kind: 'object_id' | 'cio_object_id', id: string): number | null {
  const at = kind === 'object_id' ? Number(/\d+$/.exec(id)?.[0]) : Number.parseInt(id.slice(3), 16);
  const known = Number.isSafeInteger(at) && at >= 0 && at < objectCount(world, type) && (kind === 'object_id' ? objectIdOf(type, at) : cioObjectIdOf(type, at)) === id;
  return known ? at : null;
}

/** A company's name; every 25th has the name of the one before it, every 40th has none. */
export function objectName(type: number, at: number): string | null {
  if (type === 2) return `Seat plan ${at}`;
  if (type === 3) return `${pick(cities, at)} area`;
  if (at % 40 === 39) return null;
  const own = at % 25 === 24 ? at - 1 : at;
  return `${pick(companyWords, own)} ${Math.floor(own / companyWords.length) + 1}`;
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

export function objectAttributes(world: World, type: number, at: number): { readonly [name: string]: unknown } {
  const drawn = world.hash(topics.object + type * 100, at);
  const name = objectName(type, at);
  const typed: { readonly [attribute: string]: unknown } = {
    ...(name === null ? {} : { name }), created_at: world.anchor - drawn % (1_000 * daySeconds),
    ...(type === 1 ? {
      domain: companyDomain(at), industry: pick(industries, drawn), employees: drawn % 7 === 0 ? '50-100' : drawn % 900, country: pick(countries, drawn >>> 4),
      address: { street: `Portowa ${drawn % 80}`, city: pick(cities, drawn >>> 6) }, is_partner: drawn % 3 === 0,
    } : type === 2 ? { plan: pick(plans, drawn), seats: 1 + drawn % 40, renews_at: world.anchor + drawn % (300 * daySeconds) } : { manager: 'Ines Quist' }),
  };
  return world.unknowns.objectAttributes === 'typed' ? typed : Object.fromEntries(Object.entries(typed).map(([attribute, value]) => [attribute, asText(value)]));
}

export interface Relation { readonly type: number; readonly at: number; readonly attributes: { readonly [name: string]: string }; readonly createdAt: number }

/** Distance of the second and third company from the first. */
const stride = 7;

/** What a person relates to: none to three companies, sometimes a subscription and a region. The first one listed is not always the oldest or the one flagged. */
export function relationsOf(world: World, person: number): readonly Relation[] {
  const drawn = world.hash(topics.relations, person);
  const companies = drawn % 100 < 65 ? 1 : drawn % 100 < 75 ? 2 : drawn % 100 < 78 ? 3 : 0;
  const places = [...new Set(Array.from({ length: companies }, (_, nth) => (person + nth * stride) % world.sizes.companies))];
  const flagged = (drawn >>> 8) % (places.length + 1);
  const since = createdAt(world, person);
  const relations = places.map((at, nth): Relation => ({
    type: 1, at, createdAt: since + ((drawn >>> (10 + nth)) % 50) * daySeconds,
    attributes: { role: pick(['owner', 'member', 'Księgowość'], drawn >>> (12 + nth)), ...(nth === flagged && places.length > 1 ? { primary: 'true' } : {}) },
  }));
  if ((drawn >>> 16) % 5 === 0) relations.push({ type: 2, at: person % objectCount(world, 2), createdAt: since, attributes: {} });
  if ((drawn >>> 20) % 10 === 0) relations.push({ type: 3, at: person % objectCount(world, 3), createdAt: since, attributes: { since: String(since) } });
  return relations;
}

/** The people of an object from a person on, in order, found by arithmetic. */
export function* peopleOf(world: World, type: number, at: number, from: number): Generator<number> {
  const size = objectCount(world, type);
  const rests = [...new Set((type === 1 ? [0, stride, 2 * stride] : [0]).map((step) => modulo(at - step, size)))].sort((a, b) => a - b);
  for (let base = Math.floor(from / size) * size; base < world.slots; base += size) {
    for (const rest of rests) {
      const person = base + rest;
      if (person >= from && isThere(world, person) && relationsOf(world, person).some((relation) => relation.type === type && relation.at === at)) yield person;
    }
  }
}
