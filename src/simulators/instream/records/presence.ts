import { dealContact, dealState, isDealRemoved } from './deals.ts';
import { dirtOf } from '../dirt.ts';
import type { Fate } from '../later.ts';
import type { Parent } from './parents.ts';
import { contactTotal, dealTotal } from '../world.ts';
import type { World } from '../world.ts';

/** Sets of contact indexes, one byte each: 200 KB at 200,000 contacts. */
export interface ContactMarks {
  readonly onAnyDeal: Uint8Array;
  readonly onActiveDeal: Uint8Array;
}

export function markContacts(world: World): ContactMarks {
  const marks: ContactMarks = { onAnyDeal: new Uint8Array(contactTotal(world)), onActiveDeal: new Uint8Array(contactTotal(world)) };
  for (let index = 0; index < dealTotal(world); index += 1) {
    const contact = isDealRemoved(world, index) ? null : dealContact(world, index);
    if (contact === null) continue;
    marks.onAnyDeal[contact] = 1;
    if (dirtOf('deals', index, world.options.dirt) !== 'ragged-long' && dealState(world, index).status === 'open') marks.onActiveDeal[contact] = 1;
  }
  return marks;
}

/** Whether a later export lacks the contact. One with a deal stays: InStream keeps who has active relations. */
export function isRemoved(world: World, marks: ContactMarks, contact: number): boolean {
  const { later, contacts } = world.options;
  return later !== undefined && contact < contacts && marks.onAnyDeal[contact] === 0 && world.random('removed contact', contact).chance(later.removed);
}

/** Whether what hangs on the parent went with it. */
export function isGone(world: World, marks: ContactMarks, parent: Pick<Parent, 'contact' | 'deal'>): boolean {
  return (parent.contact !== null && isRemoved(world, marks, parent.contact)) || (parent.deal !== null && isDealRemoved(world, parent.deal));
}

/** What became of a record, that of its parent included; `never`: it would be new, but on a record that is gone. */
export function fateWithParent(world: World, marks: ContactMarks, parent: Pick<Parent, 'contact' | 'deal'>, own: Fate): Fate | 'never' {
  if (!isGone(world, marks, parent)) return own;
  return own === 'added' ? 'never' : 'removed';
}
