import writeExcelFile from 'write-excel-file/node';
import type { SheetData } from 'write-excel-file/node';
import { guardFormula } from './formula-guard.ts';
import type { Cell, ReportDocument, ReportSection } from './report-document.ts';
import { visibleText } from './safe-text.ts';

/** Excel's own limits: characters of a cell, rows of a sheet, characters of a sheet's name. */
const cellLimit = 32_767;
const rowLimit = 1_048_576;
const sheetNameLimit = 31;

/** A workbook with one sheet per section of all documents. */
export async function documentsXlsx(documents: readonly ReportDocument[]): Promise<Buffer> {
  const taken = new Set<string>();
  const sheets = documents.flatMap((document) => document.sections.map((section) => ({
    sheet: sheetName(document.sections.length === 1 ? document.title : `${document.title} ${section.title}`, taken),
    data: sheetData(section),
    columns: section.columns.map((column) => ({ width: column.kind === 'number' ? 14 : 32 })),
    stickyRowsCount: 1,
  })));
  return await writeExcelFile(sheets).toBuffer();
}

function sheetData(section: ReportSection): SheetData {
  const header = section.columns.map((column) => ({ value: xlsxText(column.label), type: String, fontWeight: 'bold' as const }));
  const drawn = new Map<string, ReturnType<typeof textCell>>(); // one object for each text: a matrix of 340,000 memberships says few different things
  const rows = section.rows.slice(0, rowLimit - 2).map((row) => row.map((cell) => {
    if (typeof cell !== 'string') return plainCell(cell);
    const known = drawn.get(cell) ?? textCell(cell);
    drawn.set(cell, known);
    return known;
  }));
  if (section.rows.length > rows.length) rows.push([{ value: `${section.rows.length - rows.length} more rows: see the CSV file`, type: String }]);
  if (rows.length === 0) rows.push([{ value: xlsxText(section.empty), type: String }]);
  return [header, ...rows];
}

function plainCell(cell: Exclude<Cell, string>): { value: string; type: StringConstructor } | { value: number; type: NumberConstructor } | { value: boolean; type: BooleanConstructor } | null {
  if (cell === null) return null;
  if (typeof cell === 'number') return Number.isFinite(cell) ? { value: cell, type: Number } : { value: String(cell), type: String };
  return { value: cell, type: Boolean };
}

function textCell(text: string): { value: string; type: StringConstructor } {
  return { value: xlsxText(text), type: String };
}

function xlsxText(text: string): string {
  const safe = guardFormula(visibleText(text));
  return safe.length <= cellLimit ? safe : `${safe.slice(0, cellLimit - 40)}… (cut: see the CSV file)`;
}

/** Sheet names: at most 31 characters, none of \ / ? * [ ] :, no apostrophe at an end, unique whatever the case. */
function sheetName(wish: string, taken: Set<string>): string {
  const base = visibleText(wish).replace(/[\\/?*[\]:\n\t]/g, ' ').replace(/^'+|'+$/g, '').trim() || 'Sheet';
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : ` ${number}`;
    const name = base.slice(0, sheetNameLimit - suffix.length).trim() + suffix;
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
}
