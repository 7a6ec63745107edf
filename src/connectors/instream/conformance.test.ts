import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'iconv-lite';
import { afterAll, beforeAll } from 'vitest';
import { describeSourceConformance } from '../../connector/conformance/source-suite.ts';
import { writeXlsx, writeZip } from '../../connector/testing/make-archive.ts';
import { openInstreamSource } from './source-connection.ts';
import { testContext } from './testing.ts';

const contacts = [
  ['Imię', 'Nazwisko', 'E-mail', 'Telefon', 'Firma', 'Tagi', 'Data utworzenia', 'Opiekun', 'Rabat'],
  ...Array.from({ length: 33 }, (_, index) => [`Żaneta${index}`, 'Ślązak', index % 9 === 8 ? '' : `osoba${index}@firma.example`, `60070080${index % 10}`, `Spółka ${index % 4}`, index % 3 === 0 ? 'VIP;Partner' : 'vip', `${String((index % 28) + 1).padStart(2, '0')}.04.2026`, 'ola@biuro.example', `${index},5 %`]),
  ['Żaneta1', 'Ślązak', 'osoba1@firma.example', 'inny numer', 'Spółka 9', '', '', '', ''], // same derived key, other content
  ['Żaneta2', 'Ślązak', 'osoba2@firma.example', '600700802', 'Spółka 2', 'vip', '03.04.2026', 'ola@biuro.example', '2,5 %'], // an entire repeat
];
const deals = [['id', 'title', 'pipeline_name', 'stage_name', 'status', 'amount', 'contact_email', 'opis'], ...Array.from({ length: 20 }, (_, index) => [String(index), `Szansa ${index}`, 'Sprzedaż', index % 2 === 0 ? 'Nowe' : 'Umowa', index % 2 === 0 ? 'open' : 'won', `${index} 000,50`, `osoba${index}@firma.example`, 'wiersz 1\nwiersz "2"']), ['3', 'Inna', 'Sprzedaż', 'Nowe', 'open', '1', '', '']];

const cell = (text: string): string => (/[;"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const csv = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.map(cell).join(';')).join('\r\n');
const contactsCsv = encode(`${csv(contacts)}\r\nza;długi;wiersz;4;5;6;7;8;9;10;11\r\n`, 'windows-1250');

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'portolan-test-conformance-'));
  const files = [{ name: 'kontakty.csv', content: contactsCsv }, { name: 'deals.csv', content: csv(deals) }, { name: 'contacts_2.csv', content: csv(contacts.slice(0, 1)) }];
  for (const file of files) await writeFile(join(root, file.name), file.content);
  await writeZip(join(root, 'bundle.zip'), files.map((file) => ({ ...file, name: `eksport/${file.name}` })));
  await writeXlsx(join(root, 'contacts.xlsx'), [{ name: 'Kontakty', rows: contacts.map((row) => row.map((text) => (text === '' ? null : text))) }]);
});
afterAll(() => rm(root, { recursive: true, force: true }));

describeSourceConformance('an InStream export as a folder of CSV files', {
  open: async () => openInstreamSource({ path: root }, testContext),
});
describeSourceConformance('an InStream export as a zip', { open: async () => openInstreamSource({ path: join(root, 'bundle.zip') }, testContext) });
describeSourceConformance('an InStream export as a workbook', { open: async () => openInstreamSource({ path: join(root, 'contacts.xlsx') }, testContext) });
