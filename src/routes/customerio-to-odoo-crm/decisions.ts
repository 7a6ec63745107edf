import type { JsonObject } from '../../connector/json.ts';
import type { Condition, Decision } from '../../plan/plan.ts';
import { inSegment } from './graph.ts';
import { listOf, objectOf, sourceField, type RouteInput } from './lines.ts';

/** Every open question that only a person may answer. */
export function decisions(input: RouteInput): Decision[] {
  return [
    ...input.types.map((type) => objectType(input, type.id)), duplicates(), inactive(input), leads(input), ...consent(), ...listOf(input.source, 'segment').map(segment), events(input), sent('campaigns', 'Campaigns', input), sent('newsletters', 'Newsletters', input), sent('broadcasts', 'API-triggered broadcasts', input),
  ];
}

function objectType(input: RouteInput, id: string): Decision {
  const type = input.types.find((one) => one.id === id);
  return {
    id: `object-type:${id}`, question: `Objects of type ${id} ("${type?.name ?? '?'}"): companies?`,
    options: [
      { value: 'company', label: 'Companies', effect: 'Each becomes a company; people are put under the first of theirs, further ones stand in notes.' },
      { value: 'category', label: 'Tags', effect: 'Each becomes a tag of partners, on the people who are related to it.' },
    ],
    recommendation: type?.looksLikeCompany === true ? 'company' : 'category', answer: null, reason: 'Types of objects are numbers with names: what they mean is known only to people.',
  };
}

function duplicates(): Decision {
  return {
    id: 'duplicates', question: 'Several people with the same e-mail address: one partner or several?',
    options: [
      { value: 'merge', label: 'One partner', effect: 'The first in the order of Customer.io is loaded; events, deliveries, segments and relations of the others go to it, their attributes stay behind (counted).' },
      { value: 'keep', label: 'Several partners', effect: 'Each becomes a partner of its own.' },
    ],
    recommendation: 'merge', answer: null, reason: 'Odoo mails and blacklists by address: two partners with one address are one person to it.',
  };
}

function inactive(input: RouteInput): Decision {
  const sleeping = listOf(input.source, 'segment').filter((row) => /inactive|sleeping|dormant|lapsed|churned/iu.test(String(row['name'])));
  return {
    id: 'inactive', question: 'Which people are inactive, and arrive archived?',
    options: [{ value: 'nobody', label: 'Nobody', effect: 'Everybody arrives active.' }, ...listOf(input.source, 'segment').map((row) => ({ value: `segment:${String(row['id'])}`, label: `Members of segment "${String(row['name'])}"`, effect: 'They arrive archived, with all that belongs to them.' }))],
    recommendation: 'nobody', answer: null, reason: `Archived partners are hidden, not lost.${sleeping.length === 0 ? '' : ` By name it could be: ${sleeping.map((row) => String(row['name'])).join(', ')}.`}`,
  };
}

/** What a delta does with blocked addresses and numbers; read by the engine, by the name of the phase. */
function consent(): Decision[] {
  return [
    {
      id: 'deleted-records:consent', question: 'A delta finds that a person or a suppression whose address or number was blocked is gone at Customer.io. What becomes of the block?',
      options: [
        { value: 'keep', label: 'It stays', effect: 'The address or number stays blocked and is listed.' },
        { value: 'delete', label: 'It is lifted', effect: 'Odoo may mail the address again, unless somebody else with it is blocked.' },
      ],
      recommendation: 'keep', answer: null, reason: 'Who is deleted or suppressed has not agreed to be mailed again.',
    },
    {
      id: 'left-records:consent', question: 'A delta finds that a person who was blocked subscribed again at Customer.io. What becomes of the block?',
      options: [
        { value: 'delete', label: 'It is lifted', effect: 'Odoo may mail the address again, unless it was on Odoo\'s blacklist before, or is suppressed.' },
        { value: 'keep', label: 'It stays', effect: 'The address stays blocked and is listed.' },
      ],
      recommendation: 'delete', answer: null, reason: 'Customer.io says so of this very person.',
    },
  ];
}

/** The condition under which a person was decided to be inactive. */
export function isInactive(input: RouteInput): Condition {
  return { any: listOf(input.source, 'segment').map((row): Condition => ({ all: [{ decision: 'inactive', is: `segment:${String(row['id'])}` }, { fact: inSegment(String(row['id'])), atLeast: 1 }] })) };
}

/** Attributes that speak of leads and that not everybody has. */
function leadAttributes(input: RouteInput): readonly string[] {
  return (objectOf(input.source, 'person')?.fields ?? []).filter((field) => /^attr\..*lead/iu.test(field.name) && (field.profile?.filled ?? 0) > 0 && (field.profile?.filled ?? 1) < 1).map((field) => field.name);
}

function leads(input: RouteInput): Decision {
  const all = listOf(input.source, 'segment');
  const named = all.find((row) => /^leads?$/iu.test(String(row['name']))) ?? all.find((row) => /lead/iu.test(String(row['name'])));
  return {
    id: 'leads', question: 'Which people are leads too?',
    options: [
      { value: 'nobody', label: 'Nobody', effect: 'No lead is made.' },
      ...all.map((row) => ({ value: `segment:${String(row['id'])}`, label: `Members of segment "${String(row['name'])}"`, effect: 'A lead for each, with their partner.' })),
      ...leadAttributes(input).map((name) => ({ value: `attribute:${name}`, label: `People with the attribute ${name.replace(/^attr\./u, '')}`, effect: 'A lead for each, with their partner.' })),
    ],
    recommendation: named === undefined ? 'nobody' : `segment:${String(named['id'])}`, answer: null, reason: named === undefined ? 'Nothing in the workspace is called lead.' : `A segment is called "${String(named['name'])}".`,
  };
}

/** The condition under which a person was decided to be a lead. */
export function isLead(input: RouteInput): Condition {
  return { any: [
    ...listOf(input.source, 'segment').map((row): Condition => ({ all: [{ decision: 'leads', is: `segment:${String(row['id'])}` }, { fact: inSegment(String(row['id'])), atLeast: 1 }] })),
    ...leadAttributes(input).map((name): Condition => ({ all: [{ decision: 'leads', is: `attribute:${name}` }, { field: name, filled: true }] })),
  ] };
}

function segment(row: JsonObject): Decision {
  const everybody = JSON.stringify(row['conditions'] ?? null).includes('"cio_id"');
  return {
    id: `segment:${String(row['id'])}`, question: `Segment "${String(row['name'])}": a tag?`,
    options: [
      { value: 'tag', label: 'A tag', effect: 'A tag of partners (and of leads) with this name, on its members as they are now.' },
      { value: 'document', label: 'Document only', effect: 'Its rule stands in the segment document; nobody is tagged.' },
    ],
    recommendation: everybody ? 'document' : 'tag', answer: null, reason: everybody ? 'Everybody is in it: a tag would say nothing.' : row['type'] === 'manual' ? 'A list made by hand: nothing but its members says who is on it.' : 'Its members at the time of the load; in Odoo the tag no longer follows the rule.',
  };
}

function events(input: RouteInput): Decision {
  const archive = objectOf(input.source, 'archive_event')?.count ?? null;
  return {
    id: 'events', question: 'What do custom events become?',
    options: [
      { value: 'message', label: 'Messages', effect: 'A note on the person for each, with its own time and its properties.' },
      { value: 'activity', label: 'Activities', effect: 'An activity with type, note and date for each. An activity is a to-do: with a past date it shows as overdue, and it is gone once it is done.' },
      { value: 'leave-out', label: 'Nothing', effect: 'Events are read and counted, and stay behind.' },
    ],
    recommendation: 'message', answer: null, reason: 'History belongs in the chatter.', evidence: [archive === null ? 'the API keeps 30 days; no archive is given' : `${archive} events in the archive`],
  };
}

function sent(id: string, what: string, input: RouteInput): Decision {
  const count = listOf(input.source, id.replace(/s$/u, '')).length;
  return {
    id, question: `${what} (${count}): tags on the people who were sent something?`,
    options: [
      { value: 'tag', label: 'A tag each', effect: 'A tag with the name, on everybody with a delivery of it.' },
      { value: 'document', label: 'Document only', effect: 'They stand in the documents; nobody is tagged.' },
    ],
    recommendation: 'tag', answer: null, reason: 'Who entered is known from the deliveries alone.',
  };
}

/** Recorded here, as the plan's fields are fixed when it is proposed. */
export function scoreAttribute(input: RouteInput): string | null {
  return objectOf(input.source, 'person')?.fields.find((field) => /^attr\..*score/iu.test(field.name) && sourceField(input, 'person', field.name)?.profile?.filled !== 0)?.name ?? null;
}
