import type { Condition, Mapping } from '../../../plan/plan.ts';
import type { LineBuilder } from '../line-builder.ts';

/** A record on which something can hang: found by a link and loaded by a mapping. */
interface Home { readonly model: string; readonly link: string; readonly through: string }

const asContact = (link: string): Home[] => [{ model: 'res.partner', link, through: 'contact-partners' }, { model: 'crm.lead', link, through: 'contact-leads' }];
const asCompany = (link: string): Home[] => [{ model: 'res.partner', link, through: 'companies' }];

/**
 * In this order: the record that is named by its id; the contact, else the company, that is named by address or name; of an
 * e-mail the contact, else the company, of its first address (the sender's, of an outgoing one the first recipient's), then
 * those of the other addresses in their order, then a company by the domain of one of them.
 */
const homes: readonly Home[] = [
  { model: 'crm.lead', link: 'deal', through: 'deals' }, ...asContact('recordContact'), ...asCompany('recordCompany'),
  ...asContact('contact'), ...asCompany('company'), ...asContact('firstContact'), ...asCompany('firstCompany'), ...asContact('otherContact'), ...asCompany('otherCompany'),
];

const isIn = (home: Home): Condition => ({ link: home.link, state: 'found', through: home.through });

/** Something has a home: its record is named, known and loaded. */
export const hasHome: Condition = { any: homes.map(isIn) };

/** The homes, each with the condition under which it is the one. */
export const homesInTurn: readonly (Home & { readonly when: Condition })[] = homes.map((home, index) => {
  const earlier = homes.slice(0, index).map((other): Condition => ({ not: isIn(other) }));
  return { ...home, when: earlier.length === 0 ? isIn(home) : { all: [isIn(home), ...earlier] } };
});

const words: { readonly [link: string]: string } = {
  recordContact: 'contact that it names by id', recordCompany: 'company that it names by id', contact: 'contact with the address', company: 'company with the address or name',
  firstContact: 'contact of the first address', firstCompany: 'company of the first address', otherContact: 'first known contact of the other addresses', otherCompany: 'company of another address or domain',
};

export interface HomeFields {
  readonly model: string; // field that takes the model
  readonly id: string;
}

/** Lines that say on which record something hangs. */
export function homeLines(lines: LineBuilder, fields: HomeFields): void {
  for (const home of homesInTurn) {
    const reason = `On the ${words[home.link] ?? home.link}${home.through === 'contact-leads' ? ' (a lead)' : ''}.`;
    lines.set(fields.model, { constant: home.model, when: home.when, reason });
    lines.set(fields.id, { link: home.link, through: [home.through], whenMissing: 'quarantine', when: home.when, reason });
  }
  lines.use('record_type', 'record_id', 'contact_email', 'company_name');
}

/** Several contacts answer to the address, and nothing that counts for more has been found. */
function doubtful(home: Home): Condition {
  const earlier = homes.slice(0, homes.indexOf(home)).map((other): Condition => ({ not: isIn(other) }));
  return { all: [{ link: home.link, state: 'ambiguous' }, ...earlier] };
}

/** A record without a home waits for a person; several contacts with one address are never picked from. */
export function homeHolds(what: Readonly<{ code: string; name: string; fields: string }>): NonNullable<Mapping['holdWhen']> {
  const code = what.code === 'note' ? 'note-without-parent' : `${what.code}-without-record`;
  const links = [...new Set(homes.map(({ link }) => link))];
  return [
    {
      condition: { any: homes.filter((home) => home.through === 'contact-partners' && home.link !== 'recordContact').map(doubtful) }, code: `${what.code}-with-several-contacts`,
      message: `Several contacts have the address that the ${what.name} names.`, remedy: `Give the ${what.name} the id of the right one (record_type contact, record_id), or make the addresses differ; then retry.`,
    },
    { condition: { all: links.map((link): Condition => ({ link, state: 'none' })) }, code, message: `The ${what.name} names no contact, company or deal.`, remedy: `Give the ${what.name} ${what.fields}; then retry.` },
    {
      condition: { all: [{ not: hasHome }, { any: links.map((link): Condition => ({ link, state: 'found' })) }] }, code,
      message: `The contact, company or deal of the ${what.name} is in the export, and did not go in itself.`, remedy: `Settle that record first (\`portolan quarantine list\`); then retry.`,
    },
    {
      condition: { not: hasHome }, code,
      message: `No contact, company or deal of the export answers to what the ${what.name} names, or several do.`, remedy: `Correct what it names, or give the ${what.name} ${what.fields}; then retry.`,
    },
  ];
}
