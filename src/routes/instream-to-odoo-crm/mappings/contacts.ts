import type { Condition, Mapping } from '../../../plan/plan.ts';
import type { LineBuilder } from '../line-builder.ts';
import { byRoute } from '../line-builder.ts';
import { builder, type MappingInput } from '../mapping-input.ts';
import { addressLines, archiveLine, commonLines, phoneLines, socialLines, textLine } from './shared-lines.ts';

/** IO-01: which contacts are partners. The rule is a decision; the counts of both outcomes stand in the preview. */
const becomesPartner: Condition = { any: [
  { decision: 'contact-rule', is: 'everyone' },
  { all: [{ decision: 'contact-rule', is: 'any-deal' }, { fact: 'deals', atLeast: 1 }] },
  { all: [{ decision: 'contact-rule', is: 'open-deal' }, { fact: 'openDeals', atLeast: 1 }] },
] };

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
function emailLines(lines: LineBuilder, to: string): void {
  lines.move('email', to, { transforms: ['email', 'dropDummyEmail'], whenMissing: 'empty', reason: 'E-mail address; made-up ones are left out.' });
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
  // A child of type "contact" takes over the parent's whole address and loses its own [Odoo 14-19]; type "other" keeps it.
  const addressed = ['street', 'zip', 'city'].filter((name) => lines.has(name)).map((name): Condition => ({ field: name, filled: true }));
  if (addressed.length > 0) lines.set('type', { constant: 'other', when: { any: addressed }, reason: 'Has an address of its own, which type "contact" would lose to the company\'s.' });
  emailLines(lines, 'email');
  phoneLines(lines, input);
  lines.move('job_title', 'function', { transforms: ['collapseSpaces'], reason: 'Job title.' })
    .move('website', 'website', { transforms: ['url'], whenMissing: 'empty', reason: 'Same field.' });
  addressLines(lines);
  textLine(lines, 'description', 'comment');
  if (lines.has('birthday')) lines.move('birthday', 'x_instream_birthday', { transforms: [lines.typed('birthday', 'date')], reason: 'Odoo partners have no birthday.' });
  socialLines(lines);
  commonLines(lines, { tags: 'category_id', tagMapping: 'partner-tags' });
  return {
    lines,
    mapping: {
      id: 'contact-partners', source: 'contact', destination: 'res.partner', phase: 'contacts', when: becomesPartner, otherwise: 'becomes-lead', identity: {}, fields: lines.lines, leftOut: [],
      ...byRoute('Contacts on a deal become partners (see decision contact-rule).'),
    },
  };
}

/** Contacts as leads. No partner is set: Odoo would overwrite that partner's e-mail and phone with the lead's. */
export function contactLeadsMapping(input: MappingInput): { readonly mapping: Mapping; readonly lines: LineBuilder } {
  const lines = builder(input, 'contact', 'crm.lead');
  nameLines(lines, ['name', 'contact_name']);
  lines.set('type', { constant: 'lead', reason: 'Always said: Odoo would make an opportunity of it.' });
  archiveLine(lines);
  lines.move('company_name', 'partner_name', { transforms: ['collapseSpaces'], reason: 'Company by name; a lead linked to the company\'s partner would overwrite its e-mail and phone.' }).use('company_id');
  emailLines(lines, 'email_from');
  phoneLines(lines, input);
  lines.move('job_title', 'function', { transforms: ['collapseSpaces'], reason: 'Job title.' })
    .move('website', 'website', { transforms: ['url'], whenMissing: 'empty', reason: 'Same field.' });
  addressLines(lines);
  textLine(lines, 'description', 'description');
  if (lines.has('birthday')) lines.move('birthday', 'x_instream_birthday', { transforms: [lines.typed('birthday', 'date')], reason: 'Odoo leads have no birthday.' });
  socialLines(lines);
  commonLines(lines, { tags: 'tag_ids', tagMapping: 'lead-tags' });
  return {
    lines,
    mapping: {
      id: 'contact-leads', source: 'contact', destination: 'crm.lead', phase: 'opportunities', when: { not: becomesPartner }, otherwise: 'is-partner', identity: {}, fields: lines.lines, leftOut: [],
      ...byRoute('Contacts that never were on a deal become leads (see decision contact-rule).'),
    },
  };
}
