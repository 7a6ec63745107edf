import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import { csvLine } from './csv-line.ts';

export type FileFormat = 'jsonl' | 'csv' | 'parquet';
/** What a column holds; JSON stands as text in CSV and parquet, as itself in JSONL. */
export type ColumnType = 'text' | 'integer' | 'flag' | 'json';
export type Row = { readonly [column: string]: unknown };

const rowsPerGroup = 10_000;
const parquetTypes = { text: 'BYTE_ARRAY', json: 'BYTE_ARRAY', integer: 'INT64', flag: 'BOOLEAN' } as const;

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  const stream = createWriteStream(path);
  const failed = once(stream, 'error').then(([error]) => { throw error; });
  failed.catch(() => { /* told below */ });
  for (const line of lines) if (!stream.write(line)) await Promise.race([once(stream, 'drain'), failed]);
  stream.end();
  await Promise.race([once(stream, 'finish'), failed]);
}

function writeParquet(path: string, columns: { readonly [name: string]: ColumnType }, rows: Iterable<Row>): void {
  const names = Object.keys(columns);
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: [{ name: 'root', num_children: names.length }, ...names.map((name) => ({ name, type: parquetTypes[columns[name] ?? 'text'], repetition_type: 'OPTIONAL' as const, ...(columns[name] === 'text' || columns[name] === 'json' ? { converted_type: 'UTF8' as const } : {}) }))],
  });
  const cell = (name: string, value: unknown): unknown => {
    if (value === null || value === undefined) return null;
    return columns[name] === 'integer' ? BigInt(value as number) : columns[name] === 'json' ? JSON.stringify(value) : value;
  };
  let group: Row[] = [];
  const flush = (): void => {
    if (group.length > 0) void writer.write({ columnData: names.map((name) => ({ name, data: group.map((row) => cell(name, row[name])) })) });
    group = [];
  };
  for (const row of rows) {
    group.push(row);
    if (group.length === rowsPerGroup) flush();
  }
  flush();
  void writer.finish();
}

/** Writes rows as they are made; at most one row group is held. */
export async function writeTable(path: string, format: FileFormat, columns: { readonly [name: string]: ColumnType }, rows: Iterable<Row>): Promise<void> {
  const names = Object.keys(columns);
  function* csv(): Generator<string> {
    yield csvLine(names);
    for (const row of rows) yield csvLine(names.map((name) => textOf(row[name])));
  }
  function* jsonl(): Generator<string> {
    for (const row of rows) yield `${JSON.stringify(row)}\n`;
  }
  switch (format) {
    case 'csv': return writeLines(path, csv());
    case 'jsonl': return writeLines(path, jsonl());
    case 'parquet': return writeParquet(path, columns, rows);
  }
}
