type Pair = readonly [number, number];

const words = 4; // key (2), value (2)

/**
 * Remembers one 64-bit value for each 64-bit key in a flat table of numbers: 16 bytes a slot, at most two thirds full
 * (24 to 48 bytes an entry), so that messages can be tied into threads without holding their ids.
 */
export class PairTable {
  #table = new Uint32Array(1024 * words);
  #size = 0;

  get size(): number { return this.#size; }

  /** Keeps the first value of a key; later ones change nothing, so that repeated messages do not. The key 0:0 is not kept. */
  add(key: Pair, value: Pair): void {
    if (key[0] === 0 && key[1] === 0) return;
    if ((this.#size + 1) * 3 > (this.#table.length / words) * 2) this.#grow();
    const at = this.#find(this.#table, key);
    if (this.#taken(this.#table, at)) return;
    this.#table.set([key[0], key[1], value[0], value[1]], at);
    this.#size += 1;
  }

  get(key: Pair): Pair | null {
    const at = this.#find(this.#table, key);
    return this.#taken(this.#table, at) ? [this.#table[at + 2] ?? 0, this.#table[at + 3] ?? 0] : null;
  }

  #taken(table: Uint32Array, at: number): boolean {
    return table[at] !== 0 || table[at + 1] !== 0;
  }

  #find(table: Uint32Array, key: Pair): number {
    const slots = table.length / words;
    let slot = key[0] % slots;
    for (;;) {
      const at = slot * words;
      if (!this.#taken(table, at) || (table[at] === key[0] && table[at + 1] === key[1])) return at;
      slot = slot + 1 === slots ? 0 : slot + 1;
    }
  }

  #grow(): void {
    const larger = new Uint32Array(this.#table.length * 2);
    for (let at = 0; at < this.#table.length; at += words) {
      if (!this.#taken(this.#table, at)) continue;
      const entry = this.#table.subarray(at, at + words);
      larger.set(entry, this.#find(larger, [entry[0] ?? 0, entry[1] ?? 0]));
    }
    this.#table = larger;
  }
}
