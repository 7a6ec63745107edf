import { evidence, scoreRow } from './score.ts';
import { reasonsFor } from './reasons.ts';
import type { MatchSchema } from './schema.ts';
import { sift } from './sift.ts';
import { understand, understandTargets } from './understand.ts';

/** One place that a source field could go to, by itself: other fields that want it too do not count. */
export interface RankedPlace {
  readonly name: string; // destination field
  readonly probability: number; // 0..1, of all places and of none together 1
  readonly reasons: readonly string[];
}

/** Of more fields than this on either side only those nearest count, so that an answer comes while a person waits. */
const most = { sources: 60, targets: 400 } as const;

/**
 * The likeliest places of one source field, best first, each with its own reasons. Pure.
 * @param params.at index of the field among those of the source
 * @param params.count so many are given
 */
export function rankPlaces(params: Readonly<{ source: MatchSchema; destination: MatchSchema; at: number; count: number }>): readonly RankedPlace[] {
  const { source, at } = params;
  const { targets: every, shares: prior } = understandTargets(params.destination);
  // Its neighbours are its context; in a source of thousands those that stand beside it.
  const start = Math.max(0, Math.min(at - most.sources / 2, source.fields.length - most.sources));
  const { fields, shares } = understand({ ...source, fields: source.fields.slice(start, start + most.sources) }, prior);
  const own = fields[at - start];
  if (own === undefined) return [];
  const targets = sift([own], every, most.targets);
  const row = scoreRow(evidence(fields, targets, shares)[at - start] ?? { pairs: [], noneEvidence: [] });
  const order = row.probabilities.map((probability, target) => ({ probability, target })).toSorted((left, right) => right.probability - left.probability || left.target - right.target).slice(0, params.count);
  return order.flatMap(({ probability, target }) => {
    const place = targets[target];
    return place === undefined ? [] : [{ name: place.field.name, probability: Math.round(probability * 1000) / 1000, reasons: reasonsFor({ source: own, target: place, row, assigned: { target, probability, runnerUp: 0 }, targets, sharedWith: [] }) }];
  });
}
