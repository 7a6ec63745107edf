import type { Condition } from '../../../plan/plan.ts';
import { byRoute, type LineBuilder } from '../line-builder.ts';
import { builder, type MappingInput } from '../mapping-input.ts';
import { colleagueLines, MESSAGES, subtypeLine, type Made } from './messages.ts';
import { homeHolds, homeLines } from './parents.ts';

/** Words of task types and titles, Polish and English; Odoo's own activity types, which exist on 14 to 19. */
const typeWords = {
  'mail.mail_activity_data_call': ['call', 'phone', 'telefon', 'zadzwon', 'rozmow', 'oddzwon'],
  'mail.mail_activity_data_email': ['mail', 'e-mail', 'email', 'wiadomosc', 'napisa', 'wysla'],
  'mail.mail_activity_data_meeting': ['meeting', 'spotka', 'wizyt', 'visit', 'demo'],
};

function typeLine(lines: LineBuilder, field: string): void {
  const from = ['type', 'title'].filter((name) => lines.has(name));
  lines.set(field, { from, transforms: [{ byWords: { values: typeWords, otherwise: 'mail.mail_activity_data_todo' } }], lookup: { object: 'mail.activity.type', by: 'external_id' }, whenMissing: 'empty', reason: 'Call, e-mail, meeting or to-do, by the words of type and title.' });
}

/** A task is done when it says so, or when it names the day. */
function done(lines: LineBuilder): Condition {
  return { any: [...(lines.has('done') ? [{ field: 'done', yes: true } satisfies Condition] : []), ...(lines.has('done_at') ? [{ field: 'done_at', filled: true } satisfies Condition] : [])] };
}

/** IO-13: open tasks as activities with date and owner. */
export function activitiesMapping(input: MappingInput): Made {
  const lines = builder(input, 'task', 'mail.activity');
  const owned: Condition = { any: input.ownerMappings.map((through): Condition => ({ link: 'owner', state: 'found', through })) };
  homeLines(lines, { model: 'res_model', id: 'res_id' });
  lines.use('done', 'done_at', 'type', 'title')
    .move('title', 'summary', { transforms: ['collapseSpaces'], reason: 'What is to be done.' })
    .move('note', 'note', { transforms: ['messageBody'], reason: 'Further words.' })
    .move('due_at', 'date_deadline', { transforms: [lines.typed('due_at', 'date')], when: { field: 'due_at', filled: true }, reason: 'Due date; without one Odoo takes the day of the load.', loss: 'Activities have a day, no time.' });
  typeLine(lines, 'activity_type_id');
  lines.use('owner_email');
  if (lines.has('owner_email')) lines.set('user_id', { link: 'owner', through: input.ownerMappings, whenMissing: 'quarantine', when: owned, reason: 'The user of the owner. An activity cannot be without a user: where none is decided, it is the one who loads.' });
  return {
    lines,
    mapping: {
      id: 'activities', source: 'task', destination: 'mail.activity', phase: 'activities', when: { not: done(lines) }, otherwise: 'done-goes-to-chatter', identity: {}, fields: lines.lines, leftOut: [],
      holdWhen: homeHolds({ code: 'task', name: 'task', fields: 'a contact_email' }), ...byRoute('Open tasks and follow-ups.'),
    },
  };
}

/** IO-13: done tasks as messages, dated when they were done, as Odoo itself writes a done activity down. */
export function doneTasksMapping(input: MappingInput): Made {
  const lines = builder(input, 'task', 'mail.message');
  homeLines(lines, { model: 'model', id: 'res_id' });
  const dates = ['done_at', 'due_at'].filter((name) => lines.has(name));
  if (dates.length === 0) lines.move(['done_at', 'due_at'], 'date', { required: true, reason: 'When it was done.' });
  for (const [index, name] of dates.entries()) {
    const earlier = dates.slice(0, index).map((other): Condition => ({ field: other, filled: false }));
    const last = index === dates.length - 1;
    lines.move(name, 'date', { transforms: [lines.typed(name, 'datetime')], ...(last ? { required: true } : {}), ...(last && index === 0 ? {} : { when: { all: [...earlier, ...(last ? [] : [{ field: name, filled: true } satisfies Condition])] } }), reason: name === 'done_at' ? 'When it was done.' : 'No day of completion: the due date.' });
  }
  lines.use('done', 'type', 'note', 'title').set('body', { from: ['title', 'note'].filter((name) => lines.has(name)), transforms: [{ join: '\n' }, 'messageBody'], required: true, reason: 'Title and note.' })
    .set('message_type', { constant: 'notification', reason: 'As Odoo writes a done activity down.' });
  subtypeLine(lines, 'mail.mt_activities', 'Odoo\'s subtype for done activities.');
  typeLine(lines, 'mail_activity_type_id');
  colleagueLines(lines, 'owner_email');
  lines.move('id', 'x_instream_id', { transforms: ['trim'], reason: 'Id in InStream.' });
  return {
    lines,
    mapping: {
      id: 'done-tasks', source: 'task', destination: 'mail.message', phase: MESSAGES, when: done(lines), otherwise: 'open-becomes-activity', identity: {}, ...(dates.length === 0 ? {} : { order: dates }), fields: lines.lines, leftOut: [],
      holdWhen: homeHolds({ code: 'task', name: 'task', fields: 'a contact_email' }), ...byRoute('Tasks that are done, as messages.'),
    },
  };
}
