import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layOutObjects, overlap, type Pair } from '../console/src/parts/objects-layout.ts';
import type { PlanView } from '../src/server/schemas/plan.ts';

type Mapping = PlanView['mappings'][number];
const mapping = (id: string, source: string, destination: string, cardinality: Mapping['cardinality'] = 'merged', lossy = false): Mapping => ({ id, source, destination, phase: 'p', status: 'proposed', fields: 1, toReview: 0, lossy, cardinality });
const marksOf = (pair: Pair): string => (pair.mappings.length > 1 ? `${pair.mappings.length} × · n : 1` : 'n : 1');

test('marks of the picture do not touch, however many lines go into one object', () => {
  // As a help desk and a CRM have it: up to 12 objects on each side, up to 14 pairs.
  fc.assert(fc.property(fc.uniqueArray(fc.tuple(fc.nat(11), fc.nat(11)), { minLength: 1, maxLength: 14, selector: (pair) => pair.join() }), fc.constantFrom(560, 720), (pairs, width) => {
    const { marks } = layOutObjects({ mappings: pairs.map(([from, to], index) => mapping(`m${index}`, `source ${from}`, `destination ${to}`)), width, marksOf });
    expect(marks.length).toBe(pairs.length);
    const touching = marks.flatMap((one, index) => marks.slice(index + 1).filter((other) => overlap(one, other)).map((other) => [one, other]));
    expect(touching).toEqual([]);
  }), { numRuns: 300 });
});

test('mappings between the same two objects are one line with their number, dashed where one of them loses something', () => {
  const { lines, marks, height } = layOutObjects({ mappings: [mapping('a', 'message', 'part'), mapping('b', 'message', 'part', 'each', true), mapping('c', 'ticket', 'part')], width: 720, marksOf });
  expect(lines.map(({ pair }) => [pair.source, pair.mappings.map(({ id }) => id).join(), pair.lossy])).toEqual([['message', 'a,b', true], ['ticket', 'c', false]]);
  expect(marks.map(({ text }) => text)).toEqual(['2 × · n : 1', 'n : 1']);
  expect(height).toBe(2 * 26 + 8);
});

test('everything is inside the drawing', () => {
  const mappings = Array.from({ length: 12 }, (_, index) => mapping(`m${index}`, `s${index}`, `d${index % 3}`));
  const { width, height, box, sources, destinations, marks } = layOutObjects({ mappings, width: 560, marksOf });
  for (const { y } of [...sources, ...destinations]) expect(y - box.height / 2 >= 0 && y + box.height / 2 <= height).toBe(true);
  for (const { x, width: own } of marks) expect(x - own / 2 > 0 && x + own / 2 < width).toBe(true);
});
