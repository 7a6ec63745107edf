import { expect, test } from 'vitest';
import { exampleLine, exampleMapping, examplePlan } from '../example-plan.ts';
import type { Decision, Plan } from '../plan.ts';
import { changedMappings, reshapePlan, shapeOf, shapingAnswers } from './reshape.ts';

const shape = (answer: string | null, more: Partial<Decision> = {}): Decision => ({ id: 'shape', question: '?', options: ['a', 'b'].map((value) => ({ value, label: '', effect: '' })), recommendation: 'a', answer, reason: '', shapes: true, ...more });
const shared = exampleMapping({ id: 'people', fields: [exampleLine('name'), exampleLine('city'), exampleLine('note')] });
const proposal = (of: 'a' | 'b', answer: string | null): Plan => examplePlan({
  decisions: [shape(answer)], schema: [{ object: of, name: 'x_one', label: 'One', type: 'text', status: 'proposed', confidence: 1, reason: 'r' }],
  mappings: [shared, exampleMapping({ id: of, destination: of, fields: [exampleLine('title'), exampleLine('x_one')] }), exampleMapping({ id: 'parts', destination: `${of}_part`, fields: [exampleLine(`${of}_id`, { reason: 'Where it is.' }), exampleLine('body')] })],
});
const confirmed = (plan: Plan): Plan => ({
  ...plan, schema: plan.schema.map((line) => ({ ...line, status: 'confirmed' })),
  mappings: plan.mappings.map((mapping) => ({ ...mapping, status: 'confirmed', fields: mapping.fields.map((line) => ({ ...line, status: line.status === 'rejected' ? 'rejected' : 'confirmed' })) })),
});

test('another answer brings its own mappings, and what was merely accepted of the others goes', () => {
  const result = reshapePlan({ previous: { ...confirmed(proposal('a', 'a')), decisions: [shape('b')] }, before: proposal('a', 'a'), after: proposal('b', 'b') });
  expect(result.mappings.map(({ id, destination, status }) => [id, destination, status])).toEqual([['people', 'partner', 'confirmed'], ['b', 'b', 'proposed'], ['parts', 'b_part', 'proposed']]);
  expect(result.mappings[2]?.fields.map(({ to, status }) => [to, status])).toEqual([['b_id', 'proposed'], ['body', 'proposed']]);
  expect(result.mappings[0]?.fields.every(({ status }) => status === 'confirmed')).toBe(true);
  expect(result.schema.map(({ object, status }) => [object, status])).toEqual([['b', 'proposed']]);
  expect(result.decisions[0]?.answer).toBe('b');
});

test('what a person wrote, rejected or added stays where its mapping is still there', () => {
  const accepted = confirmed(proposal('a', 'a'));
  const [people, ...rest] = accepted.mappings;
  if (people === undefined) throw new Error('no mapping');
  const mine = { ...people, fields: [exampleLine('name', { status: 'confirmed', transforms: ['upper'] }), exampleLine('city', { status: 'rejected' }), exampleLine('note', { status: 'confirmed' }), exampleLine('own', { status: 'confirmed' })] };
  const ours = exampleMapping({ id: 'ours', status: 'confirmed' });
  const result = reshapePlan({ previous: { ...accepted, mappings: [mine, ...rest, ours], decisions: [shape('b')] }, before: proposal('a', 'a'), after: proposal('b', 'b') });
  expect(result.mappings.map(({ id }) => id)).toEqual(['people', 'b', 'parts', 'ours']);
  expect(result.mappings[0]?.fields.map(({ to, status, transforms }) => [to, status, transforms])).toEqual([['name', 'confirmed', ['upper']], ['city', 'rejected', undefined], ['note', 'confirmed', undefined], ['own', 'confirmed', undefined]]);
});

test('back and forth is where it began', () => {
  const start = confirmed(proposal('a', 'a'));
  const there = reshapePlan({ previous: { ...start, decisions: [shape('b')] }, before: proposal('a', 'a'), after: proposal('b', 'b') });
  const back = reshapePlan({ previous: { ...there, decisions: [shape('a')] }, before: proposal('b', 'b'), after: proposal('a', 'a') });
  expect(confirmed(back)).toEqual(start);
});

test('what shapes a plan is the answer, else the recommendation; other decisions do not count', () => {
  expect(shapeOf({ decisions: [shape(null), shape('x', { id: 'other', shapes: undefined })] })).toBe(shapeOf({ decisions: [shape('a')] }));
  expect(shapeOf({ decisions: [shape('b')] })).not.toBe(shapeOf({ decisions: [shape('a')] }));
  expect(shapingAnswers({ decisions: [shape(null), shape('b', { id: 'second' }), shape('x', { id: 'other', shapes: undefined })] })).toEqual({ second: 'b' });
  expect(changedMappings(proposal('a', 'a'), proposal('b', 'b'))).toEqual(['a', 'parts']);
});
