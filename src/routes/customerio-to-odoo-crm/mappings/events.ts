import type { Condition, FieldLine, Mapping } from '../../../plan/plan.ts';
import { line, mapping, objectOf, personIsPartner, type RouteInput } from '../lines.ts';
import { answerTo, eventsDecision } from '../shaping.ts';
import { note, onPerson } from './history.ts';

const filled = (field: string): Condition => ({ field, filled: true });
const sources = ['archive_event', 'event'] as const;

/** CO-02: events of the API and of archives, as decided. One that both have is loaded once, from the archive. */
export function eventMappings(input: RouteInput): Mapping[] {
  const known = sources.filter((source) => objectOf(input.source, source) !== undefined);
  switch (answerTo(input, eventsDecision(input))) {
    case 'digest': return known.length === 0 ? [] : [digestMapping(input, known)];
    case 'activity': return known.map((source) => activityMapping(input, source));
    case 'leave-out': return known.map((source) => ({ ...messageMapping(input, source), when: { any: [] }, otherwise: 'left-out-as-decided' }));
    default: return known.map((source) => messageMapping(input, source));
  }
}

const name = (source: (typeof sources)[number]): string => (source === 'event' ? 'events' : 'archived-events');
const reason = (source: (typeof sources)[number]): string => (source === 'event' ? 'Events that the API still has.' : 'Events of the archive.');
const subject = line('subject', 'Name of the event.', { from: ['name', 'type'], transforms: [{ nth: 1 }, 'collapseSpaces'] });

function isNew(input: RouteInput, source: (typeof sources)[number]): Condition {
  return { all: [personIsPartner, ...(source === 'event' && objectOf(input.source, 'archive_event') !== undefined ? [{ not: { link: 'archived', state: 'found' } } satisfies Condition] : [])] };
}

const text = (to: string): FieldLine[] => [
  line(to, 'Its properties, as JSON.', { from: 'properties', transforms: ['trim', 'textToHtml'], when: filled('properties') }),
  line(to, 'It has no properties: its name.', { from: ['name', 'type'], transforms: [{ nth: 1 }, 'textToHtml'], when: { not: filled('properties') }, required: true }),
];

function messageMapping(input: RouteInput, source: (typeof sources)[number]): Mapping {
  return mapping(input, {
    id: name(source), source, destination: 'mail.message', phase: 'events', reason: reason(source), order: 'occurred_at', orderWithin: 'person', when: isNew(input, source), otherwise: 'no-person-or-in-archive',
    used: ['id', 'cio_id', 'email', 'customer_id', 'customer_identifiers', 'person_id', 'anonymous_id', 'person_key', 'day'],
    fields: [
      ...onPerson('model'), line('date', 'When it happened.', { from: 'occurred_at', transforms: ['datetime'], required: true }), subject, ...text('body'), ...note('notification'),
      line('x_cio_event', 'Name of the event.', { from: 'name', transforms: ['trim'] }), line('x_cio_id', 'Id of the event.', { from: 'id', transforms: ['trim'] }),
    ],
  });
}

function activityMapping(input: RouteInput, source: (typeof sources)[number]): Mapping {
  return mapping(input, {
    id: `${name(source)}-as-activities`, source, destination: 'mail.activity', phase: 'events', reason: `${reason(source).slice(0, -1)}, as activities.`, partial: true, order: 'occurred_at', orderWithin: 'person', when: isNew(input, source), otherwise: 'no-person-or-in-archive',
    fields: [
      ...onPerson('res_model'), { ...subject, to: 'summary' }, ...text('note'),
      line('date_deadline', 'The day it happened.', { from: 'occurred_at', transforms: ['date'], required: true, loss: 'An activity has a day, no time; as a to-do it is overdue, and gone once it is done.' }), line('activity_type_id', 'A to-do.', { constant: 'mail.mail_activity_data_todo', lookup: { object: 'mail.activity.type', by: 'external_id' }, whenMissing: 'empty' }),
    ],
  });
}

/** The day's events of archive and API, each once, oldest first. */
const eventsOfDay = '$found := $append(links.archived.given, links.events.given); $once := $found{ (id ? id : occurred_at & " " & name): $[0] }; $all := $sort($each($once, function($one) { $one }), function($l, $r) { $l.occurred_at > $r.occurred_at }); ';
const ofDay = (expression: string): FieldLine['transforms'] => [{ jsonata: `(${eventsOfDay}${expression})` }];

/** One note for each person and day. All that the expressions look at is asked for by the lines' own `give`. */
function digestMapping(input: RouteInput, known: readonly (typeof sources)[number][]): Mapping {
  const links = known.map((source) => (source === 'event' ? 'events' : 'archived'));
  const made = (to: string, why: string, give: string, expression: string, more: Partial<FieldLine> = {}): FieldLine[] => links.map((link, place) => line(to, why, {
    link, give, transforms: [...ofDay(expression) ?? [], ...more.transforms ?? []], ...(links.length === 1 ? {} : { when: place === 0 ? { link, state: 'found' } : { not: { link: links[0] ?? '', state: 'found' } } }), ...(more.required === true ? { required: true } : {}),
  }));
  return mapping(input, {
    id: 'event-digests', source: 'event_day', destination: 'mail.message', phase: 'events', reason: 'One note for each person and day with events of the archive or the API.', order: 'day', orderWithin: 'person', when: personIsPartner, otherwise: 'no-person',
    fields: [
      ...onPerson('model'), ...made('date', 'When the first of them happened.', 'occurred_at', '$all[0].occurred_at', { transforms: ['datetime'], required: true }),
      ...made('subject', 'The day, and the names of its events.', 'name', '"Events of " & record.day & ": " & $join($each($all{ (name ? name : "event"): $count($) }, function($n, $name) { $n > 1 ? $name & " (" & $n & ")" : $name }), ", ")', { transforms: ['collapseSpaces'] }),
      ...made('body', 'A line for each: time (UTC), name, properties as JSON.', 'properties', '$join($map($all, function($one) { $substring($one.occurred_at, 11, 8) & " " & ($one.name ? $one.name : "event") & ($one.properties ? " " & $string($one.properties) : "") }), "\\n")', { transforms: ['textToHtml'], required: true }),
      ...made('x_cio_events', 'How many.', 'id', '$count($all)', { transforms: ['integer'] }), ...note('notification'), line('x_cio_id', 'Person and day.', { from: ['person_key', 'day'], transforms: [{ join: ':' }] }),
    ],
  });
}
