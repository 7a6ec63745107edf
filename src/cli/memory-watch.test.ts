import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryWatch } from './memory-watch.ts';

const MB = 1e6;

describe('the memory of a command', () => {
  test('is given back above the limit, at most every three seconds', () => {
    let collected = 0;
    const watch = createMemoryWatch(() => { collected += 1; return 180 * MB; });
    expect([watch.look(244 * MB, 0), watch.look(246 * MB, 1_000), watch.look(280 * MB, 3_900), watch.look(280 * MB, 4_000)]).toEqual([false, true, false, true]);
    expect(collected).toBe(2);
  });

  test('is not collected again and again where all of it is in use', () => {
    const watch = createMemoryWatch(() => 270 * MB);
    expect([watch.look(280 * MB, 0), watch.look(284 * MB, 10_000), watch.look(286 * MB, 20_000)]).toEqual([true, false, true]);
  });

  test('costs at most a collection for every three seconds that pass, whatever the sizes', () => {
    fc.assert(fc.property(fc.array(fc.record({ rss: fc.integer({ min: 0, max: 1000 }), after: fc.integer({ min: 0, max: 1000 }), passed: fc.integer({ min: 0, max: 3000 }) }), { maxLength: 60 }), (looks) => {
      let [now, after, collected] = [0, 0, 0];
      const watch = createMemoryWatch(() => { collected += 1; return after * MB; });
      for (const one of looks) {
        [now, after] = [now + one.passed, one.after];
        watch.look(one.rss * MB, now);
      }
      expect(collected).toBeLessThanOrEqual(1 + now / 3_000);
    }));
  });
});
