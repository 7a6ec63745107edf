import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { encode } from 'iconv-lite';
import { afterAll, beforeAll } from 'vitest';
import { describeSourceConformance } from '../../connector/conformance/source-suite.ts';
import { writeXlsx, writeZip } from '../../connector/testing/make-archive.ts';
import { base64Lines, makeMail, makeMbox } from '../../connector/testing/make-mail.ts';
import { startTestEndpoint, type TestEndpoint } from './rest/test-endpoint.ts';
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

const mail = (number: number): Buffer => makeMail(
  [`From: ${number % 2 === 0 ? 'Ola <ola@biuro.example>' : `Osoba <osoba${number}@firma.example>`}`, `To: ${number % 2 === 0 ? `osoba${number}@firma.example` : 'ola@biuro.example'}`, ...(number % 5 === 0 ? [] : [`Message-ID: <m${number}@firma.example>`]), `Date: Thu, 12 Mar 2026 09:${String(number).padStart(2, '0')}:00 +0100`, `In-Reply-To: <m${number - 1}@firma.example>`, `Subject: Sprawa ${number}`],
  { subtype: 'mixed', parts: [{ headers: ['Content-Type: text/plain; charset=utf-8'], body: `Treść ${number}` }, ...(number % 3 === 0 ? [{ headers: ['Content-Type: application/pdf; name=umowa.pdf', 'Content-Transfer-Encoding: base64'], body: base64Lines(Buffer.from(`pdf ${number}`)) }] : [])] },
);
const events = Array.from({ length: 11 }, (_, index) => ['BEGIN:VEVENT', ...(index === 4 ? [] : [`UID:u${index % 9}`]), `SEQUENCE:${index}`, `SUMMARY:Spotkanie ${index}`, ...(index === 7 ? [] : [`DTSTART;TZID=Europe/Warsaw:202603${String(index + 10)}T090000`]), 'DURATION:PT1H', 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:ewa@firma.example', 'ATTENDEE:mailto:jan@firma.example', 'END:VEVENT'].join('\r\n'));
const whole: readonly { readonly name: string; readonly content: string | Buffer }[] = [
  { name: 'owners.csv', content: 'email\nola@biuro.example\n' }, { name: 'contacts.csv', content: 'full_name,email\nJan,jan@firma.example\n' },
  ...Array.from({ length: 7 }, (_, index) => ({ name: `emails/${index}.eml`, content: mail(index + 1) })), { name: 'emails/broken.eml', content: 'no mail' },
  { name: 'archive.mbox', content: makeMbox(Array.from({ length: 9 }, (_, index) => mail(index + 6)), '\r\n') }, { name: 'other/b.mbox', content: makeMbox([mail(3), mail(40)]) },
  { name: 'emails.csv', content: `id,from,to,subject,sent_at,attachments\n${Array.from({ length: 5 }, (_, index) => `c${index},osoba@firma.example,ola@biuro.example,Z tabeli,1${index}.03.2026 10:00,files/${index % 3}.txt;files/none.pdf`).join('\n')}\n` },
  { name: 'meetings/a.ics', content: ['BEGIN:VCALENDAR', ...events, 'END:VCALENDAR', ''].join('\r\n') }, { name: 'meetings.csv', content: `id,title,start_at,duration,attendees\n${Array.from({ length: 4 }, (_, index) => `${index},Spotkanie,2${index}.03.2026 10:00,45,ewa@firma.example;Jan`).join('\n')}\n` },
  { name: 'calls.csv', content: 'contact_email,started_at,duration\njan@firma.example,13.04.2026 10:00,03:25\njan@firma.example,13.04.2026 11:00,25\n' }, { name: 'tasks.csv', content: 'title,due_at,done\nOddzwonić,13.04.2026,nie\n' },
  { name: 'files.csv', content: `path,size,contact_email\n${Array.from({ length: 8 }, (_, index) => `files/${index}.txt,${index},jan@firma.example`).join('\n')}\n` }, ...Array.from({ length: 7 }, (_, index) => ({ name: `files/${index}.txt`, content: 'x'.repeat(index) })), { name: 'files/unlisted.csv', content: 'a' },
  { name: 'record_tags.csv', content: 'record_type,record_email,tag_name\ncontact,jan@firma.example,VIP\n' }, { name: 'lists.csv', content: 'name\nKlienci\n' }, { name: 'list_memberships.csv', content: 'list_name,contact_email,status_name\nKlienci,jan@firma.example,Nowy\n' },
];

let root = '';
let endpoint: TestEndpoint | null = null;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'portolan-test-conformance-'));
  const files = [{ name: 'kontakty.csv', content: contactsCsv }, { name: 'deals.csv', content: csv(deals) }, { name: 'contacts_2.csv', content: csv(contacts.slice(0, 1)) }];
  await mkdir(join(root, 'tables'));
  for (const file of files) await writeFile(join(root, 'tables', file.name), file.content);
  await writeZip(join(root, 'bundle.zip'), files.map((file) => ({ ...file, name: `eksport/${file.name}` })));
  for (const file of whole) {
    await mkdir(dirname(join(root, 'whole', file.name)), { recursive: true });
    await writeFile(join(root, 'whole', file.name), file.content);
  }
  await writeZip(join(root, 'whole.zip'), whole);
  endpoint = await startTestEndpoint(({ url }) => {
    const at = (Number(url.searchParams.get('page')) - 1) * 6;
    return { items: Array.from({ length: Math.max(0, Math.min(6, 23 - at)) }, (_, index) => (at + index === 9 ? 'no record' : { id: (at + index) % 20, name: `Osoba ${at + index}`, mails: [{ value: `osoba${at + index}@firma.example` }], created: `${String(at + index + 1).padStart(2, '0')}.04.2026` })) };
  });
  await writeFile(join(root, 'descriptor.json'), JSON.stringify({ baseUrl: endpoint.url, rate: { perSecond: 1000 }, paging: { kind: 'page' }, objects: { contacts: { path: '/people', itemsPath: 'items', idPath: 'id', fields: { full_name: 'name', email: 'mails[0].value', created_at: 'created' } } } }));
  await writeXlsx(join(root, 'contacts.xlsx'), [{ name: 'Kontakty', rows: contacts.map((row) => row.map((text) => (text === '' ? null : text))) }]);
});
afterAll(async () => {
  await endpoint?.close();
  await rm(root, { recursive: true, force: true });
});

describeSourceConformance('an InStream export as a folder of CSV files', {
  open: async () => openInstreamSource({ path: join(root, 'tables') }, testContext),
});
describeSourceConformance('an InStream export as a zip', { open: async () => openInstreamSource({ path: join(root, 'bundle.zip') }, testContext) });
describeSourceConformance('an InStream export as a workbook', { open: async () => openInstreamSource({ path: join(root, 'contacts.xlsx') }, testContext) });
describeSourceConformance('an InStream export with mail, calendars and files', { open: async () => openInstreamSource({ path: join(root, 'whole'), timezone: 'Europe/Warsaw' }, testContext) });
describeSourceConformance('an InStream export with mail, calendars and files as a zip', { open: async () => openInstreamSource({ path: join(root, 'whole.zip'), timezone: 'Europe/Warsaw' }, testContext) });
describeSourceConformance('an endpoint described in a file', { open: async () => openInstreamSource({ rest: join(root, 'descriptor.json') }, testContext) });
