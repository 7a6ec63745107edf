/** Works things out once: the second asker waits for the first one's result; a failure is forgotten. */
export class Memo {
  readonly #known = new Map<string, Promise<unknown>>();

  get<T>(key: string, work: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key);
    if (known !== undefined) return known as Promise<T>; // one key is always asked for with one kind of work
    const started = work();
    this.#known.set(key, started);
    started.catch(() => this.#known.delete(key));
    return started;
  }

  /** Lets go of a result: who asks again has it worked out again. */
  forget(key: string): void { this.#known.delete(key); }

  clear(): void { this.#known.clear(); }
}
