import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { ConfigurationError } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import { detectDialect } from '../../../connector/kit/tables/delimited-dialect.ts';
import { fitRow, readDelimitedRows } from '../../../connector/kit/tables/delimited-reader.ts';
import { detectFileEncoding, textDecoder } from '../../../connector/kit/values/text-encoding.ts';
import { objectIn } from '../values.ts';

/** A row of a file; null where it cannot be read as one. `number` counts rows or lines from 1, as a person finds them. */
export interface FileRow { readonly number: number; readonly row: JsonObject | null; readonly raw: string }
/** Rows that were read together, and where reading them again begins. */
export interface FileRows { readonly at: JsonObject; readonly rows: readonly FileRow[] }

const endings = /\.(jsonl|ndjson|csv|tsv|parquet)$/iu;
const parquetRows = 10_000;

/** The readable files at a path: itself, or those of the folder, in the order of their names. @throws ConfigurationError 'no-file' */
export async function filesAt(path: string, setting: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new ConfigurationError({ code: 'no-file', message: `${setting}: there is nothing at ${path}.`, remedy: 'Correct the path.' });
  const files = found.isDirectory() ? (await readdir(path)).sort().map((name) => join(path, name)) : [path];
  const readable = files.filter((file) => endings.test(file));
  if (readable.length === 0) throw new ConfigurationError({ code: 'no-file', message: `${setting}: no file at ${path} ends in .jsonl, .ndjson, .csv, .tsv or .parquet.`, remedy: 'Unpack or convert the files first.' });
  return readable;
}

/** Streams the rows of a file from a place on. Memory holds one stretch of the file; of parquet, 10,000 rows. */
export function fileRows(path: string, from: JsonObject | null): AsyncGenerator<FileRows> {
  if (/\.parquet$/iu.test(path)) return parquet(path, from);
  return /\.(jsonl|ndjson)$/iu.test(path) ? jsonLines(path, from) : delimited(path, from);
}

async function* jsonLines(path: string, from: JsonObject | null): AsyncGenerator<FileRows> {
  let at = { offset: Number(from?.['offset'] ?? 0), line: Number(from?.['line'] ?? 1) };
  let rest: Buffer[] = [];
  const rowOf = (line: Buffer, number: number): FileRow | null => {
    const raw = line.toString('utf8').replace(/^\uFEFF/u, '').trim();
    if (raw === '') return null;
    try {
      const value = JSON.parse(raw) as Json;
      return { number, raw, row: typeof value === 'object' && value !== null && !Array.isArray(value) ? value as JsonObject : null };
    } catch {
      return { number, raw, row: null };
    }
  };
  for await (const piece of createReadStream(path, { start: at.offset, highWaterMark: 1 << 18 })) {
    const rows: FileRow[] = [];
    const chunk = piece as Buffer;
    let [begin, { offset, line }] = [0, at];
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, begin)) {
      const whole = Buffer.concat([...rest, chunk.subarray(begin, end)]);
      rest = [];
      const row = rowOf(whole, line);
      if (row !== null) rows.push(row);
      offset += whole.length + 1;
      line += 1;
      begin = end + 1;
    }
    if (begin < chunk.length) rest.push(chunk.subarray(begin));
    if (rows.length > 0) yield { at, rows };
    at = { offset, line };
  }
  const last = rowOf(Buffer.concat(rest), at.line);
  if (last !== null) yield { at, rows: [last] };
}

async function* delimited(path: string, from: JsonObject | null): AsyncGenerator<FileRows> {
  const found = await detectFileEncoding(path);
  const sample = await firstBytes(path, 1 << 17);
  const dialect = detectDialect(textDecoder(found.encoding).decode(sample.subarray(found.bomBytes)), sample.length < 1 << 17);
  const file = { path, encoding: found.encoding, delimiter: dialect.delimiter, expectedCells: null };
  let header: readonly string[] | null = null;
  let start = { offset: found.bomBytes + dialect.preamble * (found.encoding.startsWith('utf-16') ? 2 : 1), line: dialect.preamble === 0 ? 1 : 2 };
  for await (const rows of readDelimitedRows(file, start)) {
    const [first] = rows;
    header = first?.cells.map((name, index) => (name.trim() === '' ? `column ${index + 1}` : name.trim())) ?? null;
    start = first?.after ?? start;
    break;
  }
  if (header === null) return;
  let at = from === null ? start : { offset: Number(from['offset']), line: Number(from['line']) };
  for await (const rows of readDelimitedRows(file, at)) {
    const read = rows.flatMap((row): FileRow[] => {
      const fitted = fitRow(row, header.length);
      if (fitted.kind === 'blank') return [];
      return [{ number: row.line, raw: row.raw, row: fitted.kind === 'cells' ? Object.fromEntries(header.map((name, index) => [name, fitted.cells[index] ?? ''])) : null }];
    });
    if (read.length > 0) yield { at: { ...at }, rows: read };
    at = rows.at(-1)?.after ?? at;
  }
}

async function* parquet(path: string, from: JsonObject | null): AsyncGenerator<FileRows> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const count = Number(metadata.num_rows);
  for (let row = Number(from?.['row'] ?? 0); row < count; row += parquetRows) {
    const rows = await parquetReadObjects({ file, metadata, compressors, rowStart: row, rowEnd: Math.min(count, row + parquetRows) });
    yield { at: { row }, rows: rows.map((values, index) => { const plain = objectIn(plainJson(values)); return { number: row + index + 1, row: plain, raw: JSON.stringify(plain) }; }) };
  }
}

/** Parquet's own kinds of values as JSON: 64-bit numbers beyond 2^53 as texts, times as ISO 8601, bytes as base64. */
function plainJson(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plainJson);
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plainJson(inner)]));
  return typeof value === 'number' && !Number.isFinite(value) ? null : value as Json;
}

async function firstBytes(path: string, length: number): Promise<Buffer> {
  const handle = await open(path);
  try {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await handle.read(buffer, 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The name of a file as positions and ids state it. */
export function fileName(path: string): string {
  return basename(path);
}
