/**
 * Shares `count` places out among groups in proportion to their sizes, each group that has a record getting at least one where
 * there is room. The sum is `count`, or the number of all records where they are fewer. Pure.
 */
export function allot(sizes: ReadonlyMap<string, number>, count: number): ReadonlyMap<string, number> {
  const groups = [...sizes].filter(([, size]) => size > 0).toSorted(([a, left], [b, right]) => right - left || a.localeCompare(b));
  const total = groups.reduce((sum, [, size]) => sum + size, 0);
  const places = new Map<string, number>();
  let left = Math.min(count, total);
  for (const [name] of groups) {
    if (left === 0) break;
    places.set(name, 1);
    left -= 1;
  }
  // The rest goes one by one to the group that is furthest below its share.
  while (left > 0) {
    const next = groups.filter(([name, size]) => (places.get(name) ?? 0) < size).toSorted(([a, sizeA], [b, sizeB]) => (places.get(a) ?? 0) / sizeA - (places.get(b) ?? 0) / sizeB)[0];
    if (next === undefined) break;
    places.set(next[0], (places.get(next[0]) ?? 0) + 1);
    left -= 1;
  }
  return places;
}
