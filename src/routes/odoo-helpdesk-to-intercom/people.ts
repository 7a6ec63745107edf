import type { Condition, Mapping } from '../../plan/plan.ts';
import { isOneOf, waitsForHimself } from './agents.ts';
import { missingTeams } from './findings.ts';
import { line, mapping, objectOf, type RouteInput } from './lines.ts';
import { withPlaces } from './places.ts';
import { fallback } from './voices.ts';

/** People and companies: only those whom a ticket names; the source gives no others. */
export function peopleMappings(input: RouteInput): Mapping[] {
  const key = (model: string): string => `odoo:${input.database}:${model}:`;
  const noEmail = { field: 'email', filled: false };
  const decided = (value: string): { decision: string; is: string } => ({ decision: 'partner-without-email', is: value });
  return [
    withPlaces(input, mapping(input, {
      id: 'companies', source: 'company', destination: 'company', phase: 'contacts', reason: 'Parent companies of partners.', identity: { unique: 'source' },
      fields: [
        line('company_id', 'Stable key: nobody can change it later.', { from: 'id', transforms: [{ prefix: key('res.partner') }], required: true }),
        line('name', 'Name.', { from: 'name', transforms: ['trim'] }), line('website', 'Website.', { from: 'website' }), line('industry', 'Industry.', { from: 'industry_id' }),
        line('remote_created_at', 'When it was made in Odoo.', { from: 'create_date' }),
      ],
    })),
    withPlaces(input, mapping(input, {
      id: 'contacts', source: 'partner', destination: 'contact', phase: 'contacts', reason: 'Customers, authors and followers of tickets.',
      when: { not: { all: [noEmail, decided('leave-out')] } }, otherwise: 'without-email',
      holdWhen: [{ condition: { all: [noEmail, decided('review')] }, code: 'no-email', message: 'The partner has no e-mail address.', remedy: 'Give it one (`portolan quarantine export <project> --file held.csv`, then `portolan quarantine retry <project> --file held.csv`), or decide otherwise about partners without an e-mail address (`portolan decide <project>`: partner-without-email).' }],
      identity: { mergeBy: 'email', whenMatched: 'fill' }, used: ['company', 'parent_id'],
      fields: [
        line('role', 'Users have a key and an address.', { constant: 'user' }),
        line('external_id', 'Stable key of the partner.', { from: 'id', transforms: [{ prefix: key('res.partner') }], required: true }),
        line('email', 'Recognises the person; two partners with one address become one contact.', { from: 'email', transforms: ['email'], whenMissing: 'empty' }),
        line('name', 'Name.', { from: 'name', transforms: ['trim'] }),
        line('phone', 'In international form; what is no number stays out.', { from: ['phone', 'mobile'], transforms: [{ nth: 1 }, { phone: { region: input.region } }], whenMissing: 'empty', loss: 'Numbers that are none, extensions, further numbers.' }),
        line('signed_up_at', 'When the partner was made in Odoo.', { from: 'create_date' }),
        line('address__c', 'Address in one line.', { from: ['street', 'street2', 'zip', 'city', 'state_id', 'country_id'], transforms: [{ join: ', ' }, { truncate: 255 }], loss: 'What goes beyond 255 characters.' }),
        line('job_title__c', 'Position.', { from: 'function', transforms: [{ truncate: 255 }] }),
        line('original_odoo_active__c', 'Whether the partner was active in Odoo.', { from: 'active' }),
        line('rating_value__c', 'The last rating: ratings themselves cannot be written.', { link: 'ratings', give: 'rating', transforms: [{ jsonata: 'value ? $string(value[-1]) : null' }] }),
        line('rating_average__c', 'Average of all ratings.', { link: 'ratings', give: 'rating', transforms: [{ jsonata: 'value ? $string($round($average(value.$number($)), 2)) : null' }] }),
      ],
    })),
    mapping(input, {
      id: 'contact-companies', source: 'partner', destination: 'contact/companies', phase: 'contacts', reason: 'Who belongs to which company.', partial: true, identity: { unique: 'source' },
      when: { all: [{ link: 'self', state: 'found', through: 'contacts' }, { link: 'company', state: 'found', through: 'companies' }] }, otherwise: 'no-company',
      fields: [line('record', 'The contact.', { link: 'self', through: ['contacts'], whenMissing: 'quarantine' }), line('value', 'The company.', { link: 'company', through: ['companies'], whenMissing: 'quarantine' })],
    }),
    adminsMapping(input),
    teamsMapping(input),
    mapping(input, {
      id: 'tags', source: 'tag', destination: 'tag', phase: 'tags', reason: 'Tags, by name.', identity: { match: [{ field: 'name', ignoreCase: true }], mergeBy: 'name' },
      fields: [line('name', 'Name; two that differ in case only are one at Intercom.', { from: 'name', transforms: ['trim'], required: true })],
    }),
  ];
}

/** HI-05, HI-12: agents are found by address, or by what was decided for those that no admin has. */
function adminsMapping(input: RouteInput): Mapping {
  const { openAgents } = input;
  const isOpen: Condition = { any: openAgents.map((agent): Condition => ({ all: [{ field: 'login', equals: agent.login }, { not: waitsForHimself(agent) }] })) };
  const found = line('email', 'Address, else login.', { from: ['email', 'login'], transforms: [{ nth: 1 }, 'lower'], ...(openAgents.length === 0 ? {} : { when: { not: isOpen } }) });
  return mapping(input, {
    id: 'admins', source: 'user', destination: 'admin', phase: 'admins', reason: 'Agents are found by e-mail; the API makes none.', used: ['login', 'partner_id', 'active', 'name'],
    identity: { match: [{ field: 'email', ignoreCase: true }], create: false, whenUnmatched: 'no-admin' },
    fields: openAgents.length === 0 ? [found] : [found, line('email', 'No admin has the address: as decided for the agent.', { from: 'login', transforms: [{ decision: { prefix: 'admin', otherwise: null } }, 'lower'], when: isOpen })],
  });
}

/** HI-05: teams are found by name, or by what was decided for those that Intercom lacks under theirs. */
function teamsMapping(input: RouteInput): Mapping {
  const missing = missingTeams(input);
  const isMissing = isOneOf('name', missing);
  return mapping(input, {
    id: 'teams', source: 'team', destination: 'team', phase: 'teams', reason: 'Teams are found by name; the API makes none.', identity: { match: [{ field: 'name', ignoreCase: true }], create: false, whenUnmatched: 'no-team' },
    fields: [
      line('name', 'Name.', { from: 'name', transforms: ['trim'], ...(missing.length === 0 ? {} : { when: { not: isMissing } }) }),
      ...(missing.length === 0 ? [] : [line('name', 'No team has the name: as decided.', { from: 'name', transforms: [{ decision: { prefix: 'team', otherwise: null } }, 'trim'], when: isMissing })]),
    ],
  });
}

/** HI-08: each rating as a note on who gave it, else on the customer of its ticket. */
export function ratingNotes(input: RouteInput): Mapping {
  const rater: Condition = { link: 'partner', state: 'found', through: 'contacts' };
  const customer: Condition = { link: 'customer', state: 'found', through: 'contacts' };
  const hasNumber = objectOf(input.source, 'ticket')?.fields.some(({ name }) => name === 'reference') === true;
  return mapping(input, {
    id: 'rating-notes', source: 'rating', destination: 'contact_note', phase: 'attachments', reason: 'Ratings cannot be written: each is a note on its contact.', identity: { unique: 'source' }, used: ['rating', 'feedback', 'rating_text', 'rated_on', 'create_date', 'ticket_id', 'rated_partner_id', 'message_id', 'partner_id'],
    when: { any: [rater, customer] }, otherwise: 'no-contact',
    fields: [
      line('contact_id', 'The customer of the ticket.', { link: 'customer', through: ['contacts'], when: { not: rater }, whenMissing: 'quarantine' }),
      line('contact_id', 'Who rated.', { link: 'partner', through: ['contacts'], when: rater, whenMissing: 'quarantine' }), line('admin_id', 'Nobody of Intercom wrote it.', { transforms: fallback }),
      // Since Odoo 19 the server keeps when the answer was given; before, only when the rating was made.
      line('body', 'Value, words, date and ticket, by the number that people know.', { link: 'ticket', give: hasNumber ? 'reference' : 'id', transforms: [{ jsonata: '"Rating " & record.rating & (record.feedback ? ": " & record.feedback : "") & " (" & (record.rated_on ? record.rated_on : record.create_date) & ", ticket " & (value ? value : record.ticket_id) & ")"' }] }),
    ],
  });
}
