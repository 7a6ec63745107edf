/** A number of 32 bits that depends on nothing but seed, topic and index: any record can be made again without anybody having kept it. */
export function hash(seed: number, topic: number, index: number): number {
  let mixed = Math.imul(index ^ Math.imul(seed, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(topic, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** The item of a list that a hash chooses. */
export function pick<T>(list: readonly T[], hashed: number): T {
  const chosen = list[hashed % list.length];
  if (chosen === undefined) throw new RangeError('pick() needs a list with at least one item');
  return chosen;
}

/** `value` modulo `size`, never negative. */
export const modulo = (value: number, size: number): number => ((value % size) + size) % size;

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/**
 * A shuffle of 0 … size − 1 that can be computed in both directions, so that neither 'whose event is this' nor 'which events has this
 * person' needs a list. Sizes up to 2²⁶.
 */
export class Shuffle {
  readonly size: number;
  readonly #factor: number;
  readonly #inverse: number;

  constructor(size: number, wanted: number) {
    this.size = size;
    let factor = Math.max(1, wanted % size);
    while (size > 1 && greatestCommonDivisor(factor, size) !== 1) factor += 1;
    this.#factor = factor;
    this.#inverse = inverseOf(factor, size);
  }

  /** Where a position goes. */
  to(position: number): number {
    return this.size === 0 ? 0 : Number((BigInt(modulo(position, this.size)) * BigInt(this.#factor)) % BigInt(this.size));
  }

  /** Which position came here. */
  from(place: number): number {
    return this.size === 0 ? 0 : Number((BigInt(modulo(place, this.size)) * BigInt(this.#inverse)) % BigInt(this.size));
  }
}

/** Extended Euclid: factor × inverse ≡ 1 (mod size). */
function inverseOf(factor: number, size: number): number {
  if (size <= 1) return 0;
  let [oldRest, rest, oldPart, part] = [factor, size, 1, 0];
  while (rest !== 0) {
    const quotient = Math.floor(oldRest / rest);
    [oldRest, rest] = [rest, oldRest - quotient * rest];
    [oldPart, part] = [part, oldPart - quotient * part];
  }
  return modulo(oldPart, size);
}
