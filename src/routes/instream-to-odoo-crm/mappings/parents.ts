import type { Condition, Mapping } from '../../../plan/plan.ts';
import type { LineBuilder } from '../line-builder.ts';

/** A record on which something can hang: found by a link and loaded by a mapping. */
interface Home { readonly model: string; readonly link: string; readonly through: string }

/** In this order: a deal says more than its contact, a contact more than the company. */
const homes: readonly Home[] = [
  { model: 'crm.lead', link: 'deal', through: 'deals' },
  { model: 'res.partner', link: 'contact', through: 'contact-partners' },
  { model: 'crm.lead', link: 'contact', through: 'contact-leads' },
  { model: 'res.partner', link: 'company', through: 'companies' },
];

const isIn = (home: Home): Condition => ({ link: home.link, state: 'found', through: home.through });

/** Something has a home: its record is named, known and loaded. */
export const hasHome: Condition = { any: homes.map(isIn) };

/** The homes, each with the condition under which it is the one. */
export const homesInTurn: readonly (Home & { readonly when: Condition })[] = homes.map((home, index) => {
  const earlier = homes.slice(0, index).map((other): Condition => ({ not: isIn(other) }));
  return { ...home, when: earlier.length === 0 ? isIn(home) : { all: [isIn(home), ...earlier] } };
});

export interface HomeFields {
  readonly model: string; // field that takes the model
  readonly id: string;
  /** The model as a record of ir.model instead of its name. */
  readonly asRecord?: boolean;
}

/** Lines that say on which record something hangs. */
export function homeLines(lines: LineBuilder, fields: HomeFields): void {
  for (const home of homesInTurn) {
    const reason = `On the ${home.link}${home.through === 'contact-leads' ? ' (a lead)' : ''}.`;
    lines.set(fields.model, { constant: home.model, when: home.when, ...(fields.asRecord === true ? { lookup: { object: 'ir.model', by: 'model' }, whenMissing: 'quarantine' as const } : {}), reason });
    lines.set(fields.id, { link: home.link, through: [home.through], whenMissing: 'quarantine', when: home.when, reason });
  }
  lines.use('record_type', 'record_id', 'contact_email', 'company_name');
}

/** A record without a home waits for a person; several contacts with one address are never picked from. */
export function homeHolds(what: Readonly<{ code: string; name: string; fields: string }>): NonNullable<Mapping['holdWhen']> {
  return [
    {
      condition: { all: [{ link: 'contact', state: 'ambiguous' }, { not: { link: 'deal', state: 'found', through: 'deals' } }] }, code: `${what.code}-with-several-contacts`,
      message: `Several contacts have the address that the ${what.name} names.`, remedy: `Give the ${what.name} the id of the right one (record_type contact, record_id), or make the addresses differ; then retry.`,
    },
    {
      condition: { not: hasHome }, code: what.code === 'note' ? 'note-without-parent' : `${what.code}-without-record`,
      message: `The contact, company or deal of the ${what.name} is not named, not found, ambiguous, or did not go in.`, remedy: `Settle the record it belongs to first, or give the ${what.name} ${what.fields}; then retry.`,
    },
  ];
}
