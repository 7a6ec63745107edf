import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Resident size from which memory is given back: a run needs some 190 MB and is to stay below 300 (bench/memory.ts). */
const limitBytes = 245e6;
/** The next collection waits for so many times what the last one took: 60 to 500 ms, as busy as the machine is. No more than a tenth of the time goes into them. */
const pauseTimes = 9;
/** Garbage grows by 40 MB a second at most: looking for less than this pause gains nothing. Milliseconds. */
const leastPauseMs = 500;
/** A busy machine puts looks off: at 250 ms between them 200,000 contacts reached 314 MB while thirty processes waited for two cores. Milliseconds. */
const lookEveryMs = 100;
/** Where a collection leaves more than the limit, the next waits for so much growth. */
const growthBytes = 15e6;

/**
 * By how much of what is in use the heap may grow, in percent, before V8 collects it; left to itself it lets more garbage pile up:
 * 6,000 contacts took 280 MB and 113 s, with 25 % 248 MB and 123 s on the same busy machine; with 30 % 253 MB.
 */
const growthPercent = 30;

/** What a collection left, and how long it took. */
export interface Collected { readonly rssBytes: number; readonly tookMs: number }

export interface MemoryWatch {
  /** Looks once. @param rssBytes resident size now; @param nowMs a clock that only goes forward. @returns whether memory was given back */
  look(rssBytes: number, nowMs: number): boolean;
}

/**
 * Decides when a process gives back what V8 holds in reserve: between its collections it keeps half as much again as is in use,
 * 50 MB and more of a run's highest size.
 */
export function createMemoryWatch(collect: () => Collected): MemoryWatch {
  let [earliestMs, floor] = [Number.NEGATIVE_INFINITY, 0];
  return {
    look(rssBytes, nowMs) {
      if (rssBytes < Math.max(limitBytes, floor + growthBytes) || nowMs < earliestMs) return false;
      const collected = collect();
      floor = collected.rssBytes;
      earliestMs = nowMs + collected.tookMs + Math.max(leastPauseMs, pauseTimes * collected.tookMs);
      return true;
    },
  };
}

/** Watches this process until it ends; does not keep it alive. */
export function watchMemory(): void {
  setFlagsFromString('--expose-gc');
  setFlagsFromString(`--heap-growing-percent=${growthPercent}`);
  const collect = runInNewContext('gc') as (options: Readonly<Record<string, string>>) => void;
  const watch = createMemoryWatch(() => {
    // Only this flavour gives back what V8 holds in reserve: 190 MB were left of 240, against 250 of 265 with a plain one.
    const startedMs = performance.now();
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    return { rssBytes: process.memoryUsage.rss(), tookMs: performance.now() - startedMs };
  });
  setInterval(() => watch.look(process.memoryUsage.rss(), performance.now()), lookEveryMs).unref();
}
