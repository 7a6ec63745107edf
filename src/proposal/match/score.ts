import type { ObjectShares } from '../concepts/recognise.ts';
import { addRivals, noneFeatures, pairOf } from './features.ts';
import type { Pair } from './features.ts';
import { indexTexts, likenesses } from './similarity.ts';
import type { NameLikeness } from './similarity.ts';
import { indexValues, overlaps } from '../values/profile-samples.ts';
import type { UnderstoodField, UnderstoodTarget } from './understand.ts';
import { weights as fitted } from './weights.ts';

export interface Weights { readonly pair: readonly number[]; readonly none: readonly number[] }

/** One source field against all destination fields. */
export interface ScoredRow {
  readonly pairs: readonly Pair[];
  readonly noneEvidence: readonly number[];
  /** Probability of each destination field, and of none; together 1. */
  readonly probabilities: readonly number[];
  readonly none: number;
}

const dot = (weights: readonly number[], features: readonly number[]): number => {
  let sum = 0;
  for (let at = 0; at < weights.length; at += 1) sum += (weights[at] ?? 0) * (features[at] ?? 0);
  return sum;
};

/** The evidence for all pairs. Quadratic in the number of fields; the caller bounds it. */
export function evidence(sources: readonly UnderstoodField[], targets: readonly UnderstoodTarget[], shares: ObjectShares): readonly { readonly pairs: readonly Pair[]; readonly noneEvidence: readonly number[] }[] {
  const index = indexTexts(targets.map(({ texts }) => texts));
  const nothing: NameLikeness = { atoms: 0, letters: 0, same: false };
  const profiles = targets.map(({ profile }) => profile);
  const values = indexValues(profiles);
  const pairs = sources.map((source) => {
    const names = likenesses(source.texts, index);
    const shared = overlaps(source.profile, profiles, values);
    return targets.map((target, at) => pairOf({ source, target, shares, names: names[at] ?? nothing, overlap: shared[at] ?? 0 }));
  });
  addRivals(sources, pairs);
  return sources.map((source, at) => ({ pairs: pairs[at] ?? [], noneEvidence: noneFeatures(source, pairs[at] ?? []) }));
}

/** Conditional logit: each destination field and "none" are the choices of one source field. */
export function scoreRow(row: { readonly pairs: readonly Pair[]; readonly noneEvidence: readonly number[] }, weights: Weights = fitted): ScoredRow {
  const scores = row.pairs.map(({ features }) => dot(weights.pair, features));
  const noneScore = dot(weights.none, row.noneEvidence);
  const top = Math.max(noneScore, ...scores);
  const odds = scores.map((score) => Math.exp(score - top));
  const noneOdds = Math.exp(noneScore - top);
  const total = odds.reduce((sum, each) => sum + each, noneOdds);
  return { ...row, probabilities: odds.map((each) => each / total), none: noneOdds / total };
}
