import type { Catalog } from '../../connector/catalog.ts';
import { fold } from '../../plan/values/fold.ts';
import type { Decision } from '../../plan/plan.ts';
import { readsAs } from '../../plan/values/yes-no.ts';
import { counted } from './counted.ts';
import { exportedLists } from './exported-lists.ts';
import { objectOf } from './mapping-input.ts';

/** Made-up addresses that discovery recognised among the contacts. */
export function dummyEmails(source: Catalog): number {
  return Number((source.facts['dummyEmails'] as { readonly count?: number } | undefined)?.count ?? 0);
}

/** Yes-or-no columns of contacts that could tell a company's representative. */
export function representativeColumns(source: Catalog): readonly string[] {
  return (objectOf(source, 'contact')?.fields ?? []).filter((field) => field.type === 'boolean' && field.custom).map((field) => field.name);
}

/** Whether contacts name companies at all. */
export function namesCompanies(source: Catalog): boolean {
  return objectOf(source, 'contact')?.fields.some((field) => ['company_id', 'company_name'].includes(field.name)) ?? false;
}

/** IO-01: who becomes a partner, who a lead. */
export function contactDecisions(source: Catalog): Decision[] {
  return [rule(source), ...representatives(source), ...exportedLists(source).filter((list) => list.people > 0).map((list) => ruleOfList(list.name, list.people)), ...dummies(source)];
}

function counts(source: Catalog): string[] {
  const count = (name: string): number => objectOf(source, name)?.count ?? 0;
  return [`${count('contact')} contacts, ${count('deal')} deals of which ${Number(source.facts['dealsWithoutContact'] ?? 0)} name no contact`, 'The counts are of contacts that deals name. Lists and representatives come on top; a run counts both outcomes of all answers together, record by record (mappings contact-partners and contact-leads)'];
}

/** What a rule makes of the contacts, by the deals alone; '' = the export does not tell. */
function outcomes(source: Catalog, partners: number | undefined): string {
  const all = objectOf(source, 'contact')?.count ?? null;
  return all === null || partners === undefined ? '' : ` About ${counted(Math.min(partners, all), 'partner', 'partners')} and ${counted(Math.max(0, all - partners), 'lead', 'leads')}.`;
}

function rule(source: Catalog): Decision {
  const onDeals = (source.facts['contactsOnDeals'] ?? {}) as { readonly any?: number; readonly open?: number };
  return {
    id: 'contact-rule', question: 'Which contacts become partners; the others become leads?',
    options: [
      { value: 'any-deal', label: 'Contacts with a deal, open or closed', effect: 'Every deal finds its contact as a partner; contacts without any deal become leads, with or without a company.' + outcomes(source, onDeals.any) },
      { value: 'open-deal', label: 'Contacts with an open deal only', effect: 'Contacts whose deals are all closed become leads; their closed deals go in without a partner.' + outcomes(source, onDeals.open) },
      { value: 'everyone', label: 'All contacts', effect: 'No leads are made.' + outcomes(source, objectOf(source, 'contact')?.count ?? undefined) },
      { value: 'nobody', label: 'No contact', effect: 'Every contact becomes a lead; deals go in without a partner.' + outcomes(source, 0) },
    ],
    recommendation: 'any-deal', answer: null, evidence: counts(source),
    reason: 'A contact with a deal is a customer relation; one that never entered a pipeline is a lead. Members of lists that are treated as pipelines and known representatives are partners too; a list may have a rule of its own.',
  };
}

/** Who represents a company is nowhere in InStream: nobody counts as a representative until a person says how to tell. */
function representatives(source: Catalog): Decision[] {
  const columns = representativeColumns(source);
  const withCompany = namesCompanies(source);
  if (!withCompany && columns.length === 0) return [];
  return [{
    id: 'representatives', question: 'Who is a known representative of a company, and so a partner without any deal?',
    options: [
      { value: 'nobody', label: 'Nobody', effect: 'Only the rule and the lists decide.' },
      ...(withCompany ? [{ value: 'with-company', label: 'Every contact of a company', effect: 'Contacts with a company become partners under it; only those with neither company nor deal become leads.' + (typeof source.facts['contactsWithCompany'] === 'number' ? ` ${counted(source.facts['contactsWithCompany'], 'contact names', 'contacts name')} a company.` : '') }] : []),
      ...columns.map((column) => ({ value: `column:${column}`, label: `Contacts with yes in ${column}`, effect: `Contacts whose column ${column} says yes become partners.${yesIn(source, column)}` })),
    ],
    recommendation: 'nobody', answer: null, reason: 'The export names no representatives; who is one is known only to people.',
  }];
}

/** How many contacts say yes in a column, where its different values were counted. */
function yesIn(source: Catalog, column: string): string {
  const values = objectOf(source, 'contact')?.fields.find((field) => field.name === column)?.profile?.values;
  if (values === undefined) return '';
  const yes = values.filter(({ value }) => readsAs(value) === true).reduce((sum, { count }) => sum + count, 0);
  return ` ${counted(yes, 'contact does', 'contacts do')}.`;
}

function ruleOfList(list: string, people: number): Decision {
  return {
    id: `contact-rule:${list}`, question: `The ${counted(people, 'person', 'people')} on the list "${list}": ${people === 1 ? 'partner or lead' : 'partners or leads'}?`,
    options: [
      { value: 'rule', label: 'As the general rule says', effect: 'Decision contact-rule decides for each of them.' },
      { value: 'partner', label: 'Partners', effect: `Up to ${counted(people, 'contact becomes a partner', 'contacts become partners')}, with or without a deal.` },
      { value: 'lead', label: 'Leads', effect: `Up to ${counted(people, 'contact becomes a lead', 'contacts become leads')}, also those with a deal: their deals go in without a partner. A list that says "partner" goes before.` },
    ],
    recommendation: 'rule', answer: null, reason: 'One rule for all contacts is easiest to explain; change it where a list means something else.',
  };
}

function dummies(source: Catalog): Decision[] {
  const count = dummyEmails(source);
  if (count === 0) return [];
  const list = listedDummies(source);
  return [{
    id: 'dummy-emails', question: `${counted(count, 'e-mail address looks', 'e-mail addresses look')} made up. ${count === 1 ? 'Is it' : 'Are they'} left out of the field that could be mailed?`,
    options: [
      { value: 'drop', label: 'Leave them out', effect: `${counted(count, 'contact has', 'contacts have')} no e-mail address in Odoo; the original stands in x_instream_email.` },
      { value: 'keep', label: 'Keep them', effect: 'They are loaded like any other address; Odoo may send to them.' },
    ],
    recommendation: 'drop', answer: null, reason: 'InStream demands an address of everybody and makes one up where there is none.', evidence: list.slice(0, 10).map(({ email, reason }) => `${email}: ${reason}`),
  }, ...list.map(dummyEmail)];
}

/** More of them are not asked about one by one. */
const MOST_ASKED = 200;

/** Addresses that look made up and are asked about by themselves. */
export function listedDummies(source: Catalog): readonly Readonly<{ email: string; reason: string }>[] {
  const { list = [] } = (source.facts['dummyEmails'] ?? {}) as unknown as { readonly list?: readonly { readonly email: string; readonly reason: string }[] };
  return [...new Map(list.map((one) => [fold(one.email), one])).values()].slice(0, MOST_ASKED);
}

function dummyEmail({ email, reason }: Readonly<{ email: string; reason: string }>): Decision {
  return {
    id: `dummy-email:${email}`, question: `The address "${email}" looks made up. Is it left out?`,
    options: [
      { value: 'rule', label: 'As the general rule says', effect: 'Decision dummy-emails decides.' },
      { value: 'drop', label: 'Leave it out', effect: 'Contacts with it have no e-mail address in Odoo; the original stands in x_instream_email.' },
      { value: 'keep', label: 'Keep it', effect: 'It is real: Odoo may send to it.' },
    ],
    recommendation: 'rule', answer: null, reason: `Why it looks made up: ${reason.replaceAll('-', ' ')}.`,
  };
}
