import { createHash } from 'node:crypto';
import type { CatalogField } from '../../../connector/catalog.ts';
import { AmbiguousError, RecordRejectedError } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import { digestOf, download } from '../../../connector/kit/http/http-download.ts';
import { comparableText, htmlOfText } from '../body-text.ts';
import type { IntercomClient } from '../client.ts';
import { bodyIn, conversationIn, partKind, partValues } from '../conversation-values.ts';
import { errorForFault } from '../faults.ts';
import type { ObjectKind, ReadBack } from '../object-kind.ts';
import { steadyClient } from '../steady.ts';
import { fromUnix, idOf, listIn, objectIn, textOf, toUnix } from '../values.ts';
import { dateLine, oldestOf, splitDate, type SeenParts, type Windows } from './beyond-window.ts';
import { getConversation } from './conversations.ts';
import { correct, correctedText, textThatHolds } from './corrections.ts';
import { describeFiles, splitDescriptions } from './named-files.ts';
import { tokenAdmin } from './people.ts';
import { getTicket, ticketParts } from './tickets.ts';

/** What was looked at: the parts, and the answer that shows them. */
interface Look extends SeenParts { readonly raw: JsonObject }

/** What parts hang on: conversations and tickets differ in where they are and in what an answer shows. */
interface Thread {
  readonly object: 'conversation' | 'ticket';
  readonly path: string;
  /** Null = it was deleted. */
  readonly look: (id: string) => Promise<Look | null>;
  /** The parts that the answer to a reply shows. */
  readonly shown: (answer: JsonObject) => SeenParts;
  /** Puts the state back that a reply has changed. @param raw the conversation that shows the reply */
  readonly reopened?: (raw: JsonObject, part: JsonObject) => Promise<void>;
  /** Where answers show the newest parts only: what is known of that. */
  readonly windows?: Windows;
  /** Takes the text and files of a part away; the part itself stays. */
  readonly redact?: (id: string, partId: string) => Promise<void>;
  /** Replies of contacts carry files, and theirs may be silenced. */
  readonly contacts: Readonly<{ files: boolean; silent: boolean }>;
  /** Replies of anybody carry files. */
  readonly files: boolean;
}

/**
 * Parts of a conversation: comments of contacts and admins, notes of admins, each with its own time. A part cannot be changed or
 * deleted, and only the 500 newest of a conversation can be read: what was written is seen in the answer to its own call.
 */
export function conversationPartKind(client: IntercomClient, { windows, signal, archiveFolder }: Readonly<{ windows: Windows; signal: AbortSignal; archiveFolder?: string | undefined }>): ObjectKind {
  const steady = steadyClient(client, signal);
  const seen = (raw: JsonObject): SeenParts => {
    const { parts, totalParts } = conversationIn(raw);
    return { parts, total: totalParts };
  };
  return partKindOf(client, { signal, archiveFolder }, {
    object: 'conversation', path: '/conversations', shown: seen, windows, contacts: { files: true, silent: false }, files: true,
    look: async (id) => { const found = await getConversation(client, id); return found === null ? null : { ...seen(found.raw), raw: found.raw }; },
    async reopened(raw, part) {
      const { parts } = seen(raw);
      if (part['part_type'] !== 'open' || raw['state'] === 'closed' || lastState(parts, part) !== 'close' || isAnswered(parts, part)) return;
      await steady.call({ method: 'POST', path: `/conversations/${String(raw['id'])}/parts`, endpoint: 'conversations.close', body: { message_type: 'close', type: 'admin', admin_id: await tokenAdmin(steady) } });
    },
    async redact(id, partId) {
      const done = await client.ask({ method: 'POST', path: '/conversations/redact', endpoint: 'conversations.redact', body: { type: 'conversation_part', conversation_id: id, conversation_part_id: partId } });
      if ('fault' in done && done.fault.status !== 404) throw errorForFault(done.fault, 'conversations.redact');
    },
  });
}

/** Parts of a ticket: the answer to a reply is the part alone, contacts' replies carry no files, and below 2.16 nobody's do. */
export function ticketPartKind(client: IntercomClient, signal: AbortSignal, archiveFolder?: string): ObjectKind {
  return partKindOf(client, { signal, archiveFolder }, {
    object: 'ticket', path: '/tickets', shown: (answer) => ({ parts: [answer], total: 1 }), contacts: { files: false, silent: true }, files: client.features.ticketFiles,
    look: async (id) => { const found = await getTicket(client, id); return found === null ? null : { ...ticketParts(found), raw: found }; },
  });
}

function partKindOf(client: IntercomClient, { signal, archiveFolder }: Readonly<{ signal: AbortSignal; archiveFolder: string | undefined }>, thread: Thread): ObjectKind {
  const { object } = thread;
  const idField = `${object}_id`;
  const valuesOf = async (threadId: string, part: JsonObject): Promise<JsonObject> => {
    const { conversation_id: id, ...values } = partValues(threadId, part);
    const read = readPart(part);
    return { [idField]: id ?? null, ...values, body: read.text, created_at: fromUnix(read.createdAt), named_files: read.namedFiles, files: await storedFiles(part, signal) };
  };
  /** Parts that this process sent to the end of their conversation and whose answer it has not seen. */
  const sentToEnd = new Set<string>();
  /** Whether the part would come to stand before everything that can be read, where neither its files nor its text could be verified, or ever be read again. */
  const isBeyond = async (threadId: string, values: JsonObject): Promise<boolean> => {
    const createdAt = toUnix(values['created_at']);
    const { windows } = thread;
    if (windows === undefined || createdAt === null) return false;
    // Answers of this process say it. One that has just begun asks, where it matters.
    if (!windows.knows(threadId) && isWorthAsking(values)) windows.note(threadId, await thread.look(threadId) ?? { parts: [], total: 0 });
    return windows.isBeyond(threadId, createdAt);
  };
  return {
    name: `${object}_part`, label: `Part of a ${object}`,
    fields: async () => fieldsOf(object).filter(({ name }) => thread.files || name !== 'files'),
    async find(values) {
      const threadId = String(values[idField]);
      const seen = await thread.look(threadId);
      const part = seen === null ? undefined : samePart(seen.parts, values);
      if (seen === null || part === undefined) return null;
      // Who sent it may have died before the conversation that it opened was closed again.
      await thread.reopened?.(seen.raw, part);
      return `${threadId}/${String(part['id'])}`;
    },
    async create(values, { files, again }) {
      const threadId = String(values[idField]);
      const own = `${threadId}/unseen-${createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16)}`;
      // Sent before, and not found: among the parts that cannot be read any more it may be all the same, unless it went to the end.
      if (again && !sentToEnd.has(own)) refuseUnseen(threadId, await thread.look(threadId), values, object);
      const beyond = await isBeyond(threadId, values);
      const text = [textOf(values['body']) ?? '', ...await describeFiles(values['named_files'], files, archiveFolder), ...(beyond ? [dateLine(toUnix(values['created_at']) ?? 0)] : [])].join('\n');
      if (beyond) sentToEnd.add(own);
      const answer = await client.call({ method: 'POST', path: `${thread.path}/${encodeURIComponent(threadId)}/reply`, endpoint: `${object}s.reply`, body: replyBody({ ...values, body: text, ...(beyond ? { created_at: null } : {}) }, thread), ...(files === undefined ? {} : { files }) });
      sentToEnd.delete(own);
      const shown = thread.shown(answer);
      thread.windows?.note(threadId, shown);
      const part = samePart(shown.parts, values);
      if (part !== undefined) {
        await thread.reopened?.(answer, part);
        return { id: `${threadId}/${String(part['id'])}`, seen: await valuesOf(threadId, part) };
      }
      // Taken, but older than the 500 that an answer shows: it has no id that anybody could know, and what it says cannot be read.
      if (shown.total > shown.parts.length) return { id: own, seen: { [idField]: threadId } };
      throw new AmbiguousError({ code: 'part-not-shown', message: `Intercom took a part of ${object} ${threadId} but its answer does not show it.`, remedy: `Resume the run: the ${object} is read before anything is sent again.` });
    },
    async read(ids) {
      const found: ReadBack[] = [];
      for (const [threadId, partIds] of Map.groupBy(ids, (id) => id.split('/')[0] ?? '')) {
        const parts = (await thread.look(threadId))?.parts ?? [];
        for (const part of parts) {
          const id = `${threadId}/${String(part['id'])}`;
          if (!partIds.includes(id) || part['redacted'] === true) continue;
          const values = await valuesOf(threadId, part);
          const body = textThatHolds(parts, String(part['id']), textOf(values['body']));
          found.push({ id, values: { ...values, body }, version: `${String(part['updated_at'] ?? '')}${body === values['body'] ? '' : ' corrected'}` });
        }
      }
      return found;
    },
    async update(id, values) {
      const [threadId = '', partId = ''] = id.split('/');
      const text = correctedText(`Part ${id}`, values);
      const parts = (await thread.look(threadId))?.parts ?? [];
      const part = parts.find((one) => String(one['id']) === partId);
      await correct(client, { path: `${thread.path}/${threadId}/reply`, endpoint: `${object}s.correct`, parts, partId, original: part === undefined ? null : readPart(part).text, text });
    },
    ...(thread.redact === undefined ? {} : { remove: (id: string) => { const [threadId = '', partId = ''] = id.split('/'); return thread.redact?.(threadId, partId) ?? Promise.resolve(); } }),
  };
}

/** What the state was before a part, by the parts that say so. */
function lastState(parts: readonly JsonObject[], before: JsonObject): string | null {
  const states = parts.filter((part) => part !== before && ['close', 'snoozed', 'open', 'assign_and_reopen'].includes(textOf(part['part_type']) ?? ''));
  return textOf(states.toSorted((left, right) => compareIds(String(right['id']), String(left['id'])))[0]?.['part_type']);
}

/** A person at the customer's end has written since: what he opened stays open. */
function isAnswered(parts: readonly JsonObject[], after: JsonObject): boolean {
  return parts.some((part) => partKind(part) === 'comment' && !['admin', 'bot'].includes(textOf(objectIn(part['author'])['type']) ?? '') && compareIds(String(part['id']), String(after['id'])) > 0);
}

/** What a part says: its text without the lines of ours, the second that it stands for, the files that it describes. */
function readPart(part: JsonObject): { readonly text: string | null; readonly createdAt: number | null; readonly namedFiles: readonly JsonObject[] } {
  const dated = splitDate(bodyIn(part), typeof part['created_at'] === 'number' ? part['created_at'] : null);
  const described = splitDescriptions(dated.text);
  return { text: described.text, createdAt: dated.createdAt, namedFiles: described.files };
}

function fieldsOf(object: 'conversation' | 'ticket'): readonly CatalogField[] {
  return ([
    [`${object}_id`, 'Of', 'reference', true], ['kind', 'Kind', 'selection', true], ['contact_id', 'Contact', 'reference', false], ['admin_id', 'Admin', 'reference', false],
    ['body', 'Text', 'longText', true], ['created_at', 'Created', 'datetime', false], ['files', 'Files', 'binary', false], ['named_files', 'Files that are only described', 'binary', false],
  ] as const).map(([name, label, type, required]) => ({
    name, label, type, required, readonly: false, custom: false,
    ...(name === 'kind' ? { options: [{ value: 'comment', label: 'Comment' }, { value: 'note', label: 'Note' }] } : {}),
    ...(name === `${object}_id` ? { relatedObject: object } : name === 'contact_id' ? { relatedObject: 'contact' } : name === 'admin_id' ? { relatedObject: 'admin' } : {}),
  }));
}

/** The request of one reply. Admin comments are silenced; notes reach nobody, and contacts' replies to conversations have no such switch. */
function replyBody(values: JsonObject, { contacts, object, files: taken }: Thread): JsonObject {
  const files = Array.isArray(values['files']) ? values['files'] as readonly JsonObject[] : [];
  const createdAt = toUnix(values['created_at']);
  const text = textOf(values['body']) ?? '';
  const note = values['kind'] === 'note';
  const common = {
    body: note ? htmlOfText(text) : text, ...(createdAt === null ? {} : { created_at: createdAt }),
    ...(files.length === 0 ? {} : { attachment_files: files.map((file): JsonObject => ({ name: file['name'] ?? 'file', content_type: file['mimeType'] ?? 'application/octet-stream', data: file })) }),
  };
  if (files.length > FILES_PER_REPLY) throw refusal('too-many-files', `${files.length} files in one reply: Intercom takes ${FILES_PER_REPLY}`, 'Send the others in further replies (the plan\'s slice of files).');
  // Intercom would take the reply and drop them.
  if (files.length > 0 && !taken) throw refusal('files-of-tickets', `Version 2.15 of the API takes no files for a ${object}`, 'Set version to 2.16; or discover and propose again: files then go in as notes, their bytes into the archive folder of the connection.');
  if (idOf(values['admin_id']) === null) {
    if (files.length > 0 && !contacts.files) throw refusal('files-of-contacts', `Replies of contacts to a ${object} carry no files, only addresses`, 'Send the files in a note of the acting admin.');
    return { message_type: 'comment', type: 'user', intercom_user_id: values['contact_id'] ?? null, ...common, ...(contacts.silent ? { skip_notifications: true } : {}) };
  }
  return { message_type: note ? 'note' : 'comment', type: 'admin', admin_id: String(values['admin_id']), ...common, ...(note && !contacts.silent ? {} : { skip_notifications: true }) };
}

const FILES_PER_REPLY = 10;
/** Messages of the last month come to stand at the end in any case: they are not worth a call. */
const OLD_MS = 30 * 86_400_000;

/** Whether a part may have to go to the end of its conversation: with files, or old. */
function isWorthAsking(values: JsonObject): boolean {
  return hasFiles(values) || Date.now() - (toUnix(values['created_at']) ?? 0) * 1000 > OLD_MS;
}

const hasFiles = (values: JsonObject): boolean => ['files', 'named_files'].some((name) => { const value = values[name]; return Array.isArray(value) ? value.length > 0 : (value ?? null) !== null; });

function refusal(code: string, message: string, remedy: string): RecordRejectedError {
  return new RecordRejectedError({ code, message: `${message}.`, remedy, rejections: [{ index: 0, code, message }] });
}

/** Only the 500 newest parts can be read. What would stand before them is neither there for certain nor missing: a person must look. */
function refuseUnseen(threadId: string, seen: SeenParts | null, values: JsonObject, object: string): void {
  if (seen === null || seen.total <= seen.parts.length) return;
  const createdAt = toUnix(values['created_at']);
  if (createdAt === null || createdAt > oldestOf(seen.parts)) return;
  throw refusal('beyond-window', `A part of ${object} ${threadId} of ${textOf(values['created_at']) ?? '?'} was sent and its answer lost; ${seen.total} parts are there, of which the ${seen.parts.length} newest can be read, and it is older`, `Look at Intercom whether it is in ${object} ${threadId}: if it is, leave the record out; if not, retry.`);
}

/** The newest part that says the same as these values: same author, second, kind and text. System parts never do. */
function samePart(parts: readonly JsonObject[], values: JsonObject): JsonObject | undefined {
  const wanted = comparableText(textOf(values['body']) ?? '');
  const createdAt = toUnix(values['created_at']);
  const author = idOf(values['admin_id']) ?? idOf(values['contact_id']);
  return parts
    .filter((part) => partKind(part) === (values['kind'] ?? 'comment') && idOf(objectIn(part['author'])['id']) === author)
    .filter((part) => { const read = readPart(part); return (createdAt === null || read.createdAt === createdAt) && comparableText(read.text ?? '') === wanted; })
    .toSorted((left, right) => compareIds(String(right['id']), String(left['id'])))[0];
}

function compareIds(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}

/** What Intercom keeps of the files of a part. Their addresses last half an hour, so they are read at once. */
async function storedFiles(part: JsonObject, signal: AbortSignal): Promise<Json> {
  const stored: JsonObject[] = [];
  for (const file of listIn(part['attachments'])) {
    const url = textOf(file['url']);
    const digest = url === null ? { size: typeof file['filesize'] === 'number' ? file['filesize'] : 0, sha1: null, sha256: null } : await digestOf(download({ url, endpoint: 'attachment', signal }));
    stored.push({ name: textOf(file['name']), ...digest });
  }
  return stored;
}
