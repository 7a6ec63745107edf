import { createdAt, object, optionalFlag, optionalText, param, text } from '../call.ts';
import type { Call, Handler } from '../call.ts';
import { conversationValues } from '../conversation-values.ts';
import type { Contact, Conversation } from '../model.ts';
import { listed, numbered } from '../paging.ts';
import { invalid, notFound, Problem } from '../problem.ts';
import { adminOf, companyOf, contactOf, conversationOf, touch } from '../records.ts';
import { paragraphs } from '../text.ts';
import { addPart, byBot, byContact } from '../thread-parts.ts';
import { checkUrls } from '../uploads.ts';
import { conversationView } from '../views/thread-view.ts';
import { atLeast, isPreview } from '../versions.ts';
import type { Workspace } from '../workspace.ts';

export function makeConversation(workspace: Workspace, given: Readonly<{ contact: Contact; body: string; subject: string; createdAt: number }>): Conversation {
  const { contact, body, subject } = given;
  const id = workspace.count('conversation', 4_001);
  const conversation: Conversation = {
    id, seq: id, createdAt: given.createdAt, updatedAt: workspace.now, searchableFrom: workspace.searchableFrom, state: 'open', snoozedUntil: null, adminAssignee: 0, teamAssignee: 0, companyId: null,
    contacts: [contact.id], parts: [], tags: new Map(), attributes: new Map(), deletedAt: null, title: null, read: false, priority: 'none', waitingSince: given.createdAt, firstContactReplyAt: given.createdAt,
    source: { id: workspace.count('message', 403_918_330), author: byContact(contact), body: paragraphs(body), subject, attachments: [], redacted: false }, metricsRetained: true, ticket: null,
  };
  workspace.conversations.set(id, conversation);
  join(workspace, conversation, contact);
  return conversation;
}

export function join(workspace: Workspace, conversation: Conversation, contact: Contact): void {
  if (!conversation.contacts.includes(contact.id)) conversation.contacts.push(contact.id);
  const ids = workspace.conversationsOf.get(contact.id) ?? new Set<number>();
  ids.add(conversation.id);
  workspace.conversationsOf.set(contact.id, ids);
}

/** Begun by a contact, in plain text. The answer is the message: its `id` is not the conversation's. */
export const createConversation: Handler = (call) => {
  const { workspace, body, version } = call;
  const from = object(body, 'from');
  const type = text(from, 'type');
  if (type !== 'lead' && type !== 'user' && type !== 'contact') throw invalid(`from.type '${type}' is not valid`);
  const contact = contactOf(workspace, version, text(from, 'id'));
  if (contact.archived) throw notFound('User Not Found');
  const written = text(body, 'body');
  checkUrls(body);
  const at = atLeast(version, '2.11') ? createdAt(call) : workspace.now;
  const conversation = makeConversation(workspace, { contact, body: written, subject: optionalText(body, 'subject') ?? '', createdAt: at });
  workspace.caused('workflow', 'customer sends their first message', conversation.id);
  return { type: 'user_message', id: String(conversation.source.id), created_at: at, body: written, message_type: 'inapp', conversation_id: String(conversation.id) };
};

export const getConversation: Handler = (call) => conversationView(call, conversationOf(call.workspace, param(call, 'id')), true);

export const listConversations: Handler = (call) => {
  const conversations = [...call.workspace.conversations.values()].filter(({ deletedAt }) => deletedAt === null).toReversed();
  const { items, total, pages } = listed(call, conversations, 20);
  return { type: 'conversation.list', pages, total_count: total, conversations: items.map((conversation) => conversationView(call, conversation, false)) };
};

function priorityOf(call: Call): Conversation['priority'] | null {
  const given = optionalText(call.body, 'priority');
  if (given === null || !isPreview(call.version)) return null; // read-only in every stable version
  const priority = (['none', 'low', 'medium', 'high', 'urgent'] as const).find((one) => one === given);
  if (priority === undefined) throw invalid(`priority '${given}' is not valid`);
  adminOf(call.workspace, text(call.body, 'admin_id'));
  return priority;
}

/** Title, read, company, attributes. Every attribute leaves a part of its own, dated now, by the bot. */
export const updateConversation: Handler = (call) => {
  const { workspace, body, version } = call;
  const conversation = conversationOf(workspace, param(call, 'id'));
  const values = conversationValues(workspace, body['custom_attributes']);
  const [read, title, priority] = [optionalFlag(body, 'read'), optionalText(body, 'title'), priorityOf(call)];
  const setsCompany = 'company_id' in body && atLeast(version, '2.14');
  const company = setsCompany && body['company_id'] !== null ? companyOf(workspace, text(body, 'company_id')).id : null;
  if (read !== null) conversation.read = read;
  if (title !== null && atLeast(version, '2.13')) conversation.title = title;
  if (setsCompany) conversation.companyId = company;
  if (priority !== null) conversation.priority = priority;
  for (const [name, value] of values) {
    if (value === null) conversation.attributes.delete(name);
    else conversation.attributes.set(name, value);
    addPart(workspace, conversation, { type: 'conversation_attribute_updated_by_admin', author: byBot(workspace), event: { attribute: { name }, value: { name: value } } });
  }
  touch(workspace, conversation);
  return conversationView(call, conversation, true);
};

/** For good. The rows of reports stay unless `retain_metrics=false`, which needs a scope of its own. */
export const deleteConversation: Handler = (call) => {
  const { workspace, query, version } = call;
  const retain = !(atLeast(version, '2.16') && query.get('retain_metrics') === 'false');
  if (!retain && workspace.missingScopes.has('delete_conversations_and_metrics')) throw new Problem(403, 'forbidden', 'You do not have the required scope (delete_conversations_and_metrics)');
  const conversation = conversationOf(workspace, param(call, 'id'));
  conversation.deletedAt = workspace.now;
  conversation.metricsRetained = retain;
  return { id: String(conversation.id), object: 'conversation', deleted: true };
};

export const deletedConversations: Handler = (call) => {
  const gone = [...call.workspace.conversations.values()].filter(({ deletedAt }) => deletedAt !== null).toSorted((one, other) => (other.deletedAt ?? 0) - (one.deletedAt ?? 0));
  const sorted = call.query.get('order') === 'asc' ? gone.toReversed() : gone;
  const { items, page, size, totalPages } = numbered(call, sorted, 20, 60);
  const next = page < totalPages ? `${call.baseUrl}/conversations/deleted?per_page=${size}&page=${page + 1}` : null;
  return {
    type: 'conversations.list', total_count: gone.length, pages: { type: 'pages', next, page, per_page: size, total_pages: totalPages },
    conversations: items.map(({ id, metricsRetained, deletedAt }) => ({ type: 'conversation', id: String(id), metrics_retained: metricsRetained, deleted_at: deletedAt })),
  };
};
