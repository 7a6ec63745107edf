import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateBundle } from '../bundle.ts';
import { durationText } from './calls.ts';
import type { BundleExpectation } from '../expectation.ts';
import { mutate } from '../later.ts';
import { headerWords, quotedPrintable } from '../mail/mime-encodings.ts';
import { instantOf, wallOf } from './moments.ts';
import type { BundleOptions } from '../options.ts';

let scratch: string;
beforeAll(async () => { scratch = await mkdtemp(path.join(tmpdir(), 'portolan-activities-')); });
afterAll(async () => { await rm(scratch, { recursive: true, force: true }); });

interface Made { readonly folder: string; readonly expectation: BundleExpectation; readonly details: NonNullable<BundleExpectation['details']> }
let made = 0;
async function bundle(options: Partial<BundleOptions> = {}): Promise<Made> {
  const folder = path.join(scratch, String(made += 1));
  const expectation = await generateBundle({ seed: 7, contacts: 120, emails: 160, ...options, folder });
  return { folder, expectation, details: expectation.details! };
}

type Row = { [column: string]: string };
const rowsOf = async (folder: string, file: string): Promise<readonly Row[]> => parse<Row>(await readFile(path.join(folder, file)), { columns: true, delimiter: ';', relax_column_count: true });
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const headerOf = (message: string, name: string): string | null => new RegExp(`^${name}: (.*(?:\r?\n[ \t].*)*)`, 'mi').exec(message.split(/\r?\n\r?\n/, 1)[0] ?? '')?.[1]?.replace(/\r?\n[ \t]/g, ' ') ?? null;

async function messagesOf({ folder }: Made): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(path.join(folder, 'emails'))).filter((name) => name.endsWith('.eml'));
  const single = await Promise.all(names.map((name) => readFile(path.join(folder, 'emails', name), 'latin1')));
  const box = await readFile(path.join(folder, 'emails', 'archive.mbox'), 'latin1');
  const parts = box.split(/^From \S+ \w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}\n/m).slice(1);
  return new Map([...single, ...parts].map((message) => [headerOf(message, 'Message-ID')?.slice(1, -1) ?? '', message]));
}

describe('generated e-mails', () => {
  test('stand where the expectation says, each with its date, its parent message and its addresses', async () => {
    const one = await bundle();
    const messages = await messagesOf(one);
    const rows = new Map((await rowsOf(one.folder, 'emails.csv')).map((row) => [row['ID'], row]));
    const { emails } = one.details;
    expect(emails.length).toBe(160);
    expect(messages.size + rows.size).toBe(160);
    for (const email of emails.filter(({ form }) => form !== 'csv')) {
      const message = messages.get(email.messageId ?? '') ?? '';
      expect(new Date(headerOf(message, 'Date') ?? '').toISOString(), email.messageId ?? '').toBe(email.sentAt);
      expect(headerOf(message, 'In-Reply-To')?.slice(1, -1) ?? null).toBe(email.inReplyTo);
      expect(headerOf(message, 'From')?.toLowerCase()).toContain(email.from);
      for (const address of email.to) expect(headerOf(message, 'To')?.toLowerCase()).toContain(address);
    }
    for (const email of emails.filter(({ form }) => form === 'csv')) {
      const row = rows.get(email.id ?? '');
      expect(row?.['subject']).toBe(email.subject);
      expect(row?.['body_text']).toBe(email.text ?? '');
      expect(row?.['from']?.toLowerCase()).toContain(email.from);
    }
    expect(new Set(emails.map(({ form }) => form))).toEqual(new Set(['eml', 'mbox', 'csv']));
    expect(emails.filter(({ inReplyTo }) => inReplyTo !== null).length).toBeGreaterThan(60);
  });

  test('carry every attachment and inline image byte for byte', async () => {
    const one = await bundle();
    const messages = await messagesOf(one);
    let seen = 0;
    for (const email of one.details.emails) {
      if (email.form === 'csv') {
        const row = (await rowsOf(one.folder, 'emails.csv')).find((candidate) => candidate['ID'] === email.id);
        const paths = (row?.['attachments'] ?? '').split('|').filter(Boolean);
        expect(await Promise.all(paths.map(async (name) => sha256(await readFile(path.join(one.folder, name)))))).toEqual(email.files.map((file) => file.sha256));
        seen += paths.length;
        continue;
      }
      const parts = [...(messages.get(email.messageId ?? '') ?? '').matchAll(/Content-Disposition: (inline|attachment)[^]*?\r?\n\r?\n([A-Za-z0-9+/=\r\n]*?)\r?\n--/g)];
      expect(parts.map(([, disposition, body]) => [disposition === 'inline', sha256(Buffer.from(body ?? '', 'base64'))])).toEqual(email.files.map((file) => [file.inline, file.sha256]));
      for (const { inline, contentId } of email.files) if (inline) expect(email.html).toContain(`cid:${contentId}`);
      seen += parts.length;
    }
    expect(seen).toBe(one.expectation.emails.attachments + one.expectation.emails.inlineImages);
    expect(one.expectation.emails.inlineImages).toBeGreaterThan(0);
  });

  test('are with a contact or company whose address they bear, or with nobody known', async () => {
    const { folder, details, expectation } = await bundle();
    const addressOf = new Map([...details.contacts.map(({ id, email }) => [id, email] as const), ...(await rowsOf(folder, 'companies.csv')).map((row) => [row['ID'] ?? '', row['Adres e-mail'] ?? ''] as const)]);
    const known = new Set(addressOf.values());
    for (const { record, from, to, direction } of details.emails) {
      const partner = direction === 'in' ? [from] : to;
      if (record === null) expect(partner.filter((address) => known.has(address))).toEqual([]);
      else expect(partner).toEqual([addressOf.get(record)]);
    }
    expect(expectation.emails.withNobodyKnown).toBeGreaterThan(0);
    expect(expectation.emails.withCompany).toBeGreaterThan(0);
  });

  test('come in all their dirt, and say so', async () => {
    const one = await bundle({ dirt: 0.5, emailForm: 'eml', emails: 120 });
    const byDirt = new Map(one.details.emails.map((email) => [email.dirt, email]));
    expect(byDirt.get('no-date')?.sentAt).toBeNull();
    expect(byDirt.get('no-message-id')?.messageId).toBeNull();
    expect(byDirt.get('script')?.html).toContain('<script>');
    const copies = (await readdir(path.join(one.folder, 'emails'))).filter((name) => name.startsWith('copy-of'));
    expect(copies.length).toBe(one.expectation.dirt['emails.csv']?.['duplicate']);
    expect(one.expectation.objects.email).toBe(120);
  });
});

describe('generated meetings', () => {
  test('stand in calendars and rows with start, end and the state of every attendee', async () => {
    const { folder, details } = await bundle({ meetings: 80 });
    const names = await readdir(path.join(folder, 'meetings'));
    const text = (await Promise.all(names.map((name) => readFile(path.join(folder, 'meetings', name), 'utf8')))).join('');
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const events = text.replace(/\r\n /g, '').split('BEGIN:VEVENT').slice(1).map((event) => event.split('END:VEVENT')[0] ?? '');
    const inCalendars = details.meetings.filter(({ uid }) => uid !== null);
    expect(events.length).toBe(inCalendars.length);
    for (const meeting of inCalendars) {
      const event = events.find((candidate) => candidate.includes(`UID:${meeting.uid}\r\n`)) ?? '';
      const [, parameters, value] = /DTSTART([^:]*):(\S+)/.exec(event) ?? [];
      const [year, month, day, hour, minute] = [0, 4, 6, 9, 11].map((at, place) => Number(value?.slice(at, at + (place === 0 ? 4 : 2))));
      const zone = value?.endsWith('Z') === true ? 'UTC' : /TZID=(\S+)/.exec(parameters ?? '')?.[1] ?? 'Europe/Warsaw';
      const expected = meeting.allDay ? `${value?.slice(0, 4)}-${value?.slice(4, 6)}-${value?.slice(6)}` : new Date(instantOf(Date.UTC(year!, month! - 1, day, hour, minute), zone)).toISOString();
      expect(meeting.start).toBe(expected);
      const states = [...event.matchAll(/ATTENDEE([^:]*):mailto:(\S+)/gi)].map(([, about, email]) => ({ email, state: { ACCEPTED: 'accepted', DECLINED: 'declined', TENTATIVE: 'tentative' }[/PARTSTAT=([A-Z]+)/.exec(about ?? '')?.[1] ?? ''] ?? 'open' }));
      expect(meeting.attendees).toEqual(states);
      expect(meeting.recurrence).toBe(/RRULE:(\S+)/.exec(event)?.[1] ?? null);
    }
    expect((await rowsOf(folder, 'meetings.csv')).length).toBe(details.meetings.length - inCalendars.length);
    for (const state of ['accepted', 'declined', 'tentative', 'open']) expect(details.meetings.some(({ attendees }) => attendees.some((attendee) => attendee.state === state)), state).toBe(true);
    expect(details.meetings.some(({ allDay }) => allDay)).toBe(true);
    expect(details.meetings.some(({ recurrence }) => recurrence !== null)).toBe(true);
  });

  test('are told in any zone so that the clock leads back to the instant', () => {
    fc.assert(fc.property(fc.integer({ min: Date.UTC(2019, 0, 1), max: Date.UTC(2027, 0, 1) }), fc.constantFrom('Europe/Warsaw', 'Europe/London', 'America/New_York', 'UTC'), (instant, zone) => {
      const second = instant - (instant % 1000);
      const hour = new Date(wallOf(second, zone)).getUTCHours();
      fc.pre(hour >= 4); // before four, clocks are put forward and back
      expect(instantOf(wallOf(second, zone), zone)).toBe(second);
    }), { numRuns: 200 });
  });
});

describe('generated calls, tasks, files and tags', () => {
  test('have every notation of a duration, and mean the seconds that the expectation sums', async () => {
    const { folder, expectation, details } = await bundle({ calls: 200 });
    const rows = await rowsOf(folder, 'calls.csv');
    const seconds = rows.map((row) => (row['duration'] ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0));
    expect(seconds.reduce((sum, value) => sum + value, 0)).toBe(expectation.calls.seconds);
    expect(details.calls.map((call) => call.seconds)).toEqual(seconds);
    expect(new Set(rows.map((row) => (row['duration'] ?? '').split(':').length))).toEqual(new Set([1, 2, 3]));
    expect(durationText(3_725, 'minutes')).toBe('01:02:05');
  });

  test('hang on records that are there', async () => {
    const { folder, details, expectation } = await bundle({ calls: 100, tasks: 100, files: 60 });
    const ids = new Set((await Promise.all(['contacts.csv', 'companies.csv', 'deals.csv'].map((file) => rowsOf(folder, file)))).flat().map((row) => row['ID'] ?? ''));
    for (const { record } of [...details.calls, ...details.tasks, ...details.files, ...details.recordTags, ...details.memberships]) expect(ids.has(record ?? ''), record ?? '').toBe(true);
    expect(expectation.tasks.open).toBe((await rowsOf(folder, 'tasks.csv')).filter((row) => row['done'] === 'nie').length);
    expect(expectation.tasks.open * expectation.tasks.done).toBeGreaterThan(0);
  });

  test('have files whose bytes are those of their rows, unless their dirt says otherwise', async () => {
    const { folder, details, expectation } = await bundle({ files: 80, dirt: 0.3 });
    const rows = new Map((await rowsOf(folder, 'files.csv')).map((row) => [row['ID'], row]));
    for (const file of details.files) {
      const row = rows.get(file.id);
      if (file.dirt === 'missing' || file.dirt === 'outside-path') {
        await expect(stat(path.join(folder, 'files', path.basename(file.path)))).rejects.toThrow('ENOENT');
        continue;
      }
      const bytes = await readFile(path.join(folder, file.path));
      expect([bytes.length, sha256(bytes)]).toEqual([file.size, file.sha256]);
      expect(row?.['sha256'] === file.sha256).toBe(file.dirt !== 'wrong-hash');
      expect(Number(row?.['size']) === file.size).toBe(file.dirt !== 'wrong-size');
    }
    expect(expectation.files.missing).toBeGreaterThan(0);
    expect(expectation.files.damaged).toBeGreaterThan(0);
  });

  test('add up to the bytes that were asked for', async () => {
    const { expectation } = await bundle({ files: 20, emails: 40, attachmentBytes: 8_000_000 });
    expect(Math.abs(expectation.attachmentBytes / 8_000_000 - 1)).toBeLessThan(0.1);
    await expect(bundle({ attachmentBytes: 2 ** 31 })).rejects.toThrow('attachmentBytes is 2147483648');
  });

  test('name no pair of record and tag twice, and have lists of both kinds and meanings', async () => {
    const { folder, details, expectation } = await bundle({ recordTags: 200, treatLists: 'given' });
    const pairs = details.recordTags.map(({ record, tag }) => `${record} ${tag}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(pairs.length).toBeGreaterThan(expectation.tags.uses / 2);
    const lists = await rowsOf(folder, 'lists.csv');
    expect(new Set(lists.map((list) => list['kind']))).toEqual(new Set(['personal', 'business']));
    expect(new Set(lists.map((list) => list['treat_as']))).toEqual(new Set(['segment', 'pipeline']));
    const perContact = new Map<string, number>();
    for (const { record } of details.memberships) perContact.set(record ?? '', (perContact.get(record ?? '') ?? 0) + 1);
    expect(Math.max(...perContact.values())).toBeGreaterThan(1);
  });
});

describe('a second export', () => {
  test('differs by what it says, object by object, and by nothing else', async () => {
    const options = { seed: 7, contacts: 150, emails: 90, calls: 90, tasks: 90, files: 60, meetings: 60, recordTags: 60 };
    const first = await bundle(options);
    const later = await bundle(mutate(options, { changed: 0.1, removed: 0.1, added: 0.1 }));
    const changes = later.expectation.changes!.byObject;
    const objects = { company: 'companies', contact: 'contacts', deal: 'deals', note: 'notes', call: 'calls', task: 'tasks', file: 'files' };
    for (const [object, file] of Object.entries(objects)) {
      const [before, after] = [first, later].map(({ folder }) => rowsOf(folder, `${file}.csv`));
      const [old, now] = [await before!, await after!].map((rows) => new Map(rows.map((row) => [row['ID'] ?? '', JSON.stringify(row)])));
      expect([...old!.keys()].filter((id) => !now!.has(id)).sort(), `${object} gone`).toEqual(changes[object]?.removed ?? []);
      expect([...now!.keys()].filter((id) => !old!.has(id)).sort(), `${object} new`).toEqual(changes[object]?.added ?? []);
      expect([...now!].filter(([id, row]) => old!.has(id) && old!.get(id) !== row).map(([id]) => id).sort(), `${object} changed`).toEqual(changes[object]?.changed ?? []);
    }
    const key = (list: Made): ReadonlyMap<string, string> => new Map(list.details.memberships.map((place) => [`${place.record}@${place.list}`, place.status]));
    const [was, is] = [key(first), key(later)];
    expect([...is].filter(([place, status]) => was.has(place) && was.get(place) !== status).length).toBe(changes['membership']?.changed.length);
    expect([...was.keys()].filter((place) => !is.has(place)).length).toBe(changes['membership']?.removed.length);
    const mails = new Set(first.details.emails.map(({ messageId }) => messageId));
    expect(later.details.emails.filter(({ messageId }) => !mails.has(messageId)).map(({ messageId }) => messageId ?? '').sort()).toEqual(changes['email']?.added);
    for (const object of ['meeting', 'file', 'task', 'email', 'record_tag']) expect(changes[object]?.removed.length, object).toBeGreaterThan(0);
  });

  test('is refused for shares that are none', () => {
    expect(() => mutate({}, { changed: 1.5 })).toThrow('changed is 1.5');
  });
});

describe('encodings of headers and bodies', () => {
  test('quoted-printable leads back to the bytes, in lines of at most 76 characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const plain = text.replace(/[\r\n]+/g, '\r\n');
      const encoded = quotedPrintable(Buffer.from(plain), '\r\n');
      for (const line of encoded.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76);
      const bytes = encoded.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
      expect(Buffer.from(bytes, 'latin1').toString()).toBe(plain);
    }));
  });

  test('encoded words are at most 75 characters and lead back to the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), fc.constantFrom('B' as const, 'Q' as const), (tail, style) => {
      const text = `ż${tail.replace(/[\r\n]/g, ' ')}`;
      const words = headerWords(text, 'utf-8', (piece) => Buffer.from(piece), style).split('\r\n ');
      for (const word of words) expect(word.length).toBeLessThanOrEqual(75);
      const decoded = words.map((word) => {
        const body = word.slice('=?UTF-8?B?'.length, -2);
        return style === 'B' ? Buffer.from(body, 'base64') : Buffer.from(body.replaceAll('_', ' ').replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))), 'latin1');
      });
      expect(Buffer.concat(decoded).toString()).toBe(text);
    }));
  });
});
