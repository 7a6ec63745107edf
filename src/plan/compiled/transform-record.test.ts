import { expect, test } from 'vitest';
import { compilePlan } from './compile.ts';
import { exampleLine, exampleMapping, examplePlan } from '../example-plan.ts';
import type { Mapping, Plan } from '../plan.ts';
import type { LinkResolution, RecordContext, TransformResult } from '../record-context.ts';
import { collectKeys, collectLinks, collectLookups, transformRecord } from './transform-record.ts';
import type { JsonObject } from '../../connector/json.ts';

const empty: RecordContext = { links: {}, facts: {}, lookup: () => undefined };

function run(mapping: Partial<Mapping>, data: JsonObject, context: Partial<RecordContext> = {}, plan: Partial<Plan> = {}): Promise<TransformResult> {
  const compiled = compilePlan(examplePlan({ ...plan, mappings: [exampleMapping({ id: 'companies', phase: 'companies', source: 'company' }), exampleMapping(mapping)] }));
  const people = compiled.mappings.get('people');
  if (!people) throw new Error('no mapping');
  return transformRecord(people, { object: 'contact', sourceId: '7', data }, { ...empty, ...context });
}
const company: Plan['links'] = [{ object: 'contact', name: 'company', to: 'company', by: [{ kind: 'id', from: 'company_id', normalise: 'exact' }, { kind: 'name', from: 'company_name', normalise: 'fold' }] }];
const linkLine = (line = {}) => exampleLine('parent', { link: 'company', ...line });
const withLink = (resolution: LinkResolution) => ({ links: { company: [resolution] } });

test('writes the transformed values and says where each came from', async () => {
  expect(await run({ fields: [exampleLine('name', { from: 'full_name', transforms: ['collapseSpaces'] }), exampleLine('type', { constant: 'person' })] }, { full_name: ' Ada  Nowak' })).toEqual({
    kind: 'write', values: { name: 'Ada Nowak', type: 'person' },
    trace: [
      { to: 'name', from: ['full_name'], before: ' Ada  Nowak', after: 'Ada Nowak', reason: 'from full_name → collapseSpaces: same name', warning: null, loss: null },
      { to: 'type', from: [], before: 'person', after: 'person', reason: 'fixed value: same name', warning: null, loss: null },
    ],
  });
});

test('skips a record that does not meet the condition, under the mapping\'s reason', async () => {
  expect(await run({ when: { field: 'archived', equals: false }, otherwise: 'archived' }, { archived: 'true' })).toEqual({ kind: 'skip', reason: 'archived' });
  expect(await run({ when: { not: { any: [{ field: 'archived', equals: true }, { fact: 'deals', atLeast: 1 }] } } }, { full_name: 'A', archived: 'false' })).toMatchObject({ kind: 'write' });
  expect(await run({ when: { all: [{ expression: '$contains(record.full_name, "A")' }, { fact: 'deals', atLeast: 2 }] }, otherwise: 'few deals' }, { full_name: 'A' }, { facts: { deals: 1 } })).toEqual({ kind: 'skip', reason: 'few deals' });
});

test('holds a record back that needs a person first', async () => {
  const holdWhen = [{ condition: { link: 'company', state: 'none' as const }, code: 'no-company', message: 'The contact has no company.', remedy: 'Name one.' }];
  expect(await run({ holdWhen }, { full_name: 'A' }, {}, { links: company })).toMatchObject({ kind: 'quarantine', code: 'no-company', field: null });
  expect(await run({ holdWhen }, { full_name: 'A' }, withLink({ state: 'found', sourceId: 'c', targets: {} }), { links: company })).toMatchObject({ kind: 'write' });
});

test('quarantines a value that cannot be read and names field, value and remedy', async () => {
  const fields = [exampleLine('closed', { from: 'closed_at', transforms: [{ date: { order: 'dmy' } }] }), exampleLine('seats', { transforms: ['integer'] })];
  expect(await run({ fields }, { closed_at: '31.02.2024', seats: 'dużo' })).toMatchObject({
    kind: 'quarantine', code: 'bad-date', field: 'closed',
    message: 'Field closed (from closed_at): "31.02.2024" is not a date written as day, month, year. Field seats (from seats): "dużo" is not a whole number.',
    remedy: 'Correct the date in the record, or the order of the transform.',
  });
});

test('leaves an unreadable value empty only where the line says so, with a warning and a loss', async () => {
  const fields = [exampleLine('closed', { whenMissing: 'empty', transforms: ['date'] })];
  expect(await run({ fields }, { closed: 'soon' })).toMatchObject({ kind: 'write', values: { closed: null }, trace: [{ warning: expect.stringContaining('left empty'), loss: 'value soon' }] });
});

test('quarantines a record whose required field is empty', async () => {
  expect(await run({}, { full_name: '  ' })).toMatchObject({ kind: 'quarantine', code: 'required-empty', field: 'name', message: 'Field name (from full_name): it is required and empty.' });
});

test('follows a link to the first mapping that loaded the record', async () => {
  const found = withLink({ state: 'found', sourceId: 'c1', targets: { companies: '55', other: '66' } });
  expect(await run({ fields: [linkLine({ through: ['absent', 'companies', 'other'] })] }, {}, found, { links: company })).toMatchObject({ values: { parent: '55' } });
  expect(await run({ fields: [linkLine()] }, {}, found, { links: company })).toMatchObject({ values: { parent: '55' }, trace: [{ reason: 'link company: same name; company "c1", loaded as companies' }] });
  expect(await run({ fields: [linkLine()] }, {}, {}, { links: company })).toMatchObject({ values: { parent: null }, trace: [{ warning: null }] });
});

test.each([
  ['found but not loaded', { state: 'found', sourceId: 'c1', targets: {} }, 'link-not-loaded'],
  ['not found', { state: 'missing', asked: 'Acme' }, 'link-missing'],
] as const)('a link %s is left empty with a warning, or quarantines where the line says so', async (_, resolution, code) => {
  expect(await run({ fields: [linkLine()] }, {}, withLink(resolution), { links: company })).toMatchObject({ kind: 'write', values: { parent: null }, trace: [{ warning: expect.stringContaining('left empty'), loss: 'link company' }] });
  expect(await run({ fields: [linkLine({ whenMissing: 'quarantine' })] }, {}, withLink(resolution), { links: company })).toMatchObject({ kind: 'quarantine', code, field: 'parent' });
});

test.each(['empty', 'quarantine', undefined] as const)('an ambiguous link is never picked from (whenMissing %s)', async (whenMissing) => {
  const fields = [linkLine(whenMissing === undefined ? {} : { whenMissing })];
  expect(await run({ fields }, {}, withLink({ state: 'ambiguous', asked: 'Acme', candidates: ['c1', 'c2'] }), { links: company })).toMatchObject({
    kind: 'quarantine', code: 'link-ambiguous', message: expect.stringContaining('"c1", "c2"'),
  });
});

test('a link of many gives a list of ids without repetition', async () => {
  const links: Plan['links'] = [{ object: 'contact', name: 'tags', to: 'tag', many: true, by: [{ kind: 'name', from: 'tags', normalise: 'fold' }] }];
  const found = (sourceId: string, id: string): LinkResolution => ({ state: 'found', sourceId, targets: { tags: id } });
  const context = { links: { tags: [found('a', '1'), found('b', '2'), found('a', '1'), { state: 'missing' as const, asked: 'gone' }] } };
  expect(await run({ fields: [exampleLine('tag_ids', { link: 'tags', through: ['tags'] })] }, {}, context, { links })).toMatchObject({
    values: { tag_ids: ['1', '2'] }, trace: [{ warning: 'no tags found for "gone": left out' }],
  });
});

test('looks values up within the scope of fields already computed', async () => {
  const asked: unknown[] = [];
  const lookup: RecordContext['lookup'] = (request) => { asked.push(request); return request.object === 'country' ? '177' : '9'; };
  const fields = [
    exampleLine('country_id', { from: 'country', transforms: ['countryCode'], lookup: { object: 'country', by: 'code' } }),
    exampleLine('state_id', { from: 'state', lookup: { object: 'state', by: 'name', ignoreCase: true, scope: { country_id: 'country_id' } } }),
  ];
  expect(await run({ fields }, { country: 'Polska', state: 'Pomorskie' }, { lookup })).toMatchObject({ values: { country_id: '177', state_id: '9' }, trace: [{ reason: 'from country → countryCode: same name; found country by code' }, {}] });
  expect(asked).toEqual([
    { object: 'country', by: 'code', value: 'PL', ignoreCase: false, scope: {}, give: null },
    { object: 'state', by: 'name', value: 'Pomorskie', ignoreCase: true, scope: { country_id: '177' }, give: null },
  ]);
  expect(await run({ fields }, { country: '', state: 'Pomorskie' }, { lookup })).toMatchObject({ values: { country_id: null, state_id: null }, trace: [{ warning: null }, { warning: '"Pomorskie" not looked up, because country_id is empty: left empty' }] });
  expect(await run({ fields }, { country: 'Polska' }, { lookup: () => 'ambiguous' })).toMatchObject({ kind: 'quarantine', code: 'lookup-ambiguous' });
  expect(await run({ fields }, { country: 'Polska' }, {})).toMatchObject({ kind: 'write', values: { country_id: null }, trace: [{ warning: 'no country with code "PL": left empty', loss: 'country "PL"' }, {}] });
});

test('tells beforehand which look-ups a record will ask for', async () => {
  const compiled = compilePlan(examplePlan({ mappings: [exampleMapping({ fields: [
    exampleLine('country_id', { from: 'country', transforms: ['countryCode'], lookup: { object: 'country', by: 'code' } }),
    exampleLine('state_id', { from: 'state', transforms: [{ jsonata: '$trim(value)' }], lookup: { object: 'state', by: 'name', scope: { country_id: 'country_id' } } }),
    exampleLine('bad', { transforms: ['date'], lookup: { object: 'x', by: 'y' } }),
  ] })] }));
  const mapping = compiled.mappings.get('people');
  expect(await collectLookups(mapping as NonNullable<typeof mapping>, { object: 'contact', sourceId: '1', data: { country: 'Polska', state: ' Pomorskie', bad: 'no' } })).toEqual([
    { object: 'country', by: 'code', value: 'PL', ignoreCase: false, give: null, scopeFields: [] },
    { object: 'state', by: 'name', value: 'Pomorskie', ignoreCase: false, give: null, scopeFields: ['country_id'] },
  ]);
});

test('a rejected line writes nothing; a line whose condition is not met leaves the field alone', async () => {
  const result = await run({ fields: [exampleLine('a', { status: 'rejected' }), exampleLine('b', { when: { field: 'c', filled: true } }), exampleLine('d')] }, { a: '1', b: '2', d: '3' });
  expect(result).toMatchObject({ kind: 'write', values: { d: '3' } });
  expect(result.kind === 'write' && Object.keys(result.values)).toEqual(['d']);
});

test('decisions are taken into parameters and conditions; an open one fails instead of guessing', async () => {
  const decision = (answer: string | null, recommendation: string | null) => ({ decisions: [{ id: 'order', question: '?', options: [], reason: '', answer, recommendation }] });
  const fields = [exampleLine('closed', { transforms: [{ date: { order: { decision: 'order' } } }] })];
  expect(await run({ fields }, { closed: '3.4.2026' }, {}, decision('dmy', null))).toMatchObject({ values: { closed: '2026-04-03' } });
  expect(await run({ fields }, { closed: '3.4.2026' }, {}, decision(null, 'mdy'))).toMatchObject({ values: { closed: '2026-03-04' } });
  expect(await run({ fields }, { closed: '3.4.2026' }, {}, decision(null, null))).toMatchObject({ kind: 'quarantine', code: 'open-decision' });
  expect(await run({ fields }, { closed: ' ' }, {}, decision(null, null))).toMatchObject({ kind: 'write', values: { closed: null } });
  expect(await run({ when: { decision: 'order', is: 'dmy' }, otherwise: 'no' }, { full_name: 'A' }, {}, decision('mdy', null))).toEqual({ kind: 'skip', reason: 'no' });
});

test('a failing expression quarantines the record instead of stopping the batch', async () => {
  expect(await run({ when: { expression: '$number(record.full_name) > 1' } }, { full_name: 'x' })).toMatchObject({ kind: 'quarantine', code: 'expression-failed' });
  expect(await run({ fields: [exampleLine('a', { when: { expression: '$number(record.a) > 1' } })] }, { a: 'x' })).toMatchObject({ kind: 'quarantine', code: 'expression-failed', field: 'a' });
});

test('compiling names every transform and link that cannot be prepared', () => {
  const plan = examplePlan({ mappings: [exampleMapping({ fields: [exampleLine('a', { transforms: ['trimm', { date: { order: 'xyz' } }] }), exampleLine('b', { link: 'company' }), exampleLine('c', { transforms: [{ jsonata: '1 +' }] })] })] });
  expect(() => compilePlan(plan)).toThrowError(expect.objectContaining({ problems: [
    expect.objectContaining({ path: 'mappings[people].fields[a].transforms[0]', message: 'there is no transform "trimm"', remedy: 'Did you mean "trim"?' }),
    expect.objectContaining({ path: 'mappings[people].fields[a].transforms[1]', message: expect.stringContaining('order') }),
    expect.objectContaining({ message: 'object "contact" has no link "company"' }),
    expect.objectContaining({ message: expect.stringContaining('not a JSONata expression') }),
  ] }));
});

test('collects the keys of a record: alternatives, several addresses, comparable forms', () => {
  const compiled = compilePlan(examplePlan({ keys: { contact: [
    { kind: 'id', from: 'id', normalise: 'exact' }, { kind: 'email', from: ['email', 'emails'], normalise: 'email' },
    { kind: 'vat', from: 'vat', normalise: 'digits' }, { kind: 'domain', from: 'website', normalise: 'domain' }, { kind: 'name', from: 'name', normalise: 'fold' },
  ] } }));
  expect(collectKeys(compiled, 'contact', { data: { id: ' 7 ', email: 'Ada@Example.com', emails: ['ada@example.com', 'b@example.com; c@example.com'], vat: 'PL 525-00-00', website: 'https://www.Example.com/x', name: ' ŻÓŁW  Sp. z o.o.' } })).toEqual([
    { kind: 'id', value: '7' }, { kind: 'email', value: 'ada@example.com' }, { kind: 'email', value: 'b@example.com' }, { kind: 'email', value: 'c@example.com' },
    { kind: 'vat', value: '5250000' }, { kind: 'domain', value: 'example.com' }, { kind: 'name', value: 'zolw sp. z o.o.' },
  ]);
  expect(collectKeys(compiled, 'other', { data: {} })).toEqual([]);
});

test('collects the candidates of links in the order in which they are tried', () => {
  const compiled = compilePlan(examplePlan({ links: [
    ...company.map((link) => ({ ...link, label: 'status' })),
    { object: 'contact', name: 'tags', to: 'tag', many: true, by: [{ kind: 'name', from: 'tags', normalise: 'fold' }] },
  ] }));
  expect(collectLinks(compiled, 'contact', { data: { company_id: 'c1', company_name: 'Acme', status: 'open', tags: 'VIP; Nowy ' } })).toEqual([
    { name: 'company', ordinal: 0, toObject: 'company', rank: 0, kind: 'id', value: 'c1', label: 'open' },
    { name: 'company', ordinal: 0, toObject: 'company', rank: 1, kind: 'name', value: 'acme', label: 'open' },
    { name: 'tags', ordinal: 0, toObject: 'tag', rank: 0, kind: 'name', value: 'vip', label: null },
    { name: 'tags', ordinal: 1, toObject: 'tag', rank: 0, kind: 'name', value: 'nowy', label: null },
  ]);
});

test('composes several fields to one key; the last one names the thing, those before narrow it', () => {
  const part = { kind: 'name', from: ['pipeline', 'stage'], normalise: 'fold' as const, compose: true };
  const compiled = compilePlan(examplePlan({ keys: { stage: [part] }, links: [{ object: 'deal', name: 'stage', to: 'stage', by: [part] }] }));
  expect(collectKeys(compiled, 'stage', { data: { pipeline: 'Sales', stage: 'Offer' } })).toEqual([{ kind: 'name', value: 'sales › offer' }]);
  expect(collectKeys(compiled, 'stage', { data: { stage: 'Offer' } })).toEqual([{ kind: 'name', value: 'offer' }]);
  expect(collectLinks(compiled, 'deal', { data: { pipeline: 'Sales' } })).toEqual([]);
});

test('tries a key only in records whose field has one of the values', () => {
  const by = [{ kind: 'id', from: 'record_id', normalise: 'exact' as const, where: { field: 'record_type', oneOf: ['contact', 'kontakt'] } }];
  const compiled = compilePlan(examplePlan({ links: [{ object: 'note', name: 'contact', to: 'contact', by }] }));
  expect(collectLinks(compiled, 'note', { data: { record_id: '7', record_type: ' KONTAKT' } })).toHaveLength(1);
  expect(collectLinks(compiled, 'note', { data: { record_id: '7', record_type: 'deal' } })).toEqual([]);
});
