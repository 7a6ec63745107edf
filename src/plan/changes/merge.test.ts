import { expect, test } from 'vitest';
import { diffPlans } from './diff.ts';
import { exampleLine, exampleMapping, examplePlan } from '../example-plan.ts';
import { keepPersonsEdits } from './merge.ts';
import type { Decision, FieldLine, Plan } from '../plan.ts';

const judged = { status: 'proposed' as const, confidence: 0.5, reason: 'r' };
const withLines = (fields: FieldLine[], more: Partial<Plan> = {}, leftOut: Plan['mappings'][number]['leftOut'] = []) => examplePlan({ mappings: [exampleMapping({ fields, leftOut })], ...more });
const linesOf = (plan: Plan) => plan.mappings[0]?.fields ?? [];
const decision = (id: string, more: Partial<Decision> = {}): Decision => ({ id, question: '?', options: [{ value: 'a', label: '', effect: '' }, { value: 'b', label: '', effect: '' }], recommendation: 'a', answer: null, reason: '', ...more });

test('confirmed, rejected and edited lines of a person outlive a new proposal', () => {
  const previous = withLines([
    exampleLine('a', { status: 'confirmed', from: 'mine' }), exampleLine('b', { status: 'rejected' }), exampleLine('c', { transforms: ['upper'] }),
    exampleLine('d', { transforms: ['trim'], reason: 'written by an older proposer' }), exampleLine('gone', { status: 'confirmed' }), exampleLine('vanished'),
  ]);
  const proposed = withLines([exampleLine('a'), exampleLine('b'), exampleLine('c', { transforms: ['lower'], confidence: 0.1 }), exampleLine('d', { transforms: ['lower'] }), exampleLine('new')]);
  expect(linesOf(keepPersonsEdits(previous, proposed)).map(({ to, from, status, transforms }) => [to, from, status, transforms?.[0]])).toEqual([
    ['a', 'mine', 'confirmed', undefined], ['b', 'b', 'rejected', undefined], ['c', 'c', 'proposed', 'upper'], ['d', 'd', 'proposed', 'lower'], ['new', 'new', 'proposed', undefined], ['gone', 'gone', 'confirmed', undefined],
  ]);
});

test('a column that a person mapped is not left out again', () => {
  const previous = withLines([exampleLine('a', { from: 'age', status: 'confirmed' })]);
  const proposed = withLines([], {}, [{ from: 'age', ...judged }, { from: 'other', ...judged }]);
  expect(keepPersonsEdits(previous, proposed).mappings[0]?.leftOut.map(({ from }) => from)).toEqual(['other']);
});

test('answers stay where they are still allowed; decisions that kept lines need stay too', () => {
  const previous = withLines([exampleLine('a', { status: 'confirmed', transforms: [{ decision: 'used' }] })], { decisions: [decision('x', { answer: 'b' }), decision('y', { answer: 'b' }), decision('used', { answer: 'a' }), decision('unused', { answer: 'a' })] });
  const proposed = withLines([], { decisions: [decision('x'), decision('y', { options: [{ value: 'a', label: '', effect: '' }] }), decision('z')] });
  expect(keepPersonsEdits(previous, proposed).decisions.map(({ id, answer }) => [id, answer])).toEqual([['x', 'b'], ['y', null], ['z', null], ['used', 'a']]);
});

test('proposing the same again changes nothing that a person did', () => {
  const proposed = withLines([exampleLine('a'), exampleLine('b')], { decisions: [decision('x')], schema: [{ object: 'partner', name: 'x_a', label: 'A', type: 'text', ...judged }] });
  const edited = withLines([exampleLine('a', { status: 'confirmed' }), exampleLine('b', { constant: 'x', from: 'b' })], { decisions: [decision('x', { answer: 'b' })], schema: [{ object: 'partner', name: 'x_a', label: 'A', type: 'longText', ...judged, status: 'confirmed' }] });
  expect(keepPersonsEdits(edited, proposed)).toEqual(edited);
});

test('a mapping that a person settled keeps its own head', () => {
  const previous = examplePlan({ mappings: [exampleMapping({ status: 'rejected' }), exampleMapping({ id: 'mine', status: 'confirmed', phase: 'people' })] });
  expect(keepPersonsEdits(previous, examplePlan()).mappings.map(({ id, status }) => [id, status])).toEqual([['people', 'rejected'], ['mine', 'confirmed']]);
});

test('differences are told in words and as data; remarks and layout do not count', () => {
  const before = withLines([exampleLine('a'), exampleLine('b', { transforms: ['trim'] }), exampleLine('c')], { decisions: [decision('x')] });
  const after = withLines([exampleLine('b', { status: 'confirmed', transforms: ['lower'], confidence: 0.1, reason: 'other', evidence: ['x'] }), exampleLine('a'), exampleLine('d')], { decisions: [decision('x', { answer: 'b' })] });
  expect(diffPlans(before, after).map(({ words }) => words)).toEqual([
    'decision x: answer changed from open to "b"',
    'mapping people, field b: status changed from "proposed" to "confirmed"',
    'mapping people, field b: transforms changed from "["trim"]" to "["lower"]"',
    'mapping people, field d: added',
    'mapping people, field c: removed',
    'mapping people, fields: order changed',
  ]);
  expect(diffPlans(before, after)[0]).toEqual({ kind: 'changed', path: 'decision x', key: 'answer', before: null, after: 'b', words: expect.any(String) });
  expect(diffPlans(before, { ...before, project: 'other' })).toMatchObject([{ path: 'plan', key: 'project', words: 'plan: project changed from "acme" to "other"' }]);
  expect(diffPlans(before, structuredClone(before))).toEqual([]);
});

test('a column that a person gave to another field stays there, confirmed or not, and gets no new field beside it', () => {
  const region = (to: string, more: Partial<FieldLine> = {}): FieldLine => exampleLine(to, { from: 'Region', reason: 'no field corresponds', ...more });
  const proposed = withLines([region('x_region'), exampleLine('a')], { schema: [{ object: 'partner', name: 'x_region', label: 'Region', type: 'text', ...judged }] });
  for (const status of ['proposed', 'confirmed'] as const) {
    const merged = keepPersonsEdits(withLines([region('ref', { status }), exampleLine('a')]), proposed);
    expect(linesOf(merged).map(({ to, from }) => `${to} from ${String(from)}`).toSorted((left, right) => (left < right ? -1 : 1))).toEqual(['a from a', 'ref from Region']);
    expect(merged.schema).toEqual([]);
    expect(keepPersonsEdits(merged, proposed)).toEqual(merged);
  }
  // Another reason: the proposer itself thought otherwise before.
  expect(linesOf(keepPersonsEdits(withLines([region('ref', { reason: 'older' })]), proposed)).map(({ to }) => to)).toEqual(['x_region', 'a']);
});
