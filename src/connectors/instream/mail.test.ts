import { createHash, randomBytes } from 'node:crypto';
import { encode } from 'iconv-lite';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileValue } from '../../connector/file-value.ts';
import type { JsonObject } from '../../connector/json.ts';
import type { SourceConnection } from '../../connector/source.ts';
import { base64Lines, makeMail, makeMbox } from '../../connector/testing/make-mail.ts';
import { writeZip } from '../../connector/testing/make-archive.ts';
import { readAll, useBundles } from './testing.ts';

const { folder, open, openPath } = useBundles();
const byteCount = 40_000;
const pdf = randomBytes(byteCount);
const head = (number: number, more: readonly string[] = []): string[] => [`Message-ID: <m${number}@firma.example>`, `Date: Thu, 12 Mar 2026 09:14:${String(number).padStart(2, '0')} +0100`, `Subject: Sprawa ${number}`, ...more];
const incoming = makeMail(head(1, ['From: =?utf-8?Q?=C5=BBaneta?= <Z@klient.example>', 'To: Ola <ola@biuro.example>, "Nowak, Ewa" <ewa@klient.example>']), {
  subtype: 'mixed', parts: [{ headers: ['Content-Type: text/plain; charset=windows-1250'], body: encode('Dzień dobry', 'windows-1250') }, { headers: ['Content-Type: application/pdf; name=umowa.pdf', 'Content-Transfer-Encoding: base64'], body: base64Lines(pdf) }],
});
const outgoing = makeMail(head(2, ['From: ola@biuro.example', 'To: z@klient.example', 'In-Reply-To: <m1@firma.example>']), 'Odpowiedź');
const later = makeMail(head(3, ['From: z@klient.example', 'To: Ola <ola@biuro.example>', 'References: <m1@firma.example> <m2@firma.example>']), 'Dzięki');
const stranger = makeMail(head(4, ['From: a@obcy.example', 'To: b@obcy.example']), 'x');
const owners = 'email\nola@biuro.example\n';

async function bytesOf(source: SourceConnection, file: unknown): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(source.openFile?.({ file: file as FileValue }) ?? []));
}
const byId = async (source: SourceConnection, object: string): Promise<ReadonlyMap<string, JsonObject>> => new Map((await readAll(source, object)).records.map((record) => [record.id, record.data]));

describe('e-mails of an export', () => {
  it('are read from .eml and .mbox with direction, participants and threads', async () => {
    const emails = await byId(await open({ 'owners.csv': owners, 'emails/a.eml': incoming, 'deep/er/b.mbox': makeMbox([outgoing, later]), 'emails/c.EML': stranger }), 'email');
    expect([...emails.keys()].sort()).toEqual(['message:m1@firma.example', 'message:m2@firma.example', 'message:m3@firma.example', 'message:m4@firma.example']);
    expect(emails.get('message:m1@firma.example')).toEqual({
      message_id: '<m1@firma.example>', from: 'Żaneta <Z@klient.example>', to: ['Ola <ola@biuro.example>', '"Nowak, Ewa" <ewa@klient.example>'], subject: 'Sprawa 1', body_text: 'Dzień dobry', sent_at: '2026-03-12T08:14:01Z',
      direction: 'in', participants: ['z@klient.example', 'ewa@klient.example'], thread_id: expect.stringMatching(/^thread:[0-9a-f]{16}$/) as string,
    });
    expect(emails.get('message:m2@firma.example')).toMatchObject({ direction: 'out', in_reply_to: '<m1@firma.example>', participants: ['z@klient.example'] });
    expect(emails.get('message:m4@firma.example')).not.toHaveProperty('direction');
    const thread = (number: number): unknown => emails.get(`message:m${number}@firma.example`)?.['thread_id'];
    expect([thread(2), thread(3)]).toEqual([thread(1), thread(1)]);
    expect(thread(4)).not.toBe(thread(1));
  });

  it('know an owner who only stands in records', async () => {
    const emails = await byId(await open({ 'contacts.csv': 'full_name,owner_email\nJan,OLA@biuro.example\n', 'a.eml': outgoing }), 'email');
    expect(emails.get('message:m2@firma.example')).toMatchObject({ direction: 'out' });
  });

  it('count once when they stand in two mailboxes, and are told apart when only the id is the same', async () => {
    const twin = makeMail(head(1, ['From: other@firma.example']).with(1, 'Date: Fri, 13 Mar 2026 10:00:00 +0100'), 'another message under the same id');
    const copy = Buffer.concat([Buffer.from('X-Gmail-Labels: Inbox\r\n'), incoming]);
    const read = async (files: Parameters<typeof open>[0]): Promise<string[]> => [...(await byId(await open(files), 'email')).entries()].map(([id, data]) => `${id} ${String(data['sent_at'])}`).sort();
    const source = await open({ 'a.mbox': makeMbox([incoming, outgoing]), 'b.mbox': makeMbox([copy, outgoing]), 'c.eml': incoming });
    expect((await readAll(source, 'email')).records).toHaveLength(2);
    expect((await readAll(source, 'email_attachment')).records).toHaveLength(1);
    expect((await source.discover()).notes.find((note) => note.code === 'repeated-messages')).toMatchObject({ subject: 'email', message: expect.stringContaining('3 messages') as string });
    const one = await read({ 'a.eml': incoming, 'b.eml': twin });
    expect(one).toHaveLength(2);
    expect(await read({ 'a.eml': twin, 'b.eml': incoming })).toEqual(one);
  });

  it('derive the same id again for a message without one', async () => {
    const bare = makeMail(['From: jan@firma.example', 'Subject: x', 'Date: Thu, 12 Mar 2026 09:14:05 +0100'], 'text');
    const ids = async (name: string): Promise<string[]> => [...(await byId(await open({ [name]: bare }), 'email')).keys()];
    expect(await ids('a.eml')).toEqual(await ids('other/b.eml'));
    expect((await ids('a.eml'))[0]).toMatch(/^mail:[0-9a-f]{32}$/);
  });

  it('give their attachments as files that can be streamed, from folder, mailbox and zip, in another connection too', async () => {
    const files = { 'emails/a.eml': incoming, 'b.mbox': makeMbox([outgoing, makeMail(head(5, ['From: z@klient.example']), { subtype: 'mixed', parts: [{ headers: ['Content-Type: image/png', 'Content-ID: <pic@x>', 'Content-Disposition: inline; filename=a.png', 'Content-Transfer-Encoding: base64'], body: base64Lines(pdf.subarray(0, 99)) }] })], '\r\n') };
    const root = await folder(files);
    await writeZip(join(root, 'all.zip'), Object.entries(files).map(([name, content]) => ({ name, content })));
    const sources = [await openPath(root), await openPath(join(root, 'all.zip'))];
    for (const source of sources) {
      const attachments = await byId(source, 'email_attachment');
      expect(attachments.get('message:m1@firma.example#1')).toMatchObject({ email_id: 'message:m1@firma.example', name: 'umowa.pdf', mime: 'application/pdf', size: String(byteCount), inline: 'false', content: { name: 'umowa.pdf', size: byteCount, sha256: createHash('sha256').update(pdf).digest('hex') } });
      expect(attachments.get('message:m5@firma.example#1')).toMatchObject({ inline: 'true', content_id: 'pic@x', name: 'a.png' });
      expect((await bytesOf(source, attachments.get('message:m1@firma.example#1')?.['content'])).equals(pdf)).toBe(true);
      for (const other of sources) expect((await bytesOf(other, attachments.get('message:m5@firma.example#1')?.['content'])).equals(pdf.subarray(0, 99))).toBe(true);
    }
    const gone: FileValue = { $file: `mail:${'0'.repeat(32)}#1`, name: 'x', mimeType: null, size: 1, sha1: null, sha256: null };
    await expect(bytesOf(sources[0] as SourceConnection, gone)).rejects.toMatchObject({ code: 'file-gone' });
    await expect(bytesOf(sources[0] as SourceConnection, { ...gone, $file: 'file:../../etc/passwd' })).rejects.toMatchObject({ code: 'file-gone' });
  });

  it('take attachments of emails.csv from the bundle, and say which are missing', async () => {
    const source = await open({
      'owners.csv': owners, 'emails.csv': 'id,message_id,in_reply_to,from,to,cc,subject,sent_at,direction,attachments\n7,<c7@x>,,Jan <jan@firma.example>,"ola@biuro.example; Ewa <ewa@firma.example>",,Oferta,12.03.2026 09:14,Przychodząca,files/a.txt;nie ma.pdf\n8,<c8@x>,<c7@x>,ola@biuro.example,jan@firma.example,,Re,13.03.2026 10:00,,\n',
      'files/a.txt': 'treść', 'files/b.txt': 'nobody names me',
    });
    const emails = await byId(source, 'email');
    expect(emails.get('7')).toMatchObject({ direction: 'in', to: ['ola@biuro.example', 'Ewa <ewa@firma.example>'], participants: ['jan@firma.example', 'ewa@firma.example'], sent_at: '12.03.2026 09:14' });
    expect(emails.get('8')).toMatchObject({ direction: 'out', thread_id: emails.get('7')?.['thread_id'] });
    const attachments = await byId(source, 'email_attachment');
    expect(attachments.get('7#1')).toMatchObject({ email_id: '7', name: 'a.txt', content: { $file: 'file:files/a.txt', size: 7 } });
    expect(attachments.get('7#2')).toEqual({ id: '7#2', email_id: '7', name: 'nie ma.pdf', inline: 'false', content_code: 'file-missing' });
    expect((await bytesOf(source, attachments.get('7#1')?.['content'])).toString()).toBe('treść');
    const { notes, facts } = await source.discover();
    expect(notes.map((note) => note.code)).toEqual(expect.arrayContaining(['attachments-missing', 'files-not-listed']));
    expect(facts['attachments']).toEqual({ files: 1, bytes: 7, missing: 1 });
    expect((await source.check()).filter((result) => result.result === 'warning').map((result) => result.name)).toEqual(expect.arrayContaining(['attachments-present', 'files-listed']));
  });

  it('are rejected, with the place, when they are none; the others are read', async () => {
    const source = await open({ 'a.eml': 'this is no mail', 'b.eml': '', 'c.mbox': `garbage before\n\n${makeMbox([incoming]).toString('latin1')}`, 'd.mbox': '' });
    const { records, rejected } = await readAll(source, 'email');
    expect(records).toHaveLength(1);
    expect(rejected.map((row) => `${row.position}: ${row.code}`)).toEqual(['a.eml: no-message', 'b.eml: no-message', 'c.mbox before the first message: no-message']);
    expect(rejected[2]?.raw).toContain('garbage before');
  });

  it('read dates of files and tables of one bundle side by side', async () => {
    const source = await open({ 'emails.csv': 'id,subject,sent_at\n1,A,03.04.2026 10:00\n2,B,04.05.2026 10:00\n', 'a.eml': incoming, 'b.eml': outgoing, 'c.eml': later });
    const field = (await source.discover()).objects.find((object) => object.name === 'email')?.fields.find((one) => one.name === 'sent_at');
    expect(field).toMatchObject({ format: { kind: 'date', order: 'dmy' }, profile: { typeConfidence: 1 } });
  });

  it('report what is odd about them, and ask nothing', async () => {
    const source = await open({ 'a.eml': makeMail(['Subject: NovÃ¡k'], 'no date, no sender, no id'), 'b.eml': makeMail([...head(1), 'Content-Type: text/html'], Buffer.alloc(4_000_010, 'y')) });
    const { notes, questions } = await source.discover();
    expect(notes.filter((note) => note.subject === 'email').map((note) => note.code).sort()).toEqual(['long-bodies', 'messages-without-date', 'messages-without-id', 'messages-without-sender']);
    expect(questions).toEqual([]);
    expect((await readAll(source, 'email_attachment')).records[0]?.data).toMatchObject({ name: 'body-1.html', content_code: 'body-too-long' });
  });

  it('end a page early when their texts are long', async () => {
    const mails = Array.from({ length: 9 }, (_, index) => makeMail(head(index), Buffer.alloc(3_000_000, 'z')));
    const source = await open({ 'a.mbox': makeMbox(mails) });
    const sizes: number[] = [];
    for await (const page of source.read({ object: 'email', cursor: null, pageSize: 1000, answers: {} })) sizes.push(page.records.length);
    expect(sizes).toEqual([6, 3]);
  });
});
