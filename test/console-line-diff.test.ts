import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clashes, differences } from '../console/src/line-diff.ts';

/** The left text with what differs put in. */
function applied(left: string, right: string): string {
  const lines = left.split('\n');
  for (const { left: from, right: to } of differences(left, right).toReversed()) lines.splice(from.at - 1, from.lines.length, ...to.lines);
  return lines.join('\n');
}

const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 }).map((lines) => lines.join('\n'));

describe('lines that differ', () => {
  test('lead from any text to any other, with the numbers of both', () => {
    fc.assert(fc.property(text, text, (left, right) => {
      expect(applied(left, right)).toBe(right);
      for (const { left: from, right: to } of differences(left, right)) {
        expect(left.split('\n').slice(from.at - 1, from.at - 1 + from.lines.length)).toEqual(from.lines);
        expect(right.split('\n').slice(to.at - 1, to.at - 1 + to.lines.length)).toEqual(to.lines);
      }
    }), { numRuns: 2_000 });
  });

  test('are only those: a changed, an added and a taken line among ten thousand', () => {
    const left = Array.from({ length: 10_000 }, (_, index) => `line ${index + 1}`);
    const right = left.with(99, 'changed').toSpliced(5_000, 0, 'added').toSpliced(9_000, 1);
    expect(differences(left.join('\n'), right.join('\n'))).toEqual([
      { left: { at: 100, lines: ['line 100'] }, right: { at: 100, lines: ['changed'] } },
      { left: { at: 5_001, lines: [] }, right: { at: 5_001, lines: ['added'] } },
      { left: { at: 9_000, lines: ['line 9000'] }, right: { at: 9_001, lines: [] } },
    ]);
  });

  test('of texts that have nothing in common are all lines', () => {
    const [left, right] = ['a', 'b'].map((name) => Array.from({ length: 3_000 }, (_, index) => `${name}${index}`).join('\n')) as [string, string];
    expect(applied(left, right)).toBe(right);
    expect(differences(left, right)).toHaveLength(1);
  });

  test('say who made them: they, I, or both', () => {
    const begun = ['one', 'two', 'three', 'four', 'five'];
    const newest = begun.with(0, 'ONE of them').with(2, 'three of them').toSpliced(4, 1);
    const mine = begun.with(2, 'three of mine').with(3, 'four of mine');
    expect(clashes({ begun: begun.join('\n'), newest: newest.join('\n'), mine: mine.join('\n') }).map(({ by, left, right }) => [by, left.lines, right.lines])).toEqual([
      ['them', ['ONE of them'], ['one']],
      ['both', ['three of them', 'four'], ['three of mine', 'four of mine', 'five']],
    ]);
    const apart = clashes({ begun: begun.join('\n'), newest: begun.with(0, 'theirs').join('\n'), mine: begun.with(4, 'mine').join('\n') });
    expect(apart.map(({ by, left }) => [by, left.at])).toEqual([['them', 1], ['me', 5]]);
  });
});
