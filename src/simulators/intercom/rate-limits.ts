import { Problem } from './problem.ts';

const windowMs = 10_000;

/** Use of one window of ten seconds. */
export interface WindowUse { readonly startsAt: number; readonly limit: number; used: number; refused: number }

export interface RateLimitParams {
  readonly appPerMinute: number;
  readonly workspacePerMinute: number;
  readonly otherAppsPerMinute: number;
}

/**
 * The limits of an app and of its workspace: so many calls a minute, spread over fixed windows of ten seconds (1,000 a minute = 167 in ten
 * seconds). The header tells the window's limit. Refused calls do not count against it.
 */
export class RateLimits {
  readonly windows: WindowUse[] = [];
  readonly #params: RateLimitParams;

  constructor(params: RateLimitParams) {
    this.#params = params;
  }

  get limit(): number {
    return Math.round(this.#params.appPerMinute / 6);
  }

  /** Counts a call. @returns the headers that every authenticated answer carries @throws Problem 429 */
  take(now: number): { readonly [name: string]: string } {
    const startsAt = Math.floor(now / windowMs) * windowMs;
    let current = this.windows.at(-1);
    if (current?.startsAt !== startsAt) {
      current = { startsAt, limit: this.limit, used: 0, refused: 0 };
      this.windows.push(current);
    }
    const others = Math.round(this.#params.otherAppsPerMinute / 6 * ((now - startsAt) / windowMs));
    const workspaceLimit = Math.round(this.#params.workspacePerMinute / 6);
    const [ownLeft, workspaceLeft] = [this.limit - current.used, workspaceLimit - others - current.used];
    const left = Math.min(ownLeft, workspaceLeft);
    const headers = (remaining: number): { readonly [name: string]: string } => ({
      'X-RateLimit-Limit': String(this.limit), 'X-RateLimit-Remaining': String(Math.max(0, remaining)), 'X-RateLimit-Reset': String(Math.ceil((startsAt + windowMs) / 1_000)),
    });
    if (left <= 0) {
      current.refused += 1;
      throw new Problem(429, 'rate_limit_exceeded', `Exceeded rate limit of ${ownLeft <= 0 ? this.limit : workspaceLimit} in 10_seconds`, { headers: headers(0) });
    }
    current.used += 1;
    return headers(left - 1);
  }
}
