import type { KeyLookup } from '../store/generated-table.ts';

/** Several records for each of many owners, in one sequence: where each owner's begin. */
export class Spans {
  readonly #starts: Uint32Array;
  #lastAt = -1;
  #lastOwner = -1;

  /** @param countOf how many the owner at this place has */
  constructor(owners: number, countOf: (owner: number) => number) {
    this.#starts = new Uint32Array(owners + 1);
    for (let owner = 0; owner < owners; owner += 1) this.#starts[owner + 1] = this.#starts[owner]! + countOf(owner);
  }

  get total(): number {
    return this.#starts.at(-1)!;
  }

  get owners(): number {
    return this.#starts.length - 1;
  }

  start(owner: number): number {
    return this.#starts[owner]!;
  }

  count(owner: number): number {
    return this.#starts[owner + 1]! - this.#starts[owner]!;
  }

  /** Who owns the record at this place of the sequence. */
  ownerOf(at: number): number {
    // A row asks for its owner once per column.
    if (at === this.#lastAt) return this.#lastOwner;
    let low = 0;
    let high = this.owners - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    this.#lastAt = at;
    this.#lastOwner = low;
    return low;
  }

  /** Finds the records of an owner by its id. @param first id of the first record; `firstOwner` of the first owner */
  lookup(first: number, firstOwner: number, ownerOfKey: (key: string | number) => number | null = (key) => (typeof key === 'number' ? key : null)): KeyLookup {
    const place = (key: string | number): number | null => {
      const id = ownerOfKey(key);
      const at = id === null ? -1 : id - firstOwner;
      return at >= 0 && at < this.owners ? at : null;
    };
    return {
      count: (key) => {
        const at = place(key);
        return at === null ? 0 : this.count(at);
      },
      ids: (key) => {
        const at = place(key);
        return at === null ? [] : Array.from({ length: this.count(at) }, (_none, more) => first + this.start(at) + more);
      },
    };
  }
}

/** Finds all records of a sequence by the one value they share. */
export function sharedKey(value: string, first: number, count: number): KeyLookup {
  return { count: (key) => (key === value ? count : 0), ids: (key) => (key === value ? Array.from({ length: count }, (_none, at) => first + at) : []) };
}
