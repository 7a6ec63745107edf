import { expect, test } from 'vitest';
import type { Catalog, CatalogField } from '../../connector/catalog.ts';
import { compilePlan } from '../../plan/compiled/compile.ts';
import { acceptRecommendations } from '../../plan/changes/confirm.ts';
import type { Plan } from '../../plan/plan.ts';
import type { LinkResolution } from '../../plan/record-context.ts';
import { transformRecord } from '../../plan/compiled/transform-record.ts';
import { validatePlan } from '../../plan/validation/validate.ts';
import { propose } from './propose.ts';
import { destination, field, source } from './testing.ts';

const options = (count: number) => Array.from({ length: count }, (_, at) => ({ value: `c${at}`, label: `c${at}` }));
const several = (label: string, more: Partial<CatalogField> = {}): CatalogField => field(`cf:${label}`, { label, type: 'multiSelection', options: options(3), ...more });
const named = (label: string, nativeType: string, values: readonly string[]): CatalogField => field(`cf:${label}`, { label, nativeType, profile: { filled: 1, distinct: values.length, samples: [...values], typeConfidence: 1, values: values.map((value) => ({ value, count: 1 })) } });
const withDealColumn = (from: Catalog, column: CatalogField): Catalog => ({ ...from, objects: from.objects.map((object) => (object.name === 'deal' ? { ...object, fields: [...object.fields, column] } : object)) });
const planOf = (from: Catalog, answers: Readonly<Record<string, string>> = {}, to: Catalog = destination): Plan => propose({ project: 'acme', source: from, sourceHash: 's', destination: to, destinationHash: 'd', answers });
const newField = (plan: Plan, object: string, label: string) => plan.schema.find((line) => line.object === object && line.label === label);
const lineOf = (plan: Plan, mapping: string, to: string) => plan.mappings.find(({ id }) => id === mapping)?.fields.find((line) => line.to === to);

test('a column of several choices is a field of tags of its own on every model it goes to, and the plan stands up to both catalogs', () => {
  const from = withDealColumn(source({ contact: [several('Interests'), several('Channels')] }), several('Interests'));
  const plan = planOf(from);
  expect(validatePlan(plan, { source: from, destination })).toEqual([]);
  expect([newField(plan, 'res.partner', 'Interests'), newField(plan, 'crm.lead', 'Interests')]).toMatchObject([{ type: 'references', relatedObject: 'res.partner.category' }, { type: 'references', relatedObject: 'crm.tag' }]);
  expect(plan.schema.filter(({ object, label }) => object === 'crm.lead' && label === 'Interests')).toHaveLength(1); // of contacts and of deals
  expect(['contact-partners', 'contact-leads', 'deals'].map((mapping) => lineOf(plan, mapping, 'x_interests')?.through)).toEqual([['choices-1-of-partners'], ['choices-1-of-leads'], ['choices-1-of-leads']]);
  expect(lineOf(plan, 'contact-leads', 'x_channels')?.through).toEqual(['choices-2-of-leads']);
});

test('every choice is a tag named after its column, and a record has those of its cell', async () => {
  const compiled = compilePlan(acceptRecommendations(planOf(source({ contact: [several('Interests')] }))));
  const write = async (mapping: string, object: string, data: Record<string, string | string[]>, links: Record<string, readonly LinkResolution[]> = {}): Promise<unknown> => {
    const found = compiled.mappings.get(mapping);
    const result = found === undefined ? null : await transformRecord(found, { object, sourceId: '1', data }, { links, facts: { deals: 0, openDeals: 0 }, lookup: () => undefined });
    return result?.kind === 'write' ? result.values : result;
  };
  expect(await write('choices-1-of-leads', 'choice of Interests', { column: 'Interests', name: 'glass  fibre' })).toMatchObject({ name: 'Interests: glass fibre' });
  const at = (id: string): LinkResolution => ({ state: 'found', sourceId: id, targets: { 'choices-1-of-leads': id, 'choices-1-of-partners': '99' } });
  expect(await write('contact-leads', 'contact', { full_name: 'Ola Nowa', 'cf:Interests': ['c1', 'c2'] }, { 'choice of Interests': [at('4'), at('5')] })).toMatchObject({ x_interests: ['4', '5'] });
  const missing: LinkResolution = { state: 'missing', asked: 'c9' };
  expect(await write('contact-leads', 'contact', { full_name: 'Ola Nowa', 'cf:Interests': ['c1', 'c9'] }, { 'choice of Interests': [at('4'), missing] })).toMatchObject({ kind: 'quarantine' });
});

test('a person may have text instead; so has a column with more choices than people pick from', () => {
  const asText = planOf(source({ contact: [several('Interests')] }), { 'several-choices:Interests': 'text' });
  expect(newField(asText, 'crm.lead', 'Interests')).toMatchObject({ type: 'text' });
  expect(asText.mappings.filter(({ id }) => id.startsWith('choices-'))).toEqual([]);
  const many = planOf(source({ contact: [several('Interests', { options: options(101) })] }));
  expect([newField(many, 'crm.lead', 'Interests')?.type, many.decisions.find(({ id }) => id === 'several-choices:Interests')]).toMatchObject(['text', { recommendation: 'text', shapes: true, reason: expect.stringContaining('101') }]);
});

test('a field that an earlier load made stays what it was: text without a question, or tags under the same name', () => {
  const after = (more: Partial<CatalogField>): Plan => {
    const made = { ...field('x_interests'), label: 'Interests', custom: true, description: 'Column "Interests" of InStream.', ...more };
    const to = { ...destination, objects: destination.objects.map((object) => (object.name === 'crm.lead' ? { ...object, fields: [...object.fields, made] } : object)) };
    const from = source({ contact: [several('Interests')] });
    const plan = planOf(from, {}, to);
    expect(validatePlan(plan, { source: from, destination: to })).toEqual([]);
    return plan;
  };
  const text = after({});
  expect([lineOf(text, 'contact-leads', 'x_interests'), newField(text, 'res.partner', 'Interests')]).toMatchObject([{ from: 'cf:Interests' }, { type: 'text' }]);
  expect(text.decisions.filter(({ id }) => id.startsWith('several-choices'))).toEqual([]);
  const tags = after({ type: 'references', relatedObject: 'crm.tag' });
  expect([lineOf(tags, 'contact-leads', 'x_interests'), newField(tags, 'crm.lead', 'Interests')]).toMatchObject([{ link: 'choice of Interests' }, { type: 'references', name: 'x_interests' }]);
});

test('a column of co-workers leads to users where every value is one; one stranger keeps it as text that says why', () => {
  const users = { ...destination, facts: { ...destination.facts, logins: ['admin', 'anna@sales.example', 'jan@sales.example', 'jan2@sales.example'], users: [{ login: 'anna@sales.example', name: 'Anna Sowa' }, { login: 'jan@sales.example', name: 'Jan Kos' }, { login: 'jan2@sales.example', name: 'Jan Kos' }] } };
  const fieldFor = (column: CatalogField) => { const plan = planOf(source({ contact: [column] }), {}, users); return [newField(plan, 'crm.lead', 'Keeper'), lineOf(plan, 'contact-leads', 'x_keeper')] as const; };
  expect(fieldFor(named('Keeper', 'user', ['Anna@sales.example']))).toMatchObject([{ type: 'reference', relatedObject: 'res.users' }, { lookup: { object: 'res.users', by: 'login', ignoreCase: true }, loss: expect.stringContaining('no user') }]);
  expect(fieldFor(named('Keeper', '', ['anna@sales.example']))[1]).toMatchObject({ lookup: { by: 'login' } });
  expect(fieldFor(named('Keeper', 'user', ['admin', 'anna@sales.example']))[1]).toMatchObject({ lookup: { by: 'login' } });
  expect(fieldFor(named('Keeper', '', ['admin']))[0]).toMatchObject({ type: 'text' });
  expect(fieldFor(named('Keeper', 'user', ['anna sowa']))[1]).toMatchObject({ lookup: { by: 'name' } });
  for (const stranger of [['anna@sales.example', 'eva@sales.example'], ['Jan Kos'], ['Anna Sowa', 'Eva Lis']]) {
    const [made, line] = fieldFor(named('Keeper', 'user', stranger));
    expect([made?.type, line?.lookup], stranger.join()).toEqual(['text', undefined]);
    expect(line?.reason).toContain('make the users first');
  }
  expect(fieldFor(named('Keeper', '', ['Anna Sowa']))[0]).toMatchObject({ type: 'text' }); // a name in an ordinary column is only a name
  expect(fieldFor(named('Keeper', 'person', ['Ola Nowa']))[1]?.reason).toContain('may be a lead');
});
