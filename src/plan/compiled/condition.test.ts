import { expect, test } from 'vitest';
import type { Json } from '../../connector/json.ts';
import type { Condition } from '../plan.ts';
import { compileCondition } from './condition.ts';
import { decisionValues } from './decision-values.ts';

const decision = (id: string, answer: string | null, recommendation: string | null = null) => ({ id, question: '?', options: [], recommendation, answer, reason: '' });
const decisions = decisionValues({ decisions: [decision('kind:Fair 2026', 'a'), decision('kind:Open', null), decision('kind:Advised', null, 'b'), decision('stage:Sales / Talks', 'won')] });
const meets = (condition: Condition, record: Record<string, Json>): boolean | Promise<boolean> => compileCondition(condition, decisions)({ record, links: {}, facts: {} });

test('one of several words, whatever their case and spaces', () => {
  const condition: Condition = { field: 'status', oneOf: ['lost', 'Przegrana'] };
  expect(['lost', ' LOST ', 'przegrana', 'won', '', null].map((status) => meets(condition, { status }))).toEqual([true, true, true, false, false, false]);
});

test('undecided: no decision, or one without an answer and a recommendation', () => {
  const condition: Condition = { undecided: 'kind', of: 'name' };
  expect(['fair  2026', 'Advised', 'Open', 'New', null].map((name) => meets(condition, { name }))).toEqual([false, false, true, true, true]);
});

test('a decision of several fields is named by all that are filled', () => {
  const condition: Condition = { decision: 'stage', of: ['pipeline', 'stage'], is: 'won' };
  expect([['Sales', 'talks'], ['', 'Talks'], ['Sales', '']].map(([pipeline = '', stage = '']) => meets(condition, { pipeline, stage }))).toEqual([true, false, false]);
  expect(meets({ undecided: 'stage', of: ['pipeline', 'stage'] }, { pipeline: 'Sales', stage: 'Talks' })).toBe(false);
});
