import { assign } from '../../src/proposal/match/assign.ts';
import { certainty, certaintyFeatures } from '../../src/proposal/match/calibrate.ts';
import { confidenceOf } from '../../src/proposal/match/confidence.ts';
import { evidence, scoreRow } from '../../src/proposal/match/score.ts';
import type { Weights } from '../../src/proposal/match/score.ts';
import { understand, understandTargets } from '../../src/proposal/match/understand.ts';
import type { UnderstoodField, UnderstoodTarget } from '../../src/proposal/match/understand.ts';
import type { Case } from './cases.ts';

/** The matcher's answer for one field. */
export interface Answer {
  readonly case: Case;
  readonly field: number;
  readonly got: string | null;
  readonly right: boolean;
  /** The very truth, not just an acceptable answer. */
  readonly exact: boolean;
  /** Place of the truth among the ranked destination fields; null = it has no counterpart. */
  readonly rank: number | null;
  readonly evidence: readonly number[]; // of its certainty
  readonly confidence: number;
}

/** A case with its evidence, so that fitting does not read the headers again and again. */
export interface Prepared { readonly case: Case; readonly sources: readonly UnderstoodField[]; readonly targets: readonly UnderstoodTarget[]; readonly rows: ReturnType<typeof evidence> }

export function prepare(one: Case): Prepared {
  const { targets, shares: prior } = understandTargets(one.destination);
  const { fields, shares } = understand(one.source, prior);
  return { case: one, sources: fields, targets, rows: evidence(fields, targets, shares) };
}

export function answers(prepared: Prepared, weights?: Weights, calibration?: readonly number[]): readonly Answer[] {
  const { case: one, sources, targets, rows } = prepared;
  const scored = rows.map((row) => scoreRow(row, weights));
  const names = one.destination.fields.map(({ name }) => name);
  return assign(scored).flatMap((assigned, field) => {
    const truth = one.truth[field];
    const row = scored[field];
    const source = sources[field];
    if (truth === undefined || row === undefined || source === undefined) return [];
    const got = assigned.target === null ? null : names[assigned.target] ?? null;
    const order = names.map((name, at) => ({ name, probability: row.probabilities[at] ?? 0 })).sort((left, right) => right.probability - left.probability);
    const target = assigned.target === null ? null : targets[assigned.target] ?? null;
    const certain = certaintyFeatures(source, target, row, assigned);
    return [{
      case: one, field, got, right: truth.accepted.includes(got), exact: truth.target === got, rank: truth.target === null ? null : order.findIndex(({ name }) => name === truth.target) + 1,
      evidence: certain, confidence: calibration === undefined ? confidenceOf(source, target, row, assigned) : certainty(certain, calibration),
    }];
  });
}

export interface Metrics {
  readonly fields: number;
  readonly accuracy: number; // decisions including none
  readonly strict: number; // the same, where only the first choice of the evaluator counts
  readonly recall: number; // of the fields that have a counterpart, the share whose truth was found first among the ranked
  readonly mrr: number;
  readonly autoPrecision: number;
  readonly autoCoverage: number;
  readonly calibrationError: number; // expected, ten bins of equal width
}

export function metrics(given: readonly Answer[], autoAcceptFrom: number): Metrics {
  const mean = (values: readonly number[]): number => (values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length);
  const paired = given.filter(({ rank }) => rank !== null);
  const auto = given.filter(({ confidence }) => confidence >= autoAcceptFrom);
  let error = 0;
  for (let bin = 0; bin < 10; bin += 1) {
    const inside = given.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === bin);
    if (inside.length > 0) error += inside.length / given.length * Math.abs(mean(inside.map(({ confidence }) => confidence)) - mean(inside.map(({ right }) => Number(right))));
  }
  return {
    fields: given.length, accuracy: mean(given.map(({ right }) => Number(right))), strict: mean(given.map(({ exact }) => Number(exact))), recall: mean(paired.map(({ rank }) => Number(rank === 1))), mrr: mean(paired.map(({ rank }) => 1 / (rank ?? 1))),
    autoPrecision: mean(auto.map(({ right }) => Number(right))), autoCoverage: auto.length / given.length, calibrationError: error,
  };
}
