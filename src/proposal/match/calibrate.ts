import type { Assigned } from './assign.ts';
import { calibration as fitted } from './calibration.ts';
import { noneFeatureNames, pairFeatureNames } from './features.ts';
import type { ScoredRow } from './score.ts';
import type { UnderstoodField, UnderstoodTarget } from './understand.ts';

/** What the certainty of a decision is judged by. */
export const certaintyFeatureNames = [
  'bias', 'logit', 'margin', 'recognised', 'exactHeader', 'support', 'second', 'strange', 'guessed', 'through', 'values', 'nameOnly', 'listed', 'same', 'readonly',
  'none', 'noneLogit', 'noneAccepted', 'noneTechnical', 'noneRecognised', 'noneStrange', 'noneRival', 'noneExact', 'noneFacet',
] as const;

const clip = (probability: number): number => Math.min(1 - 1e-4, Math.max(1e-4, probability));
const logit = (probability: number): number => Math.log(clip(probability) / (1 - clip(probability)));

/** The evidence for "this decision is right". */
export function certaintyFeatures(source: UnderstoodField, target: UnderstoodTarget | null, row: ScoredRow, assigned: Assigned): readonly number[] {
  const none = target === null ? 1 : 0;
  const pair = assigned.target === null ? undefined : row.pairs[assigned.target];
  const { meanings, strange, facet } = source.recognition;
  const meaning = pair === undefined || pair.through < 0 ? meanings[0] : meanings.find(({ concept }) => concept === pair.through);
  const accepted = row.pairs.reduce((most, each) => Math.max(most, each.meaning), 0);
  const rival = row.pairs.reduce((most, each) => Math.max(most, each.meaning > 0.3 ? each.features[RIVAL] ?? 0 : 0), 0);
  const exact = meaning === undefined ? 0 : Math.max(0, meaning.header - 0.8) * 5;
  const support = meaning === undefined ? -1 : Math.max(-1, Math.min(1, meaning.support));
  const known = meaning?.probability ?? 0;
  const guessed = source.texts.readings.length > 0 && source.texts.readings.every((reading) => reading.includes('guess') || reading.length === 0) ? 1 : 0;
  const own = logit(assigned.probability) / 4;
  return [
    1, own, Math.max(0, assigned.probability - assigned.runnerUp), known, exact, support, meanings.reduce((most, each) => (each === meaning ? most : Math.max(most, each.probability)), 0), strange, guessed,
    pair?.meaning ?? 0, source.profile.count === 0 ? 0 : pair?.features[7] ?? 0, pair !== undefined && pair.meaning < 0.1 ? 1 : 0, target?.known === true ? 1 : 0, pair?.features[5] ?? 0, target?.field.readonly === true ? 1 : 0,
    none, none * own, none * accepted, none * (row.noneEvidence[TECHNICAL] ?? 0), none * known, none * strange, none * rival, none * exact, none * (facet === null || facet === 'primary' ? 0 : 1),
  ];
}

const RIVAL = pairFeatureNames.indexOf('rival');
const TECHNICAL = noneFeatureNames.indexOf('technical');

/** Probability that a decision is right: a logistic curve over its evidence, fitted on vendors that the weights never saw. */
export function certainty(features: readonly number[], weights: readonly number[] = fitted.weights): number {
  const sum = features.reduce((total, feature, at) => total + feature * (weights[at] ?? 0), 0);
  return 1 / (1 + Math.exp(-sum));
}

/** From this confidence on, a decision may stand without a person: at least 99 % of them were right on the calibration vendors. */
export const autoAcceptFrom: number = fitted.autoAcceptFrom;
