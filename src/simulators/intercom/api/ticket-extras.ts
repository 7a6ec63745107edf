import { optionalText, param, text } from '../call.ts';
import type { Handler } from '../call.ts';
import type { Ticket } from '../model.ts';
import { searched } from '../paging.ts';
import { invalid, notFound, Problem } from '../problem.ts';
import { testOf } from '../query.ts';
import { adminOf, conversationOf, tagOf, ticketOf } from '../records.ts';
import { paragraphs, someHtml } from '../text.ts';
import { addPart, byAdmin, byBot, byContact } from '../thread-parts.ts';
import { checkUrls, kept, uploadsOf } from '../uploads.ts';
import { tagView } from '../views/contact-view.ts';
import { partView, ticketView } from '../views/thread-view.ts';
import { atLeast } from '../versions.ts';
import { replyDate, replyingContact, throttle } from './replies.ts';
import { ticketTypeOf } from './ticket-types.ts';
import { ticketValues } from './tickets.ts';

/** Answers with the part. Customers' files cannot be sent here, admins' can from 2.16 on. */
export const replyToTicket: Handler = (call) => {
  const { workspace, body, version } = call;
  const ticket = ticketOf(workspace, param(call, 'id'));
  const [type, kind] = [text(body, 'type'), text(body, 'message_type')];
  checkUrls(body);
  const silent = body['skip_notifications'] === true && atLeast(version, '2.13');
  const at = replyDate(call, ticket);
  if (type === 'user') {
    if (ticketTypeOf(workspace, String(ticket.type)).category === 'Back-office') throw new Problem(400, 'parameter_mismatch', 'User replies are not allowed on Backoffice tickets');
    if (kind !== 'comment') throw invalid('User can only create comments');
    const [contact, written] = [replyingContact(call), text(body, 'body')];
    throttle(workspace, ticket.id);
    return partView(call, addPart(workspace, ticket, { type: 'comment', author: byContact(contact), body: paragraphs(written), createdAt: at }), 'ticket_part', '');
  }
  if (type !== 'admin') throw invalid(`type '${type}' is not valid`);
  if (kind !== 'comment' && kind !== 'note' && kind !== 'quick_reply') throw invalid(`message_type '${kind}' is not valid`);
  const admin = adminOf(workspace, text(body, 'admin_id'));
  const written = kind === 'quick_reply' ? optionalText(body, 'body') ?? '' : text(body, 'body');
  const uploads = atLeast(version, '2.16') ? uploadsOf(body) : [];
  throttle(workspace, ticket.id);
  if (kind !== 'note' && !silent) workspace.caused('customer-notified', `teammate's ${kind} on a ticket`, ticket.id);
  const part = addPart(workspace, ticket, { type: kind, author: byAdmin(admin), body: someHtml(written), createdAt: at, attachments: kept(workspace, uploads), notified: !silent });
  return partView(call, part, 'ticket_part', '');
};

export const tagTicket: Handler = (call) => {
  const { workspace, body } = call;
  const ticket = ticketOf(workspace, param(call, 'id'));
  const [tag, admin] = [tagOf(workspace, text(body, 'id')), adminOf(workspace, text(body, 'admin_id'))];
  const applied = ticket.tags.get(tag.id) ?? { at: workspace.now, by: String(admin.id) };
  ticket.tags.set(tag.id, applied);
  return tagView(tag, applied);
};

export const untagTicket: Handler = (call) => {
  const ticket = ticketOf(call.workspace, param(call, 'id'));
  const tag = tagOf(call.workspace, param(call, 'tag_id'));
  const applied = ticket.tags.get(tag.id);
  if (applied === undefined) throw notFound();
  ticket.tags.delete(tag.id);
  return tagView(tag, applied);
};

/** Unlike conversations, tickets are found by their attributes: `ticket_attribute.<id>`. */
export const searchTickets: Handler = (call) => {
  const { workspace, body } = call;
  const attributeName = (field: string): string | null => {
    const id = Number(field.slice('ticket_attribute.'.length));
    for (const type of workspace.ticketTypes.values()) for (const attribute of type.attributes) if (attribute.id === id) return attribute.name;
    return null;
  };
  const values = (ticket: Ticket, field: string): readonly (string | number | boolean | null)[] | null => {
    switch (field) {
      case 'id': return [String(ticket.id)];
      case 'created_at': return [ticket.createdAt];
      case 'updated_at': return [ticket.updatedAt];
      case 'open': return [ticket.state !== 'closed'];
      case 'contact_ids': return ticket.contacts;
      case 'ticket_type_id': return [String(ticket.type)];
      case 'state': return [workspace.ticketStates.find(({ id }) => id === ticket.stateId)?.category ?? null];
      case 'category': return [{ Customer: 'request', 'Back-office': 'task', Tracker: 'tracker' }[ticketTypeOf(workspace, String(ticket.type)).category]];
      case 'admin_assignee_id': return [ticket.adminAssignee];
      case 'team_assignee_id': return [ticket.teamAssignee];
      default: break;
    }
    const name = field.startsWith('ticket_attribute.') ? attributeName(field) : null;
    return name === null ? null : [(ticket.attributes.get(name) ?? null) as string | null];
  };
  const test = testOf(body['query'], { inclusive: true, day: () => null, values });
  const now = workspace.clock.now();
  const found = [...workspace.tickets.values()].filter((ticket) => ticket.deletedAt === null && ticket.searchableFrom <= now && test(ticket)).toReversed();
  const { items, total, pages } = searched(call, found, 20);
  return { type: 'ticket.list', pages, total_count: total, tickets: items.map((ticket) => ticketView(call, ticket)) };
};

/** A conversation becomes a ticket of a Customer type, under its own id. */
export const convert: Handler = (call) => {
  const { workspace, body } = call;
  const conversation = conversationOf(workspace, param(call, 'id'));
  const type = ticketTypeOf(workspace, text(body, 'ticket_type_id'));
  if (type.category !== 'Customer') throw invalid('Ticket type is not a customer ticket type');
  const values = ticketValues(type, body['attributes']);
  if (conversation.ticket !== null) throw invalid('Conversation is already a ticket');
  const ticket: Ticket = {
    ...conversation, contacts: conversation.contacts, parts: conversation.parts, tags: conversation.tags, attributes: new Map(values), deletedAt: null,
    ticketId: workspace.count('ticket'), type: type.id, stateId: workspace.ticketStates[0]!.id, isShared: false, linkedConversation: null,
  };
  workspace.tickets.set(ticket.id, ticket);
  conversation.ticket = ticket.id;
  addPart(workspace, ticket, { type: 'ticket_state_updated_by_admin', author: byBot(workspace), event: { ticket_state: 'submitted', previous_ticket_state: 'submitted' } });
  return ticketView(call, ticket);
};
