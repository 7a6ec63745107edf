import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Resident size from which memory is given back: a run needs some 190 MB and is to stay below 300 (bench/memory.ts). */
const limitBytes = 245e6;
/** A thorough collection takes 200 to 500 ms on a busy machine: at most every so often. Milliseconds. */
const pauseMs = 3_000;
/** A busy machine puts looks off: at 250 ms between them 200,000 contacts reached 314 MB while thirty processes waited for two cores. Milliseconds. */
const lookEveryMs = 100;
/** Where a collection leaves more than the limit, the next waits for so much growth. */
const growthBytes = 15e6;

/**
 * By how much of what is in use the heap may grow, in percent, before V8 collects it; left to itself it lets more garbage pile up:
 * 6,000 contacts took 280 MB and 113 s, with 25 % 248 MB and 123 s on the same busy machine; with 30 % 253 MB.
 */
const growthPercent = 30;

export interface MemoryWatch {
  /** Looks once. @param rssBytes resident size now; @param nowMs a clock that only goes forward. @returns whether memory was given back */
  look(rssBytes: number, nowMs: number): boolean;
}

/**
 * Decides when a process gives back what V8 holds in reserve: between its collections it keeps half as much again as is in use,
 * 50 MB and more of a run's highest size.
 * @param collect gives back, and says the resident size after it in bytes
 */
export function createMemoryWatch(collect: () => number): MemoryWatch {
  let [lastMs, floor] = [Number.NEGATIVE_INFINITY, 0];
  return {
    look(rssBytes, nowMs) {
      if (rssBytes < Math.max(limitBytes, floor + growthBytes) || nowMs - lastMs < pauseMs) return false;
      lastMs = nowMs;
      floor = collect();
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
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    return process.memoryUsage.rss();
  });
  setInterval(() => watch.look(process.memoryUsage.rss(), performance.now()), lookEveryMs).unref();
}
