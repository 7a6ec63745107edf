/** Wrong passwords within a quarter of an hour: for one account, and from one address, behind which a whole office may sit. */
export const mostOfAccount = 10;
export const mostOfAddress = 50;
const windowMs = 15 * 60_000;
/** Names remembered at once: beyond it the oldest is forgotten, so that made-up addresses fill no memory. */
const mostNames = 10_000;

/** Who is counted, and how many wrong ones are too many. */
export interface Counted { readonly name: string; readonly most: number }

/** Counts wrong passwords by account and by client address. Kept in memory: a restart forgives. */
export class SignInLimit {
  readonly #failures = new Map<string, number[]>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Seconds until the next try is allowed; 0 = now. */
  waitSeconds(counted: readonly Counted[]): number {
    return Math.max(0, ...counted.map(({ name, most }) => {
      const oldest = this.#recent(name).at(-most);
      return oldest === undefined ? 0 : Math.ceil((oldest + windowMs - this.#now()) / 1000);
    }));
  }

  failed(counted: readonly Counted[]): void {
    for (const { name } of counted) {
      this.#failures.set(name, [...this.#recent(name), this.#now()]);
      const [first] = this.#failures.keys();
      if (this.#failures.size > mostNames && first !== undefined) this.#failures.delete(first);
    }
  }

  succeeded(counted: readonly Counted[]): void {
    for (const { name } of counted) this.#failures.delete(name);
  }

  #recent(name: string): number[] {
    return (this.#failures.get(name) ?? []).filter((at) => at > this.#now() - windowMs).slice(-mostOfAddress);
  }
}
