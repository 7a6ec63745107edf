import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assign } from './assign.ts';
import type { ScoredRow } from './score.ts';

const row = (odds: readonly number[], none: number, joins: readonly boolean[]): ScoredRow => {
  const total = odds.reduce((sum, each) => sum + each, none);
  return { pairs: odds.map((_, at) => ({ features: [], meaning: 0, through: -1, joins: joins[at] === true })), noneEvidence: [], probabilities: odds.map((each) => each / total), none: none / total };
};
const rows = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 12 })).chain(([width, height]) => fc.tuple(fc.array(fc.boolean(), { minLength: width, maxLength: width }), fc.array(fc.tuple(fc.array(fc.double({ min: 0.001, max: 10, noNaN: true }), { minLength: width, maxLength: width }), fc.double({ min: 0.001, max: 10, noNaN: true })), { minLength: height, maxLength: height })))
  .map(([joins, all]) => ({ joins, given: all.map(([odds, none]) => row(odds, none, joins)) }));

test('a destination field goes to one source field, unless it takes several', () => {
  fc.assert(fc.property(rows, ({ joins, given }) => {
    const targets = assign(given).map(({ target }) => target).filter((target) => target !== null && !(joins[target] ?? false));
    expect(new Set(targets).size).toBe(targets.length);
  }));
});

test('every source field gets an answer with a probability, and never one that "none" beats', () => {
  fc.assert(fc.property(rows, ({ given }) => {
    const assigned = assign(given);
    expect(assigned).toHaveLength(given.length);
    for (const [at, { target, probability }] of assigned.entries()) {
      expect(probability).toBeGreaterThanOrEqual(0);
      expect(probability).toBeLessThanOrEqual(1 + 1e-9);
      if (target !== null) expect(probability).toBeGreaterThan(given[at]?.none ?? 1);
    }
  }));
});

test('the surest takes the place; who loses it takes the next best or none', () => {
  const [first, second, third] = assign([row([5, 4], 1, []), row([50, 0.1], 1, []), row([9, 0.1], 1, [])]);
  expect(second).toMatchObject({ target: 0 });
  expect(first).toMatchObject({ target: null });
  expect(third).toMatchObject({ target: null });
  expect(assign([row([5, 9], 1, []), row([50, 8], 1, [])]).map(({ target }) => target)).toEqual([1, 0]);
  expect(assign([row([5], 1, [true]), row([50], 1, [true])]).map(({ target }) => target)).toEqual([0, 0]);
});
