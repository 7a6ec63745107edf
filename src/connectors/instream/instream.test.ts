import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Catalog, CatalogField } from '../../connector/catalog.ts';
import { ConfigurationError } from '../../connector/errors.ts';
import { writeXlsx, writeZip } from '../../connector/testing/make-archive.ts';
import { instreamConnector } from './connector.ts';
import { leftovers, readAll, testContext, useBundles } from './testing.ts';

const { folder, open, openPath } = useBundles();

const field = (catalog: Catalog, object: string, name: string): CatalogField | undefined => catalog.objects.find((one) => one.name === object)?.fields.find((one) => one.name === name);
const noteCodes = (catalog: Catalog): string[] => catalog.notes.map((note) => note.code);
async function refusal(work: Promise<unknown>): Promise<ConfigurationError> {
  const error = await work.then(() => null, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(ConfigurationError);
  return error as ConfigurationError;
}

describe('reading an InStream export', () => {
  it('reads a Polish export in windows-1250 under canonical names, cells as written, empty cells left out', async () => {
    const source = await open({ 'Kontakty.csv': { text: 'sep=;\r\nImię*;Nazwisko;Adres e-mail;Telefon;Nazwa firmy;Tagi;Data utworzenia;Zarchiwizowany;Wartość życiowa;Telefon\r\nŻaneta;Ślązak;Z@firma.example;="0600";Acme;VIP;13.04.2026;nie;1 234,50;61 852\r\nJan;;;;;;;;;\r\n', encoding: 'windows-1250' } });
    const { records } = await readAll(source, 'contact');
    expect(records.map((record) => record.data)).toEqual([
      { first_name: 'Żaneta', last_name: 'Ślązak', email: 'Z@firma.example', phone: '0600', company_name: 'Acme', tags: ['VIP'], created_at: '13.04.2026', archived: 'nie', 'cf:Wartość życiowa': '1 234,50', 'cf:Telefon (2)': '61 852' },
      { first_name: 'Jan' },
    ]);
    expect(records[0]).toMatchObject({ id: 'email:z@firma.example', position: 'Kontakty.csv line 3' });
    const catalog = await source.discover();
    expect(field(catalog, 'contact', 'created_at')).toMatchObject({ label: 'Data utworzenia', type: 'datetime', format: { kind: 'date', order: 'dmy' } });
    expect(field(catalog, 'contact', 'cf:Wartość życiowa')).toMatchObject({ custom: true, type: 'decimal', format: { kind: 'number', decimal: ',' } });
    expect(catalog.notes.find((note) => note.code === 'file-report')?.details).toMatchObject({ encoding: 'windows-1250', delimiter: ';', rows: 2 });
    expect(noteCodes(catalog)).toContain('repeated-headers');
  });

  it('merges part files of one object, with columns in another order', async () => {
    const source = await open({ 'contacts.csv': 'id,full_name,email\n1,Jan,jan@firma.example\n', 'contacts (2).csv': 'E-mail;Imię i nazwisko;ID\newa@firma.example;Ewa;2\njan@firma.example;Jan;1\n' });
    const { records } = await readAll(source, 'contact');
    expect(records.map((record) => `${record.id} ${String(record.data['full_name'])}`).sort()).toEqual(['1 Jan', '2 Ewa']);
    expect((await source.discover()).objects.find((object) => object.name === 'contact')?.count).toBe(2);
  });

  it('gives the same ids when rows and columns come in another order', async () => {
    const rows = ['Jan,jan@firma.example,A', 'Jan,jan@firma.example,B', 'Ewa,,A', 'Ewa,,B', ',,only a city'];
    const forward = await readAll(await open({ 'contacts.csv': `full_name,email,city\n${rows.join('\n')}` }), 'contact');
    const backward = await readAll(await open({ 'contacts.csv': `city,full_name,email\n${[...rows].reverse().map((row) => row.split(',')).map(([name, email, city]) => [city, name, email].join(',')).join('\n')}` }), 'contact');
    const byCity = (list: typeof forward.records): string[] => list.map((record) => JSON.stringify([record.data['full_name'] ?? '', record.data['city'], record.id])).sort();
    expect(byCity(forward.records)).toEqual(byCity(backward.records));
    expect(new Set(forward.records.map((record) => record.id)).size).toBe(5);
  });

  it('rejects a second row with the same id and other content, and counts an entire repeat once', async () => {
    const source = await open({ 'companies.csv': 'id,name\n1,Acme\n1,Acme\n1,Beta\n2,Gamma\n' });
    const { records, rejected } = await readAll(source, 'company');
    expect(records.map((record) => [record.id, record.data['name']])).toEqual([['1', 'Acme'], ['2', 'Gamma']]);
    expect(rejected).toMatchObject([{ code: 'duplicate-id', message: 'companies.csv line 4 carries the id "1", which companies.csv line 2 has with other content', raw: '1,Beta' }]);
    expect(noteCodes(await source.discover())).toEqual(expect.arrayContaining(['repeated-rows', 'duplicate-ids']));
  });

  it('derives keys of companies from VAT number, domain, name', async () => {
    const { records } = await readAll(await open({ 'companies.csv': 'name,vat,website\nAcme,525-000-11-22,\nBeta,,https://www.beta.example/x\nGamma,,\n' }), 'company');
    expect(records.map((record) => record.id.split(':')[0])).toEqual(['vat', 'domain', 'name']);
    expect(records[0]?.id).toBe('vat:5250001122');
    expect(records[1]?.id).toBe('domain:beta.example');
  });

  it('takes lists apart, commas only where every part is known', async () => {
    const source = await open({
      'contacts.csv': 'full_name;email;tags;lists\nJan;jan@firma.example, jan2@firma.example;VIP, Partner;A|B\nEwa;ewa@firma.example;Smith, Sons;"A\nC"\n',
      'tags.csv': 'name\nVIP\nPartner\n"Smith, Sons"\n',
    });
    const { records } = await readAll(source, 'contact');
    expect(records.map((record) => [record.data['tags'], record.data['lists'], record.data['email'], record.data['emails']])).toEqual([
      [['VIP', 'Partner'], ['A', 'B'], 'jan@firma.example, jan2@firma.example', ['jan@firma.example', 'jan2@firma.example']], [['Smith, Sons'], ['A', 'C'], 'ewa@firma.example', undefined],
    ]);
  });

  it('reports long rows with their line and text, and pads short ones', async () => {
    const { records, rejected } = await readAll(await open({ 'contacts.csv': 'full_name,email,city\nJan,jan@firma.example,Gdynia,extra\nEwa\n' }), 'contact');
    expect(rejected).toMatchObject([{ code: 'too-many-cells', position: 'contacts.csv line 2', raw: 'Jan,jan@firma.example,Gdynia,extra' }]);
    expect(records.map((record) => record.data)).toEqual([{ full_name: 'Ewa' }]);
  });

  it('takes types and options of custom fields from custom_fields.csv', async () => {
    const catalog = await (await open({
      'contacts.csv': 'full_name;email;cf:Region;Budżet;cf:Od kiedy\nJan;jan@firma.example;Północ;1,5;2026-01-02\n',
      'custom_fields.csv': 'object;key;label;type;options\ncontact;region;Region;single;Północ|Południe\ncontact;budzet;Budżet;currency;\n',
    })).discover();
    expect(field(catalog, 'contact', 'cf:Region')).toMatchObject({ type: 'selection', nativeType: 'single', label: 'Region', options: [{ value: 'Północ' }, { value: 'Południe' }] });
    expect(field(catalog, 'contact', 'cf:Budżet')).toMatchObject({ type: 'money', format: { kind: 'number', decimal: ',' } });
    expect(field(catalog, 'contact', 'cf:Od kiedy')).toMatchObject({ type: 'date' });
  });

  it('reads a single status column of deals as the stage', async () => {
    const { records } = await readAll(await open({ 'deals.csv': 'id,title,status\n1,Szansa,W rozmowach\n' }), 'deal');
    expect(records[0]?.data).toEqual({ id: '1', title: 'Szansa', stage_name: 'W rozmowach' });
  });
});

describe('what only a person may answer', () => {
  it('asks for the order of dates and the decimal sign where the values do not settle them, and reads the cells as written', async () => {
    const source = await open({ 'deals.csv': 'id;title;stage_name;amount;expected_close\n1;A;Nowe;1,234;03/04/2026\n2;B;Nowe;2,500;05/06/2026\n' });
    const catalog = await source.discover();
    expect(catalog.questions.map((question) => [question.id, question.recommendation, question.options.map((option) => option.value)])).toEqual([
      ['number-format:deal:amount', null, [',', '.']], ['date-order:deal:expected_close', null, ['dmy', 'mdy']],
    ]);
    expect(catalog.questions[1]?.options[0]?.effect).toBe('03/04/2026 → 2026-04-03, 05/06/2026 → 2026-06-05; reads 2 of 2 values');
    expect(field(catalog, 'deal', 'amount')).toMatchObject({ question: 'number-format:deal:amount' });
    expect(field(catalog, 'deal', 'amount')?.format).toBeUndefined();
    expect((await readAll(source, 'deal')).records[0]?.data).toMatchObject({ amount: '1,234', expected_close: '03/04/2026' });
  });

  it('repairs text that was encoded twice only when told to', async () => {
    const source = await open({ 'contacts.csv': 'full_name,email\nNovÃ¡k,novak@firma.example\n' });
    expect((await source.discover()).questions).toMatchObject([{ id: 'double-encoding:contact', recommendation: 'repair', evidence: ['NovÃ¡k → Novák'] }]);
    expect((await refusal(readAll(source, 'contact'))).code).toBe('question-not-answered');
    expect((await readAll(source, 'contact', { 'double-encoding:contact': 'repair' })).records[0]?.data['full_name']).toBe('Novák');
    expect((await readAll(source, 'contact', { 'double-encoding:contact': 'keep' })).records[0]?.data['full_name']).toBe('NovÃ¡k');
    expect((await refusal(readAll(source, 'contact', { 'double-encoding:contact': 'perhaps' }))).message).toContain('"perhaps"');
  });

  it('asks what a file holds when only its columns tell, and leaves it out when told so', async () => {
    const source = await open({ 'dane.csv': 'Imię;Nazwisko;E-mail\nJan;Kowalski;jan@firma.example\n' });
    expect((await source.discover()).questions).toMatchObject([{ id: 'file-role:dane.csv', recommendation: 'contact' }]);
    expect((await refusal(readAll(source, 'contact'))).code).toBe('question-not-answered');
    expect((await readAll(source, 'contact', { 'file-role:dane.csv': 'contact' })).records).toHaveLength(1);
    expect((await readAll(source, 'contact', { 'file-role:dane.csv': 'ignore' })).records).toHaveLength(0);
  });

  it('asks whether a first row with an e-mail address is a record', async () => {
    const source = await open({ 'contacts.csv': 'Jan;jan@firma.example;Gdynia\nEwa;ewa@firma.example;Sopot\n' });
    expect((await source.discover()).questions).toMatchObject([{ id: 'header-row:contacts.csv', recommendation: 'data' }]);
    const asData = await readAll(source, 'contact', { 'header-row:contacts.csv': 'data' });
    expect(asData.records.map((record) => record.data)).toEqual([{ 'cf:column_1': 'Jan', email: 'jan@firma.example', 'cf:column_3': 'Gdynia' }, { 'cf:column_1': 'Ewa', email: 'ewa@firma.example', 'cf:column_3': 'Sopot' }]);
    expect((await readAll(source, 'contact', { 'header-row:contacts.csv': 'header' })).records).toHaveLength(1);
  });

  it('notes a file that nothing tells about, and does not read it', async () => {
    const source = await open({ 'contacts.csv': 'full_name\nJan\n', 'foo.csv': 'a,b\n1,2\n', 'empty.csv': '', 'readme.md': 'x' });
    expect(noteCodes(await source.discover())).toEqual(expect.arrayContaining(['unknown-file', 'empty-file', 'files-not-read']));
    expect((await source.check()).find((result) => result.name === 'files-recognised')).toMatchObject({ result: 'warning', message: 'not read: foo.csv' });
  });
});

describe('a manifest', () => {
  const manifest = (files: unknown): string => JSON.stringify({ format: 'instream-bundle', version: 1, timezone: 'Europe/Warsaw', locale: 'pl-PL', currency: 'PLN', files });
  it('names files, columns, delimiter and encoding', async () => {
    const source = await open({ 'manifest.json': manifest({ contacts: { path: 'sub/a.csv', delimiter: '^', encoding: 'iso-8859-2', columns: { Kto: 'full_name', Adres: 'email' } } }), 'sub/a.csv': { text: 'Kto^Adres\nŚlązak^s@firma.example\n', encoding: 'iso-8859-2' } });
    expect((await readAll(source, 'contact')).records[0]?.data).toEqual({ full_name: 'Ślązak', email: 's@firma.example' });
    expect((await source.discover()).facts).toMatchObject({ timezone: 'Europe/Warsaw', currency: 'PLN', phoneRegion: 'PL' });
  });

  it.each([
    ['is no JSON', '{', 'bad-manifest'], ['has another format', '{"format":"x","version":1}', 'bad-manifest'], ['names an unknown object', manifest({ dogs: {} }), 'bad-manifest'], ['names a file that is not there', manifest({ contacts: { path: 'b.csv' } }), 'manifest-file-missing'],
  ])('that %s is refused', async (_, text, code) => {
    const error = await refusal((async () => (await open({ 'manifest.json': text, 'contacts.csv': 'full_name\nJan\n' })).discover())());
    expect(error.code).toBe(code);
    expect(error.remedy).not.toBeNull();
  });
});

describe('facts and checks', () => {
  it('shows the columns and a few rows of a file that nobody knows, and the names of owners', async () => {
    const { notes, facts } = await (await open({ 'q.csv': `abc,def\n,\n1,${'x'.repeat(200)}\n${'2,3\n'.repeat(50)}`, 'owners.csv': 'id,name,email\n1,Ola Lis,Ola@biuro.example\n2,,nobody@biuro.example\n' })).discover();
    const details = notes.find(({ code }) => code === 'unknown-file')?.details;
    expect(details).toMatchObject({ columns: ['abc', 'def'] });
    expect(((details ?? {})['samples'] as string[][]).map((row) => row[1]?.length)).toEqual([100, 1, 1, 1, 1, 1, 1, 1]);
    expect(Object.values(facts['ownerNames'] as object)).toEqual(['Ola Lis']);
  });

  it('states outcomes of stages, owners, tag spellings, currencies and made-up addresses', async () => {
    const { facts } = await (await open({
      'contacts.csv': 'full_name,email,owner_email,tags\nJan,jan@firma.example,ola@biuro.example,VIP;Nowy\nEwa,x9@brak,ola@biuro.example,vip\nAda,ada@firma.example,,VIP\n',
      'deals.csv': 'id,title,pipeline_name,stage_name,status,currency,contact_email,owner_email\n1,A,Sprzedaż,Umowa,won,PLN,jan@firma.example,ola@biuro.example\n2,B,Sprzedaż,Nowe,open,EUR,,\n3,C,Sprzedaż,Umowa,przegrana,PLN,ewa@firma.example,\n',
    })).discover();
    expect(facts).toMatchObject({
      currency: null, timezone: null, exactly100Contacts: false, contactsPerOwner: { 'ola@biuro.example': 2 }, contactsWithoutOwner: 1, ownerEmails: { 'ola@biuro.example': 3 },
      stageOutcomes: [{ pipeline: 'Sprzedaż', stage: 'Umowa', open: 0, won: 1, lost: 1 }, { pipeline: 'Sprzedaż', stage: 'Nowe', open: 1, won: 0, lost: 0 }],
      tagVariants: { vip: [{ name: 'VIP', count: 2 }, { name: 'vip', count: 1 }] }, currencies: { PLN: 2, EUR: 1 }, dealsWithoutContact: 1, contactsOnDeals: { any: 2, open: 0 }, contactsWithCompany: 0, dummyEmails: { count: 1, list: [{ email: 'x9@brak', reason: 'domain-without-dot' }] },
    });
  });

  it('keeps numbers as text where they mean something else without their signs, and says with what amounts are written', async () => {
    const { objects, notes } = await (await open({
      'contacts.csv': 'full_name,email,cf:Budżet,cf:Obrót,cf:Rabat\nJan,jan@firma.example,100 EUR,12 tys.,5 %\nEwa,ewa@firma.example,200 PLN,15 tys.,7 %\nAda,ada@firma.example,300,9000,\n',
      'deals.csv': 'id,title,stage_name,amount\n1,A,Nowe,"100,50 zł"\n2,B,Nowe,200\n',
    })).discover();
    const contact = objects.find(({ name }) => name === 'contact');
    expect(['cf:Budżet', 'cf:Obrót', 'cf:Rabat'].map((column) => contact?.fields.find(({ name }) => name === column)?.type)).toEqual(['text', 'text', 'decimal']);
    expect(notes.filter(({ code }) => code === 'mixed-units').map(({ details }) => details?.['field'])).toEqual(['cf:Budżet', 'cf:Obrót']);
    expect(notes.find(({ code }) => code === 'units-in-amounts')?.details).toEqual({ field: 'amount', units: ['ZŁ'] });
  });

  it('warns of exactly 100 contacts, missing archived ones, missing files and deals without a contact', async () => {
    const results = await (await open({ 'contacts.csv': `full_name,company_name\n${Array.from({ length: 100 }, (_, index) => `Osoba ${index},Acme`).join('\n')}`, 'deals.csv': 'id,title,stage_name\n1,A,Nowe\n' })).check();
    const of = (name: string): string | undefined => results.find((result) => result.name === name)?.result;
    expect(['contact-cap', 'archived-contacts', 'companion-files', 'deals-have-contacts', 'owners-complete', 'contacts-present', 'rows-readable'].map(of)).toEqual(['warning', 'warning', 'warning', 'warning', 'warning', 'passed', 'passed']);
  });

  it('flags phone numbers that a spreadsheet has cut off', async () => {
    const catalog = await (await open({ 'contacts.csv': 'full_name;phone\nJan;4,86E+10\nEwa;600700800\n' })).discover();
    expect(catalog.notes.find((note) => note.code === 'damaged-phones')?.details).toEqual({ field: 'phone', count: 1 });
  });

  it('names every file with its rows', async () => {
    const results = await (await open({ 'contacts.csv': 'full_name,email\nJan,jan@x.example\nEwa,ewa@x.example\n', 'deals.csv': 'id,title\n1,A\n', 'notes.csv': 'id,body\n' })).check();
    const message = results.find((result) => result.name === 'export-readable')?.message ?? '';
    expect(message.replace('files (3): ', '').split(', ').toSorted()).toEqual(['contacts.csv (2 rows)', 'deals.csv (1 row)', 'notes.csv (0 rows)']);
  });

  it('fails without contacts, and without any file', async () => {
    const failed = async (files: Parameters<typeof open>[0]): Promise<string[]> => (await (await open(files)).check()).filter((result) => result.result === 'failed').map((result) => result.name);
    expect(await failed({ 'deals.csv': 'id,title\n1,A\n' })).toEqual(['contacts-present']);
    expect(await failed({ 'contacts.csv': 'full_name,email\n' })).toEqual(['contacts-present']);
    expect(await failed({})).toEqual(['export-readable', 'contacts-present']);
  });
});

describe('opening an export', () => {
  it('refuses what is missing or no export, with a remedy', async () => {
    const root = await folder({ 'photo.png': 'x', 'broken.zip': 'x', 'inner.zip': '' });
    for (const [path, code] of [['nowhere', 'export-not-found'], ['photo.png', 'not-an-export'], ['broken.zip', 'zip-unreadable']] as const) expect((await refusal(openPath(join(root, path)))).code).toBe(code);
    expect((await refusal(Promise.resolve(instreamConnector.openSource?.({ path: '' }, testContext)))).code).toBe('bad-setting');
    expect((await refusal(Promise.resolve(instreamConnector.openSource?.({ path: root, timezone: 'Mars/Base' }, testContext)))).message).toContain('timezone');
  });

  it('leaves no temp folder behind, neither after closing nor after a refusal', async () => {
    const root = await folder({ 'tmp/readme.md': 'the temp folder of this test alone: other tests run at the same time' });
    vi.stubEnv('TMPDIR', join(root, 'tmp'));
    onTestFinished(() => { vi.unstubAllEnvs(); });
    expect(await leftovers()).toEqual([]);
    await writeZip(join(root, 'a.zip'), [{ name: 'contacts.csv', content: 'full_name\nJan\n' }]);
    await writeXlsx(join(root, 'contacts.xlsx'), [{ name: 'A', rows: [['full_name'], ['Jan']] }]);
    await mkdir(join(root, 'x'));
    await writeFile(join(root, 'x', 'b.zip'), 'x');
    for (const name of ['a.zip', 'contacts.xlsx']) {
      const source = await openPath(join(root, name));
      expect((await readAll(source, 'contact')).records.map((record) => record.data['full_name'])).toEqual(['Jan']);
      expect(await leftovers()).toHaveLength(1);
      await source.close();
    }
    await refusal(openPath(join(root, 'x', 'b.zip')));
    expect(await leftovers()).toEqual([]);
  });
});
