import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileValue } from '../../connector/file-value.ts';
import type { SourceConnection } from '../../connector/source.ts';
import { writeZip } from '../../connector/testing/make-archive.ts';
import { readAll, useBundles } from './testing.ts';

const { folder, open, openPath } = useBundles();
const sum = (text: string): string => createHash('sha256').update(text).digest('hex');
const bytesOf = async (source: SourceConnection, file: unknown): Promise<string> => Buffer.concat(await Array.fromAsync(source.openFile?.({ file: file as FileValue }) ?? [])).toString();

const bundle = {
  'files.csv': ['id,path,name,mime,size,sha256,contact_email', `1,files/a.pdf,Umowa.pdf,application/pdf,5,${sum('treść').toUpperCase()},jan@firma.example`, '2,files\\sub\\B.TXT,,,4,,', '3,files/nowhere.pdf,,,,,',
    `4,files/c.txt,,,9,,`, `5,files/c.txt,,,7,${sum('other')},`, '6,oferta.docx,,,,,', '7,../../etc/passwd,,,,,'].join('\n'),
  'files/a.pdf': 'treść', 'files/sub/b.txt': 'beta', 'files/c.txt': 'content', 'files/deep/oferta.docx': 'x', 'files/extra.csv': 'full_name\nnobody', 'files/inner.zip': 'PK',
};

describe('files of an export', () => {
  it('have their bytes by reference, from a folder and from a zip', async () => {
    const root = await folder({ ...bundle, 'files.csv': bundle['files.csv'].replace(',5,', ',7,') });
    await writeZip(join(root, 'all.zip'), Object.entries({ ...bundle, 'files.csv': bundle['files.csv'].replace(',5,', ',7,') }).map(([name, content]) => ({ name: `eksport/${name}`, content })));
    for (const source of [await openPath(root), await openPath(join(root, 'all.zip'))]) {
      expect(source.capabilities.files).toBe(true);
      const records = new Map((await readAll(source, 'file')).records.map((record) => [record.id, record.data]));
      expect(records.get('1')?.['content']).toMatchObject({ name: 'Umowa.pdf', mimeType: 'application/pdf', size: 7, sha256: sum('treść'), sha1: createHash('sha1').update('treść').digest('hex') });
      expect(records.get('1')).not.toHaveProperty('content_code');
      expect(records.get('2')?.['content']).toMatchObject({ name: 'B.TXT', mimeType: null, size: 4 });
      expect(records.get('3')).toMatchObject({ content: null, content_code: 'file-missing' });
      expect(records.get('4')).toMatchObject({ content: { size: 7 }, content_code: 'file-size-differs' });
      expect(records.get('5')).toMatchObject({ content: { size: 7 }, content_code: 'file-checksum-differs' });
      expect(records.get('6')?.['content']).toMatchObject({ size: 1 });
      expect(records.get('7')).toMatchObject({ content: null, content_code: 'file-missing' });
      for (const [id, text] of [['1', 'treść'], ['2', 'beta'], ['4', 'content']] as const) expect(await bytesOf(source, records.get(id)?.['content'])).toBe(text);
    }
  });

  it('are never read as tables, and are told when no row names them', async () => {
    const source = await open(bundle);
    const { objects, notes } = await source.discover();
    expect(objects.map((object) => object.name)).toEqual(['file']);
    const codes = new Map(notes.map((note) => [note.code, note]));
    expect([...codes.keys()]).toEqual(expect.arrayContaining(['file-missing', 'file-size-differs', 'file-checksum-differs', 'files-not-listed']));
    expect(codes.get('files-not-listed')?.details).toEqual({ count: 2, first: ['files/extra.csv', 'files/inner.zip'] });
    expect(codes.get('file-missing')?.details).toMatchObject({ count: 2 });
    const results = new Map((await source.check()).map((result) => [result.name, result.result]));
    expect([results.get('attachments-present'), results.get('files-intact'), results.get('files-listed')]).toEqual(['warning', 'warning', 'warning']);
  });

  it('keep their references in a later export with other files beside them', async () => {
    const reference = async (files: Parameters<typeof open>[0]): Promise<unknown> => (await readAll(await open(files), 'file')).records.find((record) => record.id === '1')?.data['content'];
    expect(await reference({ ...bundle, 'files/0.txt': 'new' })).toEqual(await reference(bundle));
  });
});

describe('other records of an export', () => {
  it('have stable ids where the file has none: tags on records, members of lists, calls, tasks', async () => {
    const files = {
      'record_tags.csv': 'record_type,record_email,tag_name\ncontact,jan@firma.example,VIP\ncontact,JAN@firma.example,Nowy\n', 'list_memberships.csv': 'Lista;E-mail kontaktu;Status;Dodano\nKlienci;jan@firma.example;Aktywny;13.04.2026\n',
      'rozmowy.csv': 'E-mail kontaktu;Telefon;Kierunek;Czas trwania;Wynik;Notatka;Opiekun;Data rozmowy\njan@firma.example;600700800;wychodzące;03:25;rozmowa;ok;ola@biuro.example;13.04.2026 10:00\n',
      'zadania.csv': 'Tytuł;Termin;Wykonane;Opiekun\nOddzwonić;13.04.2026;nie;ola@biuro.example\n',
    };
    const all = async (): Promise<unknown> => {
      const source = await open(files);
      return Promise.all(['record_tag', 'list_membership', 'call', 'task'].map(async (object) => (await readAll(source, object)).records.map((record) => [record.id, record.data])));
    };
    const first = await all();
    expect(first).toEqual(await all());
    expect(first).toMatchObject([
      [[/tagged:/, { tag_name: 'VIP' }], [/tagged:/, { tag_name: 'Nowy' }]].map(([, data]) => [expect.stringContaining('tagged:'), data]),
      [[expect.stringContaining('member:'), { list_name: 'Klienci', contact_email: 'jan@firma.example', status_name: 'Aktywny', added_at: '13.04.2026' }]],
      [[expect.stringContaining('call:'), { direction: 'wychodzące', duration: '03:25', outcome: 'rozmowa', note: 'ok', owner_email: 'ola@biuro.example', started_at: '13.04.2026 10:00' }]],
      [[expect.stringContaining('task:'), { title: 'Oddzwonić', due_at: '13.04.2026', done: 'nie', owner_email: 'ola@biuro.example' }]],
    ]);
  });
});

describe('completeness per owner', () => {
  const results = async (files: Parameters<typeof open>[0]): Promise<unknown> => (await (await open(files)).check()).find((result) => result.name === 'export-complete-per-owner');
  it('warns of an owner without any record, and cannot tell without a list of owners', async () => {
    const contacts = 'full_name,owner_email\nJan,ola@biuro.example\n';
    expect(await results({ 'contacts.csv': contacts, 'owners.csv': 'email\nola@biuro.example\nadam@biuro.example\n' })).toMatchObject({ result: 'warning', message: expect.stringContaining('adam@biuro.example') as string });
    expect(await results({ 'contacts.csv': contacts, 'owners.csv': 'email\nOLA@biuro.example\n' })).toMatchObject({ result: 'passed', message: 'ola@biuro.example: 1 contacts, 0 companies, 0 deals' });
    expect(await results({ 'contacts.csv': contacts })).toMatchObject({ result: 'unknown' });
  });
});
