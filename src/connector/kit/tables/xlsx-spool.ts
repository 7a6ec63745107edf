import { open, rm } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Readable } from 'node:stream';
import { randomUUID } from 'node:crypto';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { ConfigurationError } from '../../errors.ts';
import { StringSpool } from '../string-spool.ts';
import { columnOf, numberKind, numberText, unescapeXlsx, type NumberKind } from './xlsx-cells.ts';
import { parseXml } from './xlsx-xml.ts';
import { zipLimits } from './zip-archive.ts';

/** The first visible sheet of a workbook as a delimited file: UTF-8, commas, the row number of the sheet as first cell. */
export interface SpooledSheet {
  readonly path: string;
  readonly sheet: string;
  readonly otherSheets: readonly string[];
  readonly date1904: boolean;
}

interface Workbook { readonly sheets: readonly { readonly name: string; readonly id: string; readonly hidden: boolean }[]; readonly date1904: boolean }

const unreadable = (name: string, message: string, cause?: unknown): ConfigurationError => new ConfigurationError({ code: 'xlsx-unreadable', message: `${name}: ${message}`, remedy: 'Open and save it again as .xlsx, or save the sheet as CSV (UTF-8).', cause });

/** The parts of a workbook by name. */
class Parts {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #name: string;

  constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>, name: string) {
    this.#zip = zip;
    this.#entries = entries;
    this.#name = name;
  }

  has(part: string): boolean { return this.#entries.has(part); }

  async stream(part: string): Promise<Readable> {
    const entry = this.#entries.get(part);
    if (entry === undefined) throw unreadable(this.#name, `the workbook has no part ${part}`);
    if (entry.isEncrypted()) throw unreadable(this.#name, 'the workbook is protected by a password');
    if (entry.uncompressedSize > 10_000_000 && entry.uncompressedSize > entry.compressedSize * zipLimits.ratio) throw unreadable(this.#name, `${part} unpacks to more than ${zipLimits.ratio} times its size`);
    return this.#zip.openReadStreamPromise(entry);
  }
}

async function readParts(zip: ZipFile, name: string): Promise<Parts> {
  if (zip.entryCount > zipLimits.entries) throw unreadable(name, `${zip.entryCount} parts`);
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  return new Parts(zip, entries, name);
}

async function readWorkbook(parts: Parts): Promise<Workbook> {
  const sheets: { name: string; id: string; hidden: boolean }[] = [];
  let date1904 = false;
  await parseXml(await parts.stream('xl/workbook.xml'), {
    open: (name, attribute) => {
      if (name === 'workbookPr') date1904 = ['1', 'true'].includes(attribute('date1904') ?? '');
      if (name === 'sheet') sheets.push({ name: attribute('name') ?? '', id: attribute('id') ?? '', hidden: (attribute('state') ?? 'visible') !== 'visible' });
    },
    close: () => {}, text: () => {},
  });
  return { sheets, date1904 };
}

async function sheetPart(parts: Parts, id: string): Promise<string | null> {
  let found: string | null = null;
  await parseXml(await parts.stream('xl/_rels/workbook.xml.rels'), {
    open: (name, attribute) => { if (name === 'Relationship' && attribute('Id') === id) found = attribute('Target') ?? null; },
    close: () => {}, text: () => {},
  });
  return found === null ? null : posix.normalize((found as string).startsWith('/') ? (found as string).slice(1) : `xl/${found as string}`);
}

async function readStyles(parts: Parts): Promise<readonly NumberKind[]> {
  if (!parts.has('xl/styles.xml')) return [];
  const codes = new Map<number, string>();
  const kinds: NumberKind[] = [];
  let inCells = false;
  await parseXml(await parts.stream('xl/styles.xml'), {
    open: (name, attribute) => {
      if (name === 'numFmt') codes.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) kinds.push(numberKind(Number(attribute('numFmtId') ?? 0), codes.get(Number(attribute('numFmtId') ?? 0))));
    },
    close: (name) => { if (name === 'cellXfs') inCells = false; }, text: () => {},
  });
  return kinds;
}

async function readStrings(parts: Parts, spool: StringSpool): Promise<void> {
  if (!parts.has('xl/sharedStrings.xml')) return;
  let text = '', inText = false, phonetic = false;
  await parseXml(await parts.stream('xl/sharedStrings.xml'), {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') phonetic = true; // reading aids of East Asian text, not part of it
      inText = name === 't' && !phonetic;
    },
    close: (name) => {
      if (name === 'si') spool.add(unescapeXlsx(text));
      if (name === 'rPh') phonetic = false;
      inText = false;
    },
    text: (piece) => { if (inText) text += piece; },
  });
}

const quoted = (cell: string): string => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

async function writeRows(parts: Parts, part: string, target: string, strings: StringSpool, kinds: readonly NumberKind[], date1904: boolean): Promise<void> {
  const file = await open(target, 'wx', 0o600);
  let lines: string[] = [];
  let cells: string[] = [], row = 0, column = -1, type = '', style = 0, value = '', taking = false;
  const cellText = (): string => {
    if (type === 's') return strings.get(Number(value)) ?? '';
    if (type === 'b') return value === '1' ? 'true' : 'false';
    if (type === '' || type === 'n') return value === '' ? '' : numberText(value, kinds[style] ?? 'number', date1904);
    return unescapeXlsx(value);
  };
  try {
    await parseXml(await parts.stream(part), {
      open: (name, attribute) => {
        if (name === 'row') {
          row = Number(attribute('r') ?? row + 1);
          cells = [];
          column = -1;
        } else if (name === 'c') {
          const reference = attribute('r');
          column = reference === undefined ? column + 1 : columnOf(reference);
          type = attribute('t') ?? '';
          style = Number(attribute('s') ?? 0);
          value = '';
        }
        taking = name === 'v' || name === 't';
      },
      close: (name) => {
        taking = false;
        if (name === 'c' && column >= 0 && column < 16_384) {
          while (cells.length < column) cells.push('');
          cells[column] = cellText();
        }
        if (name === 'row' && cells.some((cell) => cell !== '')) lines.push(`${row},${cells.map(quoted).join(',')}\n`);
      },
      text: (piece) => { if (taking) value += piece; },
    }, async () => {
      if (lines.length > 0) await file.write(lines.join(''));
      lines = [];
    });
  } finally {
    await file.close();
  }
}

/**
 * Turns the first visible sheet of a workbook into a delimited file in a private folder, in one pass and flat memory,
 * so that it is paged through like any other file. Hidden columns are kept; at most 10 million different texts.
 * @throws ConfigurationError 'xlsx-unreadable' or 'xlsx-too-large' with a remedy.
 */
export async function spoolXlsx(request: Readonly<{ path: string; name: string; into: string }>): Promise<SpooledSheet> {
  const target = join(request.into, `${randomUUID()}.csv`);
  const stringsPath = `${target}.strings`;
  let zip: ZipFile | null = null;
  let strings: StringSpool | null = null;
  try {
    zip = await yauzl.openPromise(request.path, { lazyEntries: true, autoClose: false });
    const parts = await readParts(zip, request.name);
    const workbook = await readWorkbook(parts);
    const sheet = workbook.sheets.find((one) => !one.hidden) ?? workbook.sheets[0];
    const part = sheet === undefined ? null : await sheetPart(parts, sheet.id);
    if (sheet === undefined || part === null) throw unreadable(request.name, 'the workbook has no sheet');
    strings = new StringSpool(stringsPath);
    await readStrings(parts, strings);
    await writeRows(parts, part, target, strings, await readStyles(parts), workbook.date1904);
    return { path: target, sheet: sheet.name, otherSheets: workbook.sheets.filter((one) => one !== sheet).map((one) => one.name), date1904: workbook.date1904 };
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new ConfigurationError({ code: 'disk-full', message: `${request.name}: no room left on the disk for the unpacked sheet`, remedy: 'Free some space, or set TMPDIR to a folder on a larger disk.', cause: error });
    throw unreadable(request.name, `the workbook is damaged or no .xlsx file (${(error as Error).message})`, error);
  } finally {
    strings?.close();
    zip?.close();
    await rm(stringsPath, { force: true });
  }
}
