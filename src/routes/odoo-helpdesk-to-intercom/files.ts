import type { Condition, FieldLine, Mapping } from '../../plan/plan.ts';
import { line, mapping, objectOf, type RouteInput } from './lines.ts';
import { takesFiles } from './target.ts';
import { fallback, heldAuthors, inTime, MOVED, voices } from './voices.ts';

/** What Intercom takes in one reply. */
const FILES_PER_REPLY = 10;
/** Up to 50 files of one message, or of one ticket; who has more waits for a person. */
const ROUNDS = 5;
const MB = 1024 * 1024;
export const FILE_CAPS = [5, 10, 20, 25, 50, 100].map((size) => size * MB);
export const RECOMMENDED_CAP = 20 * MB;
/** Endings of programs and scripts: mail systems and virus scans hold them back. */
export const BLOCKED = ['exe', 'bat', 'cmd', 'com', 'scr', 'js', 'vbs', 'msi', 'jar', 'ps1'];

const endings = `[${BLOCKED.map((ending) => `"${ending}"`).join(', ')}]`;
const hasCap = (cap: number): Condition => ({ decision: 'file-cap', is: cap });
/** By the cap that was decided: a condition cannot calculate with an answer. */
const byCap = (expression: (cap: number) => string): Condition => ({ any: FILE_CAPS.map((cap): Condition => ({ all: [hasCap(cap), { expression: expression(cap) }] })) });

/** More than so many files of the link may go in. */
function moreThan(link: string, count: number): Condition {
  return byCap((cap) => `$count($filter([links.${link}.given.content], function($f) { $f.size <= ${cap} and $not($lowercase($split($f.name, ".")[-1]) in ${endings}) })) > ${count}`);
}

/** Files that no round would take: never left behind in silence. */
export function heldForFiles(fact: 'files' | 'own_files'): NonNullable<Mapping['holdWhen']> {
  const most = ROUNDS * FILES_PER_REPLY;
  return [{
    condition: { all: [{ fact, atLeast: most + 1 }, moreThan('files', most)] }, code: 'too-many-files', message: `It has more than ${most} files.`,
    remedy: `Pack some of them together in Odoo, or take them off, so that ${most} are left; then delta or retry.`,
  }];
}

export function filesLine(round: number, more: Partial<FieldLine> = {}): FieldLine {
  return line('files', 'Its files, ten a reply; inline images among them.', {
    link: 'files', give: 'content', transforms: [{ keepFiles: { maxBytes: { decision: 'file-cap' }, blocked: [...BLOCKED] } }, { slice: { from: round * FILES_PER_REPLY, count: FILES_PER_REPLY } }],
    loss: 'Files above the size that was decided or of a blocked type: a note names each. Images may come back as other bytes. In conversations of more than 500 parts further files stand at the end, with their date in the text.', ...more,
  });
}

/** Files that did not fit into the reply of their message, and those of the ticket itself. */
export function fileMappings(input: RouteInput): Mapping[] {
  const { target } = input;
  if (!takesFiles(input.destination, target)) return [leftOut(input, true)];
  const tickets = target.kind === 'tickets';
  const rounds = Array.from({ length: ROUNDS }, (_none, at) => at);
  const place = (link: string): FieldLine => line(target.id, 'Where its ticket is.', { link, through: [target.mapping], whenMissing: 'quarantine' });
  // Contacts' replies to tickets carry no files: theirs go in as a note, all of them; elsewhere the first ten went with the message.
  const ofCustomers: Condition = { not: { field: 'author_user_id', filled: true } };
  const ofMessages = rounds.filter((at) => at > 0 || tickets).map((at): Mapping => mapping(input, {
    id: `more-files-${at + 1}`, source: 'message', destination: target.part, phase: 'attachments', reason: at === 0 ? 'Files of customers\' messages: their replies to tickets carry none.' : `Files ${at * FILES_PER_REPLY + 1} to ${(at + 1) * FILES_PER_REPLY} of a message.`, identity: {}, ...inTime, partial: true,
    when: { all: [MOVED, { fact: 'files', atLeast: at * FILES_PER_REPLY + 1 }, ...(at === 0 ? [ofCustomers] : []), moreThan('files', at * FILES_PER_REPLY)] }, otherwise: 'few-files', holdWhen: heldAuthors(input),
    fields: [...(tickets ? asNote(place('ticket'), 'sent_at') : voices(input)), line('body', 'Says whose files they are.', { constant: at === 0 ? '(files of the customer)' : `(further files, ${at + 1})` }), filesLine(at)],
  }));
  const ofTickets = rounds.map((at): Mapping => mapping(input, {
    id: at === 0 ? 'ticket-files' : `ticket-files-${at + 1}`, source: 'ticket', destination: target.part, phase: 'attachments', reason: `Files ${at * FILES_PER_REPLY + 1} to ${(at + 1) * FILES_PER_REPLY} of the ticket itself.`, identity: {}, partial: true,
    when: { all: [{ fact: 'own_files', atLeast: at * FILES_PER_REPLY + 1 }, { link: 'self', state: 'found', through: target.mapping }, moreThan('files', at * FILES_PER_REPLY)] }, otherwise: 'no-files', holdWhen: heldForFiles('own_files'),
    fields: [
      ...(tickets ? asNote(place('self'), 'created_at') : [
        place('self'), line('kind', 'From the customer.', { constant: 'comment' }), line('contact_id', 'The customer.', { link: 'partner', through: ['contacts'], whenMissing: 'quarantine' }), line('created_at', 'With the ticket.', { from: 'created_at' }),
      ]),
      line('body', 'Says what they are.', { constant: at === 0 ? '(files of the ticket)' : `(files of the ticket, ${at + 1})` }), filesLine(at),
    ],
  }));
  return [...ofMessages, ...ofTickets, leftOut(input, false)];
}

function asNote(place: FieldLine, time: string): FieldLine[] {
  return [place, line('kind', 'For agents only.', { constant: 'note' }), line('admin_id', 'Nobody of Intercom wrote it.', { transforms: fallback, required: true }), line('created_at', 'At its time.', { from: time })];
}

/** A note for each file that cannot go in; the destination adds the digest of its bytes. @param all whether none can */
function leftOut(input: RouteInput, all: boolean): Mapping {
  const { target } = input;
  const digests = objectOf(input.destination, target.part)?.fields.some((field) => field.name === 'named_files') === true;
  const isLink: Condition = { field: 'type', equals: 'url' };
  const stays: Condition = { any: [isLink, { field: 'content', filled: false }, { expression: `$lowercase($split(record.name, ".")[-1]) in ${endings}` }, byCap((cap) => `record.file_size > ${cap}`)] };
  const size = 'record.file_size >= 1048576 ? $string($round(record.file_size / 1048576, 1)) & " MB (" & $string(record.file_size) & " bytes)" : $string(record.file_size) & " bytes"';
  return mapping(input, {
    id: 'left-out-files', source: 'attachment', destination: target.part, phase: 'attachments', identity: {}, partial: true, otherwise: 'goes-with-its-message',
    ...(all ? { reason: 'This version of Intercom\'s API takes no files for tickets: a note for each.', loss: 'Files themselves: each is a note with name, size and SHA-256, its bytes in the archive folder of the connection where one is named.' } : { reason: 'A note for each file that cannot go in.' }),
    when: { all: [{ link: 'ticket', state: 'found', through: target.mapping }, ...(all ? [] : [stays])] },
    fields: [
      ...asNote(line(target.id, 'Where its ticket is.', { link: 'ticket', through: [target.mapping], whenMissing: 'quarantine' }), 'create_date'),
      line('body', 'Names the file.', { from: 'name', transforms: [{ jsonata: `"[file not moved] " & record.name & (record.type = "url" ? ", link: " & record.url : ", " & (${size})${digests ? '' : ' & ", SHA-1 " & record.sha1'})` }] }),
      ...(digests ? [line('named_files', 'Its bytes are read once: their SHA-256 is added to the note, and they go into the archive folder: archiveFolder of the connection, else left-out-files beside the project\'s reports.', { from: 'content' })] : []),
    ],
  });
}
