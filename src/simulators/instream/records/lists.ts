import { daysBefore } from '../files/formats.ts';
import { fateOf } from '../later.ts';
import type { Fate } from '../later.ts';
import { ownerOf } from './owners.ts';
import type { Random } from '../random.ts';
import { companyTotal, contactTotal } from '../world.ts';
import type { World } from '../world.ts';

export interface RelationList {
  readonly id: string;
  readonly name: string;
  /** Every fourth list is a business list: companies stand on it. */
  readonly kind: 'personal' | 'business';
  /** What the list means, where the export says so: every third one is a pipeline whose statuses are stages. */
  readonly treatAs: 'segment' | 'pipeline';
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
      kind: index % 4 === 3 ? 'business' : 'personal', treatAs: index % 3 === 2 ? 'pipeline' : 'segment', statuses: listStatuses.slice(0, 2 + (index % (listStatuses.length - 1))),
    };
  });
}

interface Place { readonly list: RelationList; readonly fate: Fate }
/** A number of its own for every pair of a holder and a list. */
const pairOf = (holder: number, list: RelationList): number => holder * 1_000 + Number(list.id.slice(1));

/** Lists that somebody stands on, stood on, or came onto since the first export. */
function places(world: World, random: Random, holder: number, lists: readonly RelationList[], topic: 'contact lists' | 'company lists', share: number): readonly Place[] {
  const added = world.options.later?.activities?.added ?? 0;
  const isNew = holder >= (topic === 'contact lists' ? world.options.contacts : world.options.companies);
  return lists.flatMap((list): readonly Place[] => {
    if (random.chance(share)) return [{ list, fate: isNew ? 'added' : fateOf(world, 'membership', pairOf(holder, list), Infinity) }];
    return !isNew && added > 0 && world.random(`later ${topic}`, pairOf(holder, list)).chance(added * share) ? [{ list, fate: 'added' }] : [];
  });
}

function personalPlaces(world: World, contact: number): readonly Place[] {
  return places(world, world.random('contact lists', contact), contact, relationLists(world).filter((list) => list.kind === 'personal'), 'contact lists', 0.25);
}

/** Names of the lists a contact stands on: its `lists` cell says the same as list_memberships.csv. */
export function listsOfContact(world: World, contact: number): readonly string[] {
  return personalPlaces(world, contact).filter(({ fate }) => fate !== 'removed').map(({ list }) => list.name);
}

/** Whether the contact came onto a list, or left one, since the first export. */
export function listsChanged(world: World, contact: number): boolean {
  return contact < world.options.contacts && personalPlaces(world, contact).some(({ fate }) => fate === 'removed' || fate === 'added');
}

export interface Membership {
  /** `p12@l3`: who on which list. */
  readonly id: string;
  /** Goes by who and which list, not by the row, so that a later export has its dirt in the same places. */
  readonly ordinal: number;
  readonly list: RelationList;
  readonly contact: number | null;
  readonly company: number | null;
  readonly status: string;
  /** Wall-clock milliseconds. */
  readonly addedAt: number;
  readonly statusChangedAt: number;
  readonly owner: string;
  /** Value of the relation; only lists that are pipelines have one. */
  readonly valueHundredths: number | null;
  readonly fate: Fate;
}

function membership(world: World, place: Place, who: Readonly<{ contact: number | null; company: number | null }>): Membership {
  const { list, fate } = place;
  const holder = who.contact ?? who.company ?? 0;
  const random = world.random(who.contact === null ? 'company membership' : 'membership', pairOf(holder, list));
  const statusPlace = random.below(list.statuses.length) + (fate === 'changed' ? 1 : 0);
  const added = 5 + random.below(900);
  return {
    id: `${who.contact === null ? 'c' : 'p'}${holder + 1}@${list.id}`, ordinal: holder * 7 + Number(list.id.slice(1)), list, ...who, fate, status: list.statuses[statusPlace % list.statuses.length] ?? '',
    addedAt: daysBefore(added), statusChangedAt: daysBefore(fate === 'changed' ? 0.5 : added * random.next()), owner: ownerOf(world, random),
    valueHundredths: list.treatAs === 'pipeline' && random.chance(0.8) ? (1 + random.below(40_000)) * 100 : null,
  };
}

/** Every membership, one by one, those that ended since the first export included: people on personal lists, companies on business lists; each with a status of its own. */
export function* memberships(world: World): Generator<Membership> {
  for (let contact = 0; contact < contactTotal(world); contact += 1) {
    for (const place of personalPlaces(world, contact)) yield membership(world, place, { contact, company: null });
  }
  const business = relationLists(world).filter((list) => list.kind === 'business');
  for (let company = 0; company < companyTotal(world); company += 1) {
    for (const place of places(world, world.random('company lists', company), company, business, 'company lists', 0.3)) yield membership(world, place, { contact: null, company });
  }
}
