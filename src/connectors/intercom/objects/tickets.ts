import type { CatalogField } from '../../../connector/catalog.ts';
import type { Dependant } from '../../../connector/destination.ts';
import { RecordRejectedError } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import { comparableText, textOfBody } from '../body-text.ts';
import type { IntercomClient } from '../client.ts';
import { lastActor, madeBy, partKind } from '../conversation-values.ts';
import { errorForFault } from '../faults.ts';
import type { ObjectKind, ReadBack } from '../object-kind.ts';
import { ticketReadBack, ticketValue, type TicketType, type TicketTypes } from '../ticket-types.ts';
import { fromUnix, idOf, listIn, objectIn, textOf, toUnix } from '../values.ts';
import { unknownAttribute } from './contacts.ts';
import { isCorrection } from './corrections.ts';

const own: readonly CatalogField[] = ([
  ['contact_id', 'Opened by', 'reference', true], ['title', 'Title', 'text', true], ['description', 'Description', 'longText', false], ['created_at', 'Created', 'datetime', false], ['company_id', 'Company', 'reference', false],
  ['admin_assignee_id', 'Assigned admin', 'reference', false], ['team_assignee_id', 'Assigned team', 'reference', false],
] as const).map(([name, label, type, required]) => ({ name, label, type, required, readonly: false, custom: false, ...(name.endsWith('_id') ? { relatedObject: name === 'contact_id' ? 'contact' : name === 'company_id' ? 'company' : name.startsWith('admin') ? 'admin' : 'team' } : {}) }));
const ownNames = new Set(own.map(({ name }) => name));

/** Null = it was deleted. */
export async function getTicket(client: IntercomClient, id: string): Promise<JsonObject | null> {
  const answer = await client.ask({ method: 'GET', path: `/tickets/${encodeURIComponent(id)}`, endpoint: 'tickets.get' });
  if ('body' in answer) return answer.body;
  if (answer.fault.status === 404) return null;
  throw errorForFault(answer.fault, 'tickets.get');
}

export function ticketParts(raw: JsonObject): { readonly parts: readonly JsonObject[]; readonly total: number } {
  const held = objectIn(raw['ticket_parts']);
  const parts = listIn(held['ticket_parts']);
  return { parts, total: typeof held['total_count'] === 'number' ? held['total_count'] : parts.length };
}

/** Filters of one group of a search: 15, of which the contact and the second take two. */
const ATTRIBUTE_FILTERS = 13;
/** Longer texts are compared by ourselves: how long a filter may be is not documented. */
const FILTER_LENGTH = 200;

/**
 * Tickets, the second way to bring a help desk in. All is said at once: title, description, attributes, assignment, date; only the
 * state comes later. An uncertain one is searched for by its attributes (our own id among them), its contact and its second.
 */
export function ticketKind(client: IntercomClient, types: TicketTypes): ObjectKind {
  const attributesOf = (type: TicketType, values: JsonObject): readonly Readonly<{ id: string; name: string; type: string; value: Json }>[] => Object.entries(values).flatMap(([name, value]) => {
    if (ownNames.has(name) || value === null || value === '') return [];
    const attribute = type.attributes.find((one) => one.name === name && !one.archived);
    if (attribute === undefined) throw unknownAttribute('ticket', name);
    return [{ id: attribute.id, name, type: attribute.dataType, value: ticketValue(attribute, value) }];
  });
  const valuesOf = (type: TicketType, raw: JsonObject): Record<string, Json> => {
    const given = objectIn(raw['ticket_attributes']);
    return {
      contact_id: idOf(listIn(objectIn(raw['contacts'])['contacts'])[0]?.['id']), title: textOf(given['_default_title_']), description: textOf(given['_default_description_']), created_at: fromUnix(raw['created_at']),
      company_id: idOf(raw['company_id']), admin_assignee_id: idOf(raw['admin_assignee_id']), team_assignee_id: idOf(raw['team_assignee_id']),
      ...Object.fromEntries(type.attributes.filter((one) => !one.archived && !one.isDefault).map((one) => [one.name, ticketReadBack(one, given[one.name])])),
    };
  };
  const same = (left: Json | undefined, right: Json | undefined): boolean => comparableText(textOfBody(textOf(left) ?? '')) === comparableText(textOfBody(textOf(right) ?? ''));
  return {
    name: 'ticket', label: 'Ticket',
    fields: async () => [...own, ...await types.fields()],
    async find(values, except) {
      const type = await types.chosen();
      const createdAt = toUnix(values['created_at']);
      const filters: JsonObject[] = [{ field: 'contact_ids', operator: '=', value: values['contact_id'] ?? null }, ...(createdAt === null ? [] : [{ field: 'created_at', operator: '=', value: createdAt }])];
      for (const { id, type: dataType, value } of attributesOf(type, values)) {
        if ((dataType === 'string' && typeof value === 'string' && value.length <= FILTER_LENGTH) || dataType === 'integer') filters.push({ field: `ticket_attribute.${id}`, operator: '=', value });
      }
      const page = await client.call({ method: 'POST', path: '/tickets/search', endpoint: 'tickets.search', effect: 'read', body: { query: { operator: 'AND', value: filters.slice(0, ATTRIBUTE_FILTERS + 2) }, pagination: { per_page: 50 } } });
      const found = listIn(page['tickets']).find((row) => {
        const there = valuesOf(type, row);
        return !except.includes(String(row['id'])) && same(there['title'], values['title']) && same(there['description'], values['description']);
      });
      return found === undefined ? null : String(found['id']);
    },
    async create(values) {
      const type = await types.chosen();
      const createdAt = toUnix(values['created_at']);
      const [company, admin, team] = ['company_id', 'admin_assignee_id', 'team_assignee_id'].map((name) => idOf(values[name]));
      const attributes = attributesOf(type, values);
      const made = await client.call({
        method: 'POST', path: '/tickets', endpoint: 'tickets.create',
        body: {
          ticket_type_id: type.id, contacts: [{ id: values['contact_id'] ?? null }], skip_notifications: true, ...(createdAt === null ? {} : { created_at: createdAt }), ...(typeof company === 'string' ? { company_id: company } : {}),
          ticket_attributes: { _default_title_: values['title'] ?? '', ...(textOf(values['description']) === null ? {} : { _default_description_: values['description'] ?? null }), ...Object.fromEntries(attributes.map(({ name, value }) => [name, value])) },
          ...(typeof admin === 'string' || typeof team === 'string' ? { assignment: { ...(typeof admin === 'string' ? { admin_assignee_id: admin } : {}), ...(typeof team === 'string' ? { team_assignee_id: team } : {}) } } : {}),
        },
      });
      // `id`, never `ticket_id`: that is the number which people see.
      return { id: String(made['id']), seen: valuesOf(type, made) };
    },
    async update(id, values) {
      const type = await types.chosen();
      const fixed = ['contact_id', 'created_at'].filter((name) => name in values);
      if (fixed.length > 0) throw new RecordRejectedError({ code: 'part-cannot-change', message: `Ticket ${id}: ${fixed.join(', ')} cannot be changed any more.`, remedy: 'Intercom changes neither the customer nor the date of a ticket.', rejections: [{ index: 0, code: 'part-cannot-change', message: `${fixed.join(', ')} cannot be changed`, field: fixed[0] ?? '' }] });
      const attributes = Object.fromEntries(attributesOf(type, values).map(({ name, value }) => [name, value]));
      const said = { ...('title' in values ? { _default_title_: values['title'] ?? '' } : {}), ...('description' in values ? { _default_description_: values['description'] ?? '' } : {}), ...attributes };
      const put = (body: JsonObject): Promise<JsonObject> => client.call({ method: 'PUT', path: `/tickets/${id}`, endpoint: 'tickets.update', body: { ...body, skip_notifications: true } });
      if (Object.keys(said).length > 0 || 'company_id' in values) await put({ ...(Object.keys(said).length === 0 ? {} : { ticket_attributes: said }), ...('company_id' in values ? { company_id: values['company_id'] ?? null } : {}) });
      // One field for both, told apart by the id.
      for (const name of ['admin_assignee_id', 'team_assignee_id']) if (name in values) await put({ assignee_id: idOf(values[name]) ?? '0' });
    },
    async read(ids) {
      const type = await types.chosen();
      const found: ReadBack[] = [];
      for (const id of ids) {
        const raw = await getTicket(client, id);
        if (raw !== null) found.push({ id, values: valuesOf(type, raw), version: String(raw['updated_at'] ?? ''), changedBy: lastActor(raw, ticketParts(raw).parts) });
      }
      return found;
    },
    async dependants(id) {
      const raw = await getTicket(client, id);
      return (raw === null ? [] : ticketParts(raw).parts).filter((part) => partKind(part) !== 'system' && !isCorrection(part)).map((part): Dependant => ({ ofId: id, object: 'ticket_part', id: `${id}/${String(part['id'])}`, effect: 'deleted', label: `${partKind(part)} of ${textOf(objectIn(part['author'])['name']) ?? 'somebody'}`, ...madeBy(part) }));
    },
    async remove(id) {
      const answer = await client.ask({ method: 'DELETE', path: `/tickets/${id}`, endpoint: 'tickets.delete' });
      if ('fault' in answer && answer.fault.status !== 404) throw errorForFault(answer.fault, 'tickets.delete');
    },
    count: async () => Number((await client.call({ method: 'POST', path: '/tickets/search', endpoint: 'tickets.search', effect: 'read', body: { query: { field: 'created_at', operator: '>', value: 0 }, pagination: { per_page: 1 } } }))['total_count'] ?? 0),
  };
}
