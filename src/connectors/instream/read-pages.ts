import { ConfigurationError } from '../../connector/errors.ts';
import type { Json } from '../../connector/json.ts';
import type { FilePlace } from '../../connector/kit/tables/delimited-reader.ts';
import { hash64 } from '../../connector/kit/key-index.ts';
import type { ReadRequest, RejectedRow, SourcePage, SourceRecord } from '../../connector/source.ts';
import type { Computed } from './computed.ts';
import { recordReader } from './record.ts';
import { judgeRow, rowIdentifier } from './row-view.ts';
import type { ObjectScan } from './scan.ts';
import { positionOf, readTable, type TableRow } from './table-rows.ts';
import type { Table } from './tables.ts';

interface Cursor extends FilePlace { readonly file: string; readonly seal?: string }

function parseCursor(cursor: Json, scan: ObjectScan): { readonly file: number; readonly from: FilePlace; readonly seal: string } {
  const { file, offset, line, seal = '' } = (typeof cursor === 'object' && cursor !== null ? cursor : {}) as Partial<Cursor>;
  const index = scan.tables.findIndex((table) => table.name === file);
  if (index < 0 || typeof offset !== 'number' || typeof line !== 'number' || typeof seal !== 'string') {
    throw new ConfigurationError({ code: 'bad-cursor', message: `The reading position ${JSON.stringify(cursor)} does not belong to this export.`, remedy: 'Start the reading of this object again, or give back the files it was begun with.' });
  }
  return { file: index, from: { offset, line }, seal };
}

const maxRaw = 10_000;
/** Characters of a page beyond which it ends early, so that long e-mails do not add up. */
const maxPageSize = 16_000_000;

/** Streams records and rejected rows of an object, a page at a time; a cursor is the place of the next row in its file. */
export async function* readPages(scan: ObjectScan, request: ReadRequest, signal: AbortSignal, computed: Computed | null = null): AsyncGenerator<SourcePage> {
  const begin = request.cursor === null ? { file: 0, from: scan.tables[0]?.begin ?? { offset: 0, line: 1 }, seal: '' } : parseCursor(request.cursor, scan);
  await checkSeal(scan.tables[begin.file], begin.from, begin.seal, signal);
  let records: SourceRecord[] = [];
  let rejected: RejectedRow[] = [];
  let size = 0;
  for (let file = begin.file; file < scan.tables.length; file += 1) {
    const table = scan.tables[file] as Table;
    let seal = file === begin.file ? begin.seal : '';
    const take = rowTaker(scan, table, file, request.answers, computed);
    for await (const rows of readTable(table, file === begin.file ? begin.from : table.begin, signal)) {
      for (const row of rows) {
        if (table.sealed === true) seal = nextSeal(seal, row);
        const outcome = take(row);
        if (outcome === null) continue;
        if ('code' in outcome) rejected.push(outcome);
        else records.push(outcome);
        size += row.raw.length + (row.spooled?.cells ?? []).reduce((sum, cell) => sum + cell.length, 0);
        if (records.length + rejected.length < request.pageSize && size < maxPageSize) continue;
        yield { records, rejected, cursor: { file: table.name, offset: row.after.offset, line: row.after.line, ...(table.sealed === true ? { seal } : {}) } };
        records = [];
        rejected = [];
        size = 0;
      }
    }
  }
  yield { records, rejected, cursor: null };
}

const nextSeal = (seal: string, row: TableRow): string => hash64(`${seal}${JSON.stringify(row.cells ?? row.raw)}`).map((word) => word.toString(16)).join('-');

/** A service may have changed since the cursor was made: then nobody can tell which records were read before it. */
async function checkSeal(table: Table | undefined, until: FilePlace, expected: string, signal: AbortSignal): Promise<void> {
  if (table?.sealed !== true || until.offset === table.begin.offset) return;
  let seal = '';
  reading: for await (const rows of readTable(table, table.begin, signal)) {
    for (const row of rows) {
      seal = nextSeal(seal, row);
      if (row.after.offset >= until.offset) break reading;
    }
  }
  if (seal !== expected) throw new ConfigurationError({ code: 'source-changed', message: `The records of ${table.name} have changed since their reading began.`, remedy: 'Start the reading of this object again, with a new run.' });
}

function rowTaker(scan: ObjectScan, table: Table, file: number, answers: ReadRequest['answers'], computed: Computed | null): (row: TableRow) => SourceRecord | RejectedRow | null {
  const identify = rowIdentifier(table);
  const toData = recordReader(table, scan, answers);
  const object = scan.object.name;
  return (row) => {
    const position = positionOf(table, row.line, row.spooled);
    const reject = (code: string, message: string): RejectedRow => ({ object, id: `${code}:${position}`, position, code, message, raw: row.raw.slice(0, maxRaw).replace(/[\r\n]+$/, '') });
    if (row.cells === null) return reject(row.code, `${position}: ${row.message}`);
    const identity = identify(row.cells, row.spooled);
    const verdict = judgeRow(scan.index, identity, { file, line: row.line });
    if (verdict.kind === 'repeated') return null;
    if (verdict.kind === 'duplicate-id') {
      const first = positionOf(scan.tables[verdict.first.file] ?? table, verdict.first.line);
      return reject('duplicate-id', `${position} carries the id ${JSON.stringify(identity.key.id)}, which ${first} has with other content`);
    }
    const data = toData(row.cells);
    return { object, id: verdict.id, data: computed === null ? data : computed.apply(data, table), modifiedAt: null, position };
  };
}
