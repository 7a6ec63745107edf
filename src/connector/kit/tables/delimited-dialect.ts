import { DelimitedTokenizer } from './delimited-tokenizer.ts';

const delimiters = [',', ';', '\t', '|'] as const;

export interface DelimitedDialect {
  readonly delimiter: string;
  /** Characters of a `sep=;` line to skip, its line end included; 0 = there is none. */
  readonly preamble: number;
  readonly reason: string;
}

const sampleRecords = 200;

/** Widths of the first records under one delimiter; the last record is left out when the sample may have cut it. */
function widths(text: string, delimiter: string, complete: boolean): number[] {
  const found: number[] = [];
  const tokenizer = new DelimitedTokenizer({ delimiter, expectedCells: null, firstLine: 1 });
  for (const row of tokenizer.push(text, complete)) {
    if (row.flaw === null && row.cells.some((cell) => cell.trim() !== '')) found.push(row.cells.length);
    if (found.length >= sampleRecords) break;
  }
  return found;
}

/** How well a delimiter explains the sample: the agreed width, weighted by how many records agree on it. */
function score(found: readonly number[]): { readonly score: number; readonly width: number; readonly agreeing: number } {
  const counts = new Map<number, number>();
  for (const width of found) counts.set(width, (counts.get(width) ?? 0) + 1);
  let width = 1, agreeing = 0;
  for (const [candidate, count] of counts) if (count > agreeing || (count === agreeing && candidate > width)) [width, agreeing] = [candidate, count];
  const share = found.length === 0 ? 0 : agreeing / found.length;
  // The header row is worth more than any other: a decimal comma never stands in it.
  const header = found[0] === width ? 1 : 0.5;
  return { score: width < 2 ? 0 : share * share * header * Math.log2(width), width, agreeing };
}

/**
 * Chooses the delimiter of a text by how evenly it cuts the first 200 records, quotes respected;
 * raw counts would be fooled by decimal commas. A first line `sep=;` decides by itself.
 * @param text the first part of the file, decoded.
 * @param complete false = the sample ends in the middle of the file.
 */
export function detectDialect(text: string, complete: boolean): DelimitedDialect {
  const declared = /^"?sep=(.)"?(\r\n|\n|\r|$)/.exec(text);
  if (declared !== null) return { delimiter: declared[1] ?? ',', preamble: declared[0].length, reason: `first line ${JSON.stringify(declared[0].trim())}` };
  let best = { delimiter: ',', score: 0, width: 1, agreeing: 0, of: 0 };
  for (const delimiter of delimiters) {
    const found = widths(text, delimiter, complete);
    const scored = score(found);
    if (scored.score > best.score) best = { delimiter, ...scored, of: found.length };
  }
  const reason = best.score === 0 ? 'a single column' : `${best.agreeing} of the first ${best.of} records have ${best.width} cells`;
  return { delimiter: best.delimiter, preamble: 0, reason };
}
