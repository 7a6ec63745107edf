import { modulo, pick } from '../random.ts';
import { topics } from './topics.ts';
import { countries, dialCodes, firstNames, firstPlain, lastNames, lastPlain, plans } from './words.ts';
import { daySeconds } from './world.ts';
import type { GhostKind, World } from './world.ts';

/** What is known of a person, and cheap to know: segments over a million people are counted from it. */
export interface Facets {
  readonly country: number;
  readonly plan: number;
  readonly isVip: boolean;
  readonly isLead: boolean;
  readonly leadScore: number;
  /** Does nothing and opens nothing. */
  readonly isInactive: boolean;
  readonly isUnsubscribed: boolean;
}

export interface Identifiers { readonly cio_id: string; readonly email: string | null; readonly id: string | null }

/** A duplicate lies at most so many people after the one whose e-mail it has. */
const duplicateDistance = 40;

const hex = (index: number): string => index.toString(16).padStart(5, '0');
/** '30e00012', and '00e00003' for every eleventh: read as numbers, they would be infinity, or zero and one another. */
export const cioIdOf = (index: number): string => `${index % 11 === 3 ? '00e' : '30e'}${hex(index)}`;
const ghostPrefixes = { suppressed: '30d', deleted: '30c', merged: '30b' } as const;
export const ghostCioId = (kind: GhostKind, index: number): string => `${ghostPrefixes[kind]}${hex(index)}`;

/** The person who now is what a merged profile was. */
export const winnerOf = (world: World, ghost: number): number => modulo(ghost * 97 + 13, world.sizes.people);

/** Whether the slot holds a person: not deleted or merged since. */
export function isThere(world: World, index: number): boolean {
  if (index < 0 || index >= world.slots) return false;
  const { later } = world;
  return later === null || index >= world.sizes.people || !(world.chance(topics.removed, index, later.removed) || wasMerged(world, index));
}

/** Merged since the first state. People who were deleted are not merged as well. */
export function wasMerged(world: World, index: number): boolean {
  const { later } = world;
  return later !== null && index < world.sizes.people && world.chance(topics.merged, index, later.merged) && !world.chance(topics.removed, index, later.removed);
}

export const wasChanged = (world: World, index: number): boolean => world.later !== null && index < world.sizes.people && world.chance(topics.changed, index, world.later.changed);

/** Changed their mind about being mailed since. */
const hasTurned = (world: World, index: number): boolean => world.later !== null && index < world.sizes.people && world.chance(topics.turned, index, world.later.turned);

export function facetsOf(world: World, index: number): Facets {
  const bits = world.hash(topics.facets, index);
  return {
    country: bits & 7, plan: (bits >>> 3) % plans.length, isVip: ((bits >>> 7) & 15) === 0, isLead: ((bits >>> 11) & 3) === 0, leadScore: (bits >>> 13) % 101,
    isInactive: index % 5 === 4, isUnsubscribed: (((bits >>> 20) & 31) === 7) !== hasTurned(world, index),
  };
}

export const createdAt = (world: World, index: number): number => world.anchor - 40 * daySeconds - world.roll(topics.created, index, 1_500 * daySeconds);
export const firstName = (world: World, index: number): string => pick(firstNames, world.hash(topics.name, index));
export const lastName = (world: World, index: number): string => pick(lastNames, world.hash(topics.name, index) >>> 8);

/** One of each odd kind early, so that the smallest workspace has them: people 6 to 9. */
const certainKinds: { readonly [index: number]: number } = { 6: 0, 7: 50, 8: 150, 9: 182 };
/** By thousandths: 10 have neither id nor e-mail, 120 no id, 50 no e-mail, 6 one that is none. */
const kindOf = (world: World, index: number): number => certainKinds[index] ?? world.roll(topics.kind, index, 1_000);

function plainEmail(world: World, index: number): string {
  const named = world.hash(topics.name, index);
  const local = `${pick(firstPlain, named)}${index % 17 === 5 ? '+news' : ''}.${pick(lastPlain, named >>> 8)}${index}`;
  return index % 2 === 0 ? `${local}@mail.example` : `${local}@${companyDomain(index % world.sizes.companies)}`;
}

export const companyDomain = (company: number): string => `org-${String(company).replaceAll(/\d/g, (digit) => String.fromCodePoint(97 + Number(digit)))}.example`;

/** The person whose e-mail this one has too; null for most. */
function duplicateOf(world: World, index: number): number | null {
  const kind = kindOf(world, index);
  if (index === 0 || index >= world.sizes.people || kind < 10 || (kind >= 130 && kind < 186)) return null;
  const drawn = world.hash(topics.duplicate, index);
  if (drawn % 1_000 >= 40) return null;
  const other = index - 1 - ((drawn >>> 10) % Math.min(index, duplicateDistance));
  const otherKind = kindOf(world, other);
  return otherKind >= 186 && world.hash(topics.duplicate, other) % 1_000 >= 40 ? other : null;
}

export const hasMalformedEmail = (world: World, index: number): boolean => kindOf(world, index) >= 180 && kindOf(world, index) < 186;

export function emailOf(world: World, index: number): string | null {
  const kind = kindOf(world, index);
  if (kind < 10 || (kind >= 130 && kind < 180)) return null;
  if (kind < 186 && kind >= 180) return pick([`no-at-sign-${index}`, `two@@signs${index}.example`, `blank in${index}@mail.example`], index);
  const other = duplicateOf(world, index);
  if (other === null) return plainEmail(world, index);
  return index % 3 === 0 ? plainEmail(world, other).toUpperCase() : plainEmail(world, other);
}

/** The customer's own id: mostly a number, some with characters that have to be encoded in a path. */
export function userIdOf(world: World, index: number): string | null {
  if (kindOf(world, index) < 130) return null;
  switch (world.roll(topics.identifier, index, 20)) {
    case 0: return `u/${index}`;
    case 1: return `ext+${index}@crm`;
    case 2: return `000${index}`;
    case 3: return `Kundin ä ${index}`;
    default: return String(100_000 + index);
  }
}

export function phoneOf(world: World, index: number): string | null {
  const drawn = world.hash(topics.phone, index);
  if (drawn % 100 >= 60) return null;
  const number = String(600_000_000 + index * 7).slice(0, 9);
  const code = pick(dialCodes, facetsOf(world, index).country);
  switch ((drawn >>> 8) % 12) {
    case 0: return number; // no country code
    case 1: return `${code} (0) ${number.slice(0, 3)}-${number.slice(3, 6)}-${number.slice(6)}`;
    case 2: return `00${code.slice(1)}${number}`;
    case 3: return 'call me maybe';
    default: return `${code}${number}`;
  }
}

export const countryOf = (world: World, index: number): string => pick(countries, facetsOf(world, index).country);
export const identifiersOf = (world: World, index: number): Identifiers => ({ cio_id: cioIdOf(index), email: emailOf(world, index), id: userIdOf(world, index) });

/** The person with a cio_id, without prefix. */
export function byCioId(world: World, cioId: string): number | null {
  const [, digits] = /^(?:30e|00e)([0-9a-f]{5})$/.exec(cioId) ?? [];
  if (digits === undefined) return null;
  const index = Number.parseInt(digits, 16);
  return cioIdOf(index) === cioId && isThere(world, index) ? index : null;
}

export function byUserId(world: World, id: string): number | null {
  const [digits] = /\d+/.exec(id) ?? [];
  if (digits === undefined) return null;
  return [Number(digits), Number(digits) - 100_000].find((index) => isThere(world, index) && userIdOf(world, index) === id) ?? null;
}

/** Everybody with an e-mail: several profiles may share one. */
export function byEmail(world: World, email: string): readonly number[] {
  const fold = (text: string): string => (world.unknowns.emailSearch === 'folded' ? text.toLowerCase() : text);
  const [, digits] = /(\d+)@/.exec(email) ?? [];
  if (digits === undefined) return [];
  const first = Number(digits);
  return Array.from({ length: duplicateDistance + 1 }, (_, step) => first + step).filter((index) => isThere(world, index) && fold(emailOf(world, index) ?? '') === fold(email));
}
