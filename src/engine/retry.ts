import { setTimeout as pause } from 'node:timers/promises';
import type { DestinationConnection } from '../connector/destination.ts';
import { RateLimitedError, RetriableError } from '../connector/errors.ts';

/** Attempts of one call before the batch gives up and the run is interrupted: with doubling from 0.5 s that is about a minute. */
const MAX_ATTEMPTS = 8;

/** Doubling from 500 ms to 30 s. */
export function defaultBackoffMs(attempt: number): number {
  return Math.min(30_000, 500 * 2 ** (attempt - 1));
}

/** Pause in milliseconds before the next attempt; null = there is to be none. */
export function waitBefore(error: unknown, attempt: number, backoffMs: (attempt: number) => number): number | null {
  if (attempt >= MAX_ATTEMPTS) return null;
  return error instanceof RateLimitedError ? error.retryAfterMs : error instanceof RetriableError ? backoffMs(attempt) : null;
}

/**
 * Repeats a call that was certainly not carried out (RetriableError, RateLimitedError); every other error passes through.
 * @throws the last error when all attempts failed.
 */
export async function withRetries<T>(params: Readonly<{ call: () => Promise<T>; backoffMs: (attempt: number) => number; signal: AbortSignal }>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await params.call();
    } catch (error) {
      const waitMs = waitBefore(error, attempt, params.backoffMs);
      if (waitMs === null) throw error;
      await pause(waitMs, undefined, { signal: params.signal });
    }
  }
}

/**
 * The connection with repeated look-arounds: those that no step repeats by itself. A server that restarts, or a proxy with a
 * hiccup, must not interrupt a run because it was only being counted.
 */
export function withRetriedReads(connection: DestinationConnection, pace: Readonly<{ backoffMs: (attempt: number) => number; signal: AbortSignal }>): DestinationConnection {
  const repeated = <Request, Answer>(read: (request: Request) => Promise<Answer>) => (request: Request): Promise<Answer> => withRetries({ call: () => read(request), ...pace });
  return {
    ...connection,
    discover: repeated((request) => connection.discover(request)), fields: repeated((request) => connection.fields(request)), match: repeated((request) => connection.match(request)),
    count: repeated((request) => connection.count(request)), fingerprint: repeated((request) => connection.fingerprint(request)),
  };
}
