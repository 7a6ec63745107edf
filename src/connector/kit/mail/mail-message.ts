import { Digester, type BytesDigest } from '../digest.ts';
import { isBodyPart, joinBodies, unflow, type BodyText } from './mail-body.ts';
import { decodeText } from './mail-charset.ts';
import { headerRaw, headerText, mailAddresses, mailDate, messageIds, type MailAddress, type RawHeaders } from './mail-headers.ts';
import { walkMail, type MailPart } from './mail-parts.ts';

/** A file in a message: what it is, without its bytes. */
export interface MailFile extends BytesDigest {
  readonly part: number; // of the leaf, for `readMailFile`
  readonly name: string;
  readonly mimeType: string;
  readonly inline: boolean; // shown in the body by its content id, or by its disposition
  readonly contentId: string; // without <>; '' = none
  /** The body text itself, kept as a file because it is longer than a body may be. */
  readonly longBody: boolean;
}

/** A message as read; '' = the message does not say. */
export interface MailMessage {
  readonly messageId: string; // '<…>'
  readonly inReplyTo: string;
  readonly references: readonly string[];
  readonly from: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  readonly subject: string;
  readonly sentAt: string; // UTC
  readonly dateFrom: 'date' | 'received' | 'mailbox' | 'none';
  readonly html: string;
  readonly plain: string;
  readonly files: readonly MailFile[];
  readonly headerLines: number;
  /** The message ends before its last boundary: parts of it may be missing. */
  readonly cutOff: boolean;
}

/** Bytes of a text part that are held as a body; a longer one is kept as a file. */
const maxBodyBytes = 4_000_000;

const endings: { readonly [mimeType: string]: string } = { 'text/plain': 'txt', 'text/html': 'html', 'text/calendar': 'ics', 'message/rfc822': 'eml', 'image/jpeg': 'jpg', 'image/svg+xml': 'svg', 'application/ms-tnef': 'dat', 'application/pkcs7-signature': 'p7s', 'application/pgp-signature': 'asc' };
const stems: { readonly [kind: string]: string } = { image: 'image', message: 'message', text: 'text' };

/** A name for a file without one, and no path in any: only the last part of a name is kept. */
function fileName(part: MailPart, longBody: boolean): string {
  const given = part.filename.replace(/\p{Cc}/gu, '').split(/[/\\]/).at(-1)?.trim().slice(0, 200) ?? '';
  if (given !== '' && !/^\.+$/.test(given)) return given.normalize('NFC');
  const [kind = '', sub = ''] = part.mimeType.split('/');
  return `${longBody ? 'body' : stems[kind] ?? 'attachment'}-${part.number}.${endings[part.mimeType] ?? (kind === 'image' && /^[a-z0-9]+$/.test(sub) ? sub : 'bin')}`;
}

function describeFile(part: MailPart, digest: BytesDigest, longBody: boolean): MailFile {
  const contentId = headerRaw(part.headers, 'content-id').replace(/^<|>$/g, '').trim();
  const inline = part.disposition === 'inline' || (part.disposition === '' && contentId !== '' && part.mimeType.startsWith('image/'));
  return { ...digest, part: part.number, name: fileName(part, longBody), mimeType: part.mimeType, inline: !longBody && inline, contentId, longBody };
}

/** Text of one part while its bytes go by; over the limit it is digested as a file instead. */
class BodyCollector {
  readonly #part: MailPart;
  #bytes: Buffer[] = [];
  #size = 0;
  #long: Digester | null = null;

  constructor(part: MailPart) {
    this.#part = part;
  }

  push(bytes: Buffer): void {
    if (this.#long !== null) return this.#long.update(bytes);
    this.#bytes.push(Buffer.from(bytes));
    this.#size += bytes.length;
    if (this.#size <= maxBodyBytes) return;
    this.#long = new Digester();
    for (const piece of this.#bytes) this.#long.update(piece);
    this.#bytes = [];
  }

  finish(): BodyText | MailFile {
    if (this.#long !== null) return describeFile(this.#part, this.#long.finish(), true);
    const text = decodeText(Buffer.concat(this.#bytes), this.#part.charset).replaceAll('\u0000', '').replace(/\r\n?/g, '\n');
    const html = this.#part.mimeType === 'text/html';
    return { html, alternative: this.#part.alternative, text: !html && this.#part.flowed !== null ? unflow(text, this.#part.flowed.deleteSpace) : text };
  }
}

/**
 * Reads one message from its bytes: headers, both bodies, and what its files are; bytes of files are digested and let go.
 * Missing parts stay empty, nothing is made up.
 * @param postmark the mailbox's line before the message, whose date stands in for a missing one; null = no mailbox.
 * @throws Error code 'EMAXLEN' as `walkMail`.
 */
export async function readMail(bytes: AsyncIterable<Uint8Array>, postmark: string | null): Promise<MailMessage> {
  let headers: RawHeaders = { lines: [], charset: '' };
  const texts: BodyText[] = [];
  const files: MailFile[] = [];
  let part: MailPart | null = null;
  let body: BodyCollector | null = null;
  let digester: Digester | null = null;
  let cutOff = false;
  for await (const piece of walkMail(bytes)) {
    if (piece.kind === 'headers') headers = piece.headers;
    else if (piece.kind === 'part') {
      part = piece.part;
      body = isBodyPart(part) ? new BodyCollector(part) : null;
      digester = body === null ? new Digester() : null;
    } else if (piece.kind === 'bytes') {
      body?.push(piece.bytes);
      digester?.update(piece.bytes);
    } else if (piece.kind === 'end') cutOff = piece.cutOff;
    else if (part !== null) {
      const found = body?.finish() ?? describeFile(part, (digester ?? new Digester()).finish(), false);
      if ('part' in found) files.push(found);
      else texts.push(found);
    }
  }
  const { html, plain } = joinBodies(texts);
  const dated = dateOf(headers, postmark);
  return {
    messageId: messageIds(headers, 'message-id')[0] ?? '', inReplyTo: messageIds(headers, 'in-reply-to')[0] ?? '', references: messageIds(headers, 'references'),
    from: firstOf(headers, 'from', 'sender'), to: mailAddresses(headers, 'to'), cc: mailAddresses(headers, 'cc'), bcc: mailAddresses(headers, 'bcc'),
    subject: headerText(headers, 'subject'), ...dated, html, plain, files, headerLines: headers.lines.length, cutOff,
  };
}

function firstOf(headers: RawHeaders, ...names: readonly string[]): readonly MailAddress[] {
  for (const name of names) {
    const found = mailAddresses(headers, name);
    if (found.length > 0) return found;
  }
  return [];
}

/** The Date header; else when the last server received it; else what the mailbox says. */
function dateOf(headers: RawHeaders, postmark: string | null): Pick<MailMessage, 'sentAt' | 'dateFrom'> {
  const own = mailDate(headerRaw(headers, 'date'));
  if (own !== null) return { sentAt: own, dateFrom: 'date' };
  const received = mailDate(headerRaw(headers, 'received').split(';').at(-1) ?? '');
  if (received !== null) return { sentAt: received, dateFrom: 'received' };
  const marked = postmark === null ? null : mailDate(/^From \S+ +(.*)$/.exec(postmark)?.[1] ?? '');
  return marked === null ? { sentAt: '', dateFrom: 'none' } : { sentAt: marked, dateFrom: 'mailbox' };
}

/** Streams the bytes of one leaf of a message; nothing = there is no such leaf. */
export async function* readMailFile(bytes: AsyncIterable<Uint8Array>, number: number): AsyncGenerator<Uint8Array> {
  let wanted = false;
  for await (const piece of walkMail(bytes)) {
    if (piece.kind === 'part') wanted = piece.part.number === number;
    else if (piece.kind === 'bytes' && wanted) yield piece.bytes;
    else if (piece.kind === 'part-end' && wanted) return;
  }
}
