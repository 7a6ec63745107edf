import { createdAt, optionalFlag, optionalText, param, text } from '../call.ts';
import type { Body, Call, Handler } from '../call.ts';
import { makeContact } from '../contact-life.ts';
import type { Contact, Ticket, TicketType } from '../model.ts';
import { invalid, missing, notFound, Problem } from '../problem.ts';
import { adminOf, companyOf, contactOf, conversationOf, findContact, ticketOf } from '../records.ts';
import { addPart, byAdmin, byBot } from '../thread-parts.ts';
import { ticketView } from '../views/thread-view.ts';
import { atLeast } from '../versions.ts';
import type { Workspace } from '../workspace.ts';
import { assign, assigneeOf } from './manage.ts';
import { ticketTypeOf } from './ticket-types.ts';

function checked(attribute: TicketType['attributes'][number], value: unknown): unknown {
  const wrong = invalid(`The value for '${attribute.name}' must be of type ${attribute.dataType}`);
  switch (attribute.dataType) {
    case 'string': if (typeof value !== 'string') throw wrong; return value;
    case 'integer': if (!Number.isInteger(value)) throw wrong; return value;
    case 'decimal': if (typeof value !== 'number') throw wrong; return value;
    case 'boolean': if (typeof value !== 'boolean') throw wrong; return value;
    case 'list': if (!attribute.items.some(({ id }) => id === value)) throw invalid(`'${String(value)}' is not an option of '${attribute.name}'`); return value;
    default: return value;
  }
}

/** `ticket_attributes` by name; the value of a list is the id of its option. */
export function ticketValues(type: TicketType, given: unknown): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>();
  for (const [name, value] of Object.entries((given ?? {}) as Body)) {
    const attribute = type.attributes.find((one) => one.name === name && !one.archived);
    if (attribute === undefined) throw invalid(`Ticket attribute '${name}' does not exist`);
    values.set(name, checked(attribute, value));
  }
  return values;
}

/** One contact, by id, external id or address; an address that nobody has becomes a lead. */
function contactFor(call: Call): (() => Contact) {
  const { workspace, version, body } = call;
  const [given, second] = Array.isArray(body['contacts']) ? (body['contacts'] as readonly Body[]) : [];
  if (given === undefined) throw missing('contacts');
  if (second !== undefined) throw invalid('Only one contact is supported');
  const [id, external, email] = [optionalText(given, 'id'), optionalText(given, 'external_id'), optionalText(given, 'email')];
  const found = id !== null ? contactOf(workspace, version, id) : external !== null ? findContact(workspace, 'externalId', external) : email !== null ? findContact(workspace, 'email', email) : null;
  if (found === null && email === null) throw notFound('User Not Found');
  return () => found ?? makeContact(workspace, { role: 'lead', email, externalId: null, name: null });
}

function preparedTicket(call: Call): () => Ticket {
  const { workspace, body, version } = call;
  const type = ticketTypeOf(workspace, text(body, 'ticket_type_id'));
  const values = ticketValues(type, body['ticket_attributes']);
  if (type.attributes.some(({ name, required, archived }) => required && !archived && !values.has(name))) throw invalid('Missing required ticket attributes');
  const contact = contactFor(call);
  const at = atLeast(version, '2.11') ? createdAt(call) : workspace.now;
  const company = optionalText(body, 'company_id');
  if (company !== null) companyOf(workspace, company);
  const linked = optionalText(body, 'conversation_to_link_id');
  const conversation = linked === null ? null : conversationOf(workspace, linked).id;
  const assignment = atLeast(version, '2.14') ? (body['assignment'] ?? {}) as Body : {};
  const assignees = (['admin', 'team'] as const).flatMap((kind) => {
    const id = optionalText(assignment, `${kind}_assignee_id`);
    return id === null ? [] : [assigneeOf(workspace, kind, id)];
  });
  const silent = body['skip_notifications'] === true && atLeast(version, '2.13');
  return () => {
    const id = workspace.count('conversation', 4_001); // tickets and conversations are counted together
    const ticket: Ticket = {
      id, seq: id, ticketId: workspace.count('ticket'), type: type.id, stateId: workspace.ticketStates[0]!.id, isShared: false, linkedConversation: conversation, createdAt: at, updatedAt: workspace.now,
      searchableFrom: workspace.searchableFrom, state: 'open', snoozedUntil: null, adminAssignee: 0, teamAssignee: 0, companyId: company, contacts: [contact().id], parts: [], tags: new Map(), attributes: new Map(values), deletedAt: null,
    };
    workspace.tickets.set(id, ticket);
    addPart(workspace, ticket, { type: 'ticket_state_updated_by_admin', author: byBot(workspace), event: { ticket_state: 'submitted', previous_ticket_state: 'submitted' } });
    for (const assignee of assignees) assign(workspace, ticket, assignee);
    if (!silent) workspace.caused('customer-notified', 'ticket created', id);
    return ticket;
  };
}

export const createTicket: Handler = (call) => ticketView(call, preparedTicket(call)());

/** Made a little later; the job tells when. */
export const enqueueTicket: Handler = (call) => {
  const { workspace } = call;
  const ticket = preparedTicket(call)();
  const job = { id: workspace.count('job', 20), ticket: ticket.id, doneFrom: workspace.clock.now() + 1_000 };
  workspace.jobs.set(job.id, job);
  return jobView(call, job.id);
};

function jobView({ workspace, baseUrl }: Call, id: number): unknown {
  const job = workspace.jobs.get(id);
  if (job === undefined) throw notFound('Job Not Found', 'job_not_found');
  const done = job.doneFrom <= workspace.clock.now();
  return { type: 'job', id: String(id), status: done ? 'success' : 'pending', url: `${baseUrl}/jobs/status/${id}`, resource_type: 'ticket', resource_id: done ? String(job.ticket) : null, resource_url: done ? `${baseUrl}/tickets/${job.ticket}` : null };
}

export const jobStatus: Handler = (call) => jobView(call, Number(param(call, 'id')));
export const getTicket: Handler = (call) => ticketView(call, ticketOf(call.workspace, param(call, 'id')));

function stateFor(workspace: Workspace, body: Body): string | null {
  const id = optionalText(body, 'ticket_state_id');
  if (id !== null && !workspace.ticketStates.some((state) => state.id === id)) throw new Problem(400, 'ticket_state_id_invalid', 'Ticket state id is not valid or is not associated with the ticket type');
  return id;
}

export const updateTicket: Handler = (call) => {
  const { workspace, body, version } = call;
  const ticket = ticketOf(workspace, param(call, 'id'));
  const values = ticketValues(ticketTypeOf(workspace, String(ticket.type)), body['ticket_attributes']);
  const state = atLeast(version, '2.12') ? stateFor(workspace, body) : null;
  const actor = optionalText(body, 'admin_id');
  const author = actor === null ? byBot(workspace) : byAdmin(adminOf(workspace, actor));
  const assigned = optionalText(body, 'assignee_id');
  const assignee = assigned === null ? null : assigneeOf(workspace, workspace.teams.some(({ id }) => String(id) === assigned) ? 'team' : 'admin', assigned);
  const [open, shared, snoozed] = [optionalFlag(body, 'open'), optionalFlag(body, 'is_shared'), body['snoozed_until']];
  for (const [name, value] of values) {
    ticket.attributes.set(name, value);
    addPart(workspace, ticket, { type: 'ticket_attribute_updated_by_admin', author: byBot(workspace), event: { updated_attribute_data: { attribute: { type: 'attribute', id: '0', label: name }, value: { type: 'value', id: null, label: String(value) } } } });
  }
  const categoryOf = (id: string): string => workspace.ticketStates.find((one) => one.id === id)?.category ?? '';
  if (state !== null) {
    addPart(workspace, ticket, { type: 'ticket_state_updated_by_admin', author, event: { ticket_state: categoryOf(state), previous_ticket_state: categoryOf(ticket.stateId) } });
    ticket.stateId = state;
  }
  if (assignee !== null) {
    assign(workspace, ticket, assignee);
    addPart(workspace, ticket, { type: 'assignment', author, assignedTo: assignee });
  }
  if (typeof snoozed === 'number') Object.assign(ticket, { state: 'snoozed', snoozedUntil: snoozed });
  if (open !== null) Object.assign(ticket, { state: open ? 'open' : 'closed', snoozedUntil: null });
  if (shared !== null) ticket.isShared = shared;
  if ('company_id' in body) ticket.companyId = optionalText(body, 'company_id');
  ticket.updatedAt = workspace.now;
  if (!(body['skip_notifications'] === true && atLeast(version, '2.13')) && state !== null) workspace.caused('customer-notified', 'ticket state changed', ticket.id);
  return ticketView(call, ticket);
};

export const deleteTicket: Handler = (call) => {
  const ticket = ticketOf(call.workspace, param(call, 'id'));
  ticket.deletedAt = call.workspace.now;
  return { id: String(ticket.id), object: 'ticket', deleted: true };
};
