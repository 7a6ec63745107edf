import { ConfigurationError } from '../connector/errors.ts';
import type { Json, JsonObject } from '../connector/json.ts';
import type { StoredQuarantineEntry } from '../engine/ports/ledger.ts';
import { byteOrderMark, csvRows } from './csv.ts';
import { csvTable } from './csv-table.ts';
import { unguardFormula } from './formula-guard.ts';

/**
 * The quarantine as a CSV that a person corrects and feeds back: these columns, then the record's fields.
 * A field whose name is one of these, or begins with `field:`, has `field:` put before it, so that no two columns are alike.
 */
const quarantineColumns = ['id', 'mapping', 'code', 'message', 'remedy', 'position'] as const;
const fieldMark = 'field:';
/** Excel cuts longer cells when it saves. */
const excelCellLimit = 32_767;

/** One row as it came back: the entry's id and the text of each field cell. */
export interface CorrectedRow { readonly line: number; readonly id: string; readonly cells: { readonly [field: string]: string } }
/** What the engine lays over the staged record: the changed fields only. None = try the record again as it is. */
export interface Correction { readonly id: string; readonly fields: JsonObject }

/** Header and lines of entries that come page by page. Two walks: the columns are the fields of all records. */
export async function* quarantineCsv(pages: () => AsyncIterable<readonly StoredQuarantineEntry[]>): AsyncGenerator<string> {
  const fields = new Set<string>();
  for await (const page of pages()) for (const entry of page) for (const name of fieldsToCorrect(entry)) fields.add(name);
  const columns = [...fields];
  yield quarantineHeader(columns);
  for await (const page of pages()) for (const entry of page) yield quarantineLine(entry, columns);
}

/** The header line for the given record fields. */
export function quarantineHeader(fields: readonly string[]): string {
  return byteOrderMark + csvRows([[...quarantineColumns, ...fields.map(columnOfField)]]);
}

/** Fields that need a column for an entry: those of the record, and those that its remedy says to fill in (`contact_email`). */
export function fieldsToCorrect(entry: Pick<StoredQuarantineEntry, 'data' | 'remedy'>): readonly string[] {
  if (entry.data === null) return [];
  return [...Object.keys(entry.data), ...entry.remedy.match(/\b[a-z]+(?:_[a-z]+)+\b/g) ?? []];
}

/** The line of one entry. Text as it is, null and absent as an empty cell, everything else as JSON. */
export function quarantineLine(entry: StoredQuarantineEntry, fields: readonly string[]): string {
  return csvRows([[...quarantineColumns.map((column) => entry[column]), ...fields.map((field) => cellOf(storedValue(entry, field)))]]);
}

/**
 * Reads a corrected file. Comma, semicolon or tab, as the spreadsheet saved it.
 * @throws ConfigurationError naming the missing column, the line or the id that is wrong.
 */
export function parseQuarantineCsv(text: string): readonly CorrectedRow[] {
  const [header, ...lines] = csvTable(text, { code: 'quarantine-file-unreadable', what: 'The quarantine file' });
  if (header === undefined) throw refused('quarantine-file-empty', 'The quarantine file is empty', 'give the file that `quarantine export` wrote, with its header line');
  const idColumn = header.values.indexOf('id');
  if (idColumn < 0) throw refused('quarantine-column-missing', `The quarantine file has no column 'id'; its columns are: ${header.values.join(', ').slice(0, 300)}`, 'keep the header line and the id column of the exported file');
  const names = header.values.map(fieldOfColumn);
  const twice = names.find((name, index) => name !== null && names.indexOf(name) !== index);
  if (twice !== undefined && twice !== null) throw refused('quarantine-column-twice', `The quarantine file has two columns for the field '${twice}'`, 'remove one of them');
  const seen = new Map<string, number>();
  return lines.filter(({ values }) => values.some((cell) => cell !== '')).map(({ values, line }) => {
    const id = unguardFormula(values[idColumn] ?? '').trim();
    if (id === '') throw refused('quarantine-id-missing', `Line ${line} of the quarantine file has no id`, 'copy the id of the exported line, or remove the line');
    if (values.length !== header.values.length) throw refused('quarantine-cells', `Line ${line} of the quarantine file has ${values.length} cells, the header has ${header.values.length}`, 'put a value that contains the delimiter into double quotes');
    const earlier = seen.get(id);
    if (earlier !== undefined) throw refused('quarantine-id-twice', `Id '${id}' stands in line ${earlier} and in line ${line} of the quarantine file`, 'keep one of the two lines');
    seen.set(id, line);
    return { line, id, cells: Object.fromEntries(names.flatMap((name, index) => (name === null ? [] : [[name, unguardFormula(values[index] ?? '')]]))) };
  });
}

/**
 * What a person changed in a row. A cell that says what was exported is no change; a changed cell becomes text,
 * or the JSON it spells where the stored value was not text.
 * @param entry the stored entry of the row's id
 */
export function correctionOf(row: CorrectedRow, entry: StoredQuarantineEntry): Correction {
  const fields = Object.entries(row.cells).flatMap(([name, cell]): [string, Json][] => {
    const stored = storedValue(entry, name);
    if (unchanged(cell, cellOf(stored))) return [];
    return [[name, typeof stored === 'string' || stored === undefined || stored === null ? cell : jsonOrText(cell)]];
  });
  return { id: row.id, fields: Object.fromEntries(fields) };
}

function storedValue(entry: StoredQuarantineEntry, field: string): Json | undefined {
  return entry.data !== null && Object.hasOwn(entry.data, field) ? entry.data[field] : undefined;
}

function cellOf(value: Json | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function unchanged(cell: string, exported: string): boolean {
  const plain = exported.replace(/\r\n?/g, '\n');
  const given = cell.replace(/\r\n?/g, '\n');
  return given === plain || (exported.length > excelCellLimit && given.length >= excelCellLimit - 1 && plain.startsWith(given));
}

function jsonOrText(cell: string): Json {
  if (cell === '') return null;
  try {
    return JSON.parse(cell) as Json;
  } catch {
    return cell;
  }
}

function columnOfField(field: string): string {
  return (quarantineColumns as readonly string[]).includes(field) || field.startsWith(fieldMark) ? fieldMark + field : field;
}

function fieldOfColumn(column: string): string | null {
  const name = unguardFormula(column);
  if ((quarantineColumns as readonly string[]).includes(name)) return null;
  return name.startsWith(fieldMark) ? name.slice(fieldMark.length) : name;
}

function refused(code: string, message: string, remedy: string): ConfigurationError {
  return new ConfigurationError({ code, message, remedy });
}
