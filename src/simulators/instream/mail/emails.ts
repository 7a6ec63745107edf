import { companyDomain, companyId } from '../records/companies.ts';
import { personAt } from '../records/contacts.ts';
import { dirtOf, hostile } from '../dirt.ts';
import type { DirtKind } from '../dirt.ts';
import { encoderFor } from '../files/encoding.ts';
import { daysBefore, slug } from '../files/formats.ts';
import { fateOf } from '../later.ts';
import type { Fate } from '../later.ts';
import type { Charset } from './mime-encodings.ts';
import { ownerList } from '../records/owners.ts';
import { cleanCompany, cleanContact } from '../records/parents.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';

export interface Mailbox { readonly name: string; readonly address: string }

export interface Email {
  readonly index: number;
  readonly id: string;
  /** Without angle brackets; null where the message has none. */
  readonly messageId: string | null;
  readonly thread: string;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly form: 'eml' | 'mbox' | 'csv';
  readonly direction: 'in' | 'out';
  /** Whom the conversation is with: a contact, a company (its own address), or nobody the account knows. */
  readonly with: Readonly<{ contact: number | null; company: number | null; record: string | null }>;
  readonly from: Mailbox;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly bcc: readonly Mailbox[];
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
  readonly charset: Charset;
  readonly inlineImages: number;
  readonly attachments: number;
  /** Wall-clock milliseconds. */
  readonly sentAt: number;
  readonly dirt: DirtKind<'emails'> | null;
  readonly fate: Fate;
}

/** Eight messages make three threads, of one, two and five. */
const threadSizes = [1, 2, 5] as const;
const onlyInFiles: ReadonlySet<string> = new Set(['unknown-charset', 'truncated', 'duplicate', 'no-message-id', 'from-line', 'no-recipients']);

interface Place { readonly thread: number; readonly place: number; readonly first: number }

function placeOf(index: number): Place {
  const block = Math.floor(index / 8);
  let first = block * 8;
  for (const [turn, size] of threadSizes.entries()) {
    if (index < first + size) return { thread: block * 3 + turn, place: index - first, first };
    first += size;
  }
  throw new RangeError(`message ${index} is in no thread`);
}

const messageIdOf = (world: World, index: number): string => `${(index + 1).toString(36)}.${world.options.seed}.portolan@mail.example`;

function formOf(world: World, thread: number, dirt: DirtKind<'emails'> | null): Email['form'] {
  const { emailForm } = world.options;
  const form = emailForm === 'mixed' ? world.random('thread form', thread).pick(['eml', 'mbox', 'csv'] as const) : emailForm;
  return dirt === 'from-line' && emailForm !== 'csv' && emailForm !== 'eml' ? 'mbox' : dirt !== null && onlyInFiles.has(dirt) && form === 'csv' ? 'eml' : form;
}

/** How many attachments a message has, inline images not counted: asked before any message is made, to share out the bytes. */
export function attachmentCount(world: World, index: number): number {
  if (dirtOf('emails', index, world.options.dirt) === 'truncated') return 0; // whether a file that was cut off is one, nobody can say
  const random = world.random('email attachments', index);
  return random.chance(0.2) ? 1 + random.below(3) : 0;
}

function partners(world: World, thread: number): Readonly<{ with: Email['with']; other: Mailbox; owner: Mailbox; extra: readonly Mailbox[] }> {
  const random = world.random('thread', thread);
  const owners = ownerList(world);
  const { name, email } = random.pick(owners);
  const owner = { name, address: email };
  const mailbox = (contact: number): Mailbox => {
    const person = personAt(world, contact);
    return { name: `${person.firstName} ${person.lastName}`, address: person.email };
  };
  const extra: Mailbox[] = [];
  const lot = random.next();
  const contact = lot < 0.85 ? cleanContact(world, random) : null;
  const company = contact === null && lot < 0.92 ? cleanCompany(world, random) : null;
  const second = random.chance(0.2) ? cleanContact(world, random) : null;
  if (second !== null && second !== contact) extra.push(mailbox(second));
  if (random.chance(0.15)) extra.push({ name: '', address: `bystander.${thread + 1}@elsewhere.example` });
  if (random.chance(0.15)) extra.push({ name: owners[0]?.name ?? '', address: owners[0]?.email ?? '' });
  if (contact !== null) return { with: { contact, company: null, record: personAt(world, contact).id }, other: mailbox(contact), owner, extra };
  if (company !== null) {
    const office = `${world.options.language === 'pl' ? 'biuro' : 'office'}@${companyDomain(world, company)}`;
    return { with: { contact: null, company, record: companyId(company) }, other: { name: '', address: office }, owner, extra };
  }
  const stranger = random.pick(world.words.surnames)[0];
  return { with: { contact: null, company: null, record: null }, other: { name: stranger, address: `${slug(stranger)}.${thread + 1}@stranger.example` }, owner, extra: [] };
}

type Body = Pick<Email, 'text' | 'html' | 'inlineImages'>;
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function bodyOf(world: World, random: Random, mail: Readonly<{ fit: (text: string) => string; id: string; place: number; files: boolean; sender: string; dirt: Email['dirt'] }>): Body {
  const { words } = world;
  const { dirt } = mail;
  const sentences = [random.pick(words.noteSentences), random.pick(words.noteSentences), ...(random.chance(0.3) ? ['😀 5 < 7 & 9 > 3 — ☎'] : [])].map((sentence) => mail.fit(sentence));
  if (dirt === 'from-line') sentences.push('From now on this is another matter.\r\n>From there on too.');
  const [greeting, farewell] = [random.pick(words.greetings), random.pick(words.farewells)];
  const quoted = mail.place > 0 ? [`> ${random.pick(words.noteSentences)}`, '>', `> ${greeting}`] : [];
  const text = [greeting, '', ...sentences, dirt === 'very-long' ? hostile.long(`${sentences[0] ?? ''} `) : '', ...quoted, '-- ', farewell, mail.sender].join('\r\n');
  const shape = random.below(10);
  if (shape < 3 && dirt !== 'script') return { text, html: null, inlineImages: 0 };
  const inlineImages = mail.files && shape >= 8 ? 1 + random.below(2) : 0;
  const images = Array.from({ length: inlineImages }, (_, number) => `<p><img src="cid:${contentIdOf(mail.id, number)}" alt="${number + 1}" width="80"></p>`).join('');
  const html = `<html><head><style>p{margin:0}</style></head><body><p>${greeting}</p><p>${sentences.map(escaped).join('<br>')}</p>${images}`
    + `${dirt === 'script' ? `${hostile.script}<img src="x" onerror="alert(1)">` : ''}${dirt === 'very-long' ? `<p>${hostile.long('słowo ')}</p>` : ''}`
    + `${quoted.length > 0 ? `<blockquote>${escaped(quoted[0]?.slice(2) ?? '')}</blockquote>` : ''}<p>${farewell}<br>${escaped(mail.sender)}</p></body></html>`;
  return { text: shape === 3 || shape === 4 ? null : text, html: mail.fit(html), inlineImages };
}

export const contentIdOf = (emailId: string, number: number): string => `${emailId}.image${number + 1}@mail.example`;

export function emailAt(world: World, index: number): Email {
  const { options, words } = world;
  const { thread, place, first } = placeOf(index);
  const dirt = dirtOf('emails', index, options.dirt);
  const form = formOf(world, thread, dirt);
  const random = world.random('email', index);
  const conversation = partners(world, thread);
  const opening = world.random('thread opening', thread);
  const startsIn = opening.chance(0.5);
  const direction = (place % 2 === 0) === startsIn ? 'in' : 'out';
  const sentAt = daysBefore(8 + opening.below(600)) + place * 86_400_000 + random.below(240) * 60_000;
  const { owner, other, extra } = conversation;
  const typed = (mailbox: Mailbox): Mailbox => (random.chance(0.1) ? { ...mailbox, address: mailbox.address.replace(/^./, (letter) => letter.toUpperCase()) } : mailbox);
  const [from, to] = direction === 'in' ? [typed(other), [owner]] : [owner, [typed(other)]];
  const subject = `${opening.pick(words.mailSubjects)} ${thread + 1}`;
  const charset = form === 'csv' ? 'utf-8' : random.pick(['utf-8', 'utf-8', 'windows-1250', 'iso-8859-2'] as const);
  const encoder = form === 'csv' ? world.encoder : encoderFor(charset);
  const id = `m${index + 1}`;
  const ids = Array.from({ length: place }, (_, step) => messageIdOf(world, first + step));
  return {
    index, id, messageId: dirt === 'no-message-id' ? null : messageIdOf(world, index), thread: `w${thread + 1}`, inReplyTo: ids.at(-1) ?? null, references: ids,
    form, direction, with: conversation.with, from, to: dirt === 'no-recipients' ? [] : to, cc: dirt === 'no-recipients' ? [] : extra,
    bcc: direction === 'out' && random.chance(0.1) ? [{ name: '', address: `archive.${thread + 1}@sales.example` }] : [],
    subject: dirt === 'no-subject' ? '' : encoder.fit(place === 0 ? subject : `${options.language === 'pl' ? 'Odp' : 'Re'}: ${subject}`), charset,
    ...bodyOf(world, random, { fit: (sentence) => encoder.fit(sentence), id, place, files: form !== 'csv' && dirt !== 'truncated', sender: encoder.fit(from.name || from.address), dirt }),
    attachments: attachmentCount(world, index), sentAt, dirt, fate: fateOf(world, 'email', index, options.emails),
  };
}

