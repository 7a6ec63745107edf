import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryWatch } from './memory-watch.ts';

const MB = 1e6;

describe('the memory of a command', () => {
  test('is given back above the limit, with a pause of nine times what it took', () => {
    let collected = 0;
    const watch = createMemoryWatch(() => { collected += 1; return { rssBytes: 180 * MB, tookMs: 300 }; });
    expect([watch.look(244 * MB, 0), watch.look(246 * MB, 1_000), watch.look(280 * MB, 3_900), watch.look(280 * MB, 4_000)]).toEqual([false, true, false, true]);
    expect(collected).toBe(2);
  });

  test('is given back no oftener than twice a second, however quick it is', () => {
    const watch = createMemoryWatch(() => ({ rssBytes: 180 * MB, tookMs: 1 }));
    expect([watch.look(280 * MB, 0), watch.look(280 * MB, 490), watch.look(280 * MB, 510)]).toEqual([true, false, true]);
  });

  test('is not collected again and again where all of it is in use', () => {
    const watch = createMemoryWatch(() => ({ rssBytes: 270 * MB, tookMs: 100 }));
    expect([watch.look(280 * MB, 0), watch.look(284 * MB, 10_000), watch.look(286 * MB, 20_000)]).toEqual([true, false, true]);
  });

  test('costs at most a tenth of the time that passes, whatever the sizes', () => {
    fc.assert(fc.property(fc.array(fc.record({ rss: fc.integer({ min: 0, max: 1000 }), after: fc.integer({ min: 0, max: 1000 }), took: fc.integer({ min: 1, max: 2000 }), passed: fc.integer({ min: 0, max: 3000 }) }), { maxLength: 60 }), (looks) => {
      let [now, after, took, spent, last] = [0, 0, 0, 0, 0];
      const watch = createMemoryWatch(() => { spent += took; last = took; return { rssBytes: after * MB, tookMs: took }; });
      for (const one of looks) {
        [now, after, took] = [now + one.passed, one.after, one.took];
        if (watch.look(one.rss * MB, now)) now += took;
      }
      expect(spent - last).toBeLessThanOrEqual(now / 10);
    }));
  });
});
