import { hash } from 'node:crypto';
import { basename } from 'node:path';
import type { CatalogNote } from '../../connector/catalog.ts';
import { hash64 } from '../../connector/kit/key-index.ts';
import { formatAddress, type MailAddress } from '../../connector/kit/mail/mail-headers.ts';
import { readMail, type MailMessage } from '../../connector/kit/mail/mail-message.ts';
import { mboxMessages } from '../../connector/kit/mail/mbox.ts';
import { PairTable } from '../../connector/kit/pair-table.ts';
import { fileKind, type Bundle, type BundleFile } from './bundle.ts';
import { objectDefinition } from './objects.ts';
import { TableSpool } from './spooled-table.ts';
import type { Table } from './tables.ts';

/** Fields of a message that was read from `.eml` or `.mbox`. */
const fields = ['message_id', 'in_reply_to', 'from', 'to', 'cc', 'bcc', 'subject', 'body_html', 'body_text', 'sent_at'] as const;

/** Where a message lies, for reading one of its files again. */
export interface MailPlace { readonly file: string; readonly offset: number | null } // null = the file is the message

/** A file of a message as the spool keeps it: place of the message, and what `readMail` found. */
export interface SpooledMail { readonly place: MailPlace; readonly reference: string; readonly files: MailMessage['files'] }

export interface MailTables {
  readonly table: Table | null; // null = the bundle has no mail files
  /** Hash of a message's id → hash of the message it answers, or of the first one it refers to. */
  readonly parents: PairTable;
  readonly notes: readonly CatalogNote[];
}

const digest = (...parts: readonly string[]): string => hash('sha256', parts.join('\u001f')).slice(0, 32);
const list = (addresses: readonly MailAddress[]): string => (addresses.length === 0 ? '' : JSON.stringify(addresses.map(formatAddress)));
export const bareMessageId = (id: string): string => id.trim().replace(/^<|>$/g, '');

function identify(mail: MailMessage): { readonly key: string; readonly same: string } {
  const sender = mail.from[0]?.address.toLowerCase() ?? '';
  if (mail.messageId !== '') return { key: `message:${bareMessageId(mail.messageId)}`, same: digest(mail.messageId, sender, mail.sentAt) };
  const key = `mail:${digest(sender, list(mail.to), list(mail.cc), mail.sentAt, mail.subject, mail.plain || mail.html, ...mail.files.map((file) => file.sha256))}`;
  return { key, same: key };
}

/** What was found besides the messages themselves. */
class MailCounts {
  readonly files: { name: string; messages: number }[] = [];
  readonly odd = new Map<string, { count: number; first: string[] }>();

  note(code: string, position: string): void {
    const entry = this.odd.get(code) ?? { count: 0, first: [] };
    entry.count += 1;
    if (entry.first.length < 20) entry.first.push(position);
    this.odd.set(code, entry);
  }
}

const oddWords: { readonly [code: string]: string } = {
  'messages-without-date': 'have no date that can be read: sent_at is empty',
  'messages-dated-otherwise': 'have no Date header that can be read: sent_at is when a server received them, or what the mailbox says',
  'messages-without-sender': 'name no sender',
  'messages-without-id': 'have no Message-ID: their id is derived from sender, recipients, date, subject and content',
  'messages-cut-off': 'end before their last boundary: what came is read, texts and attachments may be missing or short',
  'long-bodies': 'have a body of more than 4 MB: it is kept as an attachment of the message',
};

async function spoolMessage(spool: TableSpool, counts: MailCounts, parents: PairTable, params: Readonly<{ bytes: AsyncIterable<Uint8Array>; postmark: string | null; place: MailPlace; position: string }>): Promise<void> {
  const { place, position } = params;
  const reject = (code: string, message: string): Promise<void> => spool.write({ cells: [], position, rejected: { code, message, raw: `${place.file}${place.offset === null ? '' : ` at byte ${place.offset}`}` } });
  let mail: MailMessage;
  try {
    mail = await readMail(params.bytes, params.postmark);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EMAXLEN') throw error;
    return reject('message-unreadable', `the message cannot be read: ${(error as Error).message}`);
  }
  if (mail.headerLines === 0) return reject('no-message', 'no header line was found: this is no e-mail message');
  const identity = identify(mail);
  if (mail.messageId !== '') {
    const parent = mail.references[0] ?? mail.inReplyTo;
    if (parent !== '' && parent !== mail.messageId) parents.add(hash64(bareMessageId(mail.messageId)), hash64(bareMessageId(parent)));
  } else counts.note('messages-without-id', position);
  if (mail.dateFrom === 'none') counts.note('messages-without-date', position);
  else if (mail.dateFrom !== 'date') counts.note('messages-dated-otherwise', position);
  if (mail.cutOff) counts.note('messages-cut-off', position);
  if (mail.from.length === 0) counts.note('messages-without-sender', position);
  if (mail.files.some((file) => file.longBody)) counts.note('long-bodies', position);
  const reference = digest(identity.key, identity.same);
  const parts: SpooledMail = { place, reference, files: mail.files };
  await spool.write({
    ...identity, position, parts: { ...parts, place: { ...place }, files: mail.files.map((file) => ({ ...file })) },
    cells: [mail.messageId, mail.inReplyTo || (mail.references.at(-1) ?? ''), mail.from.map(formatAddress).join(', '), list(mail.to), list(mail.cc), list(mail.bcc), mail.subject, mail.html, mail.plain, mail.sentAt],
  });
}

async function* withoutMark(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first = true;
  for await (const chunk of bytes) {
    yield first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk;
    first = false;
  }
}

async function spoolFile(bundle: Bundle, file: BundleFile, spool: TableSpool, counts: MailCounts, parents: PairTable): Promise<void> {
  const before = spool.rows;
  if (fileKind(file.name) === 'mail') {
    await spoolMessage(spool, counts, parents, { bytes: withoutMark(bundle.open(file.name)), postmark: null, place: { file: file.name, offset: null }, position: file.name });
  } else {
    let number = 0;
    for await (const message of mboxMessages(bundle.open(file.name))) {
      const position = message.postmark === null ? `${file.name} before the first message` : `${file.name} message ${number += 1}`;
      if (message.postmark === null) await rejectStray(spool, message.bytes, position);
      else await spoolMessage(spool, counts, parents, { bytes: message.bytes, postmark: message.postmark, place: { file: file.name, offset: message.offset }, position });
    }
  }
  counts.files.push({ name: file.name, messages: spool.rows - before });
}

async function rejectStray(spool: TableSpool, bytes: AsyncIterable<Uint8Array>, position: string): Promise<void> {
  let raw = '';
  for await (const chunk of bytes) if (raw.length < 10_000) raw += Buffer.from(chunk).toString('latin1', 0, 10_000 - raw.length);
  if (raw.trim() !== '') await spool.write({ cells: [], position, rejected: { code: 'no-message', message: 'text that belongs to no message: no line "From …" with a time stands before it', raw } });
}

/** Reads every mail file of the bundle once; bytes of attachments are digested and let go, so memory and disk hold texts only. */
export async function spoolMail(bundle: Bundle, signal: AbortSignal, onProgress?: (done: number) => void): Promise<MailTables> {
  const parents = new PairTable();
  const files = bundle.files.filter((file) => ['mail', 'mailbox'].includes(fileKind(file.name)));
  const definition = objectDefinition('email');
  if (files.length === 0 || definition === undefined) return { table: null, parents, notes: [] };
  const counts = new MailCounts();
  const spool = await TableSpool.create(bundle);
  try {
    for (const file of files) {
      signal.throwIfAborted();
      await spoolFile(bundle, file, spool, counts, parents);
      onProgress?.(spool.rows);
    }
  } catch (error) {
    await spool.close();
    throw error;
  }
  const mailboxes = counts.files.filter((file) => fileKind(file.name) === 'mailbox');
  const details = { messageFiles: counts.files.length - mailboxes.length, mailboxes: mailboxes.slice(0, 50).map((file) => `${file.name}: ${file.messages}`) };
  const name = files.length === 1 ? files[0]?.name ?? '' : `mail files (${files.length}, first ${basename(files[0]?.name ?? '')})`;
  const notes = [...counts.odd].map(([code, { count, first }]): CatalogNote => ({ subject: 'email', level: code === 'messages-without-id' ? 'info' : 'warning', code, message: `${count} ${count === 1 ? 'message' : 'messages'}: ${oddWords[code] ?? code}`, details: { count, first } }));
  return { table: await spool.finish(definition, name, fields, details), parents, notes: notes.sort((a, b) => (a.code < b.code ? -1 : 1)) };
}
