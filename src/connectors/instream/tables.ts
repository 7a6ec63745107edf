import { open } from 'node:fs/promises';
import { dirname, extname, join as joinPath } from 'node:path/posix';
import type { CatalogNote, CatalogQuestion } from '../../connector/catalog.ts';
import { ConfigurationError } from '../../connector/errors.ts';
import { detectDialect } from '../../connector/kit/tables/delimited-dialect.ts';
import { fitRow, readDelimitedRows, type DelimitedFile, type FilePlace } from '../../connector/kit/tables/delimited-reader.ts';
import { looksLikeData, nameColumns } from '../../connector/kit/tables/header-names.ts';
import { detectFileEncoding, encodedLength, textDecoder, type DetectedEncoding } from '../../connector/kit/values/text-encoding.ts';
import { isEmailValue } from '../../connector/kit/values/value-kinds.ts';
import { spoolXlsx } from '../../connector/kit/tables/xlsx-spool.ts';
import { bindColumns, type BoundColumn } from './aliases.ts';
import { fileKind, type Bundle, type BundleFile } from './bundle.ts';
import { fileRole } from './file-role.ts';
import type { ManifestFile } from './manifest.ts';
import { fileObjects, type ObjectDefinition } from './objects.ts';
import type { SpoolFile } from './spooled-table.ts';

/** A file of the bundle as rows of one object. */
export interface Table {
  readonly object: ObjectDefinition;
  readonly name: string; // of the file, as in the bundle
  readonly source: DelimitedFile | SpoolFile;
  readonly begin: FilePlace; // first data row
  readonly columns: readonly BoundColumn[];
  /** 1 when the first cell of each row is the row number of the sheet it was taken from. */
  readonly leading: 0 | 1;
  /** What must be answered before this file is read. */
  readonly roleQuestion: string | null;
  readonly headerQuestion: { readonly id: string; readonly asHeader: Table } | null;
  readonly details: { readonly [name: string]: string | number | boolean | readonly string[] };
  /** The rows come from a service and may differ the next time: a cursor carries a seal of all rows before it. Default false. */
  readonly sealed?: boolean;
}

export interface Tables {
  readonly byObject: ReadonlyMap<string, readonly Table[]>;
  readonly notes: readonly CatalogNote[];
  readonly questions: readonly CatalogQuestion[];
  /** Files that look like data and are not read. */
  readonly unread: readonly string[];
}

const sampleBytes = 512 * 1024;

interface Layout { readonly source: Omit<DelimitedFile, 'expectedCells'>; readonly start: FilePlace; readonly leading: 0 | 1; readonly details: Table['details']; readonly warnings: readonly string[] }

async function layoutOfText(file: BundleFile, path: string, told: ManifestFile): Promise<Layout> {
  const detected: DetectedEncoding = await detectFileEncoding(path);
  const refusedUtf8 = told.encoding === 'utf-8' && detected.encoding !== 'utf-8';
  const encoding = told.encoding === undefined || refusedUtf8 ? detected.encoding : told.encoding;
  const handle = await open(path);
  const buffer = Buffer.alloc(Math.min(sampleBytes, file.size));
  let bytesRead = 0;
  try {
    ({ bytesRead } = await handle.read(buffer, 0, buffer.length, 0));
  } finally {
    await handle.close();
  }
  const text = textDecoder(encoding).decode(buffer.subarray(detected.bomBytes, bytesRead), { stream: true });
  const dialect = detectDialect(text, bytesRead >= file.size);
  const preamble = text.slice(0, dialect.preamble);
  return {
    source: { path, encoding, delimiter: told.delimiter ?? dialect.delimiter },
    start: { offset: detected.bomBytes + encodedLength(preamble, encoding), line: preamble === '' ? 1 : 2 }, leading: 0,
    details: { encoding, encodingReason: told.encoding === encoding ? 'manifest.json' : detected.reason, encodingCertain: detected.certain, delimiter: told.delimiter ?? dialect.delimiter, delimiterReason: told.delimiter === undefined ? dialect.reason : 'manifest.json' },
    warnings: refusedUtf8 ? [`manifest.json says UTF-8, but the bytes are not (${detected.reason}): read as ${encoding}`] : [],
  };
}

async function layoutOfXlsx(file: BundleFile, path: string, bundle: Bundle): Promise<Layout> {
  const spooled = await spoolXlsx({ path, name: file.name, into: (await bundle.temp()).path });
  const warnings = spooled.otherSheets.length === 0 ? [] : [`only the first sheet ${JSON.stringify(spooled.sheet)} is read, not ${spooled.otherSheets.map((name) => JSON.stringify(name)).join(', ')}`];
  return {
    source: { path: spooled.path, encoding: 'utf-8', delimiter: ',' }, start: { offset: 0, line: 1 }, leading: 1,
    details: { sheet: spooled.sheet, otherSheets: spooled.otherSheets, dateSystem: spooled.date1904 ? 1904 : 1900 }, warnings,
  };
}

/** The first row that is not blank, and where the rows after it begin. */
async function firstRow(layout: Layout): Promise<{ readonly cells: readonly string[]; readonly at: FilePlace; readonly after: FilePlace } | null> {
  let at = layout.start;
  for await (const rows of readDelimitedRows({ ...layout.source, expectedCells: null }, layout.start)) {
    for (const row of rows) {
      const cells = row.cells.slice(layout.leading);
      const fitted = fitRow({ ...row, cells }, cells.length);
      if (fitted.kind === 'cells') return { cells: fitted.cells, at, after: row.after };
      at = row.after;
    }
  }
  return null;
}

/** What is shown of a file that nobody knows: enough to say what it could be. */
const MAX_COLUMNS = 200;
const MAX_SAMPLES = 8;
const MAX_SAMPLE_LENGTH = 100;

/** The first filled rows, cut to a few cells of bounded length. */
async function sampleRows(layout: Layout, at: FilePlace, width: number): Promise<string[][]> {
  const samples: string[][] = [];
  for await (const rows of readDelimitedRows({ ...layout.source, expectedCells: null }, at)) {
    for (const row of rows) {
      const cells = row.cells.slice(layout.leading, layout.leading + width).map((cell) => cell.trim().slice(0, MAX_SAMPLE_LENGTH));
      if (cells.some((cell) => cell !== '')) samples.push(cells);
      if (samples.length >= MAX_SAMPLES) return samples;
    }
  }
  return samples;
}

const unreadRemedy = `Name it after what it holds (${fileObjects.slice(0, 3).map((definition) => `${definition.fileKey}.csv`).join(', ')}, …) or list it in manifest.json.`;

function manifestEntries(bundle: Bundle): ReadonlyMap<string, { readonly definition: ObjectDefinition; readonly told: ManifestFile }> {
  const entries = new Map<string, { definition: ObjectDefinition; told: ManifestFile }>();
  const manifestFile = bundle.files.find((file) => /(^|\/)manifest\.json$/i.test(file.name));
  const base = manifestFile === undefined ? '.' : dirname(manifestFile.name);
  for (const definition of fileObjects) {
    const told = bundle.manifest?.files?.[definition.fileKey];
    if (told?.path === undefined) continue;
    for (const path of [told.path].flat()) {
      const name = joinPath(base, path);
      if (!bundle.files.some((file) => file.name === name)) throw new ConfigurationError({ code: 'manifest-file-missing', message: `manifest.json: files.${definition.fileKey}.path names ${JSON.stringify(path)}, which is not in the bundle`, remedy: 'Add the file or correct the path.' });
      entries.set(name, { definition, told });
    }
  }
  return entries;
}

interface Headed { readonly names: readonly string[]; readonly manifest: { readonly [header: string]: string } }

function build(definition: ObjectDefinition, file: BundleFile, layout: Layout, headed: Headed, begin: FilePlace, extra: Pick<Table, 'roleQuestion' | 'headerQuestion'>): Table {
  return {
    object: definition, name: file.name, begin, leading: layout.leading, ...extra, details: layout.details,
    source: { ...layout.source, expectedCells: headed.names.length + layout.leading }, columns: bindColumns(definition, headed.names, headed.manifest),
  };
}

/** Finds out for every file of the bundle what it holds and how it is written. Reads each file once, in a stream. */
export async function prepareTables(bundle: Bundle): Promise<Tables> {
  const byObject = new Map<string, Table[]>();
  const notes: CatalogNote[] = [];
  const questions: CatalogQuestion[] = [];
  const unread: string[] = [];
  const manifest = manifestEntries(bundle);
  const warn = (subject: string, code: string, message: string): void => { notes.push({ subject, level: 'warning', code, message }); };
  for (const file of bundle.files) {
    const entry = manifest.get(file.name);
    if (fileKind(file.name) !== 'table' && entry === undefined) continue;
    const isSheet = extname(file.name).toLowerCase() === '.xlsx';
    const path = await bundle.localPath(file.name);
    const layout = isSheet ? await layoutOfXlsx(file, path, bundle) : await layoutOfText(file, path, entry?.told ?? {});
    for (const warning of layout.warnings) warn(file.name, 'file-warning', warning);
    const first = await firstRow(layout);
    if (first === null) {
      warn(file.name, 'empty-file', 'the file holds no row, not even column names');
      continue;
    }
    const named = nameColumns(first.cells);
    const role = entry === undefined ? fileRole(file.name, named.names) : { definition: entry.definition, sure: true, reason: 'manifest.json' };
    if (role === null) {
      unread.push(file.name);
      notes.push({
        subject: file.name, level: 'warning', code: 'unknown-file', message: `neither its name nor its columns (${named.names.slice(0, 8).join(', ')}) tell what it holds: not read. ${unreadRemedy}`,
        details: { columns: named.names.slice(0, MAX_COLUMNS).map((name) => name), samples: await sampleRows(layout, first.after, Math.min(named.names.length, MAX_COLUMNS)) },
      });
      continue;
    }
    if (named.repeated.length > 0) warn(file.name, 'repeated-headers', `column names that stand twice were numbered: ${named.repeated.join(', ')}`);
    const definition = role.definition;
    const told = { ...bundle.manifest?.files?.[definition.fileKey]?.columns, ...entry?.told.columns };
    const roleQuestion = role.sure ? null : `file-role:${file.name}`;
    const withHeader = build(definition, file, layout, { names: named.names, manifest: told }, first.after, { roleQuestion, headerQuestion: null });
    let table = withHeader;
    if (looksLikeData(first.cells) && withHeader.columns.every((column) => column.by === 'custom')) {
      const numbered = first.cells.map((_, index) => `column_${index + 1}`);
      const emailAt = first.cells.findIndex((cell) => isEmailValue(cell));
      const guess = emailAt >= 0 && definition.columns.some((column) => column.name === 'email') ? { [`column_${emailAt + 1}`]: 'email' } : {};
      const id = `header-row:${file.name}`;
      table = build(definition, file, layout, { names: numbered, manifest: { ...guess, ...told } }, first.at, { roleQuestion, headerQuestion: { id, asHeader: withHeader } });
      questions.push({
        id, question: `Is the first row of ${file.name} already a record, or does it hold the column names?`, recommendation: 'data', evidence: first.cells.slice(0, 8),
        options: [
          { value: 'data', label: 'A record', effect: 'The columns are called column_1, column_2, …; manifest.json can name them.' },
          { value: 'header', label: 'Column names', effect: 'The first row is not loaded.' },
        ],
      });
    }
    if (roleQuestion !== null) {
      questions.push({
        id: roleQuestion, question: `Does ${file.name} hold ${definition.label.toLowerCase()} records?`, recommendation: definition.name, evidence: [role.reason, ...named.names.slice(0, 8)],
        options: [
          { value: definition.name, label: `Yes, ${definition.label.toLowerCase()} records`, effect: `Its rows are read as ${definition.name}.` },
          { value: 'ignore', label: 'Leave it out', effect: `None of its rows are read. ${unreadRemedy}` },
        ],
      });
    }
    byObject.set(definition.name, [...(byObject.get(definition.name) ?? []), table]);
  }
  return { byObject, notes, questions, unread };
}

/** The tables of an object as the answers have them; unanswered questions fall back on the recommendation only for discovery. */
export function answeredTables(tables: readonly Table[], answers: { readonly [id: string]: unknown } | null): readonly Table[] {
  const answerOf = (id: string, allowed: readonly string[], recommended: string): string => {
    const answer = answers === null ? recommended : answers[id];
    if (typeof answer === 'string' && allowed.includes(answer)) return answer;
    throw new ConfigurationError({ code: 'question-not-answered', message: answer === undefined ? `The question ${id} is not answered.` : `The question ${id} has no option ${JSON.stringify(answer)}.`, remedy: `Answer it with one of: ${allowed.join(', ')}.` });
  };
  const kept: Table[] = [];
  for (const table of tables) {
    if (table.roleQuestion !== null && answerOf(table.roleQuestion, [table.object.name, 'ignore'], table.object.name) === 'ignore') continue;
    const header = table.headerQuestion;
    kept.push(header !== null && answerOf(header.id, ['data', 'header'], 'data') === 'header' ? header.asHeader : table);
  }
  return kept;
}
