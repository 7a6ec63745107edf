import { daysBefore } from './formats.ts';
import type { Random } from './random.ts';
import { contactTotal } from './world.ts';
import type { World } from './world.ts';

export interface RelationList {
  readonly id: string;
  readonly name: string;
  /** Every fourth list is a business list: companies stand on it. */
  readonly kind: 'personal' | 'business';
  readonly statuses: readonly string[];
}

const made = new WeakMap<World, readonly RelationList[]>();

/** The lists of the account; made once per world, since every contact asks. */
export function relationLists(world: World): readonly RelationList[] {
  const lists = made.get(world) ?? makeLists(world);
  made.set(world, lists);
  return lists;
}

function makeLists(world: World): readonly RelationList[] {
  const { lists, listStatuses } = world.words;
  return Array.from({ length: world.options.lists }, (_, index) => {
    const round = Math.floor(index / lists.length);
    return {
      id: `l${index + 1}`, name: `${lists[index % lists.length] ?? ''}${round > 0 ? ` ${round + 1}` : ''}`,
      kind: index % 4 === 3 ? 'business' : 'personal', statuses: listStatuses.slice(0, 2 + (index % (listStatuses.length - 1))),
    };
  });
}

function chosen(random: Random, lists: readonly RelationList[], share: number): readonly RelationList[] {
  return lists.filter(() => random.chance(share));
}

function personalLists(world: World, contact: number): readonly RelationList[] {
  return chosen(world.random('contact lists', contact), relationLists(world).filter((list) => list.kind === 'personal'), 0.25);
}

/** Names of the lists a contact stands on: its `lists` cell says the same as list_memberships.csv. */
export function listsOfContact(world: World, contact: number): readonly string[] {
  return personalLists(world, contact).map((list) => list.name);
}

export interface Membership {
  readonly list: RelationList;
  readonly contact: number | null;
  readonly company: number | null;
  readonly status: string;
  readonly addedAt: string;
}

function membership(world: World, list: RelationList, random: Random, who: Readonly<{ contact: number | null; company: number | null }>): Membership {
  return { list, ...who, status: random.pick(list.statuses), addedAt: world.formats.dateTime(daysBefore(5 + random.below(900))) };
}

/** Every membership, one by one: people on personal lists, companies on business lists; each with a status of its own. */
export function* memberships(world: World): Generator<Membership> {
  for (let contact = 0; contact < contactTotal(world); contact += 1) {
    const random = world.random('membership', contact);
    for (const list of personalLists(world, contact)) yield membership(world, list, random, { contact, company: null });
  }
  const business = relationLists(world).filter((list) => list.kind === 'business');
  for (let company = 0; company < world.options.companies; company += 1) {
    const random = world.random('company membership', company);
    for (const list of chosen(random, business, 0.3)) yield membership(world, list, random, { contact: null, company });
  }
}
