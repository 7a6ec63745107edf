import type { CatalogField } from '../../../connector/catalog.ts';
import { AmbiguousError } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import { digestOf, download } from '../../../connector/kit/http-download.ts';
import { comparableText, htmlOfText } from '../body-text.ts';
import type { IntercomClient } from '../client.ts';
import { bodyIn, conversationIn, partKind, partValues, type Conversation } from '../conversation-values.ts';
import type { ObjectKind, ReadBack } from '../object-kind.ts';
import { idOf, listIn, objectIn, textOf, toUnix } from '../values.ts';
import { getConversation } from './conversations.ts';

const fields: readonly CatalogField[] = ([
  ['conversation_id', 'Conversation', 'reference', true], ['kind', 'Kind', 'selection', true], ['contact_id', 'Contact', 'reference', false], ['admin_id', 'Admin', 'reference', false],
  ['body', 'Text', 'longText', true], ['created_at', 'Created', 'datetime', false], ['files', 'Files', 'binary', false],
] as const).map(([name, label, type, required]) => ({
  name, label, type, required, readonly: false, custom: false,
  ...(name === 'kind' ? { options: [{ value: 'comment', label: 'Comment' }, { value: 'note', label: 'Note' }] } : {}),
  ...(name === 'conversation_id' ? { relatedObject: 'conversation' } : name === 'contact_id' ? { relatedObject: 'contact' } : name === 'admin_id' ? { relatedObject: 'admin' } : {}),
}));

/**
 * Parts of a conversation: comments of contacts and admins, notes of admins, each with its own time. A part cannot be changed or
 * deleted, and only the 500 newest of a conversation can be read: what was written is seen in the answer to its own call.
 */
export function partKindOf(client: IntercomClient, signal: AbortSignal): ObjectKind {
  return {
    name: 'conversation_part', label: 'Part of a conversation',
    fields: async () => fields,
    async find(values) {
      const conversation = await getConversation(client, String(values['conversation_id']));
      const part = conversation === null ? undefined : samePart(conversation, values);
      return conversation === null || part === undefined ? null : `${conversation.id}/${String(part['id'])}`;
    },
    async create(values, { files }) {
      const conversationId = String(values['conversation_id']);
      const answer = conversationIn(await client.call({ method: 'POST', path: `/conversations/${encodeURIComponent(conversationId)}/reply`, endpoint: 'conversations.reply', body: replyBody(values), ...(files === undefined ? {} : { files }) }));
      const part = samePart(answer, values);
      if (part === undefined) throw new AmbiguousError({ code: 'part-not-shown', message: `Intercom took a part of conversation ${conversationId} but its answer does not show it.`, remedy: 'Resume the run: the conversation is read before anything is sent again.' });
      return { id: `${conversationId}/${String(part['id'])}`, seen: { ...partValues(conversationId, part), files: await storedFiles(part, signal) } };
    },
    async read(ids) {
      const found: ReadBack[] = [];
      const byConversation = Map.groupBy(ids, (id) => id.split('/')[0] ?? '');
      for (const [conversationId, partIds] of byConversation) {
        const conversation = await getConversation(client, conversationId);
        for (const part of conversation?.parts ?? []) {
          const id = `${conversationId}/${String(part['id'])}`;
          if (partIds.includes(id)) found.push({ id, values: { ...partValues(conversationId, part), files: await storedFiles(part, signal) }, version: `${String(part['updated_at'] ?? '')}${part['redacted'] === true ? ' redacted' : ''}` });
        }
      }
      return found;
    },
  };
}

/** The request of one reply. Admin comments are silenced; notes reach nobody, and contacts' replies have no such switch. */
function replyBody(values: JsonObject): JsonObject {
  const files = Array.isArray(values['files']) ? values['files'] as readonly JsonObject[] : [];
  const createdAt = toUnix(values['created_at']);
  const text = textOf(values['body']) ?? '';
  const note = values['kind'] === 'note';
  const common = {
    body: note ? htmlOfText(text) : text, ...(createdAt === null ? {} : { created_at: createdAt }),
    ...(files.length === 0 ? {} : { attachment_files: files.map((file): JsonObject => ({ name: file['name'] ?? 'file', content_type: file['mimeType'] ?? 'application/octet-stream', data: file })) }),
  };
  if (idOf(values['admin_id']) === null) return { message_type: 'comment', type: 'user', intercom_user_id: values['contact_id'] ?? null, ...common };
  return { message_type: note ? 'note' : 'comment', type: 'admin', admin_id: String(values['admin_id']), ...common, ...(note ? {} : { skip_notifications: true }) };
}

/** The newest part that says the same as these values: same author, second, kind and text. System parts never do. */
function samePart(conversation: Conversation, values: JsonObject): JsonObject | undefined {
  const wanted = comparableText(textOf(values['body']) ?? '');
  const createdAt = toUnix(values['created_at']);
  const author = idOf(values['admin_id']) ?? idOf(values['contact_id']);
  return conversation.parts
    .filter((part) => partKind(part) === (values['kind'] ?? 'comment') && idOf(objectIn(part['author'])['id']) === author)
    .filter((part) => (createdAt === null || part['created_at'] === createdAt) && comparableText(bodyIn(part) ?? '') === wanted)
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
