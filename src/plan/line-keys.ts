/** Gives each entry a name that is stable over plan versions: its own, with a number where several share it. */
export function keyed<Entry>(entries: readonly Entry[], nameOf: (entry: Entry) => string): ReadonlyMap<string, Entry> {
  const counts = new Map<string, number>();
  const result = new Map<string, Entry>();
  for (const entry of entries) {
    const name = nameOf(entry);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    result.set(count === 1 ? name : `${name} (${count})`, entry);
  }
  return result;
}
