import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import yauzl from 'yauzl';
import { generateBundle } from './bundle.ts';
import { vatNumber } from './records/companies.ts';
import { dirtKinds } from './dirt.ts';
import type { BundleOptions } from './options.ts';

let scratch: string;
beforeAll(async () => { scratch = await mkdtemp(path.join(tmpdir(), 'portolan-bundle-')); });
afterAll(async () => { await rm(scratch, { recursive: true, force: true }); });

let made = 0;
async function bundle(options: Partial<BundleOptions> = {}): Promise<Readonly<{ folder: string; expectation: Awaited<ReturnType<typeof generateBundle>> }>> {
  const folder = path.join(scratch, String(made += 1));
  return { folder, expectation: await generateBundle({ seed: 7, contacts: 120, ...options, folder }) };
}

async function digest(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of await filesOf(folder)) hash.update(name).update(await readFile(path.join(folder, name)));
  return hash.digest('hex');
}

/** Paths of all files in a folder and below, with `/`. */
async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))).sort();
}

/** Reads a file with a CSV parser that is not the product's. */
async function table(folder: string, file: string, encoding = 'utf-8', delimiter = ';'): Promise<readonly { [column: string]: string }[]> {
  const text = new TextDecoder(encoding, { fatal: true }).decode(await readFile(path.join(folder, file)));
  return parse<{ [column: string]: string }>(text, { columns: true, delimiter, relax_column_count: true });
}

describe('the InStream bundle generator', () => {
  test('makes the same bytes from the same seed, others from another', async () => {
    const [first, again, other] = [await bundle({ dirt: 0.2 }), await bundle({ dirt: 0.2 }), await bundle({ dirt: 0.2, seed: 8 })];
    expect(await digest(again.folder)).toBe(await digest(first.folder));
    expect(await digest(other.folder)).not.toBe(await digest(first.folder));
    expect(again.expectation).toEqual(first.expectation);
  });

  test('puts into a zip what it puts into a folder', async () => {
    const { folder, expectation } = await bundle({ manifest: true });
    const zip = path.join(scratch, 'bundle.zip');
    expect(await generateBundle({ seed: 7, contacts: 120, manifest: true, zip })).toEqual(expectation);
    const inZip = await filesOfZip(zip);
    expect([...inZip.keys()].sort()).toEqual(await filesOf(folder));
    for (const [name, bytes] of inZip) expect(bytes.equals(await readFile(path.join(folder, name))), name).toBe(true);
  });

  for (const encoding of ['utf-8', 'utf-8-bom', 'windows-1250', 'iso-8859-2', 'utf-16le'] as const) {
    test(`writes ${encoding} that decodes back to the same Polish text`, async () => {
      const plain = await bundle({ notes: 0, emails: 0 });
      const { folder, expectation } = await bundle({ notes: 0, emails: 0, encoding });
      for (const file of Object.keys(expectation.rows)) {
        const label = encoding === 'utf-8-bom' ? 'utf-8' : encoding;
        expect(await table(folder, file, label), file).toEqual(await table(plain.folder, file));
      }
      const bytes = await readFile(path.join(folder, 'contacts.csv'));
      expect(bytes.subarray(0, 3).toString('hex')).toMatch({ 'utf-8': /^4944/, 'utf-8-bom': /^efbbbf/, 'windows-1250': /^4944/, 'iso-8859-2': /^4944/, 'utf-16le': /^fffe/ }[encoding]);
    });
  }

  test('leaves out of an eight-bit file what has no place there, and nothing else', async () => {
    const { folder } = await bundle({ encoding: 'windows-1250', dirt: 1 });
    const notes = await table(folder, 'notes.csv', 'windows-1250');
    expect(notes.some((note) => note['Treść']?.includes('ż'))).toBe(true);
    expect(notes.every((note) => !/\p{Extended_Pictographic}/u.test(note['Treść']?.replace(/[0-9#*©®™]/g, '') ?? ''))).toBe(true);
  });
});

describe('the expectation', () => {
  test('counts the rows and records that stand in the files', async () => {
    const { folder, expectation } = await bundle({ dirt: 0.4, contacts: 200 });
    for (const [file, rows] of Object.entries(expectation.rows)) {
      const read = await table(folder, file);
      expect(read.length, file).toBe(rows);
      const ragged = expectation.dirt[file]?.['ragged-long'] ?? 0;
      const ids = read.some((row) => row['ID'] !== undefined) ? new Set(read.map((row) => row['ID'])).size : new Set(read.map((row) => JSON.stringify(row))).size;
      expect(ids - ragged, file).toBe(expectation.records[file]);
    }
  });

  test('tells the contacts on open deals, archived ones, companies and owners as a second count finds them', async () => {
    const { folder, expectation } = await bundle({ contacts: 300, deals: 80, knownOwners: ['admin@customer.example'] });
    const [contacts, deals, companies] = [await table(folder, 'contacts.csv'), await table(folder, 'deals.csv'), await table(folder, 'companies.csv')];
    const active = new Set(deals.filter((deal) => deal['status'] === 'open').map((deal) => deal['contact_id']).filter(Boolean));
    expect(new Set(expectation.contactsOnActiveDeals)).toEqual(active);
    expect(expectation.contacts.onActiveDeal).toBe(active.size);
    expect(contacts.filter((contact) => contact['Zarchiwizowany'] === 'tak').length).toBe(expectation.contacts.archived);
    expect(contacts.filter((contact) => contact['company_id'] !== '').length).toBe(expectation.contacts.withCompany);
    const names = new Set(companies.map((company) => company['name']));
    expect(new Set(contacts.map((contact) => contact['Nazwa firmy'] ?? '').filter((name) => name !== '' && !names.has(name))).size).toBe(expectation.contacts.companiesOnlyNamed);
    expect(expectation.owners['admin@customer.example']).toBe([...contacts, ...deals, ...companies].filter((row) => row['Opiekun'] === 'admin@customer.example').length);
    const total = deals.map((deal) => Math.round(Number((deal['Wartość'] ?? '').replaceAll('\u00a0', '').replace(',', '.')) * 100)).reduce((sum, value) => sum + value, 0);
    expect(expectation.deals.amountHundredths['PLN']).toBe(total);
  });

  test('knows every tag spelling and every list membership', async () => {
    const { folder, expectation } = await bundle({ contacts: 300 });
    const rows = [...await table(folder, 'contacts.csv'), ...await table(folder, 'companies.csv'), ...await table(folder, 'deals.csv')];
    const spellings = rows.flatMap((row) => (row['Tagi'] === '' ? [] : (row['Tagi'] ?? '').split('|')));
    expect(expectation.tags.uses).toBe(spellings.length);
    expect(expectation.tags.spellings).toBe(new Set(spellings).size);
    expect(expectation.tags.distinct).toBe(10);
    const perList: { [list: string]: number } = {};
    for (const row of await table(folder, 'list_memberships.csv')) perList[row['list_name'] ?? ''] = (perList[row['list_name'] ?? ''] ?? 0) + 1;
    expect(perList).toEqual(expectation.memberships);
  });

  test('has every kind of dirt in a bundle that is large enough', async () => {
    const { expectation } = await bundle({ contacts: 100, companies: 40, deals: 40, notes: 40, files: 40, recordTags: 60, dirt: 0.5 });
    for (const [file, kinds] of Object.entries(dirtKinds)) expect(Object.keys(expectation.dirt[`${file}.csv`] ?? {}).sort(), file).toEqual([...kinds].sort());
  });

  test('lets every note and deal of a clean bundle find its parent', async () => {
    const { folder, expectation } = await bundle();
    const ids = new Set((await Promise.all(['contacts.csv', 'companies.csv', 'deals.csv'].map((file) => table(folder, file)))).flat().map((row) => row['ID']));
    const notes = await table(folder, 'notes.csv');
    expect(notes.filter((note) => note['record_id'] !== '' && !ids.has(note['record_id']))).toEqual([]);
    expect(expectation.notes.withoutParent + expectation.notes.unknownParent).toBe(0);
    expect(expectation.deals.withContact).toBe(expectation.rows['deals.csv']);
  });
});

describe('options of a bundle', () => {
  test('write dates whose order nobody can tell when asked to', async () => {
    const { folder } = await bundle({ ambiguousDates: true });
    for (const deal of await table(folder, 'deals.csv')) {
      const [first, second] = (deal['Planowana data zamknięcia'] ?? '').split('/').map(Number);
      expect(Math.max(first ?? 99, second ?? 99)).toBeLessThanOrEqual(12);
    }
  });

  test('write workbooks whose dates and amounts are numbers', async () => {
    const csv = await bundle({ dates: 'iso', numbers: 'plain' });
    const { folder, expectation } = await bundle({ format: 'xlsx' });
    expect(expectation).toEqual(csv.expectation);
    expect((await readdir(folder)).filter((name) => name.includes('.')).sort()).toEqual(Object.keys(expectation.rows).map((file) => file.replace('.csv', '.xlsx')).sort());
    const sheet = (await filesOfZip(path.join(folder, 'deals.xlsx'))).get('xl/worksheets/sheet1.xml')?.toString() ?? '';
    expect([...sheet.matchAll(/<row /g)].length).toBe((expectation.rows['deals.csv'] ?? 0) + 1);
    const [deal] = await table(csv.folder, 'deals.csv');
    const days = Date.parse(`${deal?.['Planowana data zamknięcia']}T00:00:00Z`) / 86_400_000 + 25_569;
    expect(sheet).toContain(`s="1"><v>${days}</v>`);
    expect(sheet).toContain(`s="3"><v>${Number(deal?.['Wartość'])}</v>`);
  });

  test('leave out the id columns', async () => {
    const { folder } = await bundle({ ids: false, language: 'en' });
    const [contact] = await table(folder, 'contacts.csv', 'utf-8', ',');
    expect(Object.keys(contact ?? {})).not.toContain('ID');
    expect(contact?.['E-mail']).toMatch(/@/);
  });

  test('make a later export that differs by what it says, and by nothing else', async () => {
    const first = await bundle({ contacts: 200 });
    const later = await bundle({ contacts: 200, later: { changed: 0.1, removed: 0.05, addedContacts: 7 } });
    const changes = later.expectation.changes;
    expect(changes?.added.length).toBe(7);
    expect(changes?.removed.length).toBeGreaterThan(0);
    const before = new Map((await table(first.folder, 'contacts.csv')).map((row) => [row['ID'], JSON.stringify(row)]));
    const after = new Map((await table(later.folder, 'contacts.csv')).map((row) => [row['ID'], JSON.stringify(row)]));
    expect([...before.keys()].filter((id) => !after.has(id))).toEqual(changes?.removed);
    expect([...after.keys()].filter((id) => !before.has(id))).toEqual(changes?.added);
    const differing = [...after].filter(([id, row]) => before.has(id) && before.get(id) !== row).map(([id]) => id);
    expect(differing).toEqual(changes?.changed.filter((id) => id.startsWith('p')));
  });

  test('are refused when they make no sense', async () => {
    await expect(generateBundle({})).rejects.toThrow('needs either folder or zip');
    await expect(bundle({ dirt: 2 })).rejects.toThrow('dirt is 2');
    await expect(bundle({ contacts: -1 })).rejects.toThrow('contacts is -1');
  });

  test('give an empty account files with headers only', async () => {
    const { expectation } = await bundle({ contacts: 0, companies: 0, deals: 0, notes: 0, lists: 0 });
    expect(expectation.records['contacts.csv'] ?? 0).toBe(0);
    expect(expectation.deals.open).toBe(0);
  });
});

test('VAT numbers are different and carry a right check digit', () => {
  const numbers = Array.from({ length: 500 }, (_, index) => vatNumber(index));
  expect(new Set(numbers).size).toBe(500);
  for (const number of numbers) {
    const sum = [6, 5, 7, 2, 3, 4, 5, 6, 7].reduce((sum_, weight, place) => sum_ + weight * Number(number[place]), 0);
    expect(sum % 11).toBe(Number(number[9]));
  }
});

async function filesOfZip(file: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const zip = await yauzl.openPromise(file);
  for await (const entry of zip.eachEntry()) {
    const parts: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) parts.push(chunk as Buffer);
    files.set(entry.fileName, Buffer.concat(parts));
  }
  return files;
}
