import { createReadStream } from 'node:fs';
import { DelimitedTokenizer, type DelimitedRow } from './delimited-tokenizer.ts';
import { encodedLength, textDecoder, type TextEncoding } from '../values/text-encoding.ts';

/** A delimited file whose encoding and delimiter are known. */
export interface DelimitedFile {
  readonly path: string;
  readonly encoding: TextEncoding;
  readonly delimiter: string;
  readonly expectedCells: number | null;
}

/** A place between two rows. */
export interface FilePlace { readonly offset: number; readonly line: number } // offset in bytes; line counted from 1

export interface PlacedRow extends DelimitedRow {
  /** Where the next row begins. */
  readonly after: FilePlace;
}

/** Small pieces die young: with 64 KB the rows of a piece seldom outlive the garbage collector's nursery, with 256 KB they do. */
const chunkBytes = 1 << 16;

/**
 * Streams the rows of a delimited file from a place on, a chunk's worth at a time.
 * Memory holds one chunk and one row; the same place gives the same rows again.
 */
export async function* readDelimitedRows(file: DelimitedFile, from: FilePlace, signal?: AbortSignal): AsyncGenerator<readonly PlacedRow[]> {
  const decoder = textDecoder(file.encoding);
  const tokenizer = new DelimitedTokenizer({ delimiter: file.delimiter, expectedCells: file.expectedCells, firstLine: from.line });
  let offset = from.offset;
  let givenUpLine = 0;
  const rowsOf = (text: string, final: boolean): PlacedRow[] => {
    const rows: PlacedRow[] = [];
    for (const row of tokenizer.push(text, final)) {
      offset += encodedLength(row.raw, file.encoding);
      const line = row.endLine + (/[\r\n]$/.test(row.raw) ? 1 : 0);
      const restOfGivenUp = row.flaw !== null && row.line === givenUpLine;
      givenUpLine = row.flaw === null ? 0 : line;
      if (!restOfGivenUp) rows.push({ ...row, after: { offset, line } });
    }
    return rows;
  };
  const stream = createReadStream(file.path, { start: from.offset, highWaterMark: chunkBytes, ...(signal === undefined ? {} : { signal }) });
  for await (const chunk of stream) {
    const rows = rowsOf(decoder.decode(chunk as Uint8Array, { stream: true }), false);
    if (rows.length > 0) yield rows;
  }
  const rest = rowsOf(decoder.decode(), true);
  if (rest.length > 0) yield rest;
}

/** How the cells of a row fit the header. */
export type FittedRow =
  | { readonly kind: 'cells'; readonly cells: readonly string[] }
  | { readonly kind: 'blank' }
  | { readonly kind: 'rejected'; readonly code: string; readonly message: string };

const flawMessages = {
  'unclosed-quote': 'a quoted cell has no closing quote',
  'broken-quote': 'a quoted cell goes over several lines and its closing quote is followed by further text: where the cell ends cannot be told',
  'row-too-long': 'the row is longer than 8 million characters',
} as const;

const zeroCharacters = /\0/g;
const formulaGuard = /^="((?:[^"]|"")*)"$/;

/** What a cell says once the guards of spreadsheet programs are off: `="00123"` → `00123`; NUL characters are dropped. */
export function cleanCell(cell: string): string {
  const text = cell.includes('\0') ? cell.replace(zeroCharacters, '') : cell;
  if (text.charCodeAt(0) !== 61) return text;
  return formulaGuard.exec(text)?.[1]?.replaceAll('""', '"') ?? text;
}

/**
 * Brings a row to the header's width: a short row is padded, empty cells beyond the header are dropped,
 * a row with more cells than columns is rejected, never cut.
 */
export function fitRow(row: DelimitedRow, width: number): FittedRow {
  if (row.flaw !== null) return { kind: 'rejected', code: row.flaw, message: `${flawMessages[row.flaw]} (${row.endLine > row.line ? `lines ${row.line} to ${row.endLine}` : `line ${row.line}`})` };
  if (row.cells.every((cell) => cell === '' || cell.trim() === '')) return { kind: 'blank' };
  const cells = row.cells.map(cleanCell);
  if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '')) {
    return { kind: 'rejected', code: 'too-many-cells', message: `the row has ${cells.length} cells, the header has ${width}` };
  }
  while (cells.length < width) cells.push('');
  return { kind: 'cells', cells: cells.length > width ? cells.slice(0, width) : cells };
}
