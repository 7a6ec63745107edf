import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Json, JsonObject } from '../../connector/json.ts';
import type { FilePlace } from '../../connector/kit/tables/delimited-reader.ts';
import { JsonLinesWriter, readJsonLines } from '../../connector/kit/tables/json-lines.ts';
import type { Bundle } from './bundle.ts';
import type { ObjectDefinition } from './objects.ts';
import type { Table } from './tables.ts';

/** A file of JSON lines that reading has written into the private folder: rows that were no rows in the export. */
export interface SpoolFile { readonly path: string; readonly format: 'json-lines' }

/** One row of a spooled table. */
export interface SpooledRow {
  readonly cells: readonly string[]; // in the order of the table's fields; '' = empty
  readonly position: string; // for people: 'archive.mbox message 17'
  /** Derived id of the record; left out = as for a row of a file. */
  readonly key?: string;
  /** What two copies of one record have in common; left out = all cells. */
  readonly same?: string;
  /** What records of other objects are made from. */
  readonly parts?: Json;
  readonly rejected?: { readonly code: string; readonly message: string; readonly raw: string };
}

/** Writes rows into the private folder and makes a table of them, which is then read like any other. */
export class TableSpool {
  readonly #writer: JsonLinesWriter;
  readonly #path: string;

  private constructor(writer: JsonLinesWriter, path: string) {
    this.#writer = writer;
    this.#path = path;
  }

  static async create(bundle: Bundle): Promise<TableSpool> {
    const path = join((await bundle.temp()).path, `${randomUUID()}.jsonl`);
    return new TableSpool(await JsonLinesWriter.create(path), path);
  }

  get rows(): number { return this.#writer.lines; }

  write(row: SpooledRow): Promise<void> {
    const { cells, position, key, same, parts, rejected } = row;
    return this.#writer.write({ c: cells, p: position, ...(key === undefined ? {} : { k: key }), ...(same === undefined ? {} : { s: same }), ...(parts === undefined ? {} : { x: parts }), ...(rejected === undefined ? {} : { r: { ...rejected } }) });
  }

  /** @param name of the table in reports and cursors: the same for the same export. */
  async finish(object: ObjectDefinition, name: string, fields: readonly string[], details: Table['details']): Promise<Table> {
    await this.#writer.close();
    return {
      object, name, source: { path: this.#path, format: 'json-lines' }, begin: { offset: 0, line: 1 }, leading: 0, roleQuestion: null, headerQuestion: null, details,
      columns: fields.map((field, index) => ({ index, header: field.replace(/_/g, ' '), field, by: 'name' as const })),
    };
  }

  /** Ends writing without a table. */
  close(): Promise<void> {
    return this.#writer.close();
  }
}

/** Streams spooled rows from a place on. */
export async function* readSpool(source: SpoolFile, from: FilePlace, signal: AbortSignal): AsyncGenerator<readonly { readonly row: SpooledRow; readonly line: number; readonly after: FilePlace }[]> {
  let line = from.line;
  for await (const lines of readJsonLines(source.path, from.offset, signal)) {
    yield lines.map(({ value, after }) => {
      const entry = value as JsonObject;
      const row: SpooledRow = {
        cells: entry['c'] as readonly string[], position: entry['p'] as string,
        ...(entry['k'] === undefined ? {} : { key: entry['k'] as string }), ...(entry['s'] === undefined ? {} : { same: entry['s'] as string }),
        ...(entry['x'] === undefined ? {} : { parts: entry['x'] }), ...(entry['r'] === undefined ? {} : { rejected: entry['r'] as unknown as NonNullable<SpooledRow['rejected']> }),
      };
      line += 1;
      return { row, line: line - 1, after: { offset: after, line } };
    });
  }
}
