import { expect, test } from 'vitest';
import { acceptRecommendations, answer, isConfirmed, openDecisions, openLines } from './confirm.ts';
import { PlanError } from '../errors.ts';
import { exampleLine, exampleMapping, examplePlan } from '../example-plan.ts';
import type { Decision, Plan } from '../plan.ts';

const judged = { status: 'proposed' as const, confidence: 0.5, reason: '' };
const decision = (id: string, more: Partial<Decision> = {}): Decision => ({ id, question: `What about ${id}?`, options: [{ value: 'tag', label: 'Tag', effect: '' }, { value: 40, label: '40', effect: '' }], recommendation: 'tag', answer: null, reason: '', ...more });
const plan: Plan = examplePlan({
  decisions: [decision('list'), decision('rate', { recommendation: null, free: 'number' }), decision('done', { answer: 40 })],
  schema: [{ object: 'partner', name: 'x_a', label: 'A', type: 'text', ...judged }],
  mappings: [
    exampleMapping({ id: 'contacts', fields: [exampleLine('phone'), exampleLine('name', { status: 'confirmed' })], leftOut: [{ from: 'age', ...judged }] }),
    exampleMapping({ id: 'other', status: 'rejected' }),
  ],
});

test('names every open line; lines of a rejected mapping do not count', () => {
  expect(openLines(plan).map(({ description }) => description)).toEqual([
    'new field x_a on partner: proposed, not confirmed', 'mapping contacts: proposed, not confirmed',
    'mapping contacts, field phone: proposed, not confirmed', 'mapping contacts, left out age: proposed, not confirmed',
  ]);
  expect(openDecisions(plan).map(({ description }) => description)).toEqual(['decision list: open (What about list?)', 'decision rate: open (What about rate?); nothing speaks for either option, a person must choose']);
});

test('accepting recommendations leaves only what nobody could recommend', () => {
  const accepted = acceptRecommendations(plan);
  expect(openLines(accepted)).toEqual([]);
  expect(openDecisions(accepted).map(({ id }) => id)).toEqual(['rate']);
  expect(accepted.decisions.map((each) => each.answer)).toEqual(['tag', null, 40]);
  expect(accepted.mappings[1]?.status).toBe('rejected');
  expect(isConfirmed(accepted)).toBe(false);
  expect(isConfirmed(answer(accepted, { rate: 4.5 }))).toBe(true);
});

test('answers are taken as typed, and null opens a decision again', () => {
  expect(answer(plan, { list: 'tag', rate: '40', done: null }).decisions.map((each) => each.answer)).toEqual(['tag', 40, null]);
  expect(answer(plan, { rate: ' 4.35 ' }).decisions[1]?.answer).toBe(4.35);
});

test('wrong answers are all named, and nothing is changed', () => {
  const wrong = () => answer(plan, { lst: 'tag', list: 'pipeline', rate: 'much' });
  expect(wrong).toThrowError(PlanError);
  expect(wrong).toThrowError(expect.objectContaining({ code: 'invalid-answer', problems: [
    expect.objectContaining({ message: 'the plan has no decision "lst"', remedy: 'Did you mean "list"?' }),
    expect.objectContaining({ message: '"pipeline" is not an answer to decision "list"', remedy: 'Answer with one of tag, 40.' }),
    expect.objectContaining({ message: '"much" is not an answer to decision "rate"', remedy: 'Answer with one of tag, 40, or any other number.' }),
  ] }));
});
