import { createHmac } from 'node:crypto';
import type { Call } from '../call.ts';
import type { Attachment, Author, Conversation, ConversationAttribute, Part, Thread, Ticket, TicketType, TicketTypeAttribute } from '../model.ts';
import { contactReference, tagView } from './contact-view.ts';
import { plainObject } from './plain-object.ts';
import { plainText } from '../text.ts';
import { atLeast } from '../versions.ts';
import type { Workspace } from '../workspace.ts';

type View = { readonly [name: string]: unknown };
/** Parts of a conversation that an answer holds: the newest. */
const partWindow = 500;

export function signature(workspace: Workspace, attachment: number, expires: number): string {
  return createHmac('sha256', workspace.idCode).update(`${attachment}.${expires}`).digest('hex');
}

/** The address of an attachment: it works without a token, on another host, for half an hour. Every answer makes a new one. */
function attachmentView({ workspace, downloadUrl }: Call, attachment: Attachment): View {
  const expires = workspace.clock.now() + (workspace.options.attachmentLifetimeMs ?? 1_800_000);
  return {
    type: 'upload', name: attachment.name, content_type: attachment.contentType, filesize: attachment.size,
    url: `${downloadUrl}/o/${attachment.id}/${encodeURIComponent(attachment.name)}?expires=${expires}&signature=${signature(workspace, attachment.id, expires)}`,
  };
}

const authorView = ({ type, id, name, email }: Author): View => ({ type, id, name, email });
const shown = (call: Call, html: string | null): string | null => (html !== null && call.query.get('display_as') === 'plaintext' ? plainText(html) : html);

export function partView(call: Call, part: Part, type: 'conversation_part' | 'ticket_part', state: string): View {
  return {
    type, id: String(part.id), part_type: part.type, body: shown(call, part.body), created_at: part.createdAt, updated_at: part.updatedAt,
    ...(type === 'conversation_part' ? { notified_at: part.createdAt, external_id: null, metadata: {}, state, tags: [] } : {}),
    assigned_to: part.assignedTo, author: authorView(part.author), attachments: part.attachments.map((attachment) => attachmentView(call, attachment)), redacted: part.redacted,
    ...(part.event === null ? {} : type === 'conversation_part' ? { event_details: part.event } : part.event), ...(part.author.type === 'bot' ? {} : { app_package_code: 'simulated-app' }),
  };
}

/** The newest 500 parts, the oldest of them first. */
function shownParts({ unknowns }: Workspace, parts: readonly Part[]): readonly Part[] {
  const sorted = unknowns.partOrder === 'insertion' ? parts : parts.toSorted((one, other) => one.createdAt - other.createdAt || one.id - other.id);
  return sorted.slice(-partWindow);
}

function contactsView(workspace: Workspace, thread: Thread): View {
  return { type: 'contact.list', contacts: thread.contacts.flatMap((id) => workspace.contacts.get(id) ?? []).map((contact) => contactReference(contact)) };
}

const tagsView = (workspace: Workspace, thread: Thread): View => ({ type: 'tag.list', tags: [...thread.tags].map(([id, applied]) => tagView(workspace.tags.get(id) ?? { id, name: '' }, applied)) });

function statisticsView({ parts }: Thread): View {
  const closes = parts.filter(({ type }) => type === 'close').map(({ createdAt }) => createdAt);
  const opens = parts.filter(({ type }) => type === 'open' || type === 'assign_and_reopen').length;
  return { type: 'conversation_statistics', count_conversation_parts: parts.length, count_reopens: opens, ...(closes.length === 0 ? {} : { first_close_at: closes[0], last_close_at: closes.at(-1) }) };
}

/** Nobody is 0 from 2.16 on, null before. */
const assignee = ({ version }: Call, id: number): number | null => (id !== 0 || atLeast(version, '2.16') ? id : null);

export function conversationView(call: Call, conversation: Conversation, withParts: boolean): View {
  const { workspace, version } = call;
  const { source } = conversation;
  const parts = withParts ? shownParts(workspace, conversation.parts) : [];
  return {
    type: 'conversation', id: String(conversation.id), title: conversation.title, created_at: conversation.createdAt, updated_at: conversation.updatedAt, waiting_since: conversation.waitingSince,
    snoozed_until: conversation.snoozedUntil,
    source: {
      type: 'conversation', id: String(source.id), delivered_as: 'customer_initiated', subject: source.subject, body: shown(call, source.body), author: authorView(source.author),
      attachments: source.attachments.map((attachment) => attachmentView(call, attachment)), url: null, redacted: source.redacted,
    },
    contacts: contactsView(workspace, conversation), first_contact_reply: conversation.firstContactReplyAt === null ? null : { created_at: conversation.firstContactReplyAt, type: 'conversation', url: null },
    admin_assignee_id: assignee(call, conversation.adminAssignee), team_assignee_id: assignee(call, conversation.teamAssignee), open: conversation.state !== 'closed', state: conversation.state, read: conversation.read,
    tags: tagsView(workspace, conversation), priority: atLeast(version, '2.16') ? conversation.priority : conversation.priority === 'none' ? 'not_priority' : 'priority', sla_applied: null, statistics: statisticsView(conversation),
    conversation_rating: null, teammates: null, company: conversation.companyId === null ? null : { type: 'company', id: conversation.companyId }, custom_attributes: plainObject(conversation.attributes), topics: {},
    ticket: conversation.ticket === null ? null : { type: 'ticket', id: String(conversation.ticket) }, linked_objects: { type: 'list', data: [], total_count: 0, has_more: false }, ai_agent: null, ai_agent_participated: false,
    ...(withParts ? { conversation_parts: { type: 'conversation_part.list', conversation_parts: parts.map((part) => partView(call, part, 'conversation_part', conversation.state)), total_count: conversation.parts.length } } : {}),
  };
}

export function conversationAttributeView(attribute: ConversationAttribute): View {
  return {
    type: 'conversation_attribute', id: attribute.id, name: attribute.name, description: attribute.description, data_type: attribute.dataType, required: attribute.required,
    visible_to_team_ids: attribute.visibleToTeamIds, archived: attribute.archived, created_at: attribute.createdAt, updated_at: attribute.updatedAt, admin_id: String(attribute.adminId),
    ...(attribute.dataType === 'string' ? { multiline: attribute.multiline } : {}), ...(attribute.dataType === 'list' ? { options: attribute.options } : {}), ...(attribute.dataType === 'relationship' ? { reference: attribute.reference } : {}),
  };
}

export function ticketTypeAttributeView(workspace: Workspace, type: TicketType, attribute: TicketTypeAttribute): View {
  const options = attribute.dataType === 'list' ? { list_options: attribute.items.map(({ id, label }) => ({ label, id, archived: false })) } : attribute.dataType === 'string' ? { multiline: attribute.multiline } : null;
  return {
    type: 'ticket_type_attribute', id: String(attribute.id), workspace_id: workspace.idCode, name: attribute.name, description: attribute.description, data_type: attribute.dataType, input_options: options,
    order: type.attributes.indexOf(attribute), required_to_create: attribute.required, required_to_create_for_contacts: false, visible_on_create: attribute.visibleOnCreate, visible_to_contacts: attribute.visibleToContacts,
    default: attribute.isDefault, ticket_type_id: type.id, archived: attribute.archived, created_at: attribute.createdAt, updated_at: attribute.updatedAt,
  };
}

export function ticketTypeView(workspace: Workspace, type: TicketType): View {
  return {
    type: 'ticket_type', id: String(type.id), name: type.name, description: type.description, icon: type.icon, workspace_id: workspace.idCode, archived: type.archived, created_at: type.createdAt, updated_at: type.updatedAt,
    is_internal: type.isInternal, category: type.category, ticket_type_attributes: { type: 'list', data: type.attributes.map((attribute) => ticketTypeAttributeView(workspace, type, attribute)) },
    ticket_states: { type: 'list', data: workspace.ticketStates.map((state) => ({ type: 'ticket_state', id: state.id, category: state.category, internal_label: state.internal, external_label: state.external })) },
  };
}

export function ticketView(call: Call, ticket: Ticket): View {
  const { workspace } = call;
  const type = workspace.ticketTypes.get(ticket.type)!;
  const state = workspace.ticketStates.find(({ id }) => id === ticket.stateId)!;
  const shownAttributes = type.attributes.map(({ name }) => [name, ticket.attributes.get(name) ?? null] as const);
  return {
    type: 'ticket', id: String(ticket.id), ticket_id: String(ticket.ticketId), category: type.category, ticket_attributes: Object.fromEntries(shownAttributes),
    ticket_state: { type: 'ticket_state', id: state.id, category: state.category, internal_label: state.internal, external_label: state.external }, ticket_type: ticketTypeView(workspace, type),
    contacts: contactsView(workspace, ticket), admin_assignee_id: ticket.adminAssignee, team_assignee_id: ticket.teamAssignee, created_at: ticket.createdAt, updated_at: ticket.updatedAt, open: ticket.state !== 'closed',
    ...(ticket.snoozedUntil === null ? {} : { snoozed_until: ticket.snoozedUntil }), is_shared: ticket.isShared, company_id: ticket.companyId,
    ticket_parts: { type: 'ticket_part.list', ticket_parts: shownParts(workspace, ticket.parts).map((part) => partView(call, part, 'ticket_part', '')), total_count: ticket.parts.length },
    linked_objects: { type: 'list', data: ticket.linkedConversation === null ? [] : [{ type: 'conversation', id: String(ticket.linkedConversation), category: null }], total_count: ticket.linkedConversation === null ? 0 : 1, has_more: false },
    tags: tagsView(workspace, ticket),
  };
}
