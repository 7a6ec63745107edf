import type { CatalogField } from '../../../connector/catalog.ts';
import type { Dependant } from '../../../connector/destination.ts';
import { RecordRejectedError } from '../../../connector/errors.ts';
import type { JsonObject } from '../../../connector/json.ts';
import { comparableText } from '../body-text.ts';
import type { IntercomClient } from '../client.ts';
import { bodyIn, conversationIn, lastActor, madeBy, openingValues, partKind, type Conversation } from '../conversation-values.ts';
import { errorForFault } from '../faults.ts';
import type { ObjectKind, ReadBack } from '../object-kind.ts';
import type { Windows } from './beyond-window.ts';
import { correct, correctedText, isCorrection, textThatHolds } from './corrections.ts';
import { listIn, objectIn, textOf, toUnix } from '../values.ts';

/** Null = it was deleted. */
export async function getConversation(client: IntercomClient, id: string): Promise<Conversation | null> {
  const answer = await client.ask({ method: 'GET', path: `/conversations/${encodeURIComponent(id)}`, endpoint: 'conversations.get' });
  if ('body' in answer) return conversationIn(answer.body);
  if (answer.fault.status === 404) return null;
  throw errorForFault(answer.fault, 'conversations.get');
}

/** Development workspaces archive the oldest of more than 20 contacts by themselves, and their conversations with them. */
function contactGone(id: string): RecordRejectedError {
  const message = `Contact ${id} is archived or deleted at Intercom`;
  return new RecordRejectedError({ code: 'contact-gone', message: `${message}.`, remedy: 'Bring it back at Intercom and retry. If this is a development workspace: it keeps 20 contacts and archives the oldest, so move at most 20 there (a sample run).', rejections: [{ index: 0, code: 'contact-gone', message }] });
}

/**
 * A conversation with its first message. Only a contact can open one; the body is plain text. Nothing of ours can be stored on it,
 * so an uncertain one is looked for by contact and second, then by its text.
 */
export function conversationKind(client: IntercomClient, windows: Windows, retainMetrics = true): ObjectKind {
  const fields: readonly CatalogField[] = [
    { name: 'contact_id', label: 'Opened by', type: 'reference', relatedObject: 'contact', required: true, readonly: false, custom: false },
    { name: 'body', label: 'First message', type: 'longText', required: true, readonly: false, custom: false },
    { name: 'created_at', label: 'Created', type: 'datetime', required: false, readonly: false, custom: false },
  ];
  const readBack = (conversation: Conversation): ReadBack => {
    const values = openingValues(conversation);
    return { id: conversation.id, values: { ...values, body: textThatHolds(conversation.parts, null, textOf(values['body'])) }, version: String(conversation.raw['updated_at'] ?? ''), changedBy: lastActor(conversation.raw, conversation.parts) };
  };
  return {
    name: 'conversation', label: 'Conversation',
    fields: async () => fields,
    async find(values, except) {
      const createdAt = toUnix(values['created_at']);
      if (createdAt === null) return null;
      const page = await client.call({
        method: 'POST', path: '/conversations/search', endpoint: 'conversations.search', effect: 'read',
        body: { query: { operator: 'AND', value: [{ field: 'contact_ids', operator: '=', value: values['contact_id'] ?? null }, { field: 'created_at', operator: '=', value: createdAt }] }, pagination: { per_page: 50 } },
      });
      const wanted = comparableText(textOf(values['body']) ?? '');
      const same = listIn(page['conversations']).map(conversationIn).find((one) => !except.includes(one.id) && comparableText(textOf(openingValues(one)['body']) ?? '') === wanted);
      return same?.id ?? null;
    },
    async create(values) {
      const body: JsonObject = { from: { type: 'user', id: values['contact_id'] ?? null }, body: values['body'] ?? '', ...(toUnix(values['created_at']) === null ? {} : { created_at: toUnix(values['created_at']) }) };
      const answer = await client.ask({ method: 'POST', path: '/conversations', endpoint: 'conversations.create', body });
      if ('fault' in answer) throw answer.fault.status === 404 ? contactGone(String(values['contact_id'])) : errorForFault(answer.fault, 'conversations.create');
      const message = answer.body;
      windows.note(String(message['conversation_id']), { parts: [], total: 0 });
      // `id` is the message's; the conversation has a number of its own.
      return { id: String(message['conversation_id']), seen: { contact_id: values['contact_id'] ?? null, body: message['body'] === values['body'] ? values['body'] ?? null : bodyIn(message), created_at: values['created_at'] ?? null } };
    },
    /** The description was edited at the source: a note says what it says now. */
    async update(id, values) {
      const text = correctedText(`Conversation ${id}`, values);
      const conversation = await getConversation(client, id);
      await correct(client, { path: `/conversations/${id}/reply`, endpoint: 'conversations.correct', parts: conversation?.parts ?? [], partId: null, original: conversation === null ? null : textOf(openingValues(conversation)['body']), text });
    },
    async read(ids) {
      const found: ReadBack[] = [];
      for (const id of ids) {
        const conversation = await getConversation(client, id);
        if (conversation !== null) found.push(readBack(conversation));
      }
      return found;
    },
    /** Every comment and note; the caller knows which are his. */
    async dependants(id) {
      const conversation = await getConversation(client, id);
      return (conversation?.parts ?? []).filter((part) => partKind(part) !== 'system' && !isCorrection(part)).map((part): Dependant => ({
        ofId: id, object: 'conversation_part', id: `${id}/${String(part['id'])}`, effect: 'deleted', label: `${partKind(part)} of ${textOf(objectIn(part['author'])['name']) ?? 'somebody'}`, ...madeBy(part),
      }));
    },
    async remove(id) {
      const answer = await client.ask({ method: 'DELETE', path: `/conversations/${id}`, endpoint: 'conversations.delete', ...(retainMetrics ? {} : { query: { retain_metrics: 'false' } }) });
      if ('fault' in answer && answer.fault.status !== 404) throw errorForFault(answer.fault, 'conversations.delete');
    },
    count: async () => Number((await client.call({ method: 'GET', path: '/conversations', query: { per_page: '1' }, endpoint: 'conversations.list' }))['total_count'] ?? 0),
  };
}
