import type { CatalogField, FieldType } from '../../connector/catalog.ts';
import { ConfigurationError, RecordRejectedError } from '../../connector/errors.ts';
import type { Json, JsonObject } from '../../connector/json.ts';
import type { IntercomClient } from './client.ts';
import { fromUnix, listIn, objectIn, textOf, toUnix } from './values.ts';

export interface TicketAttribute { readonly id: string; readonly name: string; readonly dataType: string; readonly description: string | null; readonly options: readonly Readonly<{ id: string; label: string }>[]; readonly archived: boolean; readonly isDefault: boolean }
export interface TicketType { readonly id: string; readonly name: string; readonly category: string; readonly attributes: readonly TicketAttribute[] }
export interface TicketState { readonly id: string; readonly category: string; readonly label: string }

/** The type in which tickets are made, and the states of tickets. Both are made by people: only the type's attributes can be made here. */
export interface TicketTypes {
  /** @throws ConfigurationError naming the types there are, where the one of the settings is not among them or none was chosen */
  chosen(): Promise<TicketType>;
  all(): Promise<readonly TicketType[]>;
  states(): Promise<readonly TicketState[]>;
  /** Its attributes as fields of a ticket; none where no type is chosen. */
  fields(): Promise<readonly CatalogField[]>;
  forget(): void;
}

const fieldTypes: Readonly<Record<string, FieldType>> = { string: 'text', list: 'selection', integer: 'integer', decimal: 'decimal', boolean: 'boolean', datetime: 'datetime' };

/** @param name of the type, as a person set it; left out = the only one of category Customer */
export function createTicketTypes(client: IntercomClient, name: string | undefined): TicketTypes {
  let types: Promise<readonly TicketType[]> | null = null;
  let states: Promise<readonly TicketState[]> | null = null;
  const all = (): Promise<readonly TicketType[]> => {
    const asked = types ??= client.call({ method: 'GET', path: '/ticket_types', endpoint: 'ticket_types.list' }).then((answer) => listIn(answer['data']).filter((row) => row['archived'] !== true).map(typeIn));
    asked.catch(() => { types = null; });
    return asked;
  };
  const find = (found: readonly TicketType[]): TicketType | undefined => {
    const customers = found.filter(({ category }) => category === 'Customer');
    return name === undefined ? (customers.length === 1 ? customers[0] : undefined) : found.find((type) => type.name.trim().toLowerCase() === name.trim().toLowerCase());
  };
  return {
    all,
    async chosen() {
      const found = await all();
      const type = find(found);
      const list = found.map((one) => JSON.stringify(one.name)).join(', ') || 'none';
      if (type === undefined) throw new ConfigurationError({ code: 'no-ticket-type', message: name === undefined ? `No ticket type is chosen, and the workspace has not exactly one for customers (it has ${list}).` : `The workspace has no ticket type ${JSON.stringify(name)} (it has ${list}).`, remedy: 'Make the type at Intercom (Settings > Tickets), with its states, and set ticketType to its name.' });
      if (type.category !== 'Customer') throw new ConfigurationError({ code: 'ticket-type-category', message: `Ticket type ${JSON.stringify(type.name)} is of category ${type.category}: customers cannot reply to its tickets.`, remedy: 'Set ticketType to a type of category Customer.' });
      return type;
    },
    states() {
      const asked = states ??= client.call({ method: 'GET', path: '/ticket_states', endpoint: 'ticket_states.list' }).then((answer) => listIn(answer['data']).filter((row) => row['archived'] !== true).map((row) => ({ id: String(row['id']), category: textOf(row['category']) ?? '', label: textOf(row['internal_label']) ?? '' })));
      asked.catch(() => { states = null; });
      return asked;
    },
    async fields() {
      const type = find(await all());
      return (type?.attributes ?? []).filter((one) => !one.archived && !one.isDefault).map((one): CatalogField => ({
        name: one.name, label: one.name, type: fieldTypes[one.dataType] ?? 'unknown', nativeType: one.dataType, required: false, readonly: !(one.dataType in fieldTypes), custom: true,
        ...(one.dataType === 'list' ? { options: one.options.map(({ label }) => ({ value: label, label })) } : {}), ...(one.description === null ? {} : { description: one.description }),
      }));
    },
    forget() { types = null; states = null; },
  };
}

function typeIn(row: JsonObject): TicketType {
  return { id: String(row['id']), name: textOf(row['name']) ?? '', category: textOf(row['category']) ?? '', attributes: listIn(objectIn(row['ticket_type_attributes'])['data']).map(attributeIn) };
}

function attributeIn(row: JsonObject): TicketAttribute {
  return {
    id: String(row['id']), name: textOf(row['name']) ?? '', dataType: textOf(row['data_type']) ?? '', description: textOf(row['description']), archived: row['archived'] === true, isDefault: row['default'] === true,
    options: listIn(objectIn(row['input_options'])['list_options']).map((option) => ({ id: String(option['id']), label: textOf(option['label']) ?? '' })),
  };
}

/** A value as Intercom takes it: of a list the id of the option, of a time its seconds. @throws RecordRejectedError for a label without option */
export function ticketValue(attribute: TicketAttribute, value: Json): Json {
  if (value === null) return null;
  if (attribute.dataType === 'datetime') return toUnix(value) ?? value;
  if (attribute.dataType === 'integer' || attribute.dataType === 'decimal') return typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)) ? Number(value) : value;
  if (attribute.dataType !== 'list') return value;
  const option = attribute.options.find(({ label }) => label === value);
  if (option !== undefined) return option.id;
  const message = `${JSON.stringify(value)} is not an option of ${attribute.name} (${attribute.options.map(({ label }) => label).join(', ')})`;
  throw new RecordRejectedError({ code: 'value-not-in-options', message: `${message}.`, remedy: 'Add the option to the ticket type at Intercom, or map the value to one that is there; then retry.', rejections: [{ index: 0, code: 'value-not-in-options', message, field: attribute.name }] });
}

export function ticketReadBack(attribute: TicketAttribute, value: Json | undefined): Json {
  if (value === undefined || value === null || value === '') return null;
  if (attribute.dataType === 'datetime') return typeof value === 'number' ? fromUnix(value) : value;
  if (attribute.dataType === 'decimal') return String(value);
  return attribute.dataType === 'list' ? attribute.options.find(({ id }) => id === value)?.label ?? value : value;
}
