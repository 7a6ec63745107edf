import { parse } from 'csv-parse/sync';
import { ConfigurationError } from '../connector/errors.ts';
import { byteOrderMark } from './csv.ts';

/** A line of a table as a spreadsheet saved it, with its number in the file. */
export interface CsvLine { readonly values: readonly string[]; readonly line: number }

/**
 * Reads a file that a person edited: comma, semicolon or tab, as the spreadsheet saved it, header line first.
 * @param params.what the file in words, for the error; params.code the code of it
 * @throws ConfigurationError when it is no CSV
 */
export function csvTable(text: string, params: Readonly<{ code: string; what: string }>): readonly CsvLine[] {
  const plain = text.startsWith(byteOrderMark) ? text.slice(1) : text;
  const firstLine = plain.slice(0, /[\r\n]/.exec(plain)?.index ?? plain.length);
  const count = (delimiter: string): number => firstLine.split(delimiter).length;
  const delimiter = [',', ';', '\t'].reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best));
  try {
    const rows = parse(plain, { delimiter, relax_column_count: true, skip_empty_lines: true, info: true, record_delimiter: ['\r\n', '\n', '\r'] }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.map(({ record, info }) => ({ values: record, line: info.lines }));
  } catch (error) {
    throw new ConfigurationError({ code: params.code, message: `${params.what} is not valid CSV: ${(error as Error).message}`, remedy: 'save it again as CSV (UTF-8) from the spreadsheet', cause: error });
  }
}
