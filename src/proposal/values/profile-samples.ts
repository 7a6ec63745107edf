import { detect } from './detect.ts';

/** What the samples of one field look like together. */
export interface ValueProfile {
  readonly count: number; // samples with a value
  readonly distinct: number;
  /** Fraction of the samples that look like a kind, weighted by how surely. */
  readonly kinds: ReadonlyMap<string, number>;
  readonly folded: ReadonlySet<string>; // distinct values, lower case, at most 50
  readonly norm: number; // length of `kinds` as a vector
}

/** More values than this say nothing more. */
const MAX_SAMPLES = 24;

const empty: ValueProfile = { count: 0, distinct: 0, kinds: new Map(), folded: new Set(), norm: 0 };

/** Profiles the samples of a field. Pure. */
export function profileSamples(samples: readonly string[]): ValueProfile {
  const values = samples.map((value) => value.trim()).filter((value) => value !== '').slice(0, MAX_SAMPLES);
  if (values.length === 0) return empty;
  const kinds = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  // Repeated values are counted with the root of their number, so that one common value does not speak for all.
  let total = 0;
  for (const [value, count] of counts) {
    const weight = Math.sqrt(count);
    total += weight;
    for (const [kind, sureness] of detect(value)) kinds.set(kind, (kinds.get(kind) ?? 0) + sureness * weight);
  }
  for (const [kind, sum] of kinds) kinds.set(kind, sum / total);
  const repeated = 1 - counts.size / values.length;
  if (values.length >= 5 && repeated >= 0.2 && !kinds.has('bool')) kinds.set('enum', Math.min(1, 0.4 + repeated));
  return { count: values.length, distinct: counts.size, kinds, folded: new Set([...counts.keys()].slice(0, 50).map((value) => value.toLowerCase())), norm: Math.sqrt([...kinds.values()].reduce((sum, share) => sum + share * share, 0)) };
}

/** Cosine of two profiles, 0..1; null where either has no samples. */
export function similarity(left: ValueProfile, right: ValueProfile): number | null {
  if (left.count === 0 || right.count === 0) return null;
  if (left.norm === 0 || right.norm === 0) return 0.3;
  let dot = 0;
  for (const [kind, share] of left.kinds) dot += share * (right.kinds.get(kind) ?? 0);
  return dot / (left.norm * right.norm);
}

/** Which of many profiles hold a value. */
export type ValueIndex = ReadonlyMap<string, readonly number[]>;

export function indexValues(profiles: readonly ValueProfile[]): ValueIndex {
  const index = new Map<string, number[]>();
  for (const [at, { folded }] of profiles.entries()) for (const value of folded) { const list = index.get(value); if (list === undefined) index.set(value, [at]); else list.push(at); }
  return index;
}

/** For each indexed profile, the share of the smaller side's distinct values that the other side has too. */
export function overlaps(own: ValueProfile, profiles: readonly ValueProfile[], index: ValueIndex): readonly number[] {
  const shared = profiles.map(() => 0);
  for (const value of own.folded) for (const at of index.get(value) ?? []) shared[at] = (shared[at] ?? 0) + 1;
  return shared.map((count, at) => (count === 0 ? 0 : count / Math.min(own.folded.size, profiles[at]?.folded.size ?? 1)));
}
