/**
 * "Did you mean …?" for a name that does not exist; null when nothing known is near
 * (more than a third of the letters differ).
 */
export function nearest(name: string, known: readonly string[]): string | null {
  const wanted = name.toLowerCase();
  let best: { readonly name: string; readonly distance: number } | null = null;
  for (const candidate of known) {
    const distance = candidate.toLowerCase() === wanted ? 0 : editDistance(wanted, candidate.toLowerCase());
    if (distance <= Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3)) && (best === null || distance < best.distance)) best = { name: candidate, distance };
  }
  return best === null ? null : `Did you mean "${best.name}"?`;
}

/** Levenshtein distance with transposed neighbours counted as one (optimal string alignment). */
function editDistance(left: string, right: string): number {
  if (Math.abs(left.length - right.length) > 20) return Infinity;
  let before: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const cost = left[row - 1] === right[column - 1] ? 0 : 1;
      let distance = Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (previous[column - 1] ?? 0) + cost);
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]) distance = Math.min(distance, (before[column - 2] ?? 0) + 1);
      current.push(distance);
    }
    before = previous;
    previous = current;
  }
  return previous[right.length] ?? 0;
}
