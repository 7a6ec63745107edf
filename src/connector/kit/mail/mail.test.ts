import { createHash, randomBytes } from 'node:crypto';
import { encode } from 'iconv-lite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64Lines, makeMail, makeMbox, nestedPart } from '../../testing/make-mail.ts';
import { formatAddress, mailDate, parseAddresses, parseHeaders, mailAddresses, headerText } from './mail-headers.ts';
import { readMail, readMailFile, type MailMessage } from './mail-message.ts';
import { transferDecoder } from './mail-transfer.ts';
import { decodeWords } from './mail-words.ts';
import { mboxMessages } from './mbox.ts';

async function* inPieces(bytes: Buffer, size = 1 << 16): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const read = (mail: Buffer, size?: number): Promise<MailMessage> => readMail(inPieces(mail, size), null);
const fileOf = async (mail: Buffer, part: number): Promise<Buffer> => Buffer.concat(await Array.fromAsync(readMailFile(inPieces(mail), part)));
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function messagesOf(mbox: Buffer, size?: number, from = 0): Promise<{ offset: number; postmark: string | null; text: string }[]> {
  const found: { offset: number; postmark: string | null; text: string }[] = [];
  for await (const message of mboxMessages(inPieces(mbox.subarray(from), size), from)) {
    found.push({ offset: message.offset, postmark: message.postmark, text: Buffer.concat(await Array.fromAsync(message.bytes)).toString('latin1') });
  }
  return found;
}

const plain = ['From: Jan <jan@firma.example>', 'To: ewa@biuro.example', 'Date: Thu, 12 Mar 2026 09:14:05 +0100', 'Message-ID: <a1@firma.example>', 'Subject: Oferta'];

describe('headers of a message', () => {
  it('decodes words in several charsets, joins adjacent ones, also where a letter is cut in two', () => {
    expect(decodeWords('=?iso-8859-2?Q?=A3=F3d=BC?= i =?windows-1250?B?uZw=?=')).toBe('Łódź i ąś');
    expect(decodeWords('=?utf-8?B?xbvDs8U=?= =?utf-8?B?gg==?=')).toBe('Żół');
    expect(decodeWords('=?UTF-8?Q?Ma=C5=82a?=\t =?UTF-8?Q?_mi?= rest')).toBe('Mała mi rest');
    expect(decodeWords('a =?nonsense')).toBe('a =?nonsense');
  });

  it('reads raw eight-bit headers as UTF-8, else as Polish bytes', () => {
    const headers = (subject: Buffer): string => headerText(parseHeaders(Buffer.concat([Buffer.from('Subject: '), subject, Buffer.from('\r\n folded\r\n')]), ''), 'subject');
    expect(headers(Buffer.from('Zażółć', 'utf8'))).toBe('Zażółć folded');
    expect(headers(encode('Zażółć gęślą', 'windows-1250'))).toBe('Zażółć gęślą folded');
  });

  it('takes addresses apart: names with commas, groups, comments, encoded names', () => {
    const headers = parseHeaders(Buffer.from('To: "Nowak, Ewa" <ewa@a.example>, Zespol: jan@b.example, Ola <ola@b.example>;\r\nTo: =?utf-8?Q?=C5=BBaneta?= <z@c.example> (work)\r\nCc: undisclosed-recipients:;\r\n'), '');
    expect(mailAddresses(headers, 'to').map(formatAddress)).toEqual(['"Nowak, Ewa" <ewa@a.example>', 'jan@b.example', 'Ola <ola@b.example>', 'Żaneta <z@c.example>']);
    expect(mailAddresses(headers, 'cc')).toEqual([]);
    expect(parseAddresses('mailto:jan@firma.example')).toEqual([{ name: '', address: 'jan@firma.example' }]);
  });

  it.each([
    ['Thu, 12 Mar 2026 09:14:05 +0100 (CET)', '2026-03-12T08:14:05Z'], ['12 Mar 2026 09:14 EST', '2026-03-12T14:14:00Z'], ['Thu Mar 12 09:14:05 2026', '2026-03-12T09:14:05Z'],
    ['2026-03-12T09:14:05+02:00', '2026-03-12T07:14:05Z'], ['Thu, 12 Mar 2026 09:14:05', '2026-03-12T09:14:05Z'], ['soon', null], ['', null], ['Thu, 12 Mar 1926 09:14:05 +0000', null],
  ])('reads the date %s as %s', (text, expected) => { expect(mailDate(text)).toBe(expected); });
});

describe('transfer encodings', () => {
  const decoded = (encoding: string, text: Buffer, size: number): Buffer => {
    const decoder = transferDecoder(encoding);
    const out: Buffer[] = [];
    for (let at = 0; at < text.length; at += size) out.push(Buffer.from(decoder.push(text.subarray(at, at + size))));
    return Buffer.concat([...out, decoder.finish()]);
  };

  it('give back any bytes in base64, cut anywhere', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 1, max: 90 }), (content, size) => {
      expect(decoded('base64', Buffer.from(base64Lines(Buffer.from(content))), size)).toEqual(Buffer.from(content));
    }), { numRuns: 60 });
  });

  it('give back any bytes in quoted-printable, cut anywhere', () => {
    const quote = (content: Buffer): string => [...content].map((byte, index) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}${index % 20 === 19 ? '=\r\n' : ''}`).join('');
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 70 }), (content, size) => {
      expect(decoded('quoted-printable', Buffer.from(quote(Buffer.from(content))), size)).toEqual(Buffer.from(content));
    }), { numRuns: 60 });
  });

  it('pass over what does not belong: soft breaks, trailing blanks, a lone equals sign, letters outside the alphabet', () => {
    for (const size of [1, 2, 3, 1000]) {
      expect(decoded('quoted-printable', Buffer.from('a=\r\nb=\nc  \r\nx=zz 2=3D2 =  \r\nend='), size).toString()).toBe('abc\r\nx=zz 2=2 end');
      expect(decoded('base64', Buffer.from('QU!JD\r\n**RE VG'), size).toString()).toBe('ABCDEF');
    }
  });
});

describe('reading a message', () => {
  it('reads an alternative with an inline image and files, and streams each file again', async () => {
    const pdf = randomBytes(5000), image = randomBytes(333);
    const mail = makeMail([...plain, 'In-Reply-To: <a0@firma.example>', 'References: <root@firma.example> <a0@firma.example>', 'Cc: Zespol: x@firma.example;'], {
      subtype: 'mixed', parts: [
        nestedPart('related', [
          nestedPart('alternative', [
            { headers: ['Content-Type: text/plain; charset=iso-8859-2', 'Content-Transfer-Encoding: quoted-printable'], body: 'Za=BF=F3=B3=E6' },
            { headers: ['Content-Type: text/html; charset=windows-1250', 'Content-Transfer-Encoding: base64'], body: encode('<p>Zażółć <img src="cid:img1@x"></p>', 'windows-1250').toString('base64') },
          ]),
          { headers: ['Content-Type: image/png; name="logo.png"', 'Content-ID: <img1@x>', 'Content-Transfer-Encoding: base64'], body: base64Lines(image) },
        ]),
        { headers: ["Content-Type: application/pdf", "Content-Disposition: attachment; filename*=utf-8''Umowa%20%C5%BC.pdf", 'Content-Transfer-Encoding: base64'], body: base64Lines(pdf) },
        { headers: ['Content-Type: message/rfc822'], body: makeMail(['Subject: inner', 'From: x@y.example'], 'inner body') },
        { headers: ['Content-Type: text/calendar; method=REQUEST'], body: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR' },
        { headers: ['Content-Type: application/ms-tnef; name=winmail.dat', 'Content-Transfer-Encoding: base64'], body: base64Lines(Buffer.from('tnef')) },
      ],
    });
    for (const size of [7, 1 << 16]) {
      const message = await read(mail, size);
      expect(message).toMatchObject({ messageId: '<a1@firma.example>', inReplyTo: '<a0@firma.example>', references: ['<root@firma.example>', '<a0@firma.example>'], subject: 'Oferta', sentAt: '2026-03-12T08:14:05Z', plain: 'Zażółć', html: '<p>Zażółć <img src="cid:img1@x"></p>' });
      expect(message.files.map((file) => [file.name, file.mimeType, file.inline, file.contentId])).toEqual([
        ['logo.png', 'image/png', true, 'img1@x'], ['Umowa ż.pdf', 'application/pdf', false, ''], ['message-5.eml', 'message/rfc822', false, ''], ['text-6.ics', 'text/calendar', false, ''], ['winmail.dat', 'application/ms-tnef', false, ''],
      ]);
      expect(message.files[1]).toMatchObject({ size: 5000, sha256: sha256(pdf), sha1: createHash('sha1').update(pdf).digest('hex') });
    }
    expect((await fileOf(mail, 3)).equals(image)).toBe(true);
    expect((await fileOf(mail, 4)).equals(pdf)).toBe(true);
    expect((await fileOf(mail, 5)).toString()).toContain('inner body');
    expect(await fileOf(mail, 99)).toHaveLength(0);
  });

  it('says nothing where the message does not: no date, no sender, no id; the last server or the mailbox stands in for the date', async () => {
    expect(await read(makeMail(['Subject: x'], 'hi'))).toMatchObject({ from: [], messageId: '', sentAt: '', dateFrom: 'none', plain: 'hi', html: '' });
    expect(await read(makeMail(['Subject: x', 'Date: soon', 'Received: from a by b; Thu, 12 Mar 2026 09:14:05 +0100'], 'hi'))).toMatchObject({ sentAt: '2026-03-12T08:14:05Z', dateFrom: 'received' });
    expect(await readMail(inPieces(makeMail(['Subject: x'], 'hi')), 'From - Thu Mar 12 09:14:05 2026')).toMatchObject({ sentAt: '2026-03-12T09:14:05Z', dateFrom: 'mailbox' });
    expect((await read(Buffer.from('nothing of a mail'))).headerLines).toBe(0);
  });

  it('puts a footer beside an HTML body into it, escaped, and joins flowed lines', async () => {
    const mail = makeMail(plain, { subtype: 'mixed', parts: [{ headers: ['Content-Type: text/html'], body: '<p>Hi</p>' }, { headers: ['Content-Type: text/plain'], body: '-- list <x>' }] });
    expect(await read(mail)).toMatchObject({ html: '<p>Hi</p>\n<div style="white-space: pre-wrap">-- list &lt;x&gt;</div>', plain: '-- list <x>' });
    expect((await read(makeMail([...plain, 'Content-Type: text/plain; format=flowed'], 'one \r\ntwo\r\n> quoted \r\n-- \r\nJan'))).plain).toBe('one two\n> quoted \n-- \nJan');
  });

  it('keeps a body of more than 4 MB as a file', async () => {
    const message = await read(makeMail([...plain, 'Content-Type: text/html'], Buffer.alloc(4_000_100, 'x')));
    expect(message.html).toBe('');
    expect(message.files).toMatchObject([{ name: 'body-1.html', longBody: true, size: 4_000_100 }]);
  });

  it('tells a message that was cut off', async () => {
    const whole = makeMail(plain, { subtype: 'mixed', parts: [{ headers: ['Content-Type: text/plain'], body: 'x' }, { headers: ['Content-Type: image/png'], body: 'y' }] });
    expect([(await read(whole)).cutOff, (await read(whole, 5)).cutOff, (await read(whole.subarray(0, whole.length - 20))).cutOff, (await read(makeMail(plain, 'x'))).cutOff]).toEqual([false, false, true, false]);
  });

  it('never takes a path for a name', async () => {
    const message = await read(makeMail(plain, { subtype: 'mixed', parts: [{ headers: ['Content-Type: text/plain', 'Content-Disposition: attachment; filename="..\\\\..\\\\etc/passwd"'], body: 'x' }, { headers: ['Content-Disposition: attachment; filename=".."'], body: 'y' }] }));
    expect(message.files.map((file) => file.name)).toEqual(['passwd', 'attachment-2.bin']);
  });

  it('refuses a message with more parts than a message has', async () => {
    const mail = makeMail(plain, { subtype: 'mixed', parts: Array.from({ length: 1100 }, () => ({ headers: ['Content-Type: text/plain'], body: 'x' })) });
    await expect(read(mail)).rejects.toMatchObject({ code: 'EMAXLEN' });
  });
});

describe('taking a mailbox apart', () => {
  const first = makeMail(plain, 'Hello\n\nFrom the beginning it was late.\nFrom Jan at 10:30 came word:\n>From here on\nend', '\n');
  const second = makeMail(plain.with(3, 'Message-ID: <a2@firma.example>'), 'Second', '\n');

  it.each([['\n', 1], ['\n', 13], ['\r\n', 1], ['\r\n', 29], ['\n', 1 << 20]] as const)('gives every message back, with line end %j in pieces of %i bytes', async (lineEnd, size) => {
    const mbox = makeMbox([first, second, first], lineEnd);
    const found = await messagesOf(mbox, size);
    expect(found.map((message) => message.text.replaceAll('\r\n', '\n'))).toEqual([`${first.toString()}\n`, `${second.toString()}\n`, `${first.toString()}\n`]);
    for (const message of found) expect(mbox.toString('latin1', message.offset, message.offset + 5)).toBe('From ');
  });

  it('gives the same message when it is read from its own place', async () => {
    const mbox = makeMbox([first, second, first], '\r\n');
    const all = await messagesOf(mbox, 17);
    for (const [index, message] of all.entries()) expect((await messagesOf(mbox, 64, message.offset)).map((one) => one.text)).toEqual(all.slice(index).map((one) => one.text));
  });

  it('does not take a sentence of a body for a separator, where the mailbox has no escapes', async () => {
    const sly = makeMail(plain, 'Dear,\n\nFrom Monday on, call at 10:30 please\nthanks', '\n');
    expect(await messagesOf(makeMbox([sly, second], '\n', false))).toHaveLength(2);
  });

  it('tells text before the first message, and an empty mailbox', async () => {
    expect((await messagesOf(Buffer.from(`garbage\n\n${makeMbox([second]).toString()}`))).map((message) => message.postmark === null)).toEqual([true, false]);
    expect(await messagesOf(Buffer.alloc(0))).toEqual([]);
  });

  it('goes on with the next message when one is left unread or half read', async () => {
    const subjects: string[] = [];
    let number = 0;
    for await (const message of mboxMessages(inPieces(makeMbox([first, second, first, second]), 50))) {
      number += 1;
      if (number % 2 === 1) for await (const bytes of message.bytes) { expect(bytes.length).toBeGreaterThan(0); break; }
      else subjects.push((await readMail(message.bytes, message.postmark)).messageId);
    }
    expect(number).toBe(4);
    expect(subjects).toEqual(['<a2@firma.example>', '<a2@firma.example>']);
  });

  it('gives back any bodies, whatever lines they hold', async () => {
    const line = fc.constantFrom('', 'text', 'From me', '>From you', '>>From all', 'From a@b.example Thu Mar 12 09:14:05 2026', 'Subject: no');
    await fc.assert(fc.asyncProperty(fc.array(fc.array(line, { maxLength: 6 }), { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 60 }), async (bodies, size) => {
      const mails = bodies.map((lines) => Buffer.from(`Subject: x\n\n${[...lines, 'end'].join('\n')}\n`));
      expect((await messagesOf(makeMbox(mails), size)).map((message) => message.text)).toEqual(mails.map(String));
    }), { numRuns: 80 });
  });
});
