import { optionalFlag, optionalText, param, text } from '../call.ts';
import type { Body, Call, Handler } from '../call.ts';
import type { TicketType, TicketTypeAttribute } from '../model.ts';
import { invalid, notFound } from '../problem.ts';
import { ticketTypeAttributeView, ticketTypeView } from '../views/thread-view.ts';
import type { Workspace } from '../workspace.ts';

const dataTypes: ReadonlySet<string> = new Set(['string', 'list', 'integer', 'decimal', 'boolean', 'datetime', 'files']);

export function ticketTypeOf(workspace: Workspace, id: string): TicketType {
  const type = workspace.ticketTypes.get(Number(id));
  if (type === undefined) throw notFound();
  return type;
}

function makeAttribute(workspace: Workspace, given: Readonly<{ name: string; dataType: string; isDefault: boolean; multiline: boolean; labels: readonly string[]; body: Body }>): TicketTypeAttribute {
  const { now } = workspace;
  const { body } = given;
  return {
    id: workspace.count('ticket-attribute', 157), name: given.name, description: optionalText(body, 'description') ?? '', dataType: given.dataType, required: optionalFlag(body, 'required_to_create') ?? false,
    visibleOnCreate: optionalFlag(body, 'visible_on_create') ?? true, visibleToContacts: optionalFlag(body, 'visible_to_contacts') ?? true, multiline: given.multiline, isDefault: given.isDefault, archived: false,
    items: given.labels.map((label) => ({ id: `10000000-0000-4000-8000-${String(workspace.count('option')).padStart(12, '0')}`, label })), createdAt: now, updatedAt: now,
  };
}

export const createTicketType: Handler = ({ workspace, body }) => {
  const name = text(body, 'name');
  const category = (['Customer', 'Back-office', 'Tracker'] as const).find((one) => one === (optionalText(body, 'category') ?? 'Customer'));
  if (category === undefined) throw invalid(`category '${String(body['category'])}' is not valid`);
  const { now } = workspace;
  const standard = (of: string, multiline: boolean): TicketTypeAttribute => makeAttribute(workspace, { name: of, dataType: 'string', isDefault: true, multiline, labels: [], body: {} });
  const type: TicketType = {
    id: workspace.count('ticket-type', 53), name, description: optionalText(body, 'description') ?? '', icon: optionalText(body, 'icon') ?? '🎟️', category, isInternal: optionalFlag(body, 'is_internal') ?? false,
    attributes: [standard('_default_title_', false), standard('_default_description_', true)], archived: false, createdAt: now, updatedAt: now,
  };
  workspace.ticketTypes.set(type.id, type);
  return ticketTypeView(workspace, type);
};

export const updateTicketType: Handler = (call) => {
  const { workspace, body } = call;
  const type = ticketTypeOf(workspace, param(call, 'id'));
  type.name = optionalText(body, 'name') ?? type.name;
  type.description = optionalText(body, 'description') ?? type.description;
  type.archived = optionalFlag(body, 'archived') ?? type.archived;
  type.updatedAt = workspace.now;
  return ticketTypeView(workspace, type);
};

export const listTicketTypes: Handler = ({ workspace }) => ({ type: 'list', data: [...workspace.ticketTypes.values()].map((type) => ticketTypeView(workspace, type)) });
export const getTicketType: Handler = (call) => ticketTypeView(call.workspace, ticketTypeOf(call.workspace, param(call, 'id')));

/** The labels of a list come as one text with commas: a label cannot hold one. */
export const createTicketTypeAttribute: Handler = (call: Call) => {
  const { workspace, body } = call;
  const type = ticketTypeOf(workspace, param(call, 'id'));
  const [name, dataType] = [text(body, 'name'), text(body, 'data_type')];
  if (!dataTypes.has(dataType)) throw invalid(`data_type '${dataType}' is not valid`);
  const labels = dataType === 'list' ? text(body, 'list_items').split(',').map((label) => label.trim()).filter((label) => label !== '') : [];
  if (type.attributes.some((one) => one.name === name && !one.archived)) throw invalid(`An attribute named '${name}' already exists`);
  const attribute = makeAttribute(workspace, { name, dataType, isDefault: false, multiline: optionalFlag(body, 'multiline') ?? false, labels, body });
  type.attributes.push(attribute);
  return ticketTypeAttributeView(workspace, type, attribute);
};

export const updateTicketTypeAttribute: Handler = (call) => {
  const { workspace, body } = call;
  const type = ticketTypeOf(workspace, param(call, 'id'));
  const attribute = type.attributes.find(({ id }) => String(id) === param(call, 'attribute_id'));
  if (attribute === undefined) throw notFound();
  attribute.description = optionalText(body, 'description') ?? attribute.description;
  attribute.archived = optionalFlag(body, 'archived') ?? attribute.archived;
  attribute.updatedAt = workspace.now;
  return ticketTypeAttributeView(workspace, type, attribute);
};

/** States are made in the service's own pages only. */
export const listTicketStates: Handler = ({ workspace }) => ({
  type: 'list', data: workspace.ticketStates.map(({ id, category, internal, external }) => ({
    type: 'ticket_state', id, category, internal_label: internal, external_label: external, archived: false,
    ticket_types: { type: 'list', data: [...workspace.ticketTypes.values()].map((type) => ({ type: 'ticket_type', id: String(type.id), name: type.name, description: type.description, icon: type.icon, archived: type.archived, is_internal: type.isInternal, category: type.category })) },
  })),
});
