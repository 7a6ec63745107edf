import { ConfigurationError } from '../../connector/errors.ts';
import type { Json } from '../../connector/json.ts';
import type { FilePlace } from '../../connector/kit/delimited-reader.ts';
import type { ReadRequest, RejectedRow, SourcePage, SourceRecord } from '../../connector/source.ts';
import { recordReader } from './record.ts';
import { judgeRow, rowIdentifier } from './row-view.ts';
import type { ObjectScan } from './scan.ts';
import { positionOf, readTable, type TableRow } from './table-rows.ts';
import type { Table } from './tables.ts';

interface Cursor extends FilePlace { readonly file: string }

function parseCursor(cursor: Json, scan: ObjectScan): { readonly file: number; readonly from: FilePlace } {
  const { file, offset, line } = (typeof cursor === 'object' && cursor !== null ? cursor : {}) as Partial<Cursor>;
  const index = scan.tables.findIndex((table) => table.name === file);
  if (index < 0 || typeof offset !== 'number' || typeof line !== 'number') {
    throw new ConfigurationError({ code: 'bad-cursor', message: `The reading position ${JSON.stringify(cursor)} does not belong to this export.`, remedy: 'Start the reading of this object again, or give back the files it was begun with.' });
  }
  return { file: index, from: { offset, line } };
}

const maxRaw = 10_000;

/** Streams records and rejected rows of an object, a page at a time; a cursor is the place of the next row in its file. */
export async function* readPages(scan: ObjectScan, request: ReadRequest, signal: AbortSignal): AsyncGenerator<SourcePage> {
  const begin = request.cursor === null ? { file: 0, from: scan.tables[0]?.begin ?? { offset: 0, line: 1 } } : parseCursor(request.cursor, scan);
  let records: SourceRecord[] = [];
  let rejected: RejectedRow[] = [];
  for (let file = begin.file; file < scan.tables.length; file += 1) {
    const table = scan.tables[file] as Table;
    const take = rowTaker(scan, table, file, request.answers);
    for await (const rows of readTable(table, file === begin.file ? begin.from : table.begin, signal)) {
      for (const row of rows) {
        const outcome = take(row);
        if (outcome === null) continue;
        if ('code' in outcome) rejected.push(outcome);
        else records.push(outcome);
        if (records.length + rejected.length < request.pageSize) continue;
        yield { records, rejected, cursor: { file: table.name, offset: row.after.offset, line: row.after.line } };
        records = [];
        rejected = [];
      }
    }
  }
  yield { records, rejected, cursor: null };
}

function rowTaker(scan: ObjectScan, table: Table, file: number, answers: ReadRequest['answers']): (row: TableRow) => SourceRecord | RejectedRow | null {
  const identify = rowIdentifier(table);
  const toData = recordReader(table, scan, answers);
  const object = scan.object.name;
  return (row) => {
    const position = positionOf(table, row.line);
    const reject = (code: string, message: string): RejectedRow => ({ object, id: `${code}:${position}`, position, code, message, raw: row.raw.slice(0, maxRaw).replace(/[\r\n]+$/, '') });
    if (row.cells === null) return reject(row.code, `${position}: ${row.message}`);
    const identity = identify(row.cells);
    const verdict = judgeRow(scan.index, identity, { file, line: row.line });
    if (verdict.kind === 'repeated') return null;
    if (verdict.kind === 'duplicate-id') {
      const first = positionOf(scan.tables[verdict.first.file] ?? table, verdict.first.line);
      return reject('duplicate-id', `${position} carries the id ${JSON.stringify(identity.key.id)}, which ${first} has with other content`);
    }
    return { object, id: verdict.id, data: toData(row.cells), modifiedAt: null, position };
  };
}
