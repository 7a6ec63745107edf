/**
 * Random numbers by name instead of in a row: the same seed, kind and place always give the same number, so that any record can be made
 * without those before it.
 */
export class Dice {
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = mix(seed | 0, 0x9e3779b9);
  }

  /** 32 bits. */
  bits(kind: number, at: number, more = 0): number {
    return mix(mix(mix(this.#seed, kind), at), more);
  }

  /** 0 ≤ n < 1 */
  unit(kind: number, at: number, more = 0): number {
    return this.bits(kind, at, more) / 4_294_967_296;
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number, kind: number, at: number, more = 0): number {
    return Math.floor(this.unit(kind, at, more) * limit);
  }

  pick<T>(list: readonly T[], kind: number, at: number, more = 0): T {
    return list[this.below(list.length, kind, at, more)]!;
  }

  chance(probability: number, kind: number, at: number, more = 0): boolean {
    return this.unit(kind, at, more) < probability;
  }
}

/** The finisher of MurmurHash3 over two numbers. */
function mix(a: number, b: number): number {
  let hash = (a ^ Math.imul(b + 0x7ed55d16, 0x85ebca6b)) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
