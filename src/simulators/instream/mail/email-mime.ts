import { contentChunks, mimeTypes } from '../words/content.ts';
import type { Email, Mailbox } from './emails.ts';
import { encoderFor } from '../files/encoding.ts';
import { base64Lines, headerParameter, headerWords, quotedPrintable } from './mime-encodings.ts';
import type { Encode } from './mime-encodings.ts';
import { instantOf, mailDate, zoneOf } from '../activities/moments.ts';
import type { Random } from '../random.ts';
import { mailFiles } from '../files/stored-files.ts';
import type { MailFile } from '../files/stored-files.ts';
import type { World } from '../world.ts';

interface Writing {
  readonly world: World;
  readonly email: Email;
  readonly random: Random;
  readonly encode: Encode;
}

function mailboxText({ email, random, encode }: Writing, { name, address }: Mailbox): string {
  if (name === '') return random.chance(0.5) ? address : `<${address}>`;
  const turned = random.chance(0.2) ? name.replace(/^(\S+) (.*)$/, '$2, $1') : name; // "Kowalska, Anna": a comma that parts nothing
  const words = /[^\u0020-\u007e]/u.test(turned) ? headerWords(turned, email.charset, encode, random.chance(0.5) ? 'B' : 'Q') : /[^\w ]/.test(turned) ? `"${turned}"` : turned;
  return `${words} <${address}>`;
}

function headers(writing: Writing): string[] {
  const { world, email, random, encode } = writing;
  const list = (mailboxes: readonly Mailbox[]): string => mailboxes.map((mailbox) => mailboxText(writing, mailbox)).join(',\r\n ');
  const zone = random.pick([zoneOf(world), zoneOf(world), 'UTC', 'America/New_York']);
  const date = mailDate(instantOf(email.sentAt, zoneOf(world)), zone);
  return [
    `Received: from mx.example (mx.example [192.0.2.7])\r\n\tby mail.example; ${date}`,
    ...(email.dirt === 'no-date' ? [] : [`Date: ${email.dirt === 'bad-date' ? 'Thu, 31 Feb 2026 25:61:00 +9999' : zone === 'UTC' ? date.replace('+0000', random.pick(['+0000', 'GMT', '+0000 (UTC)'])) : date}`]),
    `From: ${mailboxText(writing, email.from)}`,
    ...(email.to.length > 0 ? [`To: ${list(email.to)}`] : []),
    ...(email.cc.length > 0 ? [`${random.chance(0.5) ? 'Cc' : 'CC'}: ${list(email.cc)}`] : []),
    ...(email.bcc.length > 0 ? [`Bcc: ${list(email.bcc)}`] : []),
    ...(email.subject === '' ? [] : [`Subject: ${headerWords(email.subject, email.charset, encode, random.chance(0.5) ? 'B' : 'Q')}`]),
    ...(email.messageId === null ? [] : [`Message-ID: <${email.messageId}>`]),
    ...(email.inReplyTo === null ? [] : [`In-Reply-To: <${email.inReplyTo}>`, `References: ${email.references.map((id) => `<${id}>`).join('\r\n ')}`]),
    'MIME-Version: 1.0',
  ];
}

/** A text part: its headers, an empty line, its body. */
function textPart({ email, random, encode }: Writing, subtype: 'plain' | 'html', text: string): string {
  const encoding = random.pick(['quoted-printable', 'base64', 'quoted-printable', '8bit'] as const);
  const bytes = encode(text);
  // 8bit has lines of at most 998 bytes
  const chosen = encoding === '8bit' && text.split('\r\n').some((line) => line.length > 400) ? 'base64' : encoding;
  const body = chosen === 'quoted-printable' ? quotedPrintable(bytes, '\r\n') : chosen === 'base64' ? base64Lines(bytes, '\r\n') : bytes.toString('latin1');
  const charset = email.dirt === 'unknown-charset' ? 'x-nobody-knows' : email.charset;
  return `Content-Type: text/${subtype}; charset=${random.chance(0.5) ? `"${charset}"` : charset}\r\nContent-Transfer-Encoding: ${chosen}\r\n\r\n${body}\r\n`;
}

function* filePart({ world, random }: Writing, file: MailFile): Generator<Buffer> {
  const type = mimeTypes[file.content.kind];
  const style = random.pick(['2231', '2047'] as const);
  const disposition = file.inline ? 'inline' : 'attachment';
  const head = [
    `Content-Type: ${type};\r\n ${headerParameter('name', file.name, '2047')}`, 'Content-Transfer-Encoding: base64',
    ...(file.contentId === null ? [] : [`Content-ID: <${file.contentId}>`]), `Content-Disposition: ${disposition};\r\n ${headerParameter('filename', file.name, style)}`,
  ];
  yield Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1');
  for (const chunk of contentChunks(world, file.content)) yield Buffer.from(`${base64Lines(chunk, '\r\n')}\r\n`, 'latin1');
}

type Part = Iterable<Buffer>;

function* multipart(kind: 'alternative' | 'related' | 'mixed', boundary: string, parts: readonly Part[], cut: boolean): Generator<Buffer> {
  yield Buffer.from(`Content-Type: multipart/${kind};\r\n boundary="${boundary}"\r\n\r\n`, 'latin1');
  for (const part of parts) {
    yield Buffer.from(`--${boundary}\r\n`, 'latin1');
    yield* part;
  }
  if (!cut) yield Buffer.from(`--${boundary}--\r\n`, 'latin1');
}

function bodyPart(writing: Writing, files: readonly MailFile[]): Part {
  const { email } = writing;
  const cut = email.dirt === 'truncated';
  const text = (subtype: 'plain' | 'html', body: string): Part => [Buffer.from(textPart(writing, subtype, body), 'latin1')];
  const [plain, html] = [email.text === null ? null : text('plain', email.text), email.html === null ? null : text('html', email.html)];
  const inline = files.filter((file) => file.inline).map((file) => filePart(writing, file));
  const attached = files.filter((file) => !file.inline).map((file) => filePart(writing, file));
  const rich = html !== null && inline.length > 0 ? multipart('related', `=_rel_${email.id}`, [html, ...inline], cut) : html;
  const shown = plain !== null && rich !== null ? multipart('alternative', `=_alt_${email.id}`, [plain, rich], cut) : plain ?? rich ?? [];
  return attached.length > 0 || cut ? multipart('mixed', `=_mix_${email.id}`, [shown, ...attached], cut) : shown;
}

/** A message as it goes over the wire: CRLF, nothing held but one chunk of an attachment. `truncated` ones lack the last boundaries. */
export function* mimeChunks(world: World, email: Email): Generator<Buffer> {
  const encoder = encoderFor(email.charset);
  const writing: Writing = { world, email, random: world.random('email form', email.index), encode: (text) => encoder.encode(text) };
  yield Buffer.from(`${headers(writing).join('\r\n')}\r\n`, 'latin1');
  yield* bodyPart(writing, mailFiles(world, email));
}

/** The same message in an mbox: its separator, lines ended by LF, `From ` at the start of a line quoted (mboxrd), an empty line after it. */
export function* mboxChunks(world: World, email: Email, separatorDate: string): Generator<Buffer> {
  yield Buffer.from(`From ${email.from.address} ${separatorDate}\n`, 'latin1');
  for (const chunk of mimeChunks(world, email)) yield Buffer.from(chunk.toString('latin1').replaceAll('\r\n', '\n').replace(/^(>*From )/gm, '>$1'), 'latin1');
  yield Buffer.from('\n', 'latin1');
}
