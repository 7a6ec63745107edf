import type { Condition, FieldLine, Mapping, SchemaLine } from '../../../plan/plan.ts';
import { attributeFields, attributesMeaning, placedLines, valuesOf, type Meant } from '../attributes.ts';
import { customFieldName } from '../../../proposal/custom-field-name.ts';
import { isInactive, isLead, scoreAttribute } from '../decisions.ts';
import { inSegment, waysToParent } from '../graph.ts';
import { byRoute, line, listOf, mapping, objectOf, personIsPartner, type RouteInput } from '../lines.ts';
import { answerTo, otherCompaniesDecision, segmentFields, stagesOf, statusAttribute, typesThatAre } from '../shaping.ts';

/** CO-06: objects that are companies, before any contact. */
export function companiesMapping(input: RouteInput, taken: Set<string>, schema: SchemaLine[]): Mapping[] {
  if (objectOf(input.source, 'object') === undefined) return [];
  const standard = placedLines(input, 'object');
  const attributes = attributeFields(input, { object: 'object', read: new Set(standard.flatMap((one) => [one.from ?? []].flat())), taken });
  schema.push(...attributes.schema);
  const made = mapping(input, {
    id: 'companies', source: 'object', destination: 'res.partner', phase: 'companies', reason: 'Objects of the types that are companies.', when: { decision: 'object-type', of: 'object_type_id', is: 'company' }, otherwise: 'object-is-a-tag',
    used: ['object_type', 'object_type_id', 'cio_object_id', ...attributes.leftOut.map((left) => left.from)],
    fields: [
      line('name', 'Its name; without one its id.', { from: ['name', 'object_id'], transforms: [{ nth: 1 }, 'collapseSpaces'], required: true }), line('is_company', 'Companies and people share one model.', { constant: true }),
      line('ref', 'The customer\'s own id.', { from: 'object_id', transforms: ['trim'] }), line('x_customerio_id', 'Type and id.', { from: ['object_type_id', 'object_id'], transforms: [{ join: ':' }] }), line('x_cio_created_at', 'Odoo sets its own.', { from: 'created_at', transforms: ['datetime'], whenMissing: 'empty' }),
      line('x_cio_attributes', 'Everything as it stood.', { from: 'attributes', transforms: ['trim'] }), ...standard, ...attributes.lines,
    ],
  });
  return [{ ...made, leftOut: [...made.leftOut, ...attributes.leftOut] }];
}

/** A person's name: stated, else of first and last name, else the address, the id, the cio_id. */
function nameLines(input: RouteInput): FieldLine[] {
  const meant = (meaning: string): Meant | undefined => attributesMeaning(input, 'person', 'name', meaning)[0];
  const whole = meant('full-name');
  const parts = ['first-name', 'middle-name', 'last-name'].flatMap((part) => meant(part) ?? []);
  const named = parts.map(({ from }) => from);
  const isFilled = (field: string): Condition => ({ field, filled: true });
  const hasParts: Condition = { any: named.map(isFilled) };
  const hasWhole: Condition = { any: whole === undefined ? [] : [isFilled(whole.from)] };
  return [
    ...(whole === undefined ? [] : [line('name', 'The name as stated.', { from: whole.from, transforms: ['collapseSpaces'], when: hasWhole, required: true, ...judgedAs('The name as stated.', whole) })]),
    ...(named.length === 0 ? [] : [line('name', 'Joined.', { from: named, transforms: [{ join: ' ' }, 'collapseSpaces'], when: { all: [hasParts, { not: hasWhole }] }, required: true, ...judgedAs('First and last name.', ...parts) })]),
    line('name', 'Nobody stated a name: the address, the id or the cio_id stands for it.', { from: ['email', 'id', 'cio_id'], transforms: [{ nth: 1 }, 'trim'], when: { not: { any: [hasWhole, hasParts] } }, required: true }),
  ];
}

/** A line is as sure as the least sure of its attributes. */
function judgedAs(words: string, ...meant: readonly Meant[]): Pick<FieldLine, 'confidence' | 'reason' | 'evidence'> {
  return { confidence: Math.min(...meant.map(({ judged }) => judged.confidence)), reason: [words, ...meant.map(({ judged }) => judged.reason)].join(' '), evidence: meant.flatMap(({ judged }) => judged.evidence ?? []).slice(0, 3) };
}

/** The parent is one of the person's companies of the types that are companies: the one marked as main, else the first, as decided. */
function parentLines(input: RouteInput): FieldLine[] {
  const ways = waysToParent(input).flatMap((way) => typesThatAre(input, 'company').map((type) => ({ way, type, own: { link: `${way}_company_${type.id}`, state: 'found', through: 'companies' } satisfies Condition })));
  return ways.map(({ way, type, own }, index) => line('parent_id', `${way === 'main' ? `The object of type "${type.name}" whose relation is marked as the main one` : `The first object of type "${type.name}" that the person is related to`}; the others stand in notes${answerTo(input, otherCompaniesDecision()) === 'tag' ? ' and tags' : ''}.`, {
    link: own.link, through: ['companies'], whenMissing: 'quarantine', when: { all: [own, ...ways.slice(0, index).map((earlier): Condition => ({ not: earlier.own }))] },
  }));
}

/** CO-03: a yes/no field for each segment that was decided to be one. */
function segmentLines(input: RouteInput, taken: Set<string>, schema: SchemaLine[]): FieldLine[] {
  return segmentFields(input).flatMap((row) => {
    const [id, label] = [String(row['id']), String(row['name'])];
    const name = customFieldName({ prefix: 'x_segment_', header: label, taken });
    taken.add(name);
    schema.push({ object: 'res.partner', name, label: `Segment: ${label}`, type: 'boolean', source: 'segment.id', help: `Member of segment "${label}" of Customer.io at the time of the load.`, ...byRoute('A segment that was decided to be a field.') });
    return [line(name, `Member of segment "${label}".`, { constant: true, when: { fact: inSegment(id), atLeast: 1 } }), line(name, `No member of segment "${label}".`, { constant: false, when: { not: { fact: inSegment(id), atLeast: 1 } } })];
  });
}

/** CO-06: objects that were decided to be a field of the people they are related to. */
function objectLines(input: RouteInput, taken: Set<string>, schema: SchemaLine[]): FieldLine[] {
  return typesThatAre(input, 'field').map((type) => {
    const name = customFieldName({ prefix: 'x_', header: type.name, taken });
    taken.add(name);
    schema.push({ object: 'res.partner', name, label: type.name, type: 'longText', source: 'relationship.object', help: `Ids of the person's ${type.name} at Customer.io.`, ...byRoute('Objects that were decided to be a field.') });
    return line(name, `Ids of the ${type.name} that the person is related to.`, { link: 'relations', give: `of_type_${type.id}`, transforms: [{ jsonata: 'value ? $map(value, function($id) { $substringAfter($id, ":") })' }, 'unique', { join: '; ' }] });
  });
}

/** Installed languages by the words that people use for them: 'pl' for pl_PL. */
function languageLines(input: RouteInput): FieldLine[] {
  const [meant] = attributesMeaning(input, 'person', 'lang');
  const installed = (input.destination.facts['languages'] ?? []) as readonly string[];
  if (meant === undefined) return [];
  const { from } = meant;
  const values = Object.fromEntries(valuesOf(input, 'person', from).flatMap((value) => { const found = installed.find((code) => code.toLowerCase() === value.replace('-', '_').toLowerCase()) ?? installed.find((code) => code.slice(0, 2) === value.slice(0, 2).toLowerCase()); return found === undefined ? [] : [[value, found]]; }));
  return [
    ...(Object.keys(values).length === 0 ? [] : [line('lang', 'Installed.', { from, transforms: [{ map: { values, otherwise: null } }], loss: 'Languages that are not installed in Odoo; they stay in x_cio_language.', ...judgedAs('Languages that are installed in Odoo.', meant) })]),
    line('x_cio_language', 'As it stood.', { from, transforms: ['trim'] }),
  ];
}

const addressFields: ReadonlySet<string> = new Set(['street', 'street2', 'zip', 'city', 'state_id', 'country_id']);

/** Odoo empties the text "company" of whoever has a company [14]. */
function withoutCompanyText(standard: readonly FieldLine[], hasCompany: Condition): readonly FieldLine[] {
  return standard.map((one) => (one.to === 'company_name' ? { ...one, when: { not: hasCompany }, reason: `${one.reason} Only of people without a company of their own, whose name Odoo takes; it stays in x_cio_attributes.` } : one));
}

/**
 * Under a company, type "contact" takes over the company's whole address, at once and whenever that changes [Odoo 14 to 19]. Who has an
 * address keeps it by type "other"; who has none is a contact at the company's address, of which nothing is written then.
 */
function withAddresses(standard: readonly FieldLine[], hasCompany: Condition): { readonly standard: readonly FieldLine[]; readonly types: readonly FieldLine[] } {
  const isAddress = (one: FieldLine): boolean => addressFields.has(one.to);
  const addressed: Condition = { any: standard.filter(isAddress).flatMap((one) => [one.from ?? []].flat()).map((field): Condition => ({ field, filled: true })) };
  if (!standard.some(isAddress) || ('any' in hasCompany && hasCompany.any.length === 0)) return { standard, types: [] };
  const own: Condition = { any: [{ not: hasCompany }, addressed] };
  return {
    standard: standard.map((one) => (isAddress(one) ? { ...one, when: one.when === undefined ? own : { all: [one.when, own] } } : one)),
    types: [
      line('type', 'Has an address of its own, which type "contact" would lose to the company\'s.', { constant: 'other', when: { all: [hasCompany, addressed] } }),
      line('type', 'Has no address: is at the company\'s.', { constant: 'contact', when: { all: [hasCompany, { not: addressed }] } }),
    ],
  };
}

/** CO-01, CO-09: people as partners, under their company. */
export function contactsMapping(input: RouteInput, taken: Set<string>, schema: SchemaLine[]): Mapping {
  const [standard, name, language] = [placedLines(input, 'person'), nameLines(input), languageLines(input)];
  const zone = attributesMeaning(input, 'person', 'tz')[0];
  const hasCompany: Condition = { any: waysToParent(input).flatMap((way) => typesThatAre(input, 'company').map((type): Condition => ({ link: `${way}_company_${type.id}`, state: 'found', through: 'companies' }))) };
  const addressing = withAddresses(withoutCompanyText(standard, hasCompany), hasCompany);
  // Parts of a name have fields of their own too: templates greet by the first name.
  const read = new Set([...standard, ...name.filter((one) => typeof one.from === 'string'), ...language].flatMap((one) => [one.from ?? []].flat()));
  if (zone !== undefined) read.add(zone.from);
  const attributes = attributeFields(input, { object: 'person', read, taken });
  schema.push(...attributes.schema);
  const own = [...segmentLines(input, taken, schema), ...objectLines(input, taken, schema)];
  const merge: Condition = { all: [{ decision: 'duplicates', is: 'merge' }, { field: 'email', filled: true }] };
  const made = mapping(input, {
    id: 'contacts', source: 'person', destination: 'res.partner', phase: 'contacts', reason: 'Everybody in the workspace.', when: { not: { all: [{ decision: 'inactive-people', is: 'leave-out' }, isInactive(input)] } }, otherwise: 'inactive-left-out', identity: { mergeBy: 'x_cio_person_key' },
    used: ['attribute_times', ...attributes.leftOut.map((left) => left.from)],
    fields: [
      ...name, line('is_company', 'A person.', { constant: false }),
      line('active', 'Inactive people arrive archived, as decided.', { constant: false, when: isInactive(input) }), line('active', 'Everybody else is active, and who was inactive becomes so again.', { constant: true, when: { not: isInactive(input) } }),
      line('x_cio_person_key', 'Who has the same address is the same person, as decided.', { from: 'email', transforms: ['email'], when: merge }), line('x_cio_person_key', 'Everybody is told apart by the cio_id.', { from: 'cio_id', when: { not: merge } }),
      ...parentLines(input), ...addressing.types,
      line('email', 'The address; who unsubscribed is on the blacklist by now.', { from: 'email', transforms: ['email'], whenMissing: 'empty' }), ...addressing.standard, ...language,
      ...(zone === undefined ? [] : [line('x_cio_timezone', 'Text.', { from: zone.from, transforms: ['trim'], ...judgedAs('Odoo refuses zones that it does not know: kept as text.', zone) })]),
      line('ref', 'The customer\'s own id.', { from: 'id', transforms: ['trim'] }), line('x_customerio_id', 'The cio_id, as text.', { from: 'cio_id', required: true }), line('x_cio_created_at', 'Odoo sets its own.', { from: 'created_at', transforms: ['datetime'], whenMissing: 'empty' }),
      line('x_cio_unsubscribed', 'Also on the blacklist.', { from: 'unsubscribed' }), line('x_cio_topics_off', 'Opt-outs by topic.', { from: 'topics_unsubscribed', transforms: [{ join: ', ' }] }), line('x_cio_topics_on', 'Topics chosen.', { from: 'topics_subscribed', transforms: [{ join: ', ' }] }),
      line('x_cio_devices', 'Without push tokens.', { from: 'devices', transforms: [{ join: '; ' }] }), line('x_cio_attributes', 'Everything as it stood, for audits.', { from: 'attributes', transforms: ['trim'] }), ...attributes.lines, ...own,
    ],
  });
  return { ...made, leftOut: [...made.leftOut, ...attributes.leftOut] };
}

/** CO-14: people who are leads, with their partner. Address and phone stay with the partner: Odoo would overwrite them. */
export function leadsMapping(input: RouteInput): Mapping {
  const score = scoreAttribute(input);
  const status = statusAttribute(input);
  return mapping(input, {
    id: 'leads', source: 'person', destination: 'crm.lead', phase: 'leads', reason: 'People who were decided to be leads.', partial: true, when: { all: [isLead(input), { link: 'self', state: 'found', through: 'contacts' }] }, otherwise: 'not-a-lead',
    fields: [
      ...nameLines(input), line('type', 'Always said: Odoo would make an opportunity of it.', { constant: 'lead' }), line('partner_id', 'The partner of the same person.', { link: 'self', through: ['contacts'], whenMissing: 'quarantine' }),
      line('user_id', 'Nobody, until somebody takes it: never the user who loads.', { constant: null }),
      line('x_customerio_id', 'The cio_id.', { from: 'cio_id' }), ...(score === null ? [] : [line('x_cio_score', 'As it stood.', { from: score, transforms: ['trim'] })]), ...(status === null ? [] : [line('x_cio_status', 'As it stood.', { from: status, transforms: ['trim'] })]),
      ...stageLines(input), ...placedLines(input, 'lead'),
    ],
  });
}

/** CO-04, CO-14: the first campaign that the person entered, where campaigns are stages; else the state of the lead. */
function stageLines(input: RouteInput): FieldLine[] {
  const stages = stagesOf(input);
  const entered: Condition = { link: 'entered_campaign', state: 'found', through: 'campaign-stages' };
  return [
    ...(stages.campaigns ? [line('stage_id', 'The first campaign that the person entered.', { link: 'entered_campaign', through: ['campaign-stages'], whenMissing: 'quarantine', when: entered })] : []),
    ...(stages.status === null ? [] : [line('stage_id', 'The stage with the name of the state.', { link: 'lead_status', through: ['lead-stages'], ...(stages.campaigns ? { when: { not: entered } } : {}) })]),
  ];
}

/** CO-06: relations to companies as notes with their attributes: a partner has one parent only. */
export function relationsMapping(input: RouteInput): Mapping[] {
  if (objectOf(input.source, 'relationship') === undefined) return [];
  return [mapping(input, {
    id: 'relation-notes', source: 'relationship', destination: 'mail.message', phase: 'contacts', reason: 'Every relation of a person and a company, with its attributes.', when: { all: [personIsPartner, { link: 'object', state: 'found', through: 'companies' }] }, otherwise: 'no-person-or-no-company',
    used: ['cio_id', 'person_id', 'email', 'object', 'object_type_id', 'attribute_times', ...listOf(input.source, 'object_type').map((type) => `of_type_${String(type['id'])}`), ...listOf(input.source, 'object_type').map((type) => `main_of_type_${String(type['id'])}`)],
    fields: [
      line('model', 'On the person.', { constant: 'res.partner' }), line('res_id', 'The person.', { link: 'person', through: ['contacts'], whenMissing: 'quarantine' }), line('subject', 'The company.', { link: 'object', give: 'name' }),
      line('body', 'The company and what is said of the relation.', { from: ['object_id', 'attributes'], transforms: [{ join: ' ' }, 'textToHtml'], required: true }), line('message_type', 'A note; nothing is sent.', { constant: 'comment' }),
      line('subtype_id', 'Internal note.', { constant: 'mail.mt_note', lookup: { object: 'mail.message.subtype', by: 'external_id' }, whenMissing: 'quarantine' }), line('author_id', 'Nobody wrote it; the user who loads must not be taken for the author.', { constant: null }), line('x_cio_id', 'Object and person.', { from: ['object', 'cio_id'], transforms: [{ join: ':' }] }),
    ],
  })];
}

