import type { Json, JsonObject } from '../../connector/json.ts';
import type { Decision } from '../../plan/plan.ts';
import { archivedEvents, companiesForetold, companiesText, digestsAtMost, eventsForetold, objectsOfType, relationsForetold } from './foretold.ts';
import { listOf, objectOf, sourceField, type ObjectType, type RouteInput } from './lines.ts';

/**
 * Decisions whose answers say which mappings and fields there are: another answer proposes anew what depends on it. Until one is
 * answered, what it recommends holds.
 */
export function answerTo(input: Pick<RouteInput, 'answers'>, decision: Decision): Json {
  const answer = input.answers[decision.id] ?? null;
  if (decision.free === 'number' && answer !== null && Number.isFinite(Number(answer)) && Number(answer) >= 0) return answer;
  return decision.options.some(({ value }) => value === answer) ? answer : decision.recommendation;
}

type Input = Pick<RouteInput, 'source' | 'answers'>;
const shaping = (decision: Omit<Decision, 'answer' | 'shapes'>): Decision => ({ ...decision, shapes: true, answer: null });

/** CO-02. So many notes on one person, on average, that a thread can no longer be read. */
const MANY_EVENTS = 100;

export function eventsDecision({ source }: Pick<RouteInput, 'source'>): Decision {
  const archive = archivedEvents({ source });
  const people = objectOf(source, 'person')?.count ?? null;
  const each = archive === null || people === null || people === 0 ? null : Math.round(10 * archive / people) / 10;
  const isMuch = each !== null && each > MANY_EVENTS;
  return shaping({
    id: 'events', question: 'What do custom events become?',
    options: [
      { value: 'message', label: 'Messages', effect: `A note on the person for each, with its own time and its properties. ${eventsForetold({ source }, ['note', 'notes'])}`.trim() },
      { value: 'digest', label: 'One digest a day', effect: `One note for each person and day (UTC) with a line for each event: time, name, properties. ${eventsForetold({ source }, ['note', 'notes'], digestsAtMost({ source }))}`.trim() },
      { value: 'activity', label: 'Activities', effect: `An activity with type, note and date for each. An activity is a to-do: with a past date it shows as overdue, has no time of day, and is gone once it is done. ${eventsForetold({ source }, ['activity', 'activities'])}`.trim() },
      { value: 'leave-out', label: 'Nothing', effect: `Events are read and counted, and stay behind${archive === null ? '' : `: ${archive} of the archive`}. ${objectOf(source, 'event') === undefined ? '' : 'How many of the API\'s last 30 days: not known before the run.'}`.trim() },
    ],
    recommendation: isMuch ? 'digest' : 'message', reason: isMuch ? `History belongs in the chatter, and ${each} notes on a person (on average) can be read by nobody.` : 'History belongs in the chatter.',
    evidence: [archive === null ? 'the API keeps 30 days; no archive is given' : `${archive} events in the archive${each === null ? '' : `, ${each} a person`}`],
  });
}

/** CO-03. */
export function segmentDecision(row: JsonObject): Decision {
  const members = typeof row['members'] !== 'number' ? 'its members' : row['members'] === 1 ? 'its 1 member' : `its ${row['members']} members`;
  const everybody = JSON.stringify(row['conditions'] ?? null).includes('"cio_id"');
  return shaping({
    id: `segment:${String(row['id'])}`, question: `Segment "${String(row['name'])}": a tag, or a field?`,
    options: [
      { value: 'tag', label: 'A tag', effect: `A tag of partners (and of leads) with this name, on ${members} as they are now.` },
      { value: 'field', label: 'A yes/no field', effect: `A field of partners that is set for ${members} as they are now; no tag.` },
      { value: 'both', label: 'A tag and a yes/no field', effect: 'Both.' },
      { value: 'document', label: 'Document only', effect: 'Its rule stands in the segment document; nobody is marked.' },
    ],
    recommendation: everybody ? 'document' : 'tag', reason: everybody ? 'Everybody is in it: a tag would say nothing.' : row['type'] === 'manual' ? 'A list made by hand: nothing but its members says who is on it.' : 'Its members at the time of the load; in Odoo the tag no longer follows the rule.',
  });
}

/** Segments that become a field of partners. */
export function segmentFields(input: Input): readonly JsonObject[] {
  return listOf(input.source, 'segment').filter((row) => ['field', 'both'].includes(String(answerTo(input, segmentDecision(row)))));
}

export const sentKinds = [['campaigns', 'Campaigns', 'campaign'], ['newsletters', 'Newsletters', 'newsletter'], ['broadcasts', 'API-triggered broadcasts', 'broadcast']] as const;

/** CO-04, CO-05. */
export function sentDecision(input: Pick<RouteInput, 'source'>, [id, what, object]: (typeof sentKinds)[number]): Decision {
  const stages = object !== 'campaign' ? [] : [
    { value: 'stage', label: 'A stage each', effect: 'A stage of the pipeline with the name. A lead is in the stage of the first campaign that its person entered (a lead has one stage); people who are no leads bear no mark.' },
    { value: 'both', label: 'A tag and a stage each', effect: 'A tag on everybody who entered, and for leads the stage of the first campaign that they entered.' },
  ];
  return shaping({
    id, question: `${what} (${listOf(input.source, object).length}): ${object === 'campaign' ? 'tags on the people who entered, or stages of leads?' : 'tags on the people who were sent something?'}`,
    options: [
      { value: 'tag', label: 'A tag each', effect: 'A tag with the name, on everybody with a delivery of it.' }, ...stages,
      { value: 'document', label: 'Document only', effect: 'They stand in the documents; nobody is tagged.' },
    ],
    recommendation: 'tag', reason: objectOf(input.source, 'warehouse_subjects') === undefined || object !== 'campaign' ? 'Who entered is known from the deliveries alone.' : 'Who entered is known from deliveries and from the journeys of the warehouse sync.',
  });
}

/** CO-06. */
export function objectTypeDecision(type: ObjectType, source?: RouteInput['source']): Decision {
  const objects = source === undefined ? null : objectsOfType({ source }, type.id);
  return shaping({
    id: `object-type:${type.id}`, question: `Objects of type ${type.id} ("${type.name}"): companies?`,
    options: [
      { value: 'company', label: 'Companies', effect: 'Each becomes a company; people are put under one of theirs (decision parent), further ones stand in notes or tags (decision other-companies).' },
      { value: 'category', label: 'Tags', effect: 'Each becomes a tag of partners, on the people who are related to it.' },
      { value: 'field', label: 'A text field', effect: 'The names of a person\'s objects of this type stand in a field of the person.' },
    ],
    recommendation: type.looksLikeCompany ? 'company' : 'category', reason: 'Types of objects are numbers with names: what they mean is known only to people.',
    ...(objects === null ? {} : { evidence: [type.name, `${objects} ${objects === 1 ? 'object' : 'objects'}`] }),
  });
}

export function typesThatAre(input: Pick<RouteInput, 'types' | 'answers'>, what: 'company' | 'category' | 'field'): readonly ObjectType[] {
  return input.types.filter((type) => answerTo(input, objectTypeDecision(type)) === what);
}

/** @param input absent: for the answer alone, without what it comes to */
export function parentDecision(input?: Pick<RouteInput, 'source' | 'types' | 'answers'>): Decision {
  const companies = input === undefined ? '' : companiesText(companiesForetold(input, typesThatAre(input, 'company')));
  const [under, none] = input === undefined ? ['', ''] : [` People come under ${companies} at most. ${relationsForetold(input)}`, ` Nobody stands under any of ${companies}.`];
  return shaping({
    id: 'parent', question: 'Who is related to several companies: under which of them?',
    options: [
      { value: 'main', label: 'The one marked as main, else the first', effect: `A relation whose attribute primary, main, default or current says yes decides; without one, the first in the order of Customer.io.${under}` },
      { value: 'first', label: 'The first', effect: `The first in the order in which Customer.io lists objects and their people.${under}` },
      { value: 'none', label: 'None of them', effect: `People are under no company; relations stand in notes or tags.${none}` },
    ],
    recommendation: 'main', reason: 'A partner has one parent. Marks are read from the attributes of relations (relationshipAttributes).',
  });
}

/** @param input absent: for the answer alone, without what it comes to */
export function otherCompaniesDecision(input?: Pick<RouteInput, 'source' | 'types' | 'answers'>): Decision {
  const companies = input === undefined ? null : companiesForetold(input, typesThatAre(input, 'company'));
  const [noted, tagged] = input === undefined ? ['', ''] : [` ${relationsForetold(input)}`, ` ${companies === null ? 'How many tags: not known before the run.' : `At most ${companies === 1 ? '1 tag' : `${companies} tags`}, one for each company.`} ${relationsForetold(input)}`];
  return shaping({
    id: 'other-companies', question: 'Companies of a person beside the parent: notes or tags?',
    options: [
      { value: 'note', label: 'Notes', effect: `Every relation to a company stands in a note on the person, with its attributes.${noted}` },
      { value: 'tag', label: 'Notes and tags', effect: `The notes, and a tag with the company's name on whoever is related to it and not under it.${tagged}` },
    ],
    recommendation: 'note', reason: 'Attributes of a relation have no other place than a note.',
  });
}

/** CO-09. */
export function rareDecision(source?: RouteInput['source']): Decision {
  const shares = source === undefined ? null : ['person', 'object'].flatMap((name) => (objectOf(source, name)?.fields ?? []).flatMap((field) => (field.name.startsWith('attr.') && (field.profile?.filled ?? 0) > 0 ? [field.profile?.filled ?? 0] : [])));
  const rarer = (percent: number): string => {
    const count = shares?.filter((share) => share < percent / 100).length ?? null;
    return count === null ? 'Rarer ones stay in the complete attributes only.' : count === 0 ? 'Every attribute that was seen gets a field.' : `${count} of ${shares?.length ?? 0} attributes ${count === 1 ? 'is' : 'are'} rarer and ${count === 1 ? 'stays' : 'stay'} in the complete attributes only.`;
  };
  return shaping({
    id: 'rare-attributes', question: 'From which share of records on (in per cent) does an attribute get a field of its own?', free: 'number',
    options: [{ value: 0, label: 'Always', effect: 'Every attribute that anybody has gets a field.' }, ...[1, 5, 20].map((value) => ({ value, label: `${value} %`, effect: rarer(value) }))],
    recommendation: 1, reason: 'A field that hardly anybody fills hides the others; nothing is lost, as x_cio_attributes holds everything.',
  });
}

export function rareBelow(input: Pick<RouteInput, 'answers'>): number {
  return Number(answerTo(input, rareDecision())) / 100;
}

/** Attributes of people that hold lists of single values, as far as discovery saw: all of them, or some beside text. */
export function listAttributes(input: Pick<RouteInput, 'source'>): readonly string[] {
  return (objectOf(input.source, 'person')?.fields ?? []).filter((field) => ['multiSelection', 'json'].includes(field.type) && field.name.startsWith('attr.') && !/^attr\._?cio_/u.test(field.name) && holdsLists(field.profile?.samples ?? [])).map((field) => field.name);
}

function holdsLists(samples: readonly string[]): boolean {
  const lists = samples.filter((sample) => sample.startsWith('[')).map((sample) => { try { return JSON.parse(sample) as Json; } catch { return null; } }); // a sample may be cut
  return lists.length > 0 && lists.every((list) => Array.isArray(list) && (list as readonly Json[]).every((entry) => typeof entry !== 'object'));
}

export function listsDecision(input: Pick<RouteInput, 'source'>): Decision {
  return shaping({
    id: 'list-attributes', question: 'Attributes that hold lists: text, or tags?',
    options: [
      { value: 'text', label: 'Text', effect: 'A text field with the values, divided by semicolons.' },
      { value: 'tags', label: 'Tags (many2many)', effect: 'Each value becomes a tag "<attribute>: <value>" on the contact, beside the text field; text that stands where others have a list is one value.' },
    ],
    recommendation: 'text', reason: 'Lists of free values can make thousands of tags.', evidence: listAttributes(input).map((name) => name.replace(/^attr\./u, '')).slice(0, 10),
  });
}

/** The attribute that says where a lead stands. */
export function statusAttribute(input: Pick<RouteInput, 'source'>): string | null {
  return objectOf(input.source, 'person')?.fields.find((field) => /^attr\.lead_?(status|stage)$/iu.test(field.name) && (field.profile?.filled ?? 0) > 0)?.name ?? null;
}

/** CO-14. */
export function leadStagesDecision(input: RouteInput): Decision {
  const status = statusAttribute(input);
  return shaping({
    id: 'lead-stages', question: `Leads and their state (${status?.replace(/^attr\./u, '') ?? 'no attribute'}): stages?`,
    options: [
      { value: 'stage', label: 'Stages', effect: 'A lead is in the stage with the name of its state; one that Odoo lacks is made. As text it stands in x_cio_status too.' },
      { value: 'field', label: 'Text only', effect: 'The state stands in x_cio_status; Odoo gives leads its first stage.' },
    ],
    recommendation: 'stage', reason: 'Stages that are there already are taken by name, whatever their case.', evidence: status === null ? [] : (sourceField(input, 'person', status)?.profile?.values ?? []).slice(0, 8).map(({ value }) => value),
  });
}

/** What a lead's stage is made of. */
export function stagesOf(input: RouteInput): Readonly<{ campaigns: boolean; status: string | null }> {
  const campaigns = ['stage', 'both'].includes(String(answerTo(input, sentDecision(input, sentKinds[0]))));
  const status = statusAttribute(input);
  return { campaigns: campaigns && listOf(input.source, 'campaign').length > 0, status: status !== null && answerTo(input, leadStagesDecision(input)) === 'stage' ? status : null };
}
