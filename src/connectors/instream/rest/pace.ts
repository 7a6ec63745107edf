import { setTimeout as sleep } from 'node:timers/promises';

/** Lets calls go out no faster than so many a second and no more than so many at once. */
export class Pace {
  readonly #intervalMs: number;
  readonly #signal: AbortSignal;
  #free: number;
  readonly #waiting: (() => void)[] = [];
  #next = 0;

  constructor(rate: { readonly perSecond: number; readonly concurrency: number }, signal: AbortSignal) {
    this.#intervalMs = 1000 / rate.perSecond;
    this.#free = rate.concurrency;
    this.#signal = signal;
  }

  async run<T>(call: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => { this.#waiting.push(resolve); });
    try {
      const now = Date.now();
      const at = Math.max(now, this.#next);
      this.#next = at + this.#intervalMs;
      if (at > now) await sleep(at - now, undefined, { signal: this.#signal });
      return await call();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }

  /** Nothing goes out before so many milliseconds have passed. */
  hold(milliseconds: number): void {
    this.#next = Math.max(this.#next, Date.now() + milliseconds);
  }
}
