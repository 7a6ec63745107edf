import type { BundleOptions, LaterExport, Shares } from './options.ts';
import type { World } from './world.ts';

/** Records that hang on others; a later export may lack some, have changed some and know new ones. */
export type Activity = 'note' | 'email' | 'call' | 'meeting' | 'task' | 'file' | 'record tag' | 'membership';
export type Fate = 'same' | 'changed' | 'removed' | 'added';

/** What happened to a record of an activity between the first export and this one; `total` is the number in the first one. */
export function fateOf(world: World, activity: Activity, index: number, total: number): Fate {
  if (index >= total) return 'added';
  const shares = world.options.later?.activities;
  if (shares === undefined) return 'same';
  const lot = world.random(`fate of ${activity}`, index).next();
  return lot < shares.removed ? 'removed' : lot < shares.removed + shares.changed ? 'changed' : 'same';
}

/** Records of an activity over both exports, those that are gone by now included. */
export function totalWithLater(world: World, total: number): number {
  return total + Math.round(total * (world.options.later?.activities?.added ?? 0));
}

/**
 * Options of a second export of the same account, of which the given shares (0..1) of each kind of record are changed, gone and new.
 * Write it with `generateBundle(mutate(options, …))`; its expectation's `changes` says which records they are.
 * Contacts on deals are never gone, as in InStream; e-mails and tags of records never change, they come and go.
 * @throws RangeError for a share outside 0..1
 */
export function mutate(given: Partial<BundleOptions>, shares: Readonly<Partial<Shares>>): Partial<BundleOptions> {
  const { changed = 0, removed = 0, added = 0 } = shares;
  for (const [name, share] of Object.entries({ changed, removed, added })) {
    if (!(share >= 0 && share <= 1)) throw new RangeError(`${name} is ${share}: it must lie between 0 and 1`);
  }
  const contacts = given.contacts ?? 500;
  const later: LaterExport = {
    changed, removed, removedDeals: removed, activities: { changed, removed, added },
    addedContacts: Math.ceil(contacts * added),
    addedCompanies: Math.ceil((given.companies ?? contacts * 0.15) * added),
    addedDeals: Math.ceil((given.deals ?? contacts * 0.25) * added),
  };
  return { ...given, later };
}
