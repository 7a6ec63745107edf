import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allot } from './allot.ts';

describe('places of a spot check', () => {
  it('add up, never exceed a group, and leave no group out where there is room', () => {
    fc.assert(fc.property(fc.dictionary(fc.string({ minLength: 1, maxLength: 3 }), fc.nat(500), { maxKeys: 12 }), fc.integer({ min: 0, max: 60 }), (sizes, count) => {
      const groups = new Map(Object.entries(sizes));
      const filled = [...groups].filter(([, size]) => size > 0);
      const places = allot(groups, count);
      const total = filled.reduce((sum, [, size]) => sum + size, 0);
      expect([...places.values()].reduce((sum, one) => sum + one, 0)).toBe(Math.min(count, total));
      for (const [name, places_] of places) expect(places_).toBeLessThanOrEqual(groups.get(name) ?? 0);
      if (count >= filled.length) for (const [name] of filled) expect(places.get(name) ?? 0).toBeGreaterThanOrEqual(1);
    }));
  });

  it('go to the larger groups first', () => {
    expect([...allot(new Map([['notes', 900], ['deals', 90], ['stages', 5]]), 30)]).toEqual([['notes', 26], ['deals', 3], ['stages', 1]]);
    expect([...allot(new Map([['notes', 900], ['deals', 90]]), 1)]).toEqual([['notes', 1]]);
  });
});
