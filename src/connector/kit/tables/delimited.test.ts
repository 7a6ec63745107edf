import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { encode } from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectDialect } from './delimited-dialect.ts';
import { cleanCell, fitRow, readDelimitedRows, type PlacedRow } from './delimited-reader.ts';
import { DelimitedTokenizer, maxCellLength, type DelimitedRow } from './delimited-tokenizer.ts';
import { detectFileEncoding } from '../values/text-encoding.ts';

function tokenize(text: string, options: { readonly delimiter?: string; readonly expected?: number | null; readonly pieces?: number } = {}): DelimitedRow[] {
  const tokenizer = new DelimitedTokenizer({ delimiter: options.delimiter ?? ',', expectedCells: options.expected ?? null, firstLine: 1 });
  const size = Math.max(1, Math.ceil(text.length / (options.pieces ?? 1)));
  const rows: DelimitedRow[] = [];
  for (let at = 0; at < text.length; at += size) for (const row of tokenizer.push(text.slice(at, at + size), false)) rows.push(row);
  for (const row of tokenizer.push('', true)) rows.push(row);
  return rows;
}
const cells = (text: string, expected: number | null = null): (readonly string[])[] => tokenize(text, { expected }).map((row) => row.cells);

describe('splitting delimited text into rows', () => {
  it.each([
    ['mixed line ends', 'a,b\r\nc,d\ne,f\rg,h', [['a', 'b'], ['c', 'd'], ['e', 'f'], ['g', 'h']]],
    ['line ends and delimiters in quotes', '"a\r\nb,c",d\n', [['a\r\nb,c', 'd']]],
    ['doubled quotes', '"say ""hi""",b', [['say "hi"', 'b']]],
    ['a stray quote in a plain cell', '5" pipe,b', [['5" pipe', 'b']]],
    ['text after a closing quote', '"abc"def,b', [['"abc"def', 'b']]],
    ['blanks around quotes', ' "a,b" ,c', [['a,b', 'c']]],
    ['an empty last cell', 'a,\nb,', [['a', ''], ['b', '']]],
    ['a Windows path in quotes', '"C:\\dir\\",b', [['C:\\dir\\', 'b']]],
    ['a quote escaped by a backslash', '"say \\"hi\\" now",b', [['say "hi" now', 'b']]],
    ['a guarded number with a comma', '="0,1",b', [['0,1', 'b']]],
  ])('reads %s', (_, text, expected) => { expect(cells(text)).toEqual(expected); });

  it('lets the number of columns settle whether a backslash escapes a quote before a delimiter', () => {
    expect(cells('"say \\"hi\\", please",b', 2)).toEqual([['say "hi", please', 'b']]);
    expect(cells('"C:\\",b', 2)).toEqual([['C:\\', 'b']]);
  });

  it('reports the line of a quote that is never closed and goes on with the next line', () => {
    expect(tokenize('a,b\nc,"never\nd,e\n').map((row) => [row.line, row.flaw, ...row.cells])).toEqual([[1, null, 'a', 'b'], [2, 'unclosed-quote'], [3, null, 'd', 'e']]);
  });

  it('gives up a quoted cell of more than a million characters, without holding more of the text', () => {
    const rows = tokenize(`a,b\nc,"never\n${'d,e\n'.repeat(maxCellLength / 2)}`, { pieces: 40 });
    expect(rows[1]).toMatchObject({ line: 2, flaw: 'unclosed-quote' });
    expect(rows).toHaveLength(2 + maxCellLength / 2);
    expect(rows.at(-1)).toMatchObject({ line: 2 + maxCellLength / 2, cells: ['d', 'e'] });
  });

  it('never merges rows silently: a quote closed lines later by another row is reported with its lines', () => {
    const rows = tokenize('a,"b\nc,"d"\ne,f\n');
    expect(rows.map((row) => [row.line, row.endLine, row.flaw])).toEqual([[1, 2, 'broken-quote'], [3, 3, null]]);
    expect(rows[0]?.raw).toBe('a,"b\nc,"d"\n');
    // The reason why csv-parse is not the reader: it makes one record of both lines and says nothing.
    expect(parse('a,"b\nc,"d"\ne,f\n', { relax_quotes: true, relax_column_count: true })).toHaveLength(2);
  });

  it('reads the same rows however the text arrives', () => {
    const unit = fc.constantFrom('a', '"', ',', '\n', '\r', '\\', ' ', '=', 'ż');
    fc.assert(fc.property(fc.string({ unit, maxLength: 60 }), fc.integer({ min: 1, max: 30 }), (text, pieces) => {
      expect(tokenize(text, { pieces })).toEqual(tokenize(text));
    }), { numRuns: 500 });
  });

  it('accounts for every character of the text, whatever it is', () => {
    const unit = fc.constantFrom('a', '"', ',', '\n', '\r', '\\', ' ', '=');
    fc.assert(fc.property(fc.string({ unit, maxLength: 80 }), (text) => {
      expect(tokenize(text).map((row) => row.raw).join('')).toBe(text);
    }), { numRuns: 500 });
  });

  it('agrees with csv-parse on well-formed text', () => {
    const table = fc.array(fc.array(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ';', 'ż', '\t'), maxLength: 6 }), { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 8 });
    fc.assert(fc.property(table, (rows) => {
      const text = stringify(rows, { quoted: true });
      expect(cells(text)).toEqual(parse(text));
    }));
  });
});

describe('choosing the delimiter', () => {
  it.each([',', ';', '\t', '|'])('finds %j by how evenly it cuts the records, not by how often it stands', (delimiter) => {
    const rows = Array.from({ length: 30 }, (_, index) => [String(index), '1,5', `x;y${index}`, 'a|b', `${index}\tz`].slice(0, 3));
    expect(detectDialect(stringify([['id', 'amount', 'text'], ...rows], { delimiter }), true).delimiter).toBe(delimiter);
  });

  it('is not fooled by decimal commas and commas in prose', () => {
    expect(detectDialect(`imię;kwota;opis\n${'Jan;1,50;raz, dwa, trzy\n'.repeat(20)}`, true).delimiter).toBe(';');
  });

  it('obeys a first line sep=', () => {
    expect(detectDialect('sep=|\r\na|b;c;d\r\n', true)).toMatchObject({ delimiter: '|', preamble: 7 });
  });

  it('takes a comma for a file with one column', () => {
    expect(detectDialect('name\nJan\nEwa\n', true).delimiter).toBe(',');
  });
});

describe('bringing rows to the width of the header', () => {
  const fit = (text: string, width: number): unknown => fitRow(tokenize(text)[0] as DelimitedRow, width);
  it('pads a short row, drops empty cells beyond the header, and rejects a row with more cells', () => {
    expect(fit('a', 3)).toEqual({ kind: 'cells', cells: ['a', '', ''] });
    expect(fit('a,b,,', 2)).toEqual({ kind: 'cells', cells: ['a', 'b'] });
    expect(fit('a,b,c', 2)).toMatchObject({ kind: 'rejected', code: 'too-many-cells', message: 'the row has 3 cells, the header has 2' });
    expect(fit(' , ', 2)).toEqual({ kind: 'blank' });
  });

  it('takes guards and NUL characters off a cell', () => {
    expect(['="00123"', '="a""b"', '=SUM(A1)', 'a\0b', '"'].map(cleanCell)).toEqual(['00123', 'a"b', '=SUM(A1)', 'ab', '"']);
  });
});

describe('reading a delimited file', () => {
  let folder = '';
  beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'portolan-test-delimited-')); });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function rowsFrom(path: string, encoding: PlacedRow['after'] & { readonly encoding: Awaited<ReturnType<typeof detectFileEncoding>>['encoding'] }, delimiter: string): Promise<PlacedRow[]> {
    const rows: PlacedRow[] = [];
    for await (const batch of readDelimitedRows({ path, encoding: encoding.encoding, delimiter, expectedCells: null }, { offset: encoding.offset, line: encoding.line })) rows.push(...batch);
    return rows;
  }

  it('gives back any table from any encoding and delimiter, and the same rows from every place in it', async () => {
    const encodings = ['utf8', 'utf8-bom', 'utf16-le', 'utf16-be', 'windows-1250', 'iso-8859-2'] as const;
    const text = fc.string({ unit: fc.constantFrom(...'ąćęłńóśźż aB9"\n,;|\t'), maxLength: 8 });
    const table = fc.array(fc.array(text, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 12 });
    let number = 0;
    await fc.assert(fc.asyncProperty(table, fc.constantFrom(...encodings), fc.constantFrom(',', ';', '\t', '|'), async (rows, codec, delimiter) => {
      const all = [['ą ś ź', 'nagłówek', 'żółć'], ...rows]; // enough Polish letters to tell the code pages apart
      const path = join(folder, `${number += 1}.csv`);
      await writeFile(path, encode(stringify(all, { delimiter, quoted: true }), codec.replace('-bom', ''), { addBOM: codec.startsWith('utf16') || codec.endsWith('bom') }));
      const detected = await detectFileEncoding(path);
      const found = await rowsFrom(path, { ...detected, offset: detected.bomBytes, line: 1 }, delimiter);
      expect(found.map((row) => row.cells)).toEqual(all);
      const middle = found[Math.floor(found.length / 2) - 1];
      if (middle !== undefined) expect(await rowsFrom(path, { ...detected, ...middle.after }, delimiter)).toEqual(found.slice(Math.floor(found.length / 2)));
    }), { numRuns: 150 });
  });

  it('keeps places exact over many chunks of multi-byte text', async () => {
    const path = join(folder, 'long.csv');
    await writeFile(path, Array.from({ length: 20_000 }, (_, index) => `${index};"żółć\n${'ą'.repeat(index % 40)}";😀\r\n`).join(''));
    const found = await rowsFrom(path, { encoding: 'utf-8', offset: 0, line: 1 }, ';');
    expect(found).toHaveLength(20_000);
    const place = found[12_344]?.after ?? { offset: 0, line: 0 };
    expect(place.line).toBe(12_345 * 2 + 1);
    expect((await rowsFrom(path, { encoding: 'utf-8', ...place }, ';')).map((row) => row.cells[0])).toEqual(Array.from({ length: 20_000 - 12_345 }, (_, index) => String(index + 12_345)));
  });
});
