import { object, optionalText, param, text } from '../call.ts';
import type { Handler } from '../call.ts';
import { makeContact } from '../contact-life.ts';
import { invalid, notFound, Problem } from '../problem.ts';
import { adminOf, contactOf, conversationOf, findContact, tagOf, touch } from '../records.ts';
import { addPart, byAdmin, byBot } from '../thread-parts.ts';
import { tagView } from '../views/contact-view.ts';
import { conversationView } from '../views/thread-view.ts';
import { join } from './conversations.ts';

export const tagConversation: Handler = (call) => {
  const { workspace, body } = call;
  const conversation = conversationOf(workspace, param(call, 'id'));
  const [tag, admin] = [tagOf(workspace, text(body, 'id')), adminOf(workspace, text(body, 'admin_id'))];
  const applied = conversation.tags.get(tag.id) ?? { at: workspace.now, by: String(admin.id) }; // the date cannot be set
  conversation.tags.set(tag.id, applied);
  touch(workspace, conversation);
  return tagView(tag, applied);
};

export const untagConversation: Handler = (call) => {
  const { workspace, body } = call;
  const conversation = conversationOf(workspace, param(call, 'id'));
  const tag = tagOf(workspace, param(call, 'tag_id'));
  adminOf(workspace, text(body, 'admin_id'));
  const applied = conversation.tags.get(tag.id);
  if (applied === undefined) throw notFound();
  conversation.tags.delete(tag.id);
  return tagView(tag, applied);
};

/** Adds a participant; an address that nobody has becomes a lead. The answer is no conversation. */
export const addCustomer: Handler = (call) => {
  const { workspace, body, version } = call;
  const conversation = conversationOf(workspace, param(call, 'id'));
  const admin = adminOf(workspace, text(body, 'admin_id'));
  const customer = object(body, 'customer');
  const [own, external, email] = [optionalText(customer, 'intercom_user_id'), optionalText(customer, 'user_id'), optionalText(customer, 'email')];
  const found = own !== null ? contactOf(workspace, version, own) : external !== null ? findContact(workspace, 'externalId', external) : email !== null ? findContact(workspace, 'email', email) : null;
  if (found === null && email === null) throw notFound('User Not Found');
  const contact = found ?? makeContact(workspace, { role: 'lead', email, externalId: null, name: null });
  join(workspace, conversation, contact);
  addPart(workspace, conversation, { type: 'participant_added', author: byAdmin(admin), event: { participant: { type: contact.role, id: contact.id } } });
  if (workspace.unknowns.participantNotified) workspace.caused('customer-notified', 'added as a participant', conversation.id);
  return { customers: conversation.contacts.map((id) => ({ type: workspace.contacts.get(id)?.role ?? 'user', id })) };
};

export const removeCustomer: Handler = (call) => {
  const { workspace, body } = call;
  const conversation = conversationOf(workspace, param(call, 'id'));
  const admin = adminOf(workspace, text(body, 'admin_id'));
  const at = conversation.contacts.indexOf(param(call, 'contact_id'));
  if (at < 0) throw notFound('User Not Found');
  if (conversation.contacts.length === 1) throw new Problem(422, 'parameter_invalid', 'Removing the last customer is not allowed');
  conversation.contacts.splice(at, 1);
  addPart(workspace, conversation, { type: 'participant_removed', author: byAdmin(admin) });
  return { customers: conversation.contacts.map((id) => ({ type: workspace.contacts.get(id)?.role ?? 'user', id })) };
};

const redactedBody = '<p><i>This message was deleted</i></p>';
const notRedactable = (): Problem => new Problem(400, 'conversation_part_not_redactable', 'Conversation part is not redactable');

/** Takes the text and files of a part, or of the first message if a contact wrote it. The part itself stays. */
export const redact: Handler = (call) => {
  const { workspace, body } = call;
  const conversation = conversationOf(workspace, text(body, 'conversation_id'));
  const gone = (): Problem => new Problem(404, 'conversation_part_or_message_not_found', 'Conversation part or message not found');
  const kind = text(body, 'type');
  if (kind === 'source') {
    if (text(body, 'source_id') !== String(conversation.source.id)) throw gone();
    if (conversation.source.author.type !== 'user' && conversation.source.author.type !== 'lead') throw notRedactable();
    Object.assign(conversation.source, { body: redactedBody, attachments: [], redacted: true });
  } else if (kind === 'conversation_part') {
    const id = text(body, 'conversation_part_id');
    const part = conversation.parts.find((one) => String(one.id) === id);
    if (part === undefined) throw gone();
    if (part.body === null || part.body === '') throw notRedactable();
    Object.assign(part, { body: redactedBody, attachments: [], redacted: true, updatedAt: workspace.now });
  } else {
    throw invalid(`type '${kind}' is not valid`);
  }
  touch(workspace, conversation);
  return conversationView(call, conversation, true);
};

export const mergeConversations: Handler = (call) => {
  const { workspace, body } = call;
  const secondary = conversationOf(workspace, param(call, 'id'));
  const target = body['merge_into_conversation_id'];
  if (!Number.isInteger(target)) throw invalid('merge_into_conversation_id must be a valid integer conversation ID');
  const primary = workspace.conversations.get(Number(target));
  if (primary === undefined || primary.deletedAt !== null) throw new Problem(422, 'merge_failed', 'Primary conversation not found');
  if (primary === secondary) throw new Problem(422, 'merge_failed', 'Cannot merge a conversation into itself');
  addPart(workspace, primary, { type: 'merged_primary_conversation', author: byBot(workspace), event: { conversation: { id: String(secondary.id) } } });
  addPart(workspace, secondary, { type: 'merged_secondary_conversation', author: byBot(workspace), event: { conversation: { id: String(primary.id) } } });
  secondary.state = 'closed';
  return conversationView(call, primary, true);
};
