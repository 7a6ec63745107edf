import { rowIdentifier, judgeRow } from './row-view.ts';
import type { ObjectScan } from './scan.ts';
import { positionOf, readTable } from './table-rows.ts';
import type { SpooledRow } from './spooled-table.ts';
import type { Table } from './tables.ts';

/** A row that is a record, before its cells are brought into a record's form. */
export interface RecordRow {
  readonly id: string;
  readonly table: Table;
  readonly position: string;
  readonly offset: number; // of the row in its table's file
  readonly cells: readonly string[];
  readonly spooled: SpooledRow | null;
  readonly get: (field: string) => string; // '' = empty; trimmed
}

/** Walks through the records of an object, in order; repeated and rejected rows are left out. */
export async function* eachRecord(scan: ObjectScan, signal: AbortSignal): AsyncGenerator<RecordRow> {
  for (const [file, table] of scan.tables.entries()) {
    const identify = rowIdentifier(table);
    const positions = new Map(table.columns.map((column) => [column.field, column.index]));
    let offset = table.begin.offset;
    for await (const rows of readTable(table, table.begin, signal)) {
      for (const { cells, line, spooled, after } of rows) {
        const begin = offset;
        offset = after.offset;
        if (cells === null) continue;
        const verdict = judgeRow(scan.index, identify(cells, spooled), { file, line });
        if (verdict.kind !== 'record') continue;
        yield { id: verdict.id, table, position: positionOf(table, line, spooled), offset: begin, cells, spooled, get: (field) => (cells[positions.get(field) ?? -1] ?? '').trim() };
      }
    }
  }
}
