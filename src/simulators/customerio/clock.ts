/** The simulated service's time. Clients under test may sleep by it, so that minutes of waiting pass in moments. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves once so much of this clock's time has passed. */
  sleep(ms: number): Promise<void>;
}

/** The machine's own. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => { setTimeout(resolve, ms).unref(); }),
};

interface Sleeper { readonly at: number; readonly wake: () => void }

/**
 * A clock that stands still while anybody works and jumps when all sleep: whenever nothing has happened for `idleMs` of real time and
 * somebody sleeps, it goes to the earliest sleeper's end. Whoever works in between says so by `touch` (the simulator does at every request).
 * Work that takes longer than `idleMs` between two requests, as with a database behind the client, needs a larger one, or time runs ahead of it.
 * States: standing → jumping (idle, sleepers) → standing; `stop` ends it and wakes everybody.
 */
export class VirtualClock implements Clock {
  #now: number;
  #sleepers: Sleeper[] = [];
  #idle: NodeJS.Timeout | null = null;
  #stopped = false;
  readonly #idleMs: number;

  constructor(start: number, idleMs = 4) {
    this.#now = start;
    this.#idleMs = idleMs;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      this.#sleepers.push({ at: this.#now + Math.max(0, ms), wake: resolve });
      this.touch();
    });
  }

  /** Moves on by hand; whoever's sleep ends meanwhile wakes in order. */
  advance(ms: number): void {
    const target = this.#now + ms;
    for (;;) {
      const next = this.#earliest();
      if (next === null || next.at > target) break;
      this.#wake(next.at);
    }
    this.#now = target;
    this.touch();
  }

  /** Somebody works: the clock waits a little longer before it jumps. */
  touch(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    if (this.#stopped || this.#sleepers.length === 0) return;
    this.#idle = setTimeout(() => {
      const next = this.#earliest();
      if (next !== null) this.#wake(next.at);
      this.touch();
    }, this.#idleMs);
  }

  stop(): void {
    this.#stopped = true;
    if (this.#idle !== null) clearTimeout(this.#idle);
    for (const { wake } of this.#sleepers.splice(0)) wake();
  }

  #earliest(): Sleeper | null {
    return this.#sleepers.reduce<Sleeper | null>((first, one) => (first === null || one.at < first.at ? one : first), null);
  }

  #wake(at: number): void {
    this.#now = Math.max(this.#now, at);
    const due = this.#sleepers.filter((sleeper) => sleeper.at <= this.#now);
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.at > this.#now);
    for (const { wake } of due) wake();
  }
}
