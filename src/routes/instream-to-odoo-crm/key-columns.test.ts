import { expect, test } from 'vitest';
import type { Catalog, CatalogField } from '../../connector/catalog.ts';
import { acceptRecommendations, openDecisions } from '../../plan/changes/confirm.ts';
import type { Plan } from '../../plan/plan.ts';
import { validatePlan } from '../../plan/validation/validate.ts';
import { instreamToOdooCrm } from './route.ts';
import { destination, field, fullSource } from './testing.ts';

/** The full export whose field goes by another name that nobody knows. */
function renamed(object: string, name: string, column: Partial<CatalogField>): Catalog {
  const full = fullSource();
  return { ...full, objects: full.objects.map((one) => (one.name !== object ? one : { ...one, fields: one.fields.map((each) => (each.name === name ? { ...field('cf:Qwx'), label: 'Qwx', ...column } : each)) })) };
}
const propose = (source: Catalog, answers: Readonly<Record<string, string>> = {}): Plan => instreamToOdooCrm.propose({ project: 'p', source, sourceHash: 's', destination, destinationHash: 'd', answers });
const values = (samples: readonly string[], more: Partial<CatalogField> = {}): Partial<CatalogField> => ({ profile: { filled: 1, distinct: samples.length, samples, typeConfidence: 1 }, ...more });

test.each([
  ['company', 'name', values(['Larkspur Ltd', 'Brama sp. z o.o.', 'Tern & Sons Ltd'])], ['contact', 'full_name', values(['Ada Lind', 'Jan Nowak', 'Eva Horn'])],
  ['note', 'created_at', values(['2024-03-01 10:00', '2024-03-02 11:30'], { type: 'datetime' })], ['meeting', 'start_at', values(['2024-03-01 10:00', '2024-03-02 11:30'], { type: 'datetime' })], ['call', 'started_at', values(['2024-03-01 10:00', '2024-03-02 11:30'], { type: 'datetime' })],
  ['deal', 'title', values(['A7', 'B7'])], ['note', 'body', values(['A7', 'B7'])], ['meeting', 'title', values(['A7', 'B7'])], ['list', 'name', values(['A7', 'B7'])],
] as const)('%s without %s: the plan asks which column it is, and stands up to both catalogs once that is answered', (object, name, column) => {
  const source = renamed(object, name, column);
  const id = `key-column:${object}:${name}`;
  const decision = propose(source).decisions.find((one) => one.id === id);
  expect(decision).toMatchObject({ shapes: true, answer: null, options: expect.arrayContaining([expect.objectContaining({ value: 'cf:Qwx' })]) });
  const plan = acceptRecommendations({ ...propose(source, { [id]: 'cf:Qwx' }), decisions: propose(source).decisions.map((one) => (one.id === id ? { ...one, answer: 'cf:Qwx' } : one)) });
  expect(validatePlan(plan, { source, destination })).toEqual([]);
  expect(openDecisions(plan)).toEqual([]);
  const lines = plan.mappings.filter((mapping) => mapping.source === object).flatMap(({ fields }) => fields).filter(({ from }) => [from ?? []].flat().includes('cf:Qwx'));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.every(({ to, reason }) => !to.startsWith('x_qwx') && reason.includes(`decision ${id}`))).toBe(true);
});

test('what is recognised is not asked for, and an answer that is no column any more is none', () => {
  expect(propose(fullSource()).decisions.filter(({ id }) => id.startsWith('key-column'))).toEqual([]);
  const source = renamed('company', 'name', values(['Larkspur Ltd', 'Brama sp. z o.o.', 'Tern & Sons Ltd']));
  expect(propose(source, { 'key-column:company:name': 'cf:Gone' })).toEqual(propose(source));
});

test.each(['note', 'call', 'meeting'])('%s without any column that could tell when: they can be left out, and the rest of the plan stands', (object) => {
  const [full, name] = [fullSource(), { note: 'created_at', call: 'started_at', meeting: 'start_at' }[object]];
  const source = { ...full, objects: full.objects.map((one) => (one.name !== object ? one : { ...one, fields: one.fields.filter((each) => each.name !== name) })) };
  const id = `key-column:${object}:${name}`;
  expect(propose(source).decisions.find((one) => one.id === id)).toMatchObject({ recommendation: null, options: [{ value: '(leave out)', effect: 'None of the 3 records is moved.' }] });
  const plan = propose(source, { [id]: '(leave out)' });
  expect(plan.mappings.some((mapping) => mapping.source === object)).toBe(false);
  const decided = { ...plan, decisions: plan.decisions.map((one) => (one.id === id ? { ...one, answer: '(leave out)' } : one)) };
  expect(validatePlan(acceptRecommendations(decided), { source, destination })).toEqual([]);
});
