import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../errors.ts';
import { writeXlsx, writeZip, type SheetCell } from '../../testing/make-archive.ts';
import { numberKind, numberText } from './xlsx-cells.ts';
import { spoolXlsx } from './xlsx-spool.ts';
import { openZipArchive, zipLimits, type ZipLimits } from './zip-archive.ts';

let root = '';
let number = 0;
beforeAll(async () => { root = await mkdtemp(join(tmpdir(), 'portolan-test-archives-')); });
afterAll(() => rm(root, { recursive: true, force: true }));

type Entries = Parameters<typeof writeZip>[1];

/** Writes a zip, lets `spoil` change its bytes, and unpacks its tables. */
async function unpack(entries: Entries, options: { readonly spoil?: (bytes: Buffer) => Buffer; readonly limits?: Partial<ZipLimits>; readonly mayBeArchive?: (name: string) => boolean } = {}): Promise<readonly { readonly name: string; readonly path: string; readonly size: number }[]> {
  const path = join(root, `${number += 1}.zip`);
  await writeZip(path, entries);
  if (options.spoil !== undefined) await writeFile(path, options.spoil(await readFile(path)));
  const into = `${path}.out`;
  await mkdir(into);
  const archive = await openZipArchive(path, { limits: { ...zipLimits, ...options.limits }, ...(options.mayBeArchive === undefined ? {} : { mayBeArchive: options.mayBeArchive }) });
  try {
    const files: { name: string; path: string; size: number }[] = [];
    for (const { name, size } of archive.files) {
      const target = name.endsWith('.csv') ? join(into, `${files.length}.csv`) : '';
      if (target !== '') await archive.extract(name, target);
      files.push({ name, path: target, size });
    }
    return files;
  } finally {
    archive.close();
  }
}

/** Replaces a text by another of the same length wherever it stands. */
const replaceAll = (from: Buffer | string, to: Buffer | string) => (bytes: Buffer): Buffer => {
  const [search, replacement] = [Buffer.from(from), Buffer.from(to)];
  for (let at = bytes.indexOf(search); at >= 0; at = bytes.indexOf(search, at + 1)) replacement.copy(bytes, at);
  return bytes;
};
async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(() => null, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(ConfigurationError);
  expect((error as ConfigurationError).remedy).not.toBeNull();
  return (error as ConfigurationError).code;
}

describe('unpacking a zip', () => {
  const plain: Entries = [{ name: 'aa/contacts.csv', content: 'name\nJan\n' }, { name: 'aa/photo.png', content: 'x' }];

  it('unpacks what is wanted under numbers and lists the rest', async () => {
    const files = await unpack(plain);
    expect(files.map((file) => file.name)).toEqual(['aa/contacts.csv', 'aa/photo.png']);
    expect(await readFile(files[0]?.path ?? '', 'utf8')).toBe('name\nJan\n');
    expect(files[1]?.path).toBe('');
    expect(files[0]?.path).toMatch(/[/\\]0\.csv$/);
  });

  it.each([
    ['a path leading outside', 'zip-unsafe-path', replaceAll('aa/contacts', '../contacts')],
    ['a path from the root', 'zip-unsafe-path', replaceAll('aa/contacts', '/a/contacts')],
    ['a path on another drive', 'zip-unsafe-path', replaceAll('aa/contacts', 'C:/contacts')],
    ['a path leading outside by backslashes', 'zip-unsafe-path', replaceAll('aa/contacts', '..\\contacts')],
    ['a truncated archive', 'zip-unreadable', (bytes: Buffer) => bytes.subarray(0, bytes.length - 30)],
    ['no archive at all', 'zip-unreadable', () => Buffer.from('name;email\nJan;jan@firma.example\n'.repeat(10))],
    ['an empty file', 'zip-unreadable', () => Buffer.alloc(0)],
    ['damaged content', 'zip-unreadable', (bytes: Buffer) => { bytes.fill(0xff, 46, 54); return bytes; }],
    ['a protected entry', 'zip-encrypted', (bytes: Buffer) => { for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 1)) bytes[at + 8] = (bytes[at + 8] ?? 0) | 1; return bytes; }],
  ])('refuses %s', async (_, code, spoil) => { expect(await refusal(unpack(plain, { spoil }))).toBe(code); });

  it('refuses links, archives in the archive, repeated names, too many entries and too much content', async () => {
    expect(await refusal(unpack([{ name: 'link.csv', content: '/etc/passwd', mode: 0o120777 }]))).toBe('zip-link');
    expect(await refusal(unpack([{ name: 'inner.ZIP', content: 'x' }]))).toBe('zip-nested');
    expect(await unpack([{ name: 'files/inner.ZIP', content: 'x' }], { mayBeArchive: (name) => name.startsWith('files/') })).toHaveLength(1);
    expect(await refusal(unpack([{ name: 'a.csv', content: 'x' }, { name: 'a.csv', content: 'y' }]))).toBe('zip-repeated-name');
    expect(await refusal(unpack(plain, { limits: { entries: 1 } }))).toBe('zip-too-many-entries');
    expect(await refusal(unpack(plain, { limits: { totalBytes: 5 } }))).toBe('zip-too-large');
    expect(await refusal(unpack([{ name: 'bomb.csv', content: Buffer.alloc(5_000_000, 'a') }]))).toBe('zip-bomb');
  });

  it('reads names in cp852 and windows-1250 that carry no mark of their encoding', async () => {
    for (const encoding of ['cp852', 'windows-1250']) {
      const name = encode('źródła.csv', encoding);
      const raw = await unpack([{ name: 'zrodla.csv', content: 'x' }], { spoil: (bytes) => {
        for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 1)) bytes[at + 9] = (bytes[at + 9] ?? 0) & ~0x08;
        for (let at = bytes.indexOf('PK\u0003\u0004'); at >= 0; at = bytes.indexOf('PK\u0003\u0004', at + 1)) bytes[at + 7] = (bytes[at + 7] ?? 0) & ~0x08;
        return replaceAll('zrodla.csv', name)(bytes);
      } });
      expect(raw.map((file) => file.name)).toEqual(['źródła.csv']);
    }
  });
});

describe('reading a workbook', () => {
  async function spool(rows: readonly (readonly SheetCell[])[], options: { readonly date1904?: boolean } = {}): Promise<string> {
    const path = join(root, `${number += 1}.xlsx`);
    await writeXlsx(path, [{ name: 'Ukryty', rows: [['x']], hidden: true }, { name: 'Dane', rows }, { name: 'Inne', rows: [] }], options);
    const sheet = await spoolXlsx({ path, name: 'contacts.xlsx', into: root });
    expect([sheet.sheet, sheet.otherSheets]).toEqual(['Dane', ['Ukryty', 'Inne']]);
    return readFile(sheet.path, 'utf8');
  }

  it('gives the cells of the first visible sheet as text, dates by their number format, with the rows of the sheet', async () => {
    const date = 45_631; // 2024-12-05
    expect(await spool([
      ['Imię', 'Data', 'Kiedy', 'Rabat', 'Kwota', 'Liczba'],
      ['Żaneta "Z"', { number: date, style: 1 }, { number: date + 0.75, style: 2 }, { number: 0.125, style: 3 }, { number: 1234.5, style: 5 }, { number: date }],
      [],
      [null, { number: date, style: 4 }, { inline: 'a,b' }, { boolean: true }, { error: '#N/A' }, { number: 0.1 + 0.2 }],
      [{ inline: 'wiersz_x000A_drugi' }, { number: 1.234 }],
    ])).toBe([
      '1,Imię,Data,Kiedy,Rabat,Kwota,Liczba', '2,"Żaneta ""Z""",2024-12-05,2024-12-05 18:00:00,12.5%,1234.5,45631', '4,,2024-12-05,"a,b",true,#N/A,0.3', '5,"wiersz\ndrugi",1.2340', '',
    ].join('\n'));
  });

  it('counts days from 1904 where the workbook says so', async () => {
    expect(await spool([[{ number: 44_169, style: 1 }]], { date1904: true })).toBe('1,2024-12-05\n');
  });

  it('keeps many different texts on disk and finds each again', async () => {
    const text = await spool(Array.from({ length: 3000 }, (_, index) => [`${'ż'.repeat(100)}${index}`, `second ${index}`]));
    expect(text.split('\n')[2999]).toBe(`3000,${'ż'.repeat(100)}2999,second 2999`);
    expect((await readdir(root)).filter((name) => name.endsWith('.strings'))).toEqual([]);
  });

  it.each([['text', 'this is no workbook'], ['nothing', '']])('refuses a file that holds %s', async (_, content) => {
    const path = join(root, `${number += 1}.xlsx`);
    await writeFile(path, content);
    expect(await refusal(spoolXlsx({ path, name: 'contacts.xlsx', into: root }))).toBe('xlsx-unreadable');
  });

  it('refuses a zip that is no workbook and a workbook with broken XML', async () => {
    const path = join(root, `${number += 1}.xlsx`);
    await writeZip(path, [{ name: 'a.txt', content: 'x' }]);
    expect(await refusal(spoolXlsx({ path, name: 'contacts.xlsx', into: root }))).toBe('xlsx-unreadable');
    await writeZip(path, [{ name: 'xl/workbook.xml', content: '<workbook><sheets><sheet name="a"' }]);
    expect(await refusal(spoolXlsx({ path, name: 'contacts.xlsx', into: root }))).toBe('xlsx-unreadable');
  });

  it('tells dates, times, percentages and durations by their number format', () => {
    expect([[14], [22], [20], [10], [0], [164, 'yyyy-mm-dd'], [164, '[$-415]d mmmm yyyy;@'], [164, 'hh:mm:ss'], [164, '0.0%'], [164, '[h]:mm'], [164, '#,##0 "dni"'], [164, '[Red]0.00'], [164, 'dd/mm/yyyy hh:mm']].map(([id, code]) => numberKind(id as number, code as string | undefined)))
      .toEqual(['date', 'datetime', 'time', 'percent', 'number', 'date', 'date', 'time', 'percent', 'number', 'number', 'number', 'datetime']);
    expect([numberText('1', 'date', false), numberText('59', 'date', false), numberText('61', 'date', false), numberText('0.5', 'time', false), numberText('4.86E+10', 'number', false)]).toEqual(['1900-01-01', '1900-02-28', '1900-03-01', '12:00:00', '48600000000']);
  });
});
