import type { Condition, Mapping } from '../../../plan/plan.ts';
import type { LineBuilder } from '../line-builder.ts';
import { dummyEmails, listedDummies, namesCompanies, representativeColumns } from '../contact-decisions.ts';
import { exportedLists } from '../exported-lists.ts';
import { onList } from '../graph.ts';
import { byRoute } from '../line-builder.ts';
import { builder, type MappingInput } from '../mapping-input.ts';
import { addressColumns, addressLines, archiveLine, commonLines, phoneLines, socialLines, textLine } from './shared-lines.ts';

/**
 * IO-01: which contacts are partners. The general rule, the known representatives and the members of pipelines make partners;
 * a rule of a list goes before all of them, and of two lists that disagree "partner" goes before "lead".
 */
function becomesPartner(input: MappingInput): Condition {
  const lists = exportedLists(input.source).filter((list) => list.people > 0);
  const members = (id: (list: string) => string, is: string): Condition[] => lists.map(({ name }): Condition => ({ all: [{ decision: id(name), is }, { fact: onList(name), atLeast: 1 }] }));
  const byList = members((list) => `contact-rule:${list}`, 'partner');
  const notByList = members((list) => `contact-rule:${list}`, 'lead');
  const general: Condition = { any: [
    { decision: 'contact-rule', is: 'everyone' },
    { all: [{ decision: 'contact-rule', is: 'any-deal' }, { fact: 'deals', atLeast: 1 }] },
    { all: [{ decision: 'contact-rule', is: 'open-deal' }, { fact: 'openDeals', atLeast: 1 }] },
    { all: [{ not: { decision: 'contact-rule', is: 'nobody' } }, { any: members((list) => `list:${list}`, 'pipeline') }] },
    ...(namesCompanies(input.source) ? [{ all: [{ decision: 'representatives', is: 'with-company' }, { link: 'company', state: 'found' }] } satisfies Condition] : []),
    ...representativeColumns(input.source).map((column): Condition => ({ all: [{ decision: 'representatives', is: `column:${column}` }, { field: column, yes: true }] })),
  ] };
  return lists.length === 0 ? general : { any: [...byList, { all: [general, { not: { any: notByList } }] }] };
}

/** A contact's own name: the full name, else first and last. */
function nameLines(lines: LineBuilder, to: readonly string[]): void {
  const parts = ['first_name', 'last_name'].filter((name) => lines.has(name));
  for (const field of to) {
    if (lines.has('full_name') && parts.length > 0) {
      lines.set(field, { from: 'full_name', transforms: ['collapseSpaces'], when: { field: 'full_name', filled: true }, required: true, reason: 'Full name.' });
      lines.set(field, { from: parts, transforms: [{ join: ' ' }, 'collapseSpaces'], when: { field: 'full_name', filled: false }, required: true, reason: 'First and last name.' });
    } else if (lines.has('full_name')) lines.move('full_name', field, { transforms: ['collapseSpaces'], required: true, reason: 'Full name.' });
    else lines.move(parts, field, { transforms: [{ join: ' ' }, 'collapseSpaces'], required: true, reason: 'First and last name.' });
  }
  lines.use('full_name', ...parts);
}

/** Made-up addresses (InStream demands one of everybody) must never be mailed: the field stays empty, the original is kept apart. */
function emailLines(lines: LineBuilder, input: MappingInput, to: string): void {
  const asked = dummyEmails(input.source) > 0;
  const rule: Condition = { decision: 'dummy-emails', is: 'keep' };
  const own = (is: string): Condition => ({ decision: 'dummy-email', of: 'email', is });
  const keep: Condition = listedDummies(input.source).length === 0 ? rule : { any: [own('keep'), { all: [rule, { not: own('drop') }] }] };
  lines.move('email', to, { transforms: ['email', 'dropDummyEmail'], whenMissing: 'empty', ...(asked ? { when: { not: keep } } : {}), reason: 'E-mail address; made-up ones are left out.' });
  if (asked) lines.move('email', to, { transforms: ['email'], whenMissing: 'empty', when: keep, reason: 'E-mail address, also where it looks made up, as decided.' });
  lines.move('email', 'x_instream_email', { transforms: ['trim'], reason: 'The address as it stood in InStream, also when it was made up.' });
  lines.move('emails', 'x_instream_emails', { transforms: [{ join: '; ' }], reason: 'Further addresses; Odoo has one field.' });
}

/** Contacts as partners, under their company. */
export function contactPartnersMapping(input: MappingInput): { readonly mapping: Mapping; readonly lines: LineBuilder } {
  const lines = builder(input, 'contact', 'res.partner');
  nameLines(lines, ['name']);
  lines.set('is_company', { constant: false, reason: 'A person.' });
  archiveLine(lines);
  lines.set('parent_id', { link: 'company', through: ['companies'], whenMissing: 'quarantine', reason: 'The company by id, else by name; several of that name are never picked from.' }).use('company_id', 'company_name');
  // A child of type "contact" takes over the parent's whole address, at once and whenever that changes, and loses its own; type
  // "other" keeps it [Odoo 14-19]. Who has none is at the company's address: nothing of it is written then.
  const anyOf = (names: readonly string[]): Condition => ({ any: names.filter((name) => lines.has(name)).map((name): Condition => ({ field: name, filled: true })) });
  const addressed = anyOf(addressColumns);
  const employed = anyOf(['company_id', 'company_name']);
  const shares = addressColumns.some((name) => lines.has(name)) && ['company_id', 'company_name'].some((name) => lines.has(name));
  if (shares) {
    lines.set('type', { constant: 'other', when: addressed, reason: 'Has an address of its own, which type "contact" would lose to the company\'s.' })
      .set('type', { constant: 'contact', when: { all: [employed, { not: addressed }] }, reason: 'Has no address: is at the company\'s.' });
  }
  emailLines(lines, input, 'email');
  phoneLines(lines, input);
  lines.move('job_title', 'function', { transforms: ['collapseSpaces'], reason: 'Job title.' })
    .move('website', 'website', { transforms: ['url'], whenMissing: 'empty', reason: 'Same field.' });
  addressLines(lines, ...(shares ? [{ any: [{ not: employed }, addressed] }] : []));
  textLine(lines, 'description', 'comment');
  if (lines.has('birthday')) lines.move('birthday', 'x_instream_birthday', { transforms: [lines.typed('birthday', 'date')], reason: 'Odoo partners have no birthday.' });
  socialLines(lines);
  commonLines(lines, input);
  return {
    lines,
    mapping: {
      id: 'contact-partners', source: 'contact', destination: 'res.partner', phase: 'contacts', when: becomesPartner(input), otherwise: 'becomes-lead', identity: {}, fields: lines.lines, leftOut: [],
      ...byRoute('Contacts on a deal, on a list that is a pipeline, and known representatives become partners (decisions contact-rule, contact-rule:<list>, representatives, list:<list>).'),
    },
  };
}

/** Contacts as leads. No partner is set: Odoo would overwrite that partner's e-mail and phone with the lead's. */
export function contactLeadsMapping(input: MappingInput): { readonly mapping: Mapping; readonly lines: LineBuilder } {
  const lines = builder(input, 'contact', 'crm.lead');
  nameLines(lines, ['name', 'contact_name']);
  lines.set('type', { constant: 'lead', reason: 'Always said: Odoo would make an opportunity of it.' });
  archiveLine(lines);
  lines.move('company_name', 'partner_name', { transforms: ['collapseSpaces'], reason: 'Company by name; a lead linked to the company\'s partner would overwrite its e-mail and phone.' });
  if (!lines.has('company_name')) lines.move('company_id', 'x_instream_company', { transforms: ['trim'], reason: 'The export names companies by their ids alone: the company whose x_instream_id this is.' });
  lines.use('company_id');
  emailLines(lines, input, 'email_from');
  phoneLines(lines, input);
  lines.move('job_title', 'function', { transforms: ['collapseSpaces'], reason: 'Job title.' })
    .move('website', 'website', { transforms: ['url'], whenMissing: 'empty', reason: 'Same field.' });
  addressLines(lines);
  textLine(lines, 'description', 'description');
  if (lines.has('birthday')) lines.move('birthday', 'x_instream_birthday', { transforms: [lines.typed('birthday', 'date')], reason: 'Odoo leads have no birthday.' });
  socialLines(lines);
  commonLines(lines, input);
  return {
    lines,
    mapping: {
      id: 'contact-leads', source: 'contact', destination: 'crm.lead', phase: 'opportunities', when: { not: becomesPartner(input) }, otherwise: 'is-partner', identity: {}, fields: lines.lines, leftOut: [],
      ...byRoute('All other contacts become leads (decisions contact-rule, contact-rule:<list>, representatives).'),
    },
  };
}
