import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inLanes } from './in-lanes.ts';
import type { Placed } from './in-turns.ts';

const placed = (...parents: readonly string[]): Placed<number>[] => parents.map((own, record) => ({ record, place: 0, parents: Array.from(own) }));
const numbers = (lanes: readonly (readonly Placed<number>[])[]): number[][] => lanes.map((lane) => lane.map(({ record }) => record));

test('what shares a parent, at once or over another record, is in one lane', () => {
  expect(numbers(inLanes(placed('a', 'b', 'ac', 'c', 'b'), 2))).toEqual([[0, 2, 3], [1, 4]]);
});

test('one lane holds all as they come, and nothing makes no lane', () => {
  expect(numbers(inLanes(placed('a', 'b'), 1))).toEqual([[0, 1]]);
  expect([inLanes([], 1), inLanes([], 3)]).toEqual([[], []]);
});

test('nothing is lost or doubled, no parent is in two lanes, and each lane keeps the order', () => {
  const parents = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 3 });
  fc.assert(fc.property(fc.array(parents, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (records, count) => {
    const lanes = inLanes(records.map((own, record): Placed<number> => ({ record, place: 0, parents: own })), count);
    expect(lanes.length).toBeLessThanOrEqual(count);
    expect(lanes.flat().map(({ record }) => record).toSorted((left, right) => left - right)).toEqual(records.map((_, index) => index));
    for (const lane of lanes) expect(lane.map(({ record }) => record)).toEqual(lane.map(({ record }) => record).toSorted((left, right) => left - right));
    for (const parent of 'abcdefgh') expect(lanes.filter((lane) => lane.some((one) => one.parents?.includes(parent))).length).toBeLessThanOrEqual(1);
  }));
});

test('records without a parent in common are shared out evenly', () => {
  const lanes = inLanes(Array.from({ length: 101 }, (_, record): Placed<number> => ({ record, place: 0, parents: [`p${record % 33}`] })), 2);
  expect(Math.abs((lanes[0]?.length ?? 0) - (lanes[1]?.length ?? 0))).toBeLessThanOrEqual(4);
});
