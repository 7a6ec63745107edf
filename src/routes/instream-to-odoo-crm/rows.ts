import type { Route } from '../../engine/route.ts';

/** Requirement rows of the route. `since` null: known and planned, not moved by this version. */
export const rows: Route['rows'] = [
  { id: 'IO-01', source: 'contact', destination: 'res.partner or crm.lead', how: 'Contacts on a deal, members of pipelines and known representatives become partners, all others leads; the rule is a decision, and each list may have its own. Standard fields go to typed fields, profiles to fields of their own, archived contacts arrive archived, made-up e-mail addresses are left out and kept apart.', losses: ['Social enrichment is live and not stored in InStream: only the profile addresses move.'], since: '0.1.0' },
  { id: 'IO-02', source: 'company', destination: 'res.partner (company)', how: 'Name, website, VAT, phones, address with country and state looked up; industry and employees in fields of their own; loaded before any contact. Companies that only a contact or deal names are made.', losses: ['States that Odoo does not list are left empty; the name is kept in a field of its own.'], since: '0.1.0' },
  { id: 'IO-03', source: 'deal', destination: 'crm.lead (opportunity)', how: 'Amount, contact, dates, won and lost with reason. Foreign currencies are converted only by a stated rate and kept in any case. A deal without a contact waits for review, which offers its company.', losses: ['Odoo keeps one currency for all opportunities.'], since: '0.1.0' },
  { id: 'IO-04', source: 'pipeline, stage', destination: 'crm.stage, crm.team where chosen', how: 'Name and order; existing stages of that name are taken. Odoo 14-19 keeps no probability on a stage: it is set on each opportunity from the stage\'s history, its order, or a person. A sales team for each pipeline is a decision.', losses: ['Stages of all pipelines are shared; the pipeline is kept by name on each opportunity.'], since: '0.1.0' },
  { id: 'IO-05', source: 'list', destination: 'crm.tag + res.partner.category, or crm.stage + crm.lead', how: 'Per list a decision. Segment: a tag on both models, and on every member. Pipeline: an opportunity for every member, with stage and probability from its status. Members come from list_memberships.csv and from the cells of contacts; every one ends in an outcome, and the matrix of contacts and lists is verified after loading.', losses: ['A segment keeps who is on the list, not the status, owner, date and fields of the membership.'], since: '0.2.0' },
  { id: 'IO-06', source: 'e-mail', destination: 'mail.message, ir.attachment', how: 'From .eml, .mbox or CSV: subject, body, sender, recipients, date, direction, conversation; attachments and inline images. On the record it names by id, else by address; else on the contact or company of its sender (of an outgoing one: its first recipient); else on the first known contact in the order of recipients and copies; else on a company of their addresses or domains. A contact that cannot be told from another with the same address is never picked. Nothing is sent.', losses: ['An e-mail with several known contacts stands on the first of them only; all addresses are kept on it.', 'Unsafe HTML (scripts, forms, frames) is removed.'], since: '0.2.0' },
  { id: 'IO-07', source: 'call', destination: 'mail.message, subtype "Call"', how: 'Original time; duration, disposition, direction and number in fields on the message, and in its subject; the subtype is made once.', losses: [], since: '0.2.0' },
  { id: 'IO-08', source: 'meeting', destination: 'calendar.event + calendar.attendee', how: 'Title, start, end, whole days, time zone, place, organiser; attendees with their answers: contacts that are partners, else partners with that address, else as decided. The description also stands in the chatter of the record. No invitation leaves.', losses: ['A recurring meeting goes in once; its rule is kept as text.', 'Attendees who are no partners are kept as addresses, unless decided otherwise.'], since: '0.2.0' },
  { id: 'IO-09', source: 'note', destination: 'mail.message (note)', how: 'Author and date kept; text, HTML or markdown; a note without a parent goes to its company, else to quarantine.', losses: ['Unsafe HTML (scripts, forms, frames) is removed.'], since: '0.1.0' },
  { id: 'IO-10', source: 'tag', destination: 'crm.tag + res.partner.category', how: 'The vocabulary of all cells and files is made before any contact; spellings that differ in case or spaces become one, and can be kept apart. Tags are put on their records at the end.', losses: [], since: '0.1.0' },
  { id: 'IO-11', source: 'custom fields', destination: 'x_… fields on crm.lead and res.partner', how: 'Types inferred over all values (text, number, money in the currency of the company, yes or no, date, choice); created before the load, shown on the forms, taken away by a rollback.', losses: ['Several choices in one cell and people who are named in one are kept as text: Odoo has no field of several choices, and names alone find nobody for certain.', 'Own columns of notes, calls, tasks and meetings have no place in Odoo; each is listed as left out.'], since: '0.1.0' },
  { id: 'IO-12', source: 'owner', destination: 'res.users', how: 'By e-mail. For the others a decision each: unassigned, another user, a placeholder, or a user made for it; the address is kept on every record, so that `owners apply` can settle it later.', losses: [], since: '0.1.0' },
  { id: 'IO-13', source: 'task', destination: 'mail.activity, mail.message', how: 'Open ones as activities with date, owner and type by their words; done ones as messages of the day they were done.', losses: ['An activity has a day, no time.', 'An activity without a decided owner belongs to the user who loads: Odoo demands one.'], since: '0.2.0' },
  { id: 'IO-14', source: 'file', destination: 'ir.attachment', how: 'On their record, with name and type; the bytes are streamed and compared by size and checksum.', losses: ['Odoo sets author and date of an attachment itself; the original ones are kept in its description.'], since: '0.2.0' },
];

export const phases: Route['phases'] = [
  { name: 'configuration', label: 'Configuration', what: 'Owners, teams, stages, lost reasons, tags and lists, the subtype of calls; new fields were made before.' },
  { name: 'companies', label: 'Companies', what: 'Companies as partners.' },
  { name: 'contacts', label: 'Contacts', what: 'Contacts as partners, under their company.' },
  { name: 'opportunities', label: 'Leads and opportunities', what: 'Contacts as leads, deals and members of pipelines as opportunities.' },
  { name: 'messages', label: 'Messages', what: 'Attachments of e-mails; then notes, e-mails, calls, done tasks and descriptions of meetings as one history, oldest first.' },
  { name: 'meetings', label: 'Meetings', what: 'Meetings with their attendees.' },
  { name: 'activities', label: 'Activities and files', what: 'Open tasks; files on their records.' },
  { name: 'tags', label: 'Tags', what: 'Tags and memberships of segments, put on partners and leads.' },
];

/** Every gotcha names the readiness check that tells, where a machine can tell. */
export const gotchas: Route['gotchas'] = [
  { title: 'Free plan cap', text: 'The free plan holds 100 contacts: an export of exactly 100 may be cut off.', check: 'contact-cap' },
  { title: 'Social enrichment', text: 'Profiles are enriched live and not stored; only their addresses can be moved.', check: 'route-social-profiles' },
  { title: 'Free-text stages', text: 'InStream knows active and inactive, never won and lost: a person says which stage or status means what.', check: 'route-stage-meaning' },
  { title: 'No documented custom fields', text: 'Types of custom fields are inferred from all values and confirmed by a person.', check: 'route-custom-field-types' },
  { title: 'Made-up e-mail addresses', text: 'InStream demands an address of every person and makes one up: such addresses are recognised and never loaded into a field that could be mailed, unless decided.', check: 'dummy-emails' },
  { title: 'Archived contacts', text: 'A default export leaves archived contacts out: export both.', check: 'archived-contacts' },
  { title: 'Exports of non-admins', text: 'They hold only shared relations: compare the counts per owner with InStream.', check: 'route-owner-counts' },
  { title: 'Owners without a user', text: 'Owners are matched to users by e-mail; what becomes of the others is a decision each.', check: 'route-owners' },
  { title: 'Lists say two things', text: 'A list may be a segment or a funnel. As tags its statuses are gone; as a pipeline every member becomes an opportunity.', check: 'route-lists' },
  { title: 'Files apart from their rows', text: 'Rows of files and e-mails name files by their paths: what is not in the export cannot be moved.', check: 'route-files-present' },
  { title: 'E-mails live in the mailbox', text: 'InStream tracks e-mails of a connected mailbox; where the export holds none, take them from the mailbox itself as .mbox.', check: 'route-emails-present' },
  { title: 'Times without a zone', text: 'Tables write times as the clock on the wall: their zone is the one of the account.', check: 'route-time-zone' },
  { title: 'Recurring meetings', text: 'They go in once, with their first date.', check: 'route-recurring-meetings' },
  { title: 'Leads feature', text: 'Leads exist in Odoo also while the feature is off, but nobody sees them.', check: 'leads-enabled' },
  { title: 'Enterprise databases on Community', text: 'A restored Enterprise database on Community lacks modules whose fields a plan may name, and custom fields lose the app they belonged to: discovery reads what is really there, and a plan that names a missing field is refused.', check: 'odoo-edition' },
  { title: 'Odoo Online', text: 'The external API is part of the Custom plan only.', check: 'hosting' },
  { title: 'Odoo.sh trials', text: 'A trial or staging branch on Odoo.sh offers newer versions than production may run: load into the version that stays.', check: 'route-trial-version' },
  { title: 'Views across major versions', text: 'New fields are shown by extensions of Odoo\'s own forms; an upgrade to another major version may move what they hold on to. They are the load\'s own records and go with a rollback.', check: 'route-view-extensions' },
];
