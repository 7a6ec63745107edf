/** One record of several mappings; `place` = which of them. */
export interface Placed<Item> { readonly record: Item; readonly place: number; readonly parents?: readonly string[] }
export interface Turn<Item> { readonly place: number; readonly records: readonly Item[] }

/**
 * Divides records, given oldest first, into turns with records of one mapping each, worked one after the other: every record
 * comes after all older ones that share a parent with it. Each turn is of the mapping that has most to give at that point, which
 * keeps the turns few and full: records without a parent in common need no order among themselves.
 * @param count number of mappings
 */
export function inTurns<Item>(records: readonly Placed<Item>[], count: number): readonly Turn<Item>[] {
  const turns: Turn<Item>[] = [];
  for (let open = records; open.length > 0;) {
    const ready = Array.from({ length: count }, (_, place) => readyOf(open, place));
    const place = ready.reduce((best, own, index) => (own.size > (ready[best]?.size ?? 0) ? index : best), 0);
    const taken = ready[place] ?? new Set();
    turns.push({ place, records: open.filter((one) => taken.has(one)).map(({ record }) => record) });
    open = open.filter((one) => !taken.has(one));
  }
  return turns;
}

/** Records of the mapping before which no record of another mapping is still open on one of their parents. */
function readyOf<Item>(open: readonly Placed<Item>[], place: number): ReadonlySet<Placed<Item>> {
  const held = new Set<string>();
  const ready = new Set<Placed<Item>>();
  for (const one of open) {
    const { parents = [] } = one;
    if (one.place === place && !parents.some((parent) => held.has(parent))) ready.add(one);
    else for (const parent of parents) held.add(parent);
  }
  return ready;
}
