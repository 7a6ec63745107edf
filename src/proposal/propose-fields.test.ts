import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Catalog, CatalogField, CatalogObject, FieldType } from '../connector/catalog.ts';
import { compilePlan } from '../plan/compiled/compile.ts';
import { exampleMapping, examplePlan } from '../plan/example-plan.ts';
import { validatePlan } from '../plan/validation/validate.ts';
import { customFieldName } from './custom-field-name.ts';
import { proposeFields } from './propose-fields.ts';
import type { ProposeFieldsParams } from './propose-fields.ts';

const profile = (samples: readonly string[], more = {}) => ({ filled: 1, distinct: samples.length, samples, typeConfidence: 1, ...more });
const field = (name: string, more: Partial<CatalogField> = {}): CatalogField => ({ name, label: name, type: 'text', required: false, readonly: false, custom: false, ...more });
const object = (name: string, fields: readonly CatalogField[]): CatalogObject => ({ name, label: name, count: null, fields });
const types: readonly FieldType[] = ['text', 'longText', 'integer', 'decimal', 'boolean', 'date', 'datetime', 'selection'];

function propose(fields: readonly CatalogField[], destination: readonly CatalogField[], more: Partial<ProposeFieldsParams> = {}) {
  return proposeFields({ sourceObject: object('contact', fields), destinationObject: object('partner', destination), aliases: {}, custom: { prefix: 'x_', types }, ...more });
}

test('pairs fields by alias, name, spelling and label, with a reason and samples', () => {
  const { fields, schema, leftOut } = propose(
    [field('name', { profile: profile(['Ada', 'Jan', 'Ewa', 'Iga']) }), field('Stanowisko'), field('firstName'), field('www', { label: 'Web page' })],
    [field('name'), field('function'), field('first_name'), field('website', { label: 'Web Page', type: 'url' })],
    { aliases: { function: ['stanowisko', 'job title'] } },
  );
  expect(fields).toEqual([
    { to: 'name', from: 'name', transforms: ['trim'], status: 'proposed', confidence: 0.98, reason: 'Same name.', evidence: ['Ada', 'Jan', 'Ewa'] },
    { to: 'function', from: 'Stanowisko', transforms: ['trim'], status: 'proposed', confidence: 0.95, reason: '"Stanowisko" reads as "stanowisko", known to mean function.' },
    { to: 'first_name', from: 'firstName', transforms: ['trim'], status: 'proposed', confidence: 0.9, reason: 'Same name apart from spelling.' },
    { to: 'website', from: 'www', transforms: ['url'], status: 'proposed', confidence: 0.85, reason: 'Same label "Web Page".' },
  ]);
  expect([schema, leftOut]).toEqual([[], []]);
});

test.each([
  [field('a', { type: 'date', format: { kind: 'date', order: 'dmy', zone: null } }), 'date', [{ date: { order: 'dmy', zone: 'Europe/Warsaw' } }]],
  [field('a', { type: 'datetime', format: { kind: 'date', order: 'ymd', zone: 'utc' } }), 'datetime', [{ datetime: { order: 'ymd', zone: 'utc' } }]],
  [field('a', { type: 'date', question: 'date-order:contact:a' }), 'date', [{ date: { order: { decision: 'date-order:contact:a' }, zone: 'Europe/Warsaw' } }]],
  [field('a', { type: 'money', format: { kind: 'number', decimal: ',', unit: 'PLN' } }), 'money', [{ number: { decimal: ',', unit: 'PLN' } }]],
  [field('a', { type: 'integer', question: 'number-format:contact:a' }), 'integer', [{ integer: { decimal: { decision: 'number-format:contact:a' } } }]],
  [field('a', { type: 'boolean' }), 'boolean', ['boolean']],
  [field('a', { type: 'email' }), 'email', ['email']],
  [field('a', { type: 'phone' }), 'phone', ['phone']],
  [field('a', { type: 'text' }), 'html', ['textToHtml']],
  [field('a', { type: 'html' }), 'html', ['sanitizeHtml']],
  [field('a', { type: 'html' }), 'longText', ['htmlToText']],
  [field('a', { type: 'multiSelection' }), 'text', [{ join: '; ' }]],
] as const)('the types decide the transform: %j → %s', (source, type, transforms) => {
  expect(propose([source], [field('a', { type })], { zone: 'Europe/Warsaw' }).fields).toMatchObject([{ to: 'a', transforms }]);
});

test('options are paired by name only when every value that occurs has one', () => {
  const status = (values: readonly string[]) => field('status', { type: 'selection', profile: profile(values, { values: values.map((value) => ({ value, count: 1 })) }), options: values.map((value) => ({ value, label: value })) });
  const target = field('status', { type: 'selection', options: [{ value: 'o', label: 'Otwarta' }, { value: 'won', label: 'Wygrana' }] });
  expect(propose([status(['otwarta', 'WON'])], [target]).fields).toMatchObject([{ to: 'status', transforms: [{ map: { values: { otwarta: 'o', WON: 'won' } } }] }]);
  const other = propose([status(['otwarta', 'inna'])], [target]);
  expect(other.fields).toMatchObject([{ to: 'x_status', transforms: ['trim'], reason: expect.stringContaining('"inna" is not among the options') }]);
  expect(other.schema).toMatchObject([{ name: 'x_status', type: 'selection', source: 'contact.status', options: [{ value: 'otwarta' }, { value: 'inna' }] }]);
});

test('what has no counterpart becomes a new field of the inferred type, or text where the type is not sure', () => {
  const { fields, schema } = propose([
    field('cf:Źródło leada', { label: 'Źródło leada' }), field('seats', { type: 'integer', profile: profile(['3']) }), field('score', { type: 'integer', profile: profile(['3', 'x'], { typeConfidence: 0.7 }) }), field('link', { type: 'url', profile: profile([]) }),
  ], []);
  expect(schema.map(({ name, type, confidence }) => [name, type, confidence])).toEqual([['x_zrodlo_leada', 'text', 1], ['x_seats', 'integer', 1], ['x_score', 'text', 0.5], ['x_link', 'text', 0.5]]);
  expect(fields.map(({ to, transforms }) => [to, transforms])).toEqual([['x_zrodlo_leada', ['trim']], ['x_seats', ['integer']], ['x_score', ['trim']], ['x_link', ['trim']]]);
});

test('computed and empty fields are left out with the reason; without custom fields the rest is a declared loss', () => {
  const { fields, leftOut } = propose([field('last', { computed: true }), field('none', { profile: profile([], { filled: 0 }) }), field('other')], [], { custom: null });
  expect(fields).toEqual([]);
  expect(leftOut).toMatchObject([{ from: 'last', reason: expect.stringContaining('Computed') }, { from: 'none', reason: 'Empty in every record.' }, { from: 'other', loss: 'Field "other" is not moved.' }]);
});

test('two fields for one place: the surer one gets it, the other becomes a new field', () => {
  expect(propose([field('Name'), field('name')], [field('name')]).fields.map(({ from, to }) => [from, to])).toEqual([['name', 'name'], ['Name', 'x_name']]);
  expect(propose([field('mail')], [field('email', { type: 'email' })], { aliases: { email: ['mail'] }, taken: ['email'] }).fields).toMatchObject([{ to: 'x_mail' }]);
  expect(propose([field('a'), field('b')], [field('a', { readonly: true })], { skip: ['b'] }).fields).toMatchObject([{ to: 'x_a' }]);
});

test('text longer than the field is cut with a declared loss', () => {
  expect(propose([field('a', { maxLength: 300 })], [field('a', { maxLength: 64 })]).fields).toMatchObject([{ transforms: ['trim', { truncate: 64 }], loss: 'Text beyond 64 characters is cut off.' }]);
});

test('names of new fields are lower-case ASCII, at most 63 long, unique and stable', () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 8 }), (headers) => {
    const name = () => headers.reduce<Set<string>>((taken, header) => taken.add(customFieldName({ prefix: 'x_', header, taken })), new Set());
    const names = [...name()];
    expect(names).toHaveLength(headers.length);
    for (const each of names) expect(each).toMatch(/^x_[a-z0-9_]{1,61}$/);
    expect([...name()]).toEqual(names);
  }));
});

test('every field is answered for exactly once, and the proposal is a valid plan', () => {
  const kinds = fc.constantFrom<FieldType>('text', 'html', 'integer', 'decimal', 'money', 'boolean', 'date', 'datetime', 'email', 'phone', 'url', 'selection', 'multiSelection', 'unknown');
  const column = fc.record({ name: fc.constantFrom('name', 'email', 'Phone', 'A b', 'c', 'd1', 'x_name', 'źle'), type: kinds, computed: fc.boolean(), sure: fc.constantFrom(1, 0.5), asked: fc.boolean() })
    .map(({ name, type, computed, sure, asked }) => field(name, { type, computed, ...(asked ? { question: 'q' } : {}), profile: profile(['1'], { typeConfidence: sure }), ...(type === 'selection' ? { options: [{ value: 'a', label: 'A' }] } : {}) }));
  const distinct = fc.uniqueArray(column, { selector: ({ name }) => name, maxLength: 8 });
  fc.assert(fc.property(distinct, fc.uniqueArray(fc.record({ name: fc.constantFrom('name', 'email', 'phone', 'a_b', 'c', 'd1'), type: kinds }), { selector: ({ name }) => name }), (fields, targets) => {
    const destination = targets.map(({ name, type }) => field(name, { type, ...(type === 'selection' ? { options: [{ value: 'a', label: 'A' }] } : {}) }));
    const made = propose(fields, destination);
    expect([...made.fields.map(({ from }) => String(from)), ...made.leftOut.map(({ from }) => from)].toSorted((left, right) => (left < right ? -1 : 1))).toEqual(fields.map(({ name }) => name).toSorted((left, right) => (left < right ? -1 : 1)));
    const plan = examplePlan({
      decisions: [{ id: 'q', question: '?', options: [], recommendation: null, answer: null, reason: '' }], schema: [...made.schema],
      mappings: [exampleMapping({ fields: [...made.fields], leftOut: [...made.leftOut] })],
    });
    const catalog = (one: CatalogObject): Catalog => ({ platform: 'p', version: null, edition: null, objects: [one], facts: {}, limits: [], notes: [], questions: [] });
    expect(validatePlan(plan, { source: catalog(object('contact', fields)), destination: catalog(object('partner', destination)) })).toEqual([]);
    expect(() => compilePlan(plan)).not.toThrow();
  }), { numRuns: 200 });
});
