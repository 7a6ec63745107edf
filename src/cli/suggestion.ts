/**
 * A remedy for a name that does not exist: the nearest one if a typing slip explains it, and all there are.
 * @param intro begins the list: 'the projects are'
 */
export function closest(asked: string, names: readonly string[], intro: string): string {
  const [best] = names.map((name) => ({ name, distance: editDistance(asked.toLowerCase(), name.toLowerCase()) })).sort((a, b) => a.distance - b.distance);
  const near = best !== undefined && best.distance <= Math.max(2, Math.floor(asked.length / 3)) ? `did you mean '${best.name}'? ` : '';
  return `${near}${intro}: ${names.length === 0 ? 'none yet' : [...names].sort().slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}`;
}

/** Letters to insert, delete or replace to make one text of the other. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
