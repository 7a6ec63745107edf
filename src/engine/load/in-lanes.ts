import type { Placed } from './in-turns.ts';

/**
 * Divides records, given oldest first, among lanes that are worked at the same time: records that share a parent, at once or over
 * other records, are in one lane and keep their order there.
 * @param count lanes wanted; fewer come back where the records hang together
 */
export function inLanes<Item>(records: readonly Placed<Item>[], count: number): readonly (readonly Placed<Item>[])[] {
  if (count <= 1) return records.length === 0 ? [] : [records];
  const groupOf = groups(records);
  const members = Map.groupBy(records, (_record, index) => groupOf[index]);
  const laneOf = new Map<number | undefined, number>();
  const sizes = Array.from({ length: count }, () => 0);
  // Largest first into the emptiest: the lanes end at about the same time.
  for (const [group, own] of [...members].toSorted(([, left], [, right]) => right.length - left.length)) {
    const lane = sizes.indexOf(Math.min(...sizes));
    laneOf.set(group, lane);
    sizes[lane] = (sizes[lane] ?? 0) + own.length;
  }
  const lanes = Map.groupBy(records, (_record, index) => laneOf.get(groupOf[index]));
  return [...lanes.values()];
}

/** For each record the index of a record that stands for all that hang together with it. */
function groups(records: readonly Placed<unknown>[]): readonly number[] {
  const above = records.map((_, index) => index);
  const top = (index: number): number => {
    let at = index;
    for (let next = above[at]; next !== undefined && next !== at; next = above[at]) at = next;
    above[index] = at;
    return at;
  };
  const firstOf = new Map<string, number>();
  for (const [index, { parents = [] }] of records.entries()) {
    for (const parent of parents) {
      const first = firstOf.get(parent);
      if (first === undefined) firstOf.set(parent, index);
      else above[top(index)] = top(first);
    }
  }
  return records.map((_, index) => top(index));
}
