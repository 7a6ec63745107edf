import type { JsonObject } from '../../connector/json.ts';
import type { Condition, Decision } from '../../plan/plan.ts';
import { inEnglish } from './english-conditions.ts';
import { inSegment } from './graph.ts';
import { inactiveForetold } from './foretold.ts';
import { listOf, objectOf, shareOf, sourceField, type RouteInput } from './lines.ts';
import { eventsDecision, leadStagesDecision, listAttributes, listsDecision, objectTypeDecision, otherCompaniesDecision, parentDecision, rareDecision, segmentDecision, sentDecision, sentKinds, statusAttribute } from './shaping.ts';

/** Every open question that only a person may answer. */
export function decisions(input: RouteInput): Decision[] {
  return [
    ...input.types.map((type) => objectTypeDecision(type, input.source)), ...(objectOf(input.source, 'relationship') === undefined ? [] : [parentDecision(input), otherCompaniesDecision(input)]),
    duplicates(input), inactive(input), inactivePeople(input), leads(input), ...(statusAttribute(input) === null ? [] : [leadStagesDecision(input)]), rareDecision(input.source), ...(listAttributes(input).length === 0 ? [] : [listsDecision(input)]),
    ...consent(), ...listOf(input.source, 'segment').map(segmentDecision), eventsDecision(input), ...sentKinds.map((kind) => sentDecision(input, kind)),
  ];
}

function duplicates({ source }: RouteInput): Decision {
  const found = source.notes.find((note) => note.subject === 'person' && note.code === 'duplicate-emails')?.details?.['records'];
  return {
    id: 'duplicates', question: 'Several people with the same e-mail address: one partner or several?',
    options: [
      { value: 'merge', label: 'One partner', effect: 'The first in the order of Customer.io is loaded; events, deliveries, segments and relations of the others go to it, their attributes stay behind (counted).' },
      { value: 'keep', label: 'Several partners', effect: 'Each becomes a partner of its own.' },
    ],
    recommendation: 'merge', answer: null, reason: 'Odoo mails and blacklists by address: two partners with one address are one person to it.', evidence: [typeof found === 'number' ? `${found} ${found === 1 ? 'person has' : 'people have'} the address of another one` : 'discovery saw nobody with the address of another one'],
  };
}

function inactive(input: RouteInput): Decision {
  const rows = listOf(input.source, 'segment');
  const nameOf = (id: string): string | null => { const found = rows.find((row) => String(row['id']) === id); return found === undefined ? null : `"${String(found['name'])}"`; };
  const sleeping = soundingInactive(rows);
  return {
    id: 'inactive', question: 'Which people are inactive?',
    options: [{ value: 'nobody', label: 'Nobody', effect: 'Everybody arrives active.' }, ...rows.map((row) => ({ value: `segment:${String(row['id'])}`, label: `Members of segment "${String(row['name'])}"`, effect: `${prefixed(shareOf(input, row['members']))}${inEnglish(row['conditions'] ?? null, nameOf)}. They arrive archived or are left out, as decision inactive-people says.` }))],
    recommendation: 'nobody', answer: null, reason: `A segment says who is inactive; each option shows its rule and its share of everybody.${sleeping.length === 0 ? '' : ` By name it could be: ${sleeping.map((row) => String(row['name'])).join(', ')}.`}`,
  };
}

const soundingInactive = (rows: readonly JsonObject[]): readonly JsonObject[] => rows.filter((row) => /inactive|sleeping|dormant|lapsed|churned/iu.test(String(row['name'])));

function inactivePeople(input: RouteInput): Decision {
  const segments = listOf(input.source, 'segment');
  return {
    id: 'inactive-people', question: 'What becomes of inactive people?',
    options: [
      { value: 'archive', label: 'They arrive archived', effect: 'Hidden, with all that belongs to them; found again by the filter "Archived".' },
      { value: 'leave-out', label: 'They are left out', effect: 'They are read and counted, and stay behind with all that belongs to them. Who of them unsubscribed is blocked all the same.' },
    ],
    recommendation: 'archive', answer: null, reason: `Archived partners are hidden, not lost. ${segments.length === 0 ? 'There is no segment that could say who is inactive: it is nobody.' : 'How many they are is for decision inactive to say: nobody, or the members of one segment.'}`, evidence: [...inactiveForetold(input, soundingInactive(segments))],
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

/** How many people have an attribute, by the share that discovery saw; null = not known. */
function havingOf(input: RouteInput, name: string): number | null {
  const [people, filled] = [objectOf(input.source, 'person')?.count ?? null, sourceField(input, 'person', name)?.profile?.filled ?? null];
  return people === null || filled === null ? null : Math.round(people * filled);
}

const prefixed = (share: string | null): string => (share === null ? '' : `${share}: `);
const begun = (effect: string): string => effect.charAt(0).toUpperCase() + effect.slice(1);

function leads(input: RouteInput): Decision {
  const all = listOf(input.source, 'segment');
  const named = all.find((row) => /^leads?$/iu.test(String(row['name']))) ?? all.find((row) => /lead/iu.test(String(row['name'])));
  return {
    id: 'leads', question: 'Which people are leads too?',
    options: [
      { value: 'nobody', label: 'Nobody', effect: 'No lead is made.' },
      ...all.map((row) => ({ value: `segment:${String(row['id'])}`, label: `Members of segment "${String(row['name'])}"`, effect: begun(`${prefixed(shareOf(input, row['members']))}a lead for each, with their partner.`) })),
      ...leadAttributes(input).map((name) => ({ value: `attribute:${name}`, label: `People with the attribute ${name.replace(/^attr\./u, '')}`, effect: begun(`${prefixed(shareOf(input, havingOf(input, name)))}a lead for each, with their partner.`) })),
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

/** Recorded here, as the plan's fields are fixed when it is proposed. */
export function scoreAttribute(input: RouteInput): string | null {
  return objectOf(input.source, 'person')?.fields.find((field) => /^attr\..*score/iu.test(field.name) && sourceField(input, 'person', field.name)?.profile?.filled !== 0)?.name ?? null;
}
