import { saysLittle } from '../words/generic-headers.ts';
import type { Assigned } from './assign.ts';
import { autoAcceptFrom, certainty, certaintyFeatures } from './calibrate.ts';
import { pairFeatureNames } from './features.ts';
import type { ScoredRow } from './score.ts';
import type { UnderstoodField, UnderstoodTarget } from './understand.ts';

/** Just under the threshold of auto-accept, in thousandths. */
const UNSURE = Math.round(autoAcceptFrom * 1000 - 1) / 1000;
/** From this support on, values speak for a meaning. */
const SUPPORTED = 0.3;
const OVERLAP = pairFeatureNames.indexOf('overlap');

/** The calibrated confidence of a decision. A general header ("Title", "Company ID") whose values say nothing for its place is never sure enough to stand without a person. */
export function confidenceOf(source: UnderstoodField, target: UnderstoodTarget | null, row: ScoredRow, choice: Assigned): number {
  const confidence = certainty(certaintyFeatures(source, target, row, choice));
  return onNameAlone(source, row, choice) ? Math.min(UNSURE, confidence) : confidence;
}

function onNameAlone(source: UnderstoodField, row: ScoredRow, choice: Assigned): boolean {
  const pair = choice.target === null ? undefined : row.pairs[choice.target];
  if (pair === undefined || !saysLittle(source.field.label) || !saysLittle(source.field.name)) return false;
  const support = source.profile.count === 0 ? 0 : source.recognition.meanings.find(({ concept }) => concept === pair.through)?.support ?? 0;
  return support < SUPPORTED && (pair.features[OVERLAP] ?? 0) < 0.5;
}
