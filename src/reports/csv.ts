import { stringify } from 'csv-stringify/sync';
import { guardFormula } from './formula-guard.ts';
import type { Cell, ReportSection } from './report-document.ts';

/** Spreadsheets read UTF-8 only behind this mark. */
export const byteOrderMark = '\uFEFF';

/** CSV text of rows (RFC 4180: comma, CR LF, quotes where needed), every text cell guarded against formulas. */
export function csvRows(rows: readonly (readonly Cell[])[]): string {
  return stringify(rows.map((row) => row.map(cellText)), { record_delimiter: '\r\n', quoted_match: /[\r\n\t;]/ });
}

/** A report section as a CSV file, with a header line: a text, or page by page where the section has more rows than it carries. */
export function sectionCsv(section: ReportSection): string | AsyncIterable<string> {
  const header = byteOrderMark + csvRows([section.columns.map((column) => column.label)]);
  return section.pages === undefined ? header + csvRows(section.rows) : csvPages(header, section.pages());
}

async function* csvPages(header: string, pages: AsyncIterable<readonly (readonly Cell[])[]>): AsyncGenerator<string> {
  yield header;
  for await (const rows of pages) yield csvRows(rows);
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  return typeof cell === 'string' ? guardFormula(cell) : String(cell);
}
