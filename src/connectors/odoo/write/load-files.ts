import { RecordRejectedError, RetriableError } from '../../../connector/errors.ts';
import type { FileOpener, FileValue } from '../../../connector/file-value.ts';
import type { JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import { base64Length, FileLengthError } from '../../../connector/kit/http/file-body.ts';
import { callLoad } from './load-call.ts';
import type { Cell } from '../values/load-cells.ts';

/**
 * Bytes of files, as base64, that go into one call. 200 files of 20 kB take 0.2-0.7 s in one call and 4-6 s in single ones; a call of
 * 16 MiB is done in about half a second [14, measured], so that more in one would only make a lost one dearer.
 */
const bytesPerCall = 16 * 1024 * 1024;
/** Odoo's own limit for a request over XML-RPC: 413 above 128 MiB [17 18, and 19 over XML-RPC only]; 14 has none. */
const requestLimit = 128 * 1024 * 1024;

type Row = readonly Cell[];

/** Sizes of the files of one row, as they go out. */
function fileBytes(row: Row): number {
  return row.reduce((sum, cell) => sum + (typeof cell === 'string' ? 0 : base64Length(cell.size)), 0);
}

/** Rows in calls that a server takes: a large file goes alone, small ones together, in order. Rows without files stay in one call. */
export function callsFor<Item>(items: readonly Item[], rowOf: (item: Item) => Row): readonly (readonly Item[])[] {
  const calls: Item[][] = [];
  let held = 0;
  for (const item of items) {
    const bytes = fileBytes(rowOf(item));
    const last = calls.at(-1);
    if (last === undefined || (bytes > 0 && held + bytes > bytesPerCall)) {
      calls.push([item]);
      held = bytes;
    } else {
      last.push(item);
      held += bytes;
    }
  }
  return calls;
}

/** The reason why a row's file cannot be sent at all through this door; null = it can. */
export function oversize(client: OdooClient, row: Row): string | null {
  const bytes = fileBytes(row);
  if (client.door !== 'xmlrpc' || client.version.major < 15 || bytes < requestLimit - 1024 * 1024) return null;
  return `${nameOf(row)} is too large for XML-RPC on this Odoo: ${Math.ceil(bytes / 1024 / 1024)} MiB on the way, 128 MiB are taken.`;
}

/**
 * One `load` with files. Whatever goes wrong with one file is told of its row: it cannot be read at the source, it is not as long
 * as it says, the server refuses its size.
 */
export async function loadWithFiles(client: OdooClient, model: string, columns: readonly string[], rows: readonly Row[], context: JsonObject, open: FileOpener): Promise<readonly number[]> {
  const rowOf = new Map<FileValue, number>();
  rows.forEach((row, at) => { for (const cell of row) if (typeof cell !== 'string') rowOf.set(cell, at); });
  const named: FileOpener = (file) => namingRow(open, file, model, rowOf.get(file) ?? 0);
  try {
    return await callLoad(client, model, columns, rows, context, named);
  } catch (error) {
    const refused = error instanceof RecordRejectedError && error.code === 'request-too-large';
    const cutOff = error instanceof RetriableError && error.code === 'cut-off' && fileBytes(rows[0] ?? []) > requestLimit;
    if (rows.length !== 1 || (!refused && !cutOff)) throw error;
    const message = `${nameOf(rows[0] ?? [])}: the server, or a proxy in front of it, refuses a request of ${Math.ceil(fileBytes(rows[0] ?? []) / 1024 / 1024)} MiB.`;
    throw new RecordRejectedError({ code: 'request-too-large', message: `${model}: ${message}`, remedy: 'Raise the limit there (nginx: client_max_body_size), or leave the file out.', rejections: [{ index: 0, code: 'request-too-large', message }], cause: error });
  }
}

async function* namingRow(open: FileOpener, file: FileValue, model: string, index: number): AsyncGenerator<Uint8Array> {
  try {
    let read = 0;
    for await (const chunk of open(file)) {
      read += chunk.byteLength;
      if (read > file.size) throw new FileLengthError(file, read);
      yield chunk;
    }
    if (read !== file.size) throw new FileLengthError(file, read);
  } catch (error) {
    if (error instanceof FileLengthError) throw rowRejected(model, index, 'file-changed', error.message, error);
    if (!(error instanceof RecordRejectedError)) throw error;
    throw rowRejected(model, index, error.code, `${file.name}: ${error.rejections[0]?.message ?? error.message}`, error);
  }
}

function rowRejected(model: string, index: number, code: string, message: string, cause: unknown): RecordRejectedError {
  return new RecordRejectedError({ code, message: `${model}: ${message}`, rejections: [{ index, code, message }], cause });
}

function nameOf(row: Row): string {
  const file = row.find((cell) => typeof cell !== 'string');
  return file === undefined ? 'the record' : `the file '${file.name}'`;
}
