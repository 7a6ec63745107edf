import type { Assigned } from './assign.ts';
import { calibration as fitted } from './calibration.ts';
import type { ScoredRow } from './score.ts';
import type { UnderstoodField } from './understand.ts';

/** What the certainty of a decision is judged by. */
export const certaintyFeatureNames = ['bias', 'logit', 'margin', 'none', 'noneLogit', 'recognised', 'strange', 'through', 'values', 'nameOnly', 'noneMeaning'] as const;

const clip = (probability: number): number => Math.min(1 - 1e-4, Math.max(1e-4, probability));
const logit = (probability: number): number => Math.log(clip(probability) / (1 - clip(probability)));

/** The evidence for "this decision is right". */
export function certaintyFeatures(source: UnderstoodField, row: ScoredRow, assigned: Assigned): readonly number[] {
  const none = assigned.target === null ? 1 : 0;
  const pair = assigned.target === null ? undefined : row.pairs[assigned.target];
  const top = source.recognition.meanings[0]?.probability ?? 0;
  const accepted = row.pairs.reduce((most, each) => Math.max(most, each.meaning), 0);
  return [
    1, logit(assigned.probability) / 4, Math.max(0, assigned.probability - assigned.runnerUp), none, none * logit(assigned.probability) / 4, top, source.recognition.strange,
    pair === undefined ? 0 : pair.meaning, source.profile.count === 0 ? 0 : pair?.features[7] ?? 0, pair !== undefined && pair.meaning < 0.1 ? 1 : 0, none * accepted,
  ];
}

/** Probability that a decision is right: a logistic curve over its evidence, fitted on vendors that the weights never saw. */
export function certainty(features: readonly number[], weights: readonly number[] = fitted.weights): number {
  const sum = features.reduce((total, feature, at) => total + feature * (weights[at] ?? 0), 0);
  return 1 / (1 + Math.exp(-sum));
}

/** From this confidence on, a decision may stand without a person: at least 99 % of them were right on the calibration vendors. */
export const autoAcceptFrom: number = fitted.autoAcceptFrom;
