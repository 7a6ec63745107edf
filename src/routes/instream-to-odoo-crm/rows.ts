import type { Route } from '../../engine/route.ts';

/** Requirement rows of the route. `since` null: known and planned, not moved by this version. */
export const rows: Route['rows'] = [
  { id: 'IO-01', source: 'contact', destination: 'res.partner or crm.lead', how: 'Contacts on a deal become partners, all others leads; the rule is a decision. Standard fields go to typed fields, archived contacts arrive archived, made-up e-mail addresses are left out and kept apart.', losses: ['Social enrichment is live and not stored in InStream: only the profile addresses move.'], since: '0.1.0' },
  { id: 'IO-02', source: 'company', destination: 'res.partner (company)', how: 'Name, website, VAT, phones, address with country and state looked up; industry and employees in fields of their own; loaded before any contact. Companies that only a contact or deal names are made.', losses: ['States that Odoo does not list are left empty; the name is kept in a field of its own.'], since: '0.1.0' },
  { id: 'IO-03', source: 'deal', destination: 'crm.lead (opportunity)', how: 'Amount, contact, dates, won and lost with reason. Foreign currencies are converted only by a stated rate and kept in any case. A deal without a contact waits for review.', losses: ['Odoo keeps one currency for all opportunities.'], since: '0.1.0' },
  { id: 'IO-04', source: 'pipeline, stage', destination: 'crm.stage', how: 'Name and order; existing stages of that name are taken. Odoo 14-19 keeps no probability on a stage: it is set on each opportunity from the stage\'s history, its order, or a person.', losses: ['Stages of all pipelines are shared; the pipeline is kept by name on each opportunity.'], since: '0.1.0' },
  { id: 'IO-05', source: 'list', destination: 'crm.tag + res.partner.category, or a pipeline', how: 'Per list a decision: segment or pipeline.', losses: [], since: null },
  { id: 'IO-06', source: 'e-mail', destination: 'mail.message', how: 'With original date and thread order; nothing is sent.', losses: [], since: null },
  { id: 'IO-07', source: 'call', destination: 'mail.message, call subtype', how: 'Duration, disposition and direction in fields on the message.', losses: [], since: null },
  { id: 'IO-08', source: 'meeting', destination: 'calendar.event + calendar.attendee', how: 'No invitation leaves.', losses: [], since: null },
  { id: 'IO-09', source: 'note', destination: 'mail.message (note)', how: 'Author and date kept; text, HTML or markdown; a note without a parent goes to its company, else to quarantine.', losses: ['Unsafe HTML (scripts, forms, frames) is removed.'], since: '0.1.0' },
  { id: 'IO-10', source: 'tag', destination: 'crm.tag + res.partner.category', how: 'The vocabulary is made before any contact; spellings that differ in case or spaces become one, and can be kept apart.', losses: [], since: '0.1.0' },
  { id: 'IO-11', source: 'custom fields', destination: 'x_… fields on crm.lead and res.partner', how: 'Types inferred over all values; created before the load, taken away by a rollback.', losses: [], since: '0.1.0' },
  { id: 'IO-12', source: 'owner', destination: 'res.users', how: 'By e-mail; the others stay unassigned or are mapped by decision, and the address is kept on every record.', losses: [], since: '0.1.0' },
  { id: 'IO-13', source: 'task', destination: 'mail.activity', how: 'Open ones with date and owner, done ones as messages.', losses: [], since: null },
  { id: 'IO-14', source: 'file', destination: 'ir.attachment', how: 'On their record, verified by checksum.', losses: [], since: null },
];

export const phases: Route['phases'] = [
  { name: 'configuration', label: 'Configuration', what: 'Owners, stages, lost reasons and tags; new fields were made before.' },
  { name: 'companies', label: 'Companies', what: 'Companies as partners.' },
  { name: 'contacts', label: 'Contacts', what: 'Contacts as partners, under their company.' },
  { name: 'opportunities', label: 'Leads and opportunities', what: 'Contacts as leads, deals as opportunities.' },
  { name: 'messages', label: 'Messages', what: 'Notes, oldest first.' },
];

export const gotchas: Route['gotchas'] = [
  { title: 'Free plan cap', text: 'The free plan holds 100 contacts: an export of exactly 100 may be cut off.', check: 'contacts-not-exactly-100' },
  { title: 'Social enrichment', text: 'Profiles are enriched live and not stored; only their addresses can be moved.', check: null },
  { title: 'Statuses have no meaning', text: 'InStream knows active and inactive, never won and lost: a person says which stage means what.', check: null },
  { title: 'No documented custom fields', text: 'Types of custom fields are inferred from all values and confirmed by a person.', check: null },
  { title: 'Made-up e-mail addresses', text: 'InStream demands an address of every person and makes one up: such addresses are recognised and never loaded into a field that could be mailed.', check: null },
  { title: 'Archived contacts', text: 'A default export leaves archived contacts out: export both.', check: null },
  { title: 'Exports of non-admins', text: 'They hold only shared relations: compare the counts per owner.', check: null },
  { title: 'Enterprise databases on Community', text: 'A restored Enterprise database on Community lacks modules whose fields a plan may name: discovery reads what is really there.', check: 'odoo-edition' },
  { title: 'Odoo Online', text: 'The external API is part of the Custom plan only.', check: 'odoo-hosting' },
  { title: 'Views across major versions', text: 'A field made by the load is in no view yet: add it with Studio or a view of your own.', check: null },
];
