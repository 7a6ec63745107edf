import type { Condition, Mapping } from '../../../plan/plan.ts';
import { byRoute, type LineBuilder } from '../line-builder.ts';
import { builder, objectOf, type MappingInput } from '../mapping-input.ts';
import { colleagueLines, MESSAGES, subtypeLine, type Made } from './messages.ts';
import { hasHome, homeLines, homesInTurn } from './parents.ts';
import { textLine } from './shared-lines.ts';

const states = ['accepted', 'tentative', 'declined', 'open'] as const;

/** Attendees by address: the partner of the contact, else an existing partner, else as decided. */
export function attendeeMappings(input: MappingInput): readonly Mapping[] {
  if (objectOf(input.source, 'meeting_attendee') === undefined) return [];
  const known = builder(input, 'attendee', 'res.partner')
    .set('id', { link: 'contact', through: ['contact-partners'], whenMissing: 'quarantine', when: { link: 'contact', state: 'found', through: 'contact-partners' }, reason: 'A contact that went in as a partner.' })
    .set('email', { from: 'email', transforms: ['email'], whenMissing: 'empty', reason: 'Else an existing partner with the address: colleagues, for instance.' });
  const made = builder(input, 'attendee', 'res.partner')
    .set('name', { from: ['name', 'email'], transforms: [{ nth: 1 }], required: true, reason: 'Name as the invitation has it, else the address.' })
    .set('email', { from: 'email', transforms: ['email'], required: true, reason: 'Address.' })
    .set('is_company', { constant: false, reason: 'A person.' });
  return [
    {
      id: 'attendees', source: 'attendee', destination: 'res.partner', phase: 'meetings', fields: known.lines, leftOut: [],
      identity: { match: [{ field: 'id' }, { field: 'email', ignoreCase: true }], create: false, whenUnmatched: 'no-partner-with-this-address' }, ...byRoute('People who were at meetings and are partners already. Several partners with one address are never picked from.'),
    },
    {
      id: 'new-attendees', source: 'attendee', destination: 'res.partner', phase: 'meetings', fields: made.lines, leftOut: [], when: { decision: 'attendees', is: 'create' }, otherwise: 'address-kept-as-text',
      identity: { match: [{ field: 'email', ignoreCase: true }] }, ...byRoute('People at meetings who are no partners yet: made only as decided.'),
    },
  ];
}

/** IO-08: meetings with their attendees and their answers. No invitation leaves. */
export function meetingsMapping(input: MappingInput): Made {
  const lines = builder(input, 'meeting', 'calendar.event');
  const allDay: Condition = { field: 'all_day', yes: true };
  const timed: { when?: Condition } = lines.has('all_day') ? { when: { not: allDay } } : {};
  lines.move('title', 'name', { transforms: ['collapseSpaces'], required: true, reason: 'Title.' });
  if (lines.has('all_day')) lines.set('allday', { from: 'all_day', transforms: [{ default: 'no' }, 'boolean'], reason: 'Whole days have no time zone.' });
  const start = zoned(lines, 'start_at');
  lines.move('start_at', 'start', { transforms: [start], required: true, ...timed, reason: 'Start, in the meeting\'s own time zone where it names one.' });
  const over: Condition[] = lines.has('end_at') ? [{ field: 'end_at', filled: true }] : [];
  if (lines.has('end_at')) lines.move('end_at', 'stop', { transforms: [notBeforeStart(lines, zoned(lines, 'end_at'))], when: { all: [...over, ...(timed.when === undefined ? [] : [timed.when])] }, reason: 'End.' });
  lines.set('stop', { from: 'start_at', transforms: [start], when: { all: [...over.map((filled): Condition => ({ not: filled })), ...(timed.when === undefined ? [] : [timed.when])] }, reason: 'No end and no duration that could be read: it ends as it begins.' });
  if (lines.has('all_day')) {
    lines.set('start_date', { from: 'start_at', transforms: [lines.typed('start_at', 'date')], when: allDay, required: true, reason: 'First day.' });
    if (lines.has('end_at')) lines.set('stop_date', { from: 'end_at', transforms: [notBeforeStart(lines, lines.typed('end_at', 'date'))], when: { all: [allDay, ...over] }, reason: 'Last day.' });
    lines.set('stop_date', { from: 'start_at', transforms: [lines.typed('start_at', 'date')], when: { all: [allDay, ...over.map((filled): Condition => ({ not: filled }))] }, reason: 'One day.' });
  }
  lines.use('duration', 'all_day', 'end_at').move('timezone', 'x_instream_timezone', { transforms: ['trim'], reason: 'Odoo keeps every time in UTC and no time zone of a meeting.' })
    .move('location', 'location', { transforms: ['collapseSpaces'], reason: 'Same field.' });
  textLine(lines, 'description', 'description');
  placeLines(lines);
  peopleLines(lines, input);
  lines.move('recurrence_rule', 'x_instream_recurrence', { transforms: ['trim'], reason: 'The rule as text.', loss: 'A recurring meeting goes in once, with its first date; the rule is kept as text.' })
    .move('status', 'active', { transforms: [{ map: { values: { cancelled: false, canceled: false, odwolane: false, anulowane: false }, otherwise: true } }], when: { field: 'status', filled: true }, reason: 'A cancelled meeting is archived.' })
    .move('uid', 'x_instream_uid', { transforms: ['trim'], reason: 'Id of the meeting in calendars.' })
    .move('id', 'x_instream_id', { transforms: ['trim'], reason: 'Id in InStream.' });
  return {
    lines,
    mapping: { id: 'meetings', source: 'meeting', destination: 'calendar.event', phase: 'meetings', identity: {}, fields: lines.lines, leftOut: [], ...byRoute('Every meeting, past and future.') },
  };
}

function zoned(lines: LineBuilder, field: string): ReturnType<LineBuilder['typed']> {
  const step = lines.typed(field, 'datetime');
  return typeof step === 'string' || !lines.has('timezone') ? step : { datetime: { ...step['datetime'] as object, zoneField: 'timezone' } };
}

/** Odoo refuses an event that ends before it starts: such a meeting is held back under a code of its own, and a preview knows of it. */
function notBeforeStart(lines: LineBuilder, step: ReturnType<LineBuilder['typed']>): ReturnType<LineBuilder['typed']> {
  const [name = '', parameters = {}] = typeof step === 'string' ? [step] : Object.entries(step)[0] ?? [];
  const start = lines.typed('start_at', 'datetime');
  const order = typeof start === 'string' ? 'iso' : (start['datetime'] as { readonly order: string | { decision: string } }).order;
  return { [name]: { ...parameters as object, notBefore: { field: 'start_at', order } } };
}

/** An event on an opportunity shows there; other records are named by model and id. */
function placeLines(lines: LineBuilder): void {
  for (const home of homesInTurn) {
    if (home.link === 'deal') {
      lines.set('opportunity_id', { link: 'deal', through: ['deals'], whenMissing: 'quarantine', when: home.when, reason: 'On the deal.' });
      continue;
    }
    lines.set('res_model', { constant: home.model, when: home.when, reason: 'Model of the record that it is about.' }).set('res_id', { link: home.link, through: [home.through], whenMissing: 'quarantine', when: home.when, reason: 'The record that it is about.' });
  }
  lines.use('record_type', 'record_id', 'contact_email');
}

function peopleLines(lines: LineBuilder, input: MappingInput): void {
  if (objectOf(input.source, 'meeting_attendee') !== undefined) {
    for (const state of states) {
      if (lines.has(`attendees_${state}`)) lines.set(`attendees_${state}`, { link: `attendees_${state}`, through: ['attendees', 'new-attendees'], whenMissing: 'empty', reason: `Attendees whose answer is "${state}".` });
    }
  }
  lines.move(states.map((state) => `attendees_${state}`).filter((name) => lines.has(name)), 'x_instream_attendees', { transforms: ['flatten', { join: '; ' }], reason: 'Addresses of all attendees, also of those who are no partners.' })
    .use('attendees');
  const user: Condition = { any: input.ownerMappings.map((through): Condition => ({ link: 'organizer', state: 'found', through })) };
  if (lines.has('organizer_email')) lines.set('user_id', { link: 'organizer', through: input.ownerMappings, whenMissing: 'quarantine', when: user, reason: 'The organiser, where a user.' }).set('user_id', { constant: null, when: { not: user }, reason: 'The organiser is no user: nobody, never the user who loads.' });
  else lines.set('user_id', { constant: null, reason: 'The export names no organiser.' });
  lines.move('organizer_email', 'x_instream_organizer', { transforms: ['trim'], reason: 'Organiser as written.' });
}

/** IO-08: what was written about a meeting, as a message on the record it was about. */
export function meetingNotesMapping(input: MappingInput): Made {
  const lines = builder(input, 'meeting', 'mail.message');
  homeLines(lines, { model: 'model', id: 'res_id' });
  lines.move('start_at', 'date', { transforms: [zoned(lines, 'start_at')], required: true, reason: 'When the meeting began.' })
    .move('title', 'subject', { transforms: ['collapseSpaces'], reason: 'Title of the meeting.' })
    .move('description', 'body', { transforms: ['messageBody'], required: true, reason: 'What was written about it.' })
    .set('message_type', { constant: 'comment', reason: 'In the chatter; nothing is sent.' });
  subtypeLine(lines, 'mail.mt_note', 'Internal note.');
  colleagueLines(lines, 'organizer_email');
  const elsewhere = lines.unused().map(({ name }) => name);
  lines.use(...elsewhere);
  return {
    lines,
    mapping: {
      id: 'meeting-notes', source: 'meeting', destination: 'mail.message', phase: MESSAGES, when: { all: [{ field: 'description', filled: true }, hasHome] }, otherwise: 'nothing-to-say-or-no-record', identity: {}, order: 'start_at', fields: lines.lines,
      leftOut: elsewhere.map((from) => ({ from, ...byRoute('Not in the message: the meeting itself is a calendar event (mapping meetings).') })), ...byRoute('Descriptions of meetings on the record they were about; the event itself keeps them too.'),
    },
  };
}
