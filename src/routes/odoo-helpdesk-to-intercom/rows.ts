import type { Route } from '../../engine/route.ts';

/** Requirement rows of the route. `since` null: known and planned, not moved by this version. */
export const rows: Route['rows'] = [
  { id: 'HI-01', source: 'ticket', destination: 'conversation', how: 'Subject as title, description as first message (HTML as text, its images as files), date of creation; priority as the list attribute priority__c, stage as state, SLA as attributes, team and user as assignment. A ticket that staff opened says so in its first message. A ticket without a partner waits for one.', losses: ['Update and closing times of Intercom are those of the load; the real ones stand in attributes.', 'A subject beyond 255 characters is cut.'], since: '0.3.0' },
  { id: 'HI-02', source: 'message', destination: 'part of a conversation', how: 'In time order with the date of each. Customers and portal users as contact replies, agents as silent admin comments, internal notes as admin notes. An author who is no admin goes in under the acting admin with a line that names the author. Odoo\'s own log is left out, or one digest note for each ticket.', losses: ['Text only: formatting, colours and tables of messages.', 'A message edited later goes in as a correction note, since parts cannot be changed.', 'A customer who is not the ticket\'s is named in the text.', 'Messages of one author and ticket with the same words in the same second are one.'], since: '0.3.0' },
  { id: 'HI-03', source: 'partner', destination: 'contact (user), company', how: 'Only partners whom a ticket names: as customer, author or follower. Recognised by e-mail; two partners with one address become one contact; one that is there is adopted and only filled in. Companies are made and attached. Without e-mail: held for an address, let in without, or left out, as decided.', losses: ['Telephone numbers that are none, second numbers, VAT numbers and what goes beyond 255 characters of an address.', 'The external id of a merged partner: it stands in the ledger only.'], since: '0.3.0' },
  { id: 'HI-04', source: 'team', destination: 'team', how: 'Found by name; the API makes none. Missing ones are on the provisioning checklist; tickets of them go in without a team or wait, as decided, and a later run assigns them once the team is there.', losses: ['Alias addresses and assignment rules: they are in the configuration inventory.'], since: '0.3.0' },
  { id: 'HI-05', source: 'user', destination: 'admin', how: 'Found by e-mail; the API makes none. For everybody with tickets and without an admin a decision: nobody, or another admin. Who had the ticket in Odoo and whether he is active there stand on each conversation (original_assignee__c, original_odoo_active__c) and in the owner report.', losses: [], since: '0.3.0' },
  { id: 'HI-06', source: 'SLA policy and status', destination: 'attributes, document', how: 'Policies, deadline, met or violated or open, and when it was reached, on each conversation; the policies themselves in an inventory with advice for rebuilding.', losses: ['Intercom\'s own SLA reports know nothing of the past.'], since: '0.3.0' },
  { id: 'HI-07', source: 'tag', destination: 'tag', how: 'Names as they are. Intercom ignores case: tags that differ in nothing else become one, and are reported.', losses: ['When a tag was put on.'], since: '0.3.0' },
  { id: 'HI-08', source: 'rating', destination: 'contact attributes, contact note', how: 'Last and average rating on the contact; each rating with value, words, date and ticket in a note; the last one as an attribute of the conversation.', losses: ['Intercom\'s own CSAT cannot be written: its reports begin with the cut-over.', 'Notes on contacts are dated with the load; the real date stands in their text.'], since: '0.3.0' },
  { id: 'HI-09', source: 'stage', destination: 'state, attributes', how: 'For each stage a decision: closed (the recommendation where Odoo counts it as closed), open, or snoozed until a date. Name and order as attributes. Team or inbox of each stage is a decision as well.', losses: ['Stages themselves: a conversation is open, snoozed or closed.'], since: '0.3.0' },
  { id: 'HI-10', source: 'attachment', destination: 'files of parts', how: 'Files of tickets and messages and inline images, at most ten a reply, the others in following replies; compared by digest. What is too large or of a blocked type is listed beforehand and goes in as a note with name, size and SHA-256, and its bytes into the archive folder where one is named.', losses: ['Files above the size that was decided, and files of blocked types.', 'Links to files elsewhere: their address stands in a note.'], since: '0.3.0' },
  { id: 'HI-11', source: 'custom fields of tickets', destination: 'attributes of conversations', how: 'x_studio_… and x_… fields with label and fill rate, each confirmed before it is made: text, list, whole number, decimal, yes or no, date and time; links as the names of what they point to.', losses: ['Fields for files, and tables within a ticket.'], since: '0.3.0' },
  { id: 'HI-12', source: 'assignee', destination: 'admin', how: 'Resolved before any ticket. Without an admin: the acting admin, or wait, as decided. Assigned later without another run: `portolan owners apply`.', losses: [], since: '0.3.0' },
];

/** In this order, each ending with its counts and a gate. Attributes are made before the first of them. */
export const phases: Route['phases'] = [
  { name: 'contacts', label: 'Contacts and companies', what: 'Partners that a ticket names, and their companies.' },
  { name: 'admins', label: 'Admins', what: 'Agents are found among the admins.' },
  { name: 'teams', label: 'Teams', what: 'Teams are found by name.' },
  { name: 'tags', label: 'Tags', what: 'Tags are found or made by name.' },
  { name: 'conversations', label: 'Conversations', what: 'Each ticket, with its description as the first message.' },
  { name: 'parts', label: 'Replies and notes', what: 'Messages in time order, with their files.' },
  { name: 'attachments', label: 'Further files and notes', what: 'Files beyond ten, files of tickets, files that cannot go in, the digest of the log, ratings.' },
  { name: 'settings', label: 'Title, attributes, tags, assignment, state', what: 'Set once, the state last: a later reply or assignment would open the conversation again.' },
];

/** Every gotcha names the readiness check that tells, where a machine can tell. */
export const gotchas: Route['gotchas'] = [
  { title: 'Two help desks', text: 'Odoo\'s own Help Desk is part of Enterprise; Community databases have the OCA modules, with other models and field names. Which one stands there is asked of the server.', check: 'help-desk-dialect' },
  { title: 'Odoo Online', text: 'The external API is part of the Custom plan only.', check: 'hosting' },
  { title: 'Large exports time out', text: 'Servers end calls after two minutes. Records are read 500 at a time, messages for 50 tickets, and what is too slow is asked again in halves.', check: null },
  { title: 'Studio fields', text: 'They begin with x_studio_ (others with x_). Each becomes an attribute only when its line was confirmed.', check: 'route-custom-fields' },
  { title: 'Odoo.sh is another thing', text: 'A database migration or upgrade on Odoo.sh moves a database; this route reads tickets through the API and leaves Odoo as it is.', check: null },
  { title: 'Long threads', text: 'Intercom shows the 500 newest parts of a conversation, its own lines among them. Older ones are kept and cannot be read again: they are verified from the answers to their own calls, and the verification report says how many. Files that are sent when 500 newer parts are in, and notes on files, go to the end of the conversation; their last line says when they were sent.', check: 'route-long-threads' },
  { title: 'Intercom\'s JSON export', text: 'The export to S3 leaves transcripts of conversations out: it is no backup of what this route loads.', check: null },
  { title: 'Workspaces are islands', text: 'Workflows, inbox settings and Operator rules cannot be moved from one workspace to another, nor made by the API: rebuild them by the lists of the hand-off.', check: null },
  { title: 'Workflows, Fin and CSAT', text: 'Whether loaded conversations start workflows, Fin or CSAT surveys is documented nowhere, and no call can stop them: switch them off for the load and tick the decision workflows-off.', check: 'workflows-off' },
  { title: 'Fin is paid by resolution', text: 'The more Fin answers, the more it costs: look at the price before it is switched on for the inboxes that were loaded.', check: null },
  { title: 'Two years of history', text: 'A vendor names a limit of two years for exports of Intercom\'s history; its documents do not confirm it.', check: null },
  { title: 'Development workspaces hold 20 contacts', text: 'The oldest beyond them are archived by themselves, their conversations with them.', check: 'route-development-workspace' },
  { title: 'The rate limit is shared', text: 'All private apps of a workspace share one limit: what other apps call is missing here. The pace follows the headers of the answers.', check: 'rate-limit' },
  { title: 'Teams and admins are made by hand', text: 'No version of the API makes them: invite the admins and make the teams first.', check: 'route-admins' },
  { title: 'Tags that differ in case', text: 'Odoo keeps "Billing" and "billing" apart, Intercom does not.', check: 'route-tags' },
  { title: 'Files', text: 'Intercom documents no largest file for its API, may refuse downloads of some types (Settings > Security > Attachments), and scans for viruses. The cap is a decision; what stays out is listed beforehand.', check: 'route-files' },
];
