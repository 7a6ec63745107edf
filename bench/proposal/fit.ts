/**
 * Fits the proposer's tables and writes them: `node bench/proposal/fit.ts` (about a minute on one core).
 * - weights of the conditional logit on the learning vendors  → src/proposal/match/weights.ts
 * - certainty of decisions on the calibration vendors          → src/proposal/match/calibration.ts
 * No chance, no clock: the same tables come out every time.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { certainty, certaintyFeatureNames } from '../../src/proposal/match/calibrate.ts';
import { noneFeatureNames, pairFeatureNames } from '../../src/proposal/match/features.ts';
import { readCases } from './cases.ts';
import type { Case } from './cases.ts';
import { answers, metrics, prepare } from './measure.ts';
import type { Answer, Prepared } from './measure.ts';
import { partOf } from './split.ts';

const STEPS = 400;
const RATE = 0.05;
const ACCEPTABLE = 0.3; // what an acceptable answer counts beside the truth
const DECAY = 2e-4; // pull towards 0, per row
const LEARNED_WEIGHT = 0.15; // of a decision on a learning vendor, in the fit of certainty: about a fifth of all
const CERTAINTY_DECAY = 2e-4;
const AUTO_PRECISION = 0.993; // on the calibration vendors, so that 99 % hold on others too

interface Fitted { readonly pair: readonly number[]; readonly none: readonly number[] }

/** Gradient descent (Adam) on the log-likelihood of any accepted answer. */
function fitWeights(prepared: readonly Prepared[], start: Fitted): Fitted {
  const width = pairFeatureNames.length;
  const all = [...start.pair, ...start.none];
  const rows = prepared.flatMap(({ case: one, rows: evidence }) => {
    // A vendor with many columns or destinations counts no more per row than another, but each case is seen once.
    return evidence.map((row, field) => {
      const { accepted = [], target = null } = one.truth[field] ?? {};
      const worth = (name: string | null): number => (name === target ? 1 : accepted.includes(name) ? ACCEPTABLE : 0);
      return { choices: row.pairs.map(({ features }) => features), none: row.noneEvidence, worth: [...one.destination.fields.map(({ name }) => worth(name)), worth(null)] };
    });
  });
  const first = new Float64Array(all.length);
  const second = new Float64Array(all.length);
  for (let step = 1; step <= STEPS; step += 1) {
    const gradient = new Float64Array(all.length);
    for (const { choices, none, worth } of rows) {
      const scores = choices.map((features) => { let sum = 0; for (let at = 0; at < width; at += 1) sum += (all[at] ?? 0) * (features[at] ?? 0); return sum; });
      let noneScore = 0;
      for (let at = 0; at < none.length; at += 1) noneScore += (all[width + at] ?? 0) * (none[at] ?? 0);
      scores.push(noneScore);
      const top = Math.max(...scores);
      const odds = scores.map((score) => Math.exp(score - top));
      const total = odds.reduce((sum, each) => sum + each, 0);
      const good = odds.reduce((sum, each, at) => sum + each * (worth[at] ?? 0), 0);
      for (const [at, each] of odds.entries()) {
        const delta = each / total - each * (worth[at] ?? 0) / Math.max(good, 1e-12);
        if (Math.abs(delta) < 1e-6) continue;
        const features = at < choices.length ? choices[at] ?? [] : none;
        const offset = at < choices.length ? 0 : width;
        for (let feature = 0; feature < features.length; feature += 1) gradient[offset + feature] = (gradient[offset + feature] ?? 0) + delta * (features[feature] ?? 0);
      }
    }
    for (let at = 0; at < all.length; at += 1) {
      const slope = (gradient[at] ?? 0) / rows.length + DECAY * (all[at] ?? 0);
      first[at] = 0.9 * (first[at] ?? 0) + 0.1 * slope;
      second[at] = 0.999 * (second[at] ?? 0) + 0.001 * slope * slope;
      all[at] = (all[at] ?? 0) - RATE * ((first[at] ?? 0) / (1 - 0.9 ** step)) / (Math.sqrt((second[at] ?? 0) / (1 - 0.999 ** step)) + 1e-8);
    }
  }
  return { pair: all.slice(0, width), none: all.slice(width) };
}

/** Logistic regression of "right" on the evidence of certainty (Adam). */
function fitCertainty(given: readonly (Answer & { readonly weight: number })[]): readonly number[] {
  const all = given.reduce((sum, { weight }) => sum + weight, 0);
  const weights: number[] = certaintyFeatureNames.map(() => 0);
  const first = weights.map(() => 0);
  const second = weights.map(() => 0);
  for (let step = 1; step <= 1500; step += 1) {
    const gradient = weights.map((weight) => CERTAINTY_DECAY * weight);
    for (const { evidence, right, weight } of given) {
      const delta = weight * (certainty(evidence, weights) - Number(right)) / all;
      for (let at = 0; at < evidence.length; at += 1) gradient[at] = (gradient[at] ?? 0) + delta * (evidence[at] ?? 0);
    }
    for (const [at, slope] of gradient.entries()) {
      first[at] = 0.9 * (first[at] ?? 0) + 0.1 * slope;
      second[at] = 0.999 * (second[at] ?? 0) + 0.001 * slope * slope;
      weights[at] = (weights[at] ?? 0) - RATE * ((first[at] ?? 0) / (1 - 0.9 ** step)) / (Math.sqrt((second[at] ?? 0) / (1 - 0.999 ** step)) + 1e-8);
    }
  }
  return weights;
}

/** Lowest confidence from which on enough decisions are right, moved halfway towards the last wrong one above it: away from the edge. */
function threshold(given: readonly Answer[]): number {
  const sorted = given.toSorted((left, right) => right.confidence - left.confidence);
  let best = 1;
  let right = 0;
  for (const [at, answer] of sorted.entries()) {
    right += Number(answer.right);
    if (right / (at + 1) >= AUTO_PRECISION) best = answer.confidence;
  }
  const above = sorted.findLast((answer) => !answer.right && answer.confidence >= best)?.confidence ?? best;
  return Math.ceil((best + above) / 2 * 1000) / 1000;
}

const list = (values: readonly number[]): string => `[${values.map((value) => String(Math.round(value * 1000) / 1000)).join(', ')}]`;
const folder = path.resolve(import.meta.dirname, '../../src/proposal/match');

const prepared = readCases().map(prepare);
const of = (part: string): readonly Prepared[] => prepared.filter(({ case: one }) => partOf(one.vendor) === part);
const start: Fitted = { pair: pairFeatureNames.map((name) => (name === 'meaning' ? 5 : 0)), none: noneFeatureNames.map((name) => (name === 'bias' ? 2 : 0)) };
const weights = fitWeights(of('learn'), start);
writeFileSync(path.join(folder, 'weights.ts'), `/** Weights of the model, in the order of \`pairFeatureNames\` and \`noneFeatureNames\`. Fitted by \`bench/proposal/fit.ts\`; do not edit by hand. */
export const weights = {
  pair: ${list(weights.pair)},
  none: ${list(weights.none)},
} as const;
`);
/** Customers' files are poorer than the invented lists: each list is also seen without values, with one value a column, and in halves. */
const worn = (one: Case): readonly Case[] => {
  const withSamples = (keep: number): Case => ({ ...one, source: { ...one.source, fields: one.source.fields.map((field) => ({ ...field, samples: field.samples.slice(0, keep) })) } });
  const half = (rest: number): Case => ({ ...one, truth: one.truth.filter((_, at) => at % 2 === rest), source: { ...one.source, fields: one.source.fields.filter((_, at) => at % 2 === rest) } });
  return [one, one, withSamples(0), withSamples(1), half(0), half(1)];
};
const heldCases = readCases().filter(({ vendor }) => partOf(vendor) === 'calibrate').flatMap(worn).map(prepare);
// The calibration vendors are few, and harder than most: the others count too, a little. The threshold goes by the former alone.
const held = [...heldCases.flatMap((one) => answers(one, weights)).map((one) => ({ ...one, weight: 1 })), ...of('learn').flatMap((one) => answers(one, weights)).map((one) => ({ ...one, weight: LEARNED_WEIGHT }))];
const curve = fitCertainty(held);
const calibrated = of('calibrate').flatMap((one) => answers(one, weights, curve));
const autoAcceptFrom = threshold(calibrated);
writeFileSync(path.join(folder, 'calibration.ts'), `/** Certainty of decisions and the threshold of auto-accept. Fitted by \`bench/proposal/fit.ts\`; do not edit by hand. */
export const calibration = { weights: ${list(curve)}, autoAcceptFrom: ${autoAcceptFrom} } as const;
`);
for (const [at, name] of pairFeatureNames.entries()) console.log(name.padEnd(16), weights.pair[at]?.toFixed(2));
for (const [at, name] of noneFeatureNames.entries()) console.log(`none ${name}`.padEnd(16), weights.none[at]?.toFixed(2));
for (const [at, name] of certaintyFeatureNames.entries()) console.log(`sure ${name}`.padEnd(20), curve[at]?.toFixed(2));
for (const part of ['learn', 'calibrate', 'test']) console.log(part, metrics(of(part).flatMap((one) => answers(one, weights, curve)), autoAcceptFrom));
