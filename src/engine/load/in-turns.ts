/** One record of several mappings; `place` = which of them. */
export interface Placed<Item> { readonly record: Item; readonly place: number; readonly parents?: readonly string[] }
export interface Turn<Item> { readonly place: number; readonly records: readonly Item[] }

/**
 * Divides records, given oldest first, into turns with records of one mapping each, worked one after the other: every record
 * comes after all older ones that share a parent with it, and no turn is begun for a record that fits into one already there.
 * Records without a parent in common need no order among themselves: that keeps the turns few and full.
 * @param count number of mappings; turns go round over them in their order
 */
export function inTurns<Item>(records: readonly Placed<Item>[], count: number): readonly Turn<Item>[] {
  const turns = new Map<number, Item[]>();
  const lastOf = new Map<string, number>();
  for (const { record, place, parents = [] } of records) {
    const earliest = Math.max(place, ...parents.map((parent) => lastOf.get(parent) ?? 0));
    const turn = earliest + ((place - earliest) % count + count) % count;
    turns.set(turn, [...turns.get(turn) ?? [], record]);
    for (const parent of parents) lastOf.set(parent, turn);
  }
  return [...turns].toSorted(([left], [right]) => left - right).map(([turn, own]) => ({ place: turn % count, records: own }));
}
