import { createWriteStream } from 'node:fs';
import { mkdir, open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { csvChunks } from './files/csv.ts';
import { emptyDetails } from './details.ts';
import { expectationOf, isListed } from './expectation-of.ts';
import type { BundleExpectation } from './expectation.ts';
import { exportedAt } from './files/formats.ts';
import { headerOf } from './files/headers.ts';
import { bundleOptions } from './options.ts';
import type { BundleOptions } from './options.ts';
import { looseFiles } from './files/loose-files.ts';
import type { LooseFile } from './files/loose-files.ts';
import { zoneOf } from './activities/moments.ts';
import { markContacts } from './records/presence.ts';
import type { Table, TableRow } from './table.ts';
import { tablesOf } from './tables.ts';
import { xlsxStream } from './files/xlsx.ts';
import { Tally } from './tally.ts';
import { worldOf } from './world.ts';
import type { World } from './world.ts';

/** Columns that an export without ids lacks. */
const idColumns = new Set(['id', 'company_id', 'contact_id', 'record_id', 'pipeline_id', 'stage_id', 'list_id']);

function* laidOut(columns: readonly string[], rows: Iterable<TableRow>): Generator<readonly string[]> {
  for (const { cells, shape } of rows) {
    const row = columns.map((column) => cells[column] ?? '');
    if (shape === 'ragged-long') row.push('stray', 'cells');
    yield shape === 'ragged-short' ? row.slice(0, -3) : row; // the last custom fields: nothing that is counted
  }
}

function bytesOf(world: World, table: Table): NodeJS.ReadableStream {
  const { options, encoder } = world;
  const columns = table.columns.filter((column) => options.ids || !idColumns.has(column));
  const header = columns.map((column) => headerOf(column, options.language));
  const rows = laidOut(columns, table.rows);
  if (options.format === 'xlsx') return xlsxStream(header, rows);
  return Readable.from(csvChunks({
    header, rows,
    delimiter: options.delimiter, lineEnd: options.language === 'pl' ? '\r\n' : '\n', encoder,
  }), { objectMode: false, highWaterMark: 256 * 1024 });
}

/** The expectation speaks of `contacts.csv` whatever the format; on disk it may be `contacts.xlsx`. */
const fileName = (world: World, table: Table): string => table.file.replace(/\.csv$/, `.${world.options.format}`);

function manifestOf(world: World, tables: readonly Table[]): string {
  const { options, words } = world;
  const encoding = options.encoding === 'utf-8-bom' ? 'utf-8' : options.encoding;
  const files = Object.fromEntries(tables.map((table) => [table.file.replace('.csv', ''), { path: fileName(world, table), ...(options.format === 'csv' ? { delimiter: options.delimiter, encoding } : {}) }]));
  return `${JSON.stringify({
    format: 'instream-bundle', version: 1, exportedAt: new Date(exportedAt).toISOString(),
    timezone: zoneOf(world), locale: options.language === 'pl' ? 'pl-PL' : 'en-GB', currency: words.currency, files,
  }, null, 2)}\n`;
}

async function writeLoose(folder: string, { path: name, chunks }: LooseFile, made: Set<string>): Promise<void> {
  const target = path.join(folder, name);
  if (!made.has(path.dirname(target))) await mkdir(path.dirname(target), { recursive: true });
  made.add(path.dirname(target));
  const file = await open(target, 'w');
  try {
    for (const chunk of chunks) await file.write(chunk);
  } finally {
    await file.close();
  }
}

interface Contents { readonly tables: readonly Table[]; readonly loose: Iterable<LooseFile> }

async function writeFolder(world: World, { tables, loose }: Contents, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const table of tables) await pipeline(bytesOf(world, table), createWriteStream(path.join(folder, fileName(world, table))));
  const made = new Set<string>();
  for (const file of loose) await writeLoose(folder, file, made);
  if (world.options.manifest) await writeFile(path.join(folder, 'manifest.json'), manifestOf(world, tables));
}

async function writeZip(world: World, { tables, loose }: Contents, file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const zip = new ZipFile();
  const stamp = { mtime: new Date(exportedAt) };
  for (const table of tables) zip.addReadStreamLazy(fileName(world, table), stamp, (hand) => hand(null, bytesOf(world, table)));
  for (const { path: name, chunks, compressible } of loose) {
    zip.addReadStreamLazy(name, { ...stamp, compress: compressible }, (hand) => hand(null, Readable.from(chunks, { objectMode: false })));
  }
  if (world.options.manifest) zip.addBuffer(Buffer.from(manifestOf(world, tables)), 'manifest.json', stamp);
  zip.end();
  const failed = new Promise<never>((_, reject) => zip.once('error', reject));
  await Promise.race([pipeline(zip.outputStream, createWriteStream(file)), failed]);
}

/**
 * Writes an InStream export bundle of any size and says what is in it. Deterministic: the same options give the same bytes.
 * Rows are made, encoded and written one after the other; memory does not grow with the size (200,000 contacts: see bench/).
 * Columns and files follow the bundle contract; headers are Polish or English; the data is invented.
 *
 * @param given `folder` or `zip`, and whatever of BundleOptions should differ from its default.
 * @returns the expectation, counted by the generator itself and by nothing of the product.
 * @throws RangeError for options that cannot be written; file system errors as they come.
 */
export async function generateBundle(given: Partial<BundleOptions>): Promise<BundleExpectation> {
  const world = worldOf(bundleOptions(given));
  const tally = new Tally(isListed(world) ? emptyDetails() : null);
  const marks = markContacts(world);
  const contents = { tables: tablesOf(world, tally, marks), loose: looseFiles(world, tally, marks) };
  if (world.options.folder !== undefined) await writeFolder(world, contents, world.options.folder);
  else if (world.options.zip !== undefined) await writeZip(world, contents, world.options.zip);
  return expectationOf(world, tally, marks);
}
