import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createServerClock } from './server-clock.ts';

const dateOf = (ms: number): string => new Date(Math.floor(ms / 1000) * 1000).toUTCString();

describe('the clock of the server', () => {
  test('is never taken to be ahead of what it is, and after a second of answers it is known to some tens of milliseconds', () => {
    fc.assert(fc.property(fc.integer({ min: -5_000_000, max: 5_000_000 }), fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 40 }), (ahead, phase, latency) => {
      const clock = createServerClock();
      const begun = Date.UTC(2026, 0, 1) + phase;
      for (let at = begun; at <= begun + 1_500; at += 59) {
        clock.note(dateOf(at + ahead), at + latency);
        expect(clock.now(at + latency)).toBeLessThanOrEqual(at + latency + ahead);
      }
      expect(begun + 1_600 + ahead - clock.now(begun + 1_600)).toBeLessThan(59 + latency + 5);
    }), { numRuns: 200 });
  });

  test('is this machine\'s where answers have no date', () => {
    const clock = createServerClock();
    clock.note(null, 1000);
    clock.note('some day', 1000);
    expect(clock.now(5000)).toBe(5000);
  });
});
