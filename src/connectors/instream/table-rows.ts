import { fitRow, readDelimitedRows, type FilePlace } from '../../connector/kit/tables/delimited-reader.ts';
import { readSpool, type SpooledRow } from './spooled-table.ts';
import type { Table } from './tables.ts';

/** A row of a table, brought to the width of its header. */
export interface TableRow {
  readonly line: number; // as a person finds it: line of the file, or row of the sheet
  readonly after: FilePlace;
  readonly raw: string;
  /** null = rejected. */
  readonly cells: readonly string[] | null;
  readonly code: string; // '' unless rejected
  readonly message: string;
  /** What the row of a spooled table says besides its cells. null = a row of a file. */
  readonly spooled: SpooledRow | null;
}

/** Streams the rows of a table from a place on; blank rows are left out and counted. */
export async function* readTable(table: Table, from: FilePlace, signal: AbortSignal, onBlank?: () => void): AsyncGenerator<readonly TableRow[]> {
  if ('format' in table.source) {
    for await (const rows of readSpool(table.source, from, signal)) {
      yield rows.map(({ row, line, after }) => ({ line, after, raw: row.rejected?.raw ?? '', cells: row.rejected === undefined ? row.cells : null, code: row.rejected?.code ?? '', message: row.rejected?.message ?? '', spooled: row }));
    }
    return;
  }
  const width = table.columns.length;
  for await (const rows of readDelimitedRows(table.source, from, signal)) {
    const found: TableRow[] = [];
    for (const row of rows) {
      const inner = table.leading === 0 ? row : { ...row, cells: row.cells.slice(1) };
      const line = table.leading === 0 || row.cells[0] === undefined ? row.line : Number(row.cells[0]);
      const fitted = fitRow(inner, width);
      if (fitted.kind === 'blank') onBlank?.();
      else if (fitted.kind === 'cells') found.push({ line, after: row.after, raw: row.raw, cells: fitted.cells, code: '', message: '', spooled: null });
      else found.push({ line, after: row.after, raw: row.raw, cells: null, code: fitted.code, message: fitted.message, spooled: null });
    }
    if (found.length > 0) yield found;
  }
}

/** `contacts.csv line 17`, `contacts.xlsx row 17`, `archive.mbox message 17`. */
export const positionOf = (table: Table, line: number, spooled: SpooledRow | null = null): string => spooled?.position ?? `${table.name} ${table.leading === 1 ? 'row' : 'line'} ${line}`;
