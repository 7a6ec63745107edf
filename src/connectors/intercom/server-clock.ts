/** What a machine knows of the clock of the server that it talks to. */
export interface ServerClock {
  /** Notes the `Date` of an answer. @param nowMs this machine's time at which it came */
  note(date: string | null, nowMs: number): void;
  /** The server's time in milliseconds since 1970, never later than it is; this machine's own where no answer had a date. */
  now(nowMs: number): number;
}

/** How much of the estimate is given up with every answer, in milliseconds: two clocks that drift apart are followed. */
const DRIFT_MS = 0.05;

/**
 * Dates of answers have whole seconds, windows of a rate limit have ten: read by one date alone, up to a tenth of each window would
 * be waited away. A date is cut off and comes late, so each is a lower bound of the server's clock, and the greatest of many is
 * close to it: with 17 answers a second some 60 ms.
 */
export function createServerClock(): ServerClock {
  let ahead: number | null = null; // of the server, before this machine
  return {
    note(date, nowMs) {
      const stated = Date.parse(date ?? '');
      if (Number.isNaN(stated)) return;
      ahead = ahead === null ? stated - nowMs : Math.max(ahead - DRIFT_MS, stated - nowMs);
    },
    now: (nowMs) => nowMs + (ahead ?? 0),
  };
}
