import { Problem } from './problem.ts';
import type { Unknowns } from './unknowns.ts';

/** Calls of one second of the service's clock. */
export interface SecondUse { readonly second: number; used: number; refused: number }

/** The seconds that are kept for tests: more than a million people's ids and attributes need at ten a second. */
const keptSeconds = 5_000;
const dayMs = 86_400_000;

export interface RateLimitParams {
  readonly perSecond: number;
  readonly otherCallersPerSecond: number;
  readonly bodiesPerDay: number;
  readonly rateWindow: Unknowns['rateWindow'];
  readonly bodyDay: Unknowns['bodyDay'];
}

/** The limits of a workspace: so many calls a second for all its callers together, and a hundred archived bodies a day. Refused calls do not count. */
export class RateLimits {
  readonly seconds: SecondUse[] = [];
  /** 429 of an outside fault until then, by the clock. */
  blockedUntil = 0;
  readonly #params: RateLimitParams;
  #recent: number[] = [];
  #bodies: number[] = [];

  constructor(params: RateLimitParams) {
    this.#params = params;
  }

  /** Counts a call at `now`, milliseconds. @throws Problem 429 with Retry-After */
  take(now: number): void {
    const second = Math.floor(now / 1_000);
    let current = this.seconds.at(-1);
    if (current?.second !== second) {
      current = { second, used: 0, refused: 0 };
      this.seconds.push(current);
      if (this.seconds.length > keptSeconds) this.seconds.shift();
    }
    const limit = this.#params.perSecond - this.#params.otherCallersPerSecond;
    if (this.#params.rateWindow === 'sliding') this.#recent = this.#recent.filter((at) => at > now - 1_000);
    const used = this.#params.rateWindow === 'sliding' ? this.#recent.length : current.used;
    if (used >= limit || now < this.blockedUntil) {
      current.refused += 1;
      throw this.refusal(Math.max(1, Math.ceil((this.blockedUntil - now) / 1_000)));
    }
    current.used += 1;
    if (this.#params.rateWindow === 'sliding') this.#recent.push(now);
  }

  refusal(afterSeconds: number): Problem {
    return new Problem(429, `rate limited to ${this.#params.perSecond} requests per 1s (reference 01J00000000000000000000000)`, { headers: { 'Retry-After': String(afterSeconds) } });
  }

  /** Takes one of the day's bodies. @returns its headers @throws Problem 429 without Retry-After: waiting a little does not help */
  takeBody(now: number): { readonly [name: string]: string } {
    this.#bodies = this.#bodies.filter((at) => (this.#params.bodyDay === 'rolling' ? at > now - dayMs : Math.floor(at / dayMs) === Math.floor(now / dayMs)));
    const left = this.#params.bodiesPerDay - this.#bodies.length;
    const headers = { 'X-RateLimit-Limit': String(this.#params.bodiesPerDay), 'X-RateLimit-Remaining': String(Math.max(0, left - 1)) };
    if (left <= 0) throw new Problem(429, `rate limited to ${this.#params.bodiesPerDay} requests per 24h`, { headers });
    this.#bodies.push(now);
    return headers;
  }
}
