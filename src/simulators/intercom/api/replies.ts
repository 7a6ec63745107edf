import { createdAt, optionalText, param, text } from '../call.ts';
import type { Call, Handler } from '../call.ts';
import type { Contact, Conversation } from '../model.ts';
import { invalid, notFound } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { adminOf, contactOf, conversationOf, findContact } from '../records.ts';
import { paragraphs, someHtml } from '../text.ts';
import { addPart, byAdmin, byContact } from '../thread-parts.ts';
import { checkUrls, kept, uploadsOf } from '../uploads.ts';
import type { Upload } from '../uploads.ts';
import { conversationView } from '../views/thread-view.ts';
import { atLeast, isPreview } from '../versions.ts';
import type { Workspace } from '../workspace.ts';
import { join } from './conversations.ts';

/** The throttle that no document names: too many replies to one conversation in a short time. */
export function throttle(workspace: Workspace, thread: number): void {
  const { replies, windowMs } = workspace.options.conversationThrottle ?? { replies: 60, windowMs: 15_000 };
  const now = workspace.clock.now();
  const recent = (workspace.recentReplies.get(thread) ?? []).filter((at) => at > now - windowMs);
  if (recent.length >= replies) throw tooMany();
  workspace.recentReplies.set(thread, [...recent, now]);
}

export const tooMany = (): Problem => invalid('Too many recent replies to this conversation');

/** Who replies: by Intercom's id, by external id, or by address. */
export function replyingContact(call: Call): Contact {
  const { workspace, version, body } = call;
  const [own, external, email] = [optionalText(body, 'intercom_user_id'), optionalText(body, 'user_id'), optionalText(body, 'email')];
  if (own !== null) return contactOf(workspace, version, own);
  const contact = external !== null ? findContact(workspace, 'externalId', external) : email !== null ? findContact(workspace, 'email', email) : null;
  if (contact === null) throw notFound('User Not Found');
  return contact;
}

/** The date of a reply; a rule about dates before the conversation is not known. */
export function replyDate(call: Call, thread: Readonly<{ createdAt: number }>): number {
  if (!atLeast(call.version, '2.11')) return call.workspace.now;
  const at = createdAt(call);
  if (at < thread.createdAt && call.workspace.unknowns.replyBeforeConversation === 'rejected') throw invalid(`${at} is an invalid value for created_at`);
  return at;
}

function contactReply(call: Call, conversation: Conversation, uploads: readonly Upload[]): void {
  const { workspace, body } = call;
  if (text(body, 'message_type') !== 'comment') throw invalid('User can only create comments');
  const contact = replyingContact(call);
  if (body['skip_notifications'] !== undefined && workspace.unknowns.contactSkipNotifications === 'rejected') throw invalid('skip_notifications is not allowed for this reply');
  if (!conversation.contacts.includes(contact.id) && workspace.unknowns.replyByOutsider === 'rejected') throw notFound('User Not Found');
  const [written, at] = [text(body, 'body'), replyDate(call, conversation)];
  throttle(workspace, conversation.id);
  join(workspace, conversation, contact);
  const reopens = conversation.state !== 'open';
  addPart(workspace, conversation, { type: reopens ? 'open' : 'comment', author: byContact(contact), body: paragraphs(written), createdAt: at, attachments: kept(workspace, uploads) });
  Object.assign(conversation, { state: 'open', snoozedUntil: null, read: false, waitingSince: at, firstContactReplyAt: conversation.firstContactReplyAt ?? at });
  workspace.caused('workflow', 'customer sends any message', conversation.id);
}

function adminReply(call: Call, conversation: Conversation, uploads: readonly Upload[]): void {
  const { workspace, body, version } = call;
  const kind = text(body, 'message_type');
  if (kind !== 'comment' && kind !== 'note' && kind !== 'quick_reply') throw invalid(`message_type '${kind}' is not valid`);
  const admin = adminOf(workspace, text(body, 'admin_id'));
  const written = kind === 'quick_reply' ? optionalText(body, 'body') ?? '' : text(body, 'body');
  const at = replyDate(call, conversation);
  throttle(workspace, conversation.id);
  const silent = kind === 'note' || (body['skip_notifications'] === true && atLeast(version, '2.15'));
  const html = kind === 'comment' && workspace.unknowns.adminCommentHtml === 'escaped' ? paragraphs(written) : someHtml(written);
  addPart(workspace, conversation, { type: kind, author: byAdmin(admin), body: html, createdAt: at, attachments: kept(workspace, uploads), notified: !silent });
  if (kind === 'note') return;
  conversation.waitingSince = null;
  if (conversation.state === 'snoozed' && !(isPreview(version) && body['skip_unsnooze'] === true)) Object.assign(conversation, { state: 'open', snoozedUntil: null });
  if (!silent) workspace.caused('customer-notified', `teammate's ${kind}`, conversation.id);
  workspace.caused('workflow', 'teammate sends any message', conversation.id);
}

/** A comment of a contact, or a comment or note of an admin. Answers with the whole conversation. */
export const reply: Handler = (call) => {
  const { workspace, body } = call;
  const conversation = conversationOf(workspace, param(call, 'id'));
  checkUrls(body);
  const uploads = uploadsOf(body);
  const type = text(body, 'type');
  if (type === 'user') contactReply(call, conversation, uploads);
  else if (type === 'admin') adminReply(call, conversation, uploads);
  else throw invalid(`type '${type}' is not valid`);
  return conversationView(call, conversation, true);
};
