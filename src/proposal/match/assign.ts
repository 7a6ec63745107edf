import type { ScoredRow } from './score.ts';

/** Where one source field goes: index of the destination field or null, the probability of that choice and of the next best. */
export interface Assigned { readonly target: number | null; readonly probability: number; readonly runnerUp: number }

/** Shares below this are not fought over. */
const FLOOR = 0.02;

/**
 * Gives every source field one destination field or none. A destination field goes to one source field, the surest first,
 * unless its meaning takes several (first and last name into one name, columns of tags into tags). A field that loses its
 * place takes the best that is left, among it "none".
 */
export function assign(rows: readonly ScoredRow[]): readonly Assigned[] {
  const claims: { row: number; target: number; probability: number }[] = [];
  for (const [row, { probabilities }] of rows.entries()) {
    for (const [target, probability] of probabilities.entries()) if (probability >= FLOOR) claims.push({ row, target, probability });
  }
  claims.sort((left, right) => right.probability - left.probability || left.row - right.row || left.target - right.target);
  const alone = new Set<number>(); // taken by a field that shares with none
  const chosen = new Map<number, { target: number; probability: number }>();
  const lost = new Map<number, number>(); // probability that went with places already taken
  for (const { row, target, probability } of claims) {
    if (chosen.has(row)) continue;
    const scored = rows[row];
    if (scored === undefined) continue;
    const joins = scored.pairs[target]?.joins === true;
    if (alone.has(target) && !joins) { lost.set(row, (lost.get(row) ?? 0) + probability); continue; }
    // What was lost to others speaks for none: the field's own place is filled by a better one.
    if (scored.none + (lost.get(row) ?? 0) * 0.8 >= probability) continue;
    chosen.set(row, { target, probability });
    if (!joins) alone.add(target);
  }
  return rows.map((row, at) => {
    const choice = chosen.get(at);
    const gone = lost.get(at) ?? 0;
    const free = row.probabilities.filter((_, target) => target !== choice?.target).reduce((most, probability) => Math.max(most, probability), 0);
    if (choice !== undefined) return { target: choice.target, probability: choice.probability, runnerUp: Math.max(free, row.none) };
    return { target: null, probability: Math.min(1, row.none + gone * 0.8), runnerUp: free };
  });
}
