import { oneLine, shortened } from '../reports/safe-text.ts';

/** Longest cell in characters; the last column has nothing to push aside. */
const longest = 60;
const longestLast = 300;

/** Rows as columns of a terminal: two spaces between, numbers to the right, every cell on one line. */
export function table(head: readonly string[], rows: readonly (readonly (string | number | boolean | null)[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell, column) => cellText(cell, column === head.length - 1 ? longestLast : longest)));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => [...(row[column] ?? '')].length)));
  const right = head.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number' || row[column] === null));
  return cells.map((row) => widths.map((width, column) => {
    const cell = row[column] ?? '';
    const space = ' '.repeat(width - [...cell].length);
    return right[column] ? space + cell : cell + space;
  }).join('  ').trimEnd()).join('\n');
}

function cellText(cell: string | number | boolean | null, length: number): string {
  if (cell === null) return '-';
  if (typeof cell === 'number') return cell.toLocaleString('en');
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return shortened(oneLine(cell), length);
}
