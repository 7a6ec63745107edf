/** A stream of pseudo-random numbers that depends on nothing but its seed. */
export interface Random {
  /** 0 ≤ number < 1. */
  next(): number;
  /** Whole number, 0 ≤ n < limit. */
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
  chance(probability: number): boolean;
}

function mix(hash: number, value: number): number {
  let mixed = Math.imul(hash ^ value, 0x9e3779b1);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}

/**
 * The numbers of one record: any record can be made again from (seed, topic, index) alone, so that a deal can name the e-mail
 * of contact 171,003 without anybody having kept 200,000 contacts in memory.
 */
export function randomFor(seed: number, topic: string, index: number): Random {
  let state = mix(mix(hashText(topic), seed), index);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0; // mulberry32
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next, below,
    pick: <T>(list: readonly T[]): T => {
      const chosen = list[below(list.length)];
      if (chosen === undefined) throw new RangeError('pick() needs a list with at least one item');
      return chosen;
    },
    chance: (probability) => next() < probability,
  };
}
