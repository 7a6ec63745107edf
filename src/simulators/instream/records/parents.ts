import { companyId, companyName } from './companies.ts';
import type { Row } from './companies.ts';
import { personAt } from './contacts.ts';
import { dealId } from './deals.ts';
import { dirtOf } from '../dirt.ts';
import type { DirtyFile } from '../dirt.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';

/** What a note, call, task or file hangs on, and the cells that say so. */
export interface Parent {
  readonly kind: 'contact' | 'company' | 'deal' | 'company-name' | 'unknown' | 'none';
  /** Index of the contact: the record itself, or the one that the deal names. */
  readonly contact: number | null;
  readonly deal: number | null;
  /** Id of the record that a reader must arrive at; null where there is none. */
  readonly record: string | null;
  readonly cells: Row;
}

export const noParent: Parent = { kind: 'none', contact: null, deal: null, record: null, cells: {} };
export const unknownParent: Parent = { kind: 'unknown', contact: null, deal: null, record: null, cells: { record_type: 'contact', record_id: 'p0', contact_email: 'nobody@nowhere.example' } };

/** A record without dirt, so that its id, e-mail or name leads to it; null where there is none near. */
function cleanIndex(world: World, random: Random, file: DirtyFile, total: number): number | null {
  const start = total === 0 ? 0 : random.below(total);
  for (let step = 0; step < Math.min(total, 50); step += 1) {
    const index = (start + step) % total;
    if (dirtOf(file, index, world.options.dirt) === null) return index;
  }
  return null;
}

export const cleanContact = (world: World, random: Random): number | null => cleanIndex(world, random, 'contacts', world.options.contacts);
/** Neither dirty nor one of the two whose name is the same. */
export const cleanCompany = (world: World, random: Random): number | null => cleanIndex(world, random, 'companies', world.options.companies);

export function onContact(world: World, random: Random): Parent {
  const contact = cleanContact(world, random);
  if (contact === null) return noParent;
  const person = personAt(world, contact);
  return { kind: 'contact', contact, deal: null, record: person.id, cells: { record_type: 'contact', record_id: person.id, contact_email: person.email } };
}

export function onCompany(world: World, random: Random, nameOnly: boolean): Parent {
  const company = cleanCompany(world, random);
  if (company === null) return noParent;
  const named = { company_name: companyName(world, company) };
  const parent = { contact: null, deal: null, record: companyId(company) };
  return nameOnly || !world.options.ids ? { ...parent, kind: 'company-name', cells: named }
    : { ...parent, kind: 'company', cells: { ...named, record_type: 'company', record_id: companyId(company) } };
}

/** A deal of the first export; null where the account has none, or its rows carry no ids to be named by. */
export function onDeal(world: World, random: Random): Parent | null {
  const deal = world.options.ids ? cleanIndex(world, random, 'deals', world.options.deals) : null;
  if (deal === null) return null;
  return { kind: 'deal', contact: null, deal, record: dealId(deal), cells: { record_type: 'deal', record_id: dealId(deal) } };
}

/** The usual mix: a fifth on deals, a tenth on companies, the rest on contacts. Files without `company_name` name companies by id only. */
export function anyParent(world: World, random: Random): Parent {
  const lot = random.next();
  const deal = lot < 0.2 ? onDeal(world, random) : null;
  if (deal !== null) return deal;
  if (lot < 0.3 && world.options.ids && world.options.companies > 0) return onCompany(world, random, false);
  return onContact(world, random);
}
