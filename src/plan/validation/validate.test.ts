import { expect, test } from 'vitest';
import type { Catalog, CatalogField } from '../../connector/catalog.ts';
import { exampleLine, exampleMapping, examplePlan } from '../example-plan.ts';
import { formatPlan } from '../format.ts';
import type { FieldLine, Mapping, Plan } from '../plan.ts';
import { validatePlan } from './validate.ts';

const field = (name: string, more: Partial<CatalogField> = {}): CatalogField => ({ name, label: name, type: 'text', required: false, readonly: false, custom: false, ...more });
const catalog = (platform: string, objects: { readonly [name: string]: readonly CatalogField[] }): Catalog => ({
  platform, version: null, edition: null, facts: {}, limits: [], notes: [], questions: [],
  objects: Object.entries(objects).map(([name, fields]) => ({ name, label: name, count: null, fields })),
});
const source = catalog('alpha', {
  contact: [field('full_name'), field('email', { type: 'email' }), field('closed_at', { type: 'date', format: { kind: 'date', order: 'dmy', zone: null } }), field('company_id'), field('tags', { type: 'multiSelection' }), field('note', { type: 'html' }), field('status')],
  company: [field('id'), field('full_name')],
});
const destination = catalog('beta', {
  partner: [
    field('name', { required: true, hasDefault: false }), field('kind', { required: true, hasDefault: true }), field('email', { type: 'email' }), field('closed', { type: 'date' }), field('score', { type: 'integer' }),
    field('parent', { type: 'reference', relatedObject: 'partner' }), field('country', { type: 'reference', relatedObject: 'country' }), field('state', { type: 'reference', relatedObject: 'state' }),
    field('body', { type: 'html' }), field('locked', { readonly: true }), field('sum', { computed: true }), field('tag_ids', { type: 'references', relatedObject: 'tag' }),
    field('stage', { type: 'selection', options: [{ value: 'open', label: 'Open' }, { value: 'won', label: 'Won' }] }),
  ],
  country: [field('code')], state: [field('name'), field('country', { type: 'reference' })], tag: [field('name')],
});
const companies = exampleMapping({ id: 'companies', source: 'company', phase: 'companies' });
const keys: Plan['keys'] = { company: [{ kind: 'id', from: 'id', normalise: 'exact' }] };
const links: Plan['links'] = [{ object: 'contact', name: 'company', to: 'company', by: [{ kind: 'id', from: 'company_id', normalise: 'exact' }] }];

function check(plan: Partial<Plan>) {
  const given = examplePlan({ keys, links, ...plan });
  const text = formatPlan(given);
  const lines = text.split('\n');
  return validatePlan(given, { source, destination }, text).map((problem) => ({ ...problem, text: lines[(problem.line ?? 1) - 1]?.trim().replace(/^- /, '') }));
}
const nameLine = exampleLine('name', { from: 'full_name' });
const checkLine = (line: FieldLine, plan: Partial<Plan> = {}) => check({ mappings: [companies, exampleMapping({ fields: [nameLine, line] })], ...plan });
const checkMapping = (mapping: Partial<Mapping>, plan: Partial<Plan> = {}) => check({ mappings: [companies, exampleMapping(mapping)], ...plan });

test('a plan that fits both catalogs has no problems', () => {
  expect(check({
    mappings: [companies, exampleMapping({
      when: { all: [{ field: 'email', filled: true }, { link: 'company', state: 'found' }] }, otherwise: 'no e-mail', identity: { match: [{ field: 'email' }] },
      fields: [
        nameLine, exampleLine('email', { transforms: ['email'] }), exampleLine('closed', { from: 'closed_at', transforms: [{ date: { order: 'dmy' } }] }), exampleLine('parent', { link: 'company', through: ['companies'] }),
        exampleLine('country', { from: 'status', transforms: ['countryCode'], lookup: { object: 'country', by: 'code' } }), exampleLine('state', { from: 'status', lookup: { object: 'state', by: 'name', scope: { country: 'country' } } }),
        exampleLine('body', { from: 'note', transforms: ['sanitizeHtml'] }), exampleLine('stage', { from: 'status', transforms: [{ map: { values: { otwarta: 'open' }, otherwise: 'won' } }] }),
        exampleLine('x_region', { from: 'status' }), exampleLine('wrong', { from: 'nowhere', status: 'rejected' }),
      ],
    })],
    schema: [{ object: 'partner', name: 'x_region', label: 'Region', type: 'text', status: 'proposed', confidence: 1, reason: '' }],
  })).toEqual([]);
});

test.each([
  ['an unknown source field', exampleLine('email', { from: 'emial' }), 'from: emial', 'source object "contact" has no field "emial"', 'Did you mean "email"?'],
  ['an unknown destination field', exampleLine('emaill', { from: 'email' }), 'to: emaill', 'destination object "partner" has no field "emaill"', 'Did you mean "email"?'],
  ['a read-only field', exampleLine('locked', { from: 'status' }), 'to: locked', 'field "locked" of "partner" is read-only', 'Reject the line'],
  ['a computed field', exampleLine('sum', { from: 'status' }), 'to: sum', 'field "sum" of "partner" is computed by the destination', 'Reject the line'],
  ['text for a date', exampleLine('closed', { from: 'closed_at' }), 'to: closed', 'field "closed" is of type date, the line gives text', 'Add the transform `date`'],
  ['text for a number', exampleLine('score', { from: 'status', transforms: ['trim'] }), 'to: score', 'field "score" is of type integer, the line gives text', 'Add the transform `integer`.'],
  ['plain text for HTML', exampleLine('body', { from: 'status' }), 'to: body', 'field "body" is of type html, the line gives text', '`textToHtml`'],
  ['HTML for plain text', exampleLine('email', { from: 'note' }), 'to: email', 'field "email" is of type email, the line gives HTML', 'htmlToText'],
  ['a list for one value', exampleLine('email', { from: ['email', 'status'] }), 'to: email', 'field "email" is of type email, the line gives a list', 'Add `first`, `nth` or `join`.'],
  ['a list turned to text', exampleLine('tag_ids', { from: 'status' }), 'to: tag_ids', 'field "tag_ids" is of type references, the line gives text', 'link'],
  ['text for a reference', exampleLine('country', { from: 'status' }), 'to: country', 'field "country" is of type reference, the line gives text', 'lookup'],
  ['an unknown transform', exampleLine('email', { transforms: ['lowr'] }), 'transforms: [ lowr ]', 'there is no transform "lowr"', 'Did you mean "lower"?'],
  ['an unknown parameter', exampleLine('closed', { from: 'closed_at', transforms: [{ date: { ordre: 'dmy' } }] }), 'transforms: [ { date: { ordre: dmy } } ]', 'transform "date": Unrecognized key: "ordre"', 'transforms.md'],
  ['missing parameters', exampleLine('email', { transforms: ['truncate'] }), 'transforms: [ truncate ]', 'transform "truncate"', 'Give the transform its parameters'],
  ['a decision that is not there', exampleLine('closed', { from: 'closed_at', transforms: [{ date: { order: { decision: 'ordr' } } }] }), 'transforms: [ { date: { order: { decision: ordr } } } ]', 'refers to a decision "ordr"', 'Add the decision'],
  ['a link that is not there', exampleLine('parent', { link: 'compny' }), 'link: compny', 'object "contact" has no link "compny"', 'Did you mean "company"?'],
  ['a mapping that is not there', exampleLine('parent', { link: 'company', through: ['compnies'] }), 'through: [ compnies ]', 'the plan has no mapping "compnies"', 'Did you mean "companies"?'],
  ['a mapping of another object', exampleLine('parent', { link: 'company', through: ['people'] }), 'through: [ people ]', 'mapping "people" is about "contact", but link "company" points to "company"', 'Name mappings'],
  ['a look-up object that is not there', exampleLine('country', { from: 'status', lookup: { object: 'contry', by: 'code' } }), 'lookup: { object: contry, by: code }', 'the destination has no object "contry"', 'Did you mean "country"?'],
  ['a look-up of another object', exampleLine('country', { from: 'status', lookup: { object: 'state', by: 'name' } }), 'lookup: { object: state, by: name }', 'field "country" refers to "country", the look-up finds "state"', 'Look up "country".'],
  ['a scope that is computed later', exampleLine('state', { from: 'status', lookup: { object: 'state', by: 'name', scope: { country: 'country' } } }), 'lookup: { object: state, by: name, scope: { country: country } }', 'the look-up needs "country", which no line before this one computes', 'Put a line'],
  ['two origins', exampleLine('email', { from: 'email', constant: 'x' }), 'to: email', 'the line for "email" has from and constant', 'Keep one'],
  ['no origin', { ...exampleLine('email'), from: undefined }, 'to: email', 'takes its value from nowhere', 'Add `from`'],
  ['an option that is not there', exampleLine('stage', { constant: 'opn' }), 'constant: opn', '"opn" is not an option of field "stage"', 'Did you mean "open"?'],
  ['an option that is not there, in a table', exampleLine('stage', { from: 'status', transforms: [{ map: { values: { a: 'lost' } } }] }), 'transforms: [ { map: { values: { a: lost } } } ]', '"lost" is not an option', 'Its options are: open, won.'],
  ['a condition on an unknown fact', exampleLine('email', { when: { fact: 'deals', atLeast: 1 } }), 'fact: deals', 'object "contact" has no fact "deals"', 'Add it under `facts`.'],
  ['a condition on an unknown decision', exampleLine('email', { when: { decision: 'x', is: 1 } }), 'decision: x', 'the plan has no decision "x"', 'Add it under `decisions`.'],
  ['a broken expression', exampleLine('email', { when: { expression: '1 +' } }), 'expression: 1 +', 'not a JSONata expression', 'Correct the expression.'],
])('%s is named with its line and a remedy', (_, line, text, message, remedy) => {
  expect(checkLine(line)).toEqual([expect.objectContaining({ text, message: expect.stringContaining(message), remedy: expect.stringContaining(remedy), path: expect.stringContaining('mappings[people].fields[') })]);
});

test('a link through a mapping that is loaded later is refused', () => {
  const people = exampleMapping({ fields: [nameLine, exampleLine('parent', { link: 'company', through: ['companies'] })] });
  expect(check({ mappings: [people, { ...companies, phase: 'people' }] })).toMatchObject([{ message: 'mapping "companies" is loaded after mapping "people", so its records would never be found' }]);
  expect(check({ mappings: [{ ...people, phase: 'companies' }, { ...companies, phase: 'people' }] })).toMatchObject([{ remedy: expect.stringContaining('earlier phase') }]);
  expect(check({ mappings: [{ ...companies, phase: 'people' }, people] })).toEqual([]);
});

test.each([
  ['an unknown phase', { phase: 'peple' }, 'the plan has no phase "peple"', 'Did you mean "people"?'],
  ['an unknown source object', { source: 'contct' }, 'the source has no object "contct"', 'Did you mean "contact"?'],
  ['an unknown destination object', { destination: 'patner' }, 'the destination has no object "patner"', 'Did you mean "partner"?'],
  ['a required field without a line', { fields: [] }, 'required field "name" of "partner" has no line in mapping "people"', 'Add a line'],
  ['a match by a field without a line', { identity: { match: [{ field: 'email' }] } }, 'mapping "people" matches by "email", but no line gives it a value', 'Add a line'],
  ['a mapping that can do nothing', { identity: { create: false } }, 'mapping "people" may neither create nor match records', 'Add a `match` rule'],
  ['a condition without a reason', { when: { field: 'email', filled: true } }, 'has a condition but no reason for the records it leaves out', 'Add `otherwise`'],
] as const)('%s is named', (_, mapping, message, remedy) => {
  expect(checkMapping(mapping as unknown as Partial<Mapping>)).toEqual([expect.objectContaining({ message: expect.stringContaining(message), remedy: expect.stringContaining(remedy) })]);
});

test('joins are checked on both ends', () => {
  expect(check({ keys: {} })).toMatchObject([{ message: 'link "company" looks for keys of kind "id", which object "company" does not have' }]);
  expect(check({ keys: { company: [{ kind: 'id', from: 'id', normalise: 'fold' }] } })).toMatchObject([{ message: expect.stringContaining('by "exact", the keys of "company" by "fold"') }]);
  expect(check({ facts: [{ object: 'company', name: 'people', count: { link: 'company', of: 'contact', labels: ['open'] } }] })).toMatchObject([{ message: expect.stringContaining('counts by label') }]);
  expect(check({ facts: [{ object: 'contact', name: 'people', count: { link: 'company', of: 'contact' } }] })).toMatchObject([{ message: expect.stringContaining('points to "company"') }]);
  expect(check({ derived: [{ object: 'tag', key: { kind: 'name' }, from: [{ object: 'contact', fields: { name: 'tgs' }, many: true }] }] })).toMatchObject([{ message: expect.stringContaining('no keys of kind "name"') }, { message: 'source object "contact" has no field "tgs"', remedy: 'Did you mean "tags"?' }]);
});

test('derived objects count as existing', () => {
  expect(check({
    keys: { ...keys, tag: [{ kind: 'name', from: 'name', normalise: 'fold' }] }, derived: [{ object: 'tag', key: { kind: 'name' }, from: [{ object: 'contact', fields: { name: 'tags' }, many: true }] }],
    mappings: [exampleMapping({ source: 'tag', destination: 'tag', fields: [exampleLine('name')] })],
  })).toEqual([]);
});

test('new fields are checked: name, type, options, existing ones', () => {
  const line = (more: Partial<Plan['schema'][number]>) => check({ schema: [{ object: 'partner', name: 'x_a', label: 'A', type: 'text', status: 'proposed', confidence: 1, reason: '', ...more }] });
  expect(line({})).toEqual([]);
  expect(line({ name: 'X Ä' })).toMatchObject([{ text: 'name: X Ä', message: '"X Ä" is no name for a new field' }]);
  expect(line({ object: 'partnr' })).toMatchObject([{ remedy: 'Did you mean "partner"?' }]);
  expect(line({ type: 'selection' })).toMatchObject([{ message: 'new field "x_a" is a selection without options' }]);
  expect(line({ type: 'reference' })).toMatchObject([{ message: 'new field "x_a" refers to records of no object' }]);
  expect(line({ name: 'score' })).toMatchObject([{ message: '"partner" already has a field "score" of type integer, not text' }]);
});

test('an answer that is no option is named', () => {
  const decision = (answer: unknown) => check({ decisions: [{ id: 'd', question: '?', options: [{ value: 'a', label: '', effect: '' }, { value: 40, label: '', effect: '' }], free: 'number', recommendation: null, answer: answer as never, reason: '' }] });
  expect(decision('a')).toEqual([]);
  expect(decision(12.5)).toEqual([]);
  expect(decision(null)).toEqual([]);
  expect(decision('b')).toMatchObject([{ text: 'answer: b', message: '"b" is not an answer to decision "d"', remedy: 'Answer with one of a, 40, or any other number.' }]);
});

test('without the text problems have no line', () => {
  expect(validatePlan(examplePlan({ keys: {}, links, mappings: [] }), { source, destination })).toMatchObject([{ line: null, path: 'links[contact.company].by[company_id]' }]);
});
