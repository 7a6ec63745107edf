import { assign } from './assign.ts';
import { autoAcceptFrom } from './calibrate.ts';
import { confidenceOf } from './confidence.ts';
import { meaningName } from './features.ts';
import type { Pair } from './features.ts';
import { reasonsFor } from './reasons.ts';
import type { MatchField, MatchSchema } from './schema.ts';
import { evidence, scoreRow } from './score.ts';
import { sift } from './sift.ts';
import { understand, understandTargets } from './understand.ts';
import type { UnderstoodTarget } from './understand.ts';

/** What is proposed for one source field. */
export interface FieldMatch {
  /** The field's name, or `name#2` … where the source has several of that name. */
  readonly key: string;
  readonly source: MatchField;
  /** Name of the destination field; null = no counterpart. */
  readonly target: string | null;
  /** Calibrated probability that this decision is right, 0..1. */
  readonly confidence: number;
  /** Destination fields, best first; at most 25. */
  readonly ranked: readonly string[];
  /** Those of `ranked` that a person may well prefer: every one with a chance of at least 3 %. Left out = not known. */
  readonly near?: readonly string[];
  /** Sure enough to stand without a person: at least 99 % of such decisions were right on vendors never seen. */
  readonly autoAccept: boolean;
  readonly reasons: readonly string[];
  /** Other source fields that go to the same destination field. */
  readonly sharedWith: readonly string[];
  /** What the two mean alike, by the name of the idea: `first-name`. Left out = they were paired by something else, or not at all. */
  readonly meaning?: string;
  /** Who decided instead of the matcher, where somebody did. */
  readonly decidedBy?: 'memory' | 'adviser';
  /** What memory and the language model said, or why it said nothing; in words, also where the matcher's answer stands. */
  readonly told?: readonly string[];
}

/** Source fields are matched in blocks of at most this many, so that thousands of columns take time in proportion and little memory. */
const BLOCK = 400;
/** No more pairs of source and destination field are held at once: 300 bytes each. */
const PAIRS = 200_000;
/** Of more destination fields than this, only those nearest to any source field are compared in full; of fewer, where the source has thousands of columns. */
const MAX_TARGETS = 1500;
const LEAST_TARGETS = 300;
/** Comparisons in full, altogether: about 5 s on one core. */
const COMPARISONS = 2_000_000;
const MAX_RANKED = 25;
const NEAR = 0.03;

/**
 * Proposes for every source field a destination field or none. Pure: the same schemas give the same answer.
 * Time grows with source fields × destination fields; a source of more than 400 columns is matched in blocks.
 */
export function matchSchemas(params: Readonly<{ source: MatchSchema; destination: MatchSchema }>): readonly FieldMatch[] {
  const { targets: everyTarget, shares: prior } = understandTargets(params.destination);
  const { fields: all, shares } = understand(params.source, prior);
  const targets = sift(all, everyTarget, Math.min(MAX_TARGETS, Math.max(LEAST_TARGETS, Math.floor(COMPARISONS / Math.max(1, all.length)))));
  const keys = uniqueKeys(params.source.fields.map(({ name }) => name));
  const matches: FieldMatch[] = [];
  const joined = new Set<string>(); // destination fields that several may share
  const block = Math.min(BLOCK, Math.max(1, Math.floor(PAIRS / Math.max(1, targets.length))));
  for (let start = 0; start < all.length; start += block) {
    const sources = all.slice(start, start + block);
    const rows = evidence(sources, targets, shares).map((row) => scoreRow(row));
    const assigned = assign(rows);
    for (const [at, source] of sources.entries()) {
      const row = rows[at];
      const choice = assigned[at];
      if (row === undefined || choice === undefined) continue;
      if (choice.target !== null && row.pairs[choice.target]?.joins === true) joined.add(targets[choice.target]?.field.name ?? '');
      const order = best(row.probabilities);
      const target: UnderstoodTarget | null = choice.target === null ? null : targets[choice.target] ?? null;
      const confidence = round(confidenceOf(source, target, row, choice));
      const ranked = [...(target === null ? [] : [target.field.name]), ...order.map((each) => targets[each]?.field.name ?? '').filter((name) => name !== target?.field.name)].slice(0, MAX_RANKED);
      const sharedWith = choice.target === null ? [] : assigned.flatMap((other, index) => (other.target === choice.target && index !== at ? [keys[start + index] ?? ''] : []));
      matches.push({
        key: keys[start + at] ?? source.field.name, source: source.field, target: target?.field.name ?? null, confidence, ranked, autoAccept: confidence >= autoAcceptFrom, sharedWith,
        ...meaningOf(choice.target === null ? undefined : row.pairs[choice.target]),
        near: order.filter((each) => (row.probabilities[each] ?? 0) >= NEAR).map((each) => targets[each]?.field.name ?? ''),
        reasons: reasonsFor({ source, target, row, assigned: choice, targets, sharedWith }),
      });
    }
  }
  return all.length <= block ? matches : onePlaceEach(matches, joined);
}

/** Blocks do not know of each other: of two that give away the same field the surer keeps it, unless its meaning takes several. */
function onePlaceEach(matches: readonly FieldMatch[], joined: ReadonlySet<string>): readonly FieldMatch[] {
  const holders = new Map<string, FieldMatch>();
  for (const match of matches) {
    const holder = match.target === null ? undefined : holders.get(match.target);
    if (match.target !== null && !joined.has(match.target) && (holder === undefined || match.confidence > holder.confidence)) holders.set(match.target, match);
  }
  return matches.map((match) => {
    const holder = match.target === null ? undefined : holders.get(match.target);
    if (holder === undefined || holder === match) return match;
    const { meaning: _ofTheTaken, ...rest } = match;
    return { ...rest, target: null, autoAccept: false, confidence: round(holder.confidence * (1 - match.confidence / 2)), reasons: [...match.reasons, `${holder.key} fits ${holder.target} better`] };
  });
}

function meaningOf(pair: Pair | undefined): { readonly meaning?: string } {
  return pair === undefined || pair.through < 0 ? {} : { meaning: meaningName(pair.through) };
}

/** Indexes of the greatest probabilities, best first. */
function best(probabilities: readonly number[]): readonly number[] {
  const least = Float64Array.from(probabilities).sort().at(-Math.min(probabilities.length, MAX_RANKED + 1)) ?? 0;
  return probabilities.flatMap((probability, at) => (probability >= least ? [at] : [])).sort((left, right) => (probabilities[right] ?? 0) - (probabilities[left] ?? 0) || left - right);
}

const round = (confidence: number): number => Math.round(confidence * 1000) / 1000;

/** `name`, `name#2`, `name#3`: a repeated header keeps its place. */
function uniqueKeys(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  const taken = new Set(names);
  return names.map((name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    if (count === 1) return name;
    let number = count;
    while (taken.has(`${name}#${number}`)) number += 1;
    taken.add(`${name}#${number}`);
    return `${name}#${number}`;
  });
}
