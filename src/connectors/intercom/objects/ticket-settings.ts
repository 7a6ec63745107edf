import type { CatalogField } from '../../../connector/catalog.ts';
import { RecordRejectedError } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { IntercomClient } from '../client.ts';
import { lastActor } from '../conversation-values.ts';
import type { ObjectKind, ReadBack } from '../object-kind.ts';
import type { TicketState, TicketTypes } from '../ticket-types.ts';
import { idOf, listIn, objectIn, textOf } from '../values.ts';
import { tokenAdmin } from './people.ts';
import { missing, tagsToAdd } from './settings.ts';
import { getTicket, ticketParts } from './tickets.ts';

const own: readonly CatalogField[] = ([
  ['ticket_id', 'Ticket', 'reference'], ['actor_id', 'Acting admin', 'reference'], ['tag_ids', 'Tags', 'references'], ['state_category', 'State', 'selection'], ['state_label', 'State by its name', 'text'], ['open', 'Open', 'boolean'],
] as const).map(([name, label, type]) => ({
  name, label, type, required: name === 'ticket_id' || name === 'actor_id', readonly: false, custom: false,
  ...(name === 'state_category' ? { options: ['submitted', 'in_progress', 'waiting_on_customer', 'resolved'].map((value) => ({ value, label: value })) } : {}),
}));

/** What is set on a ticket when all its parts are in: tags, then its state, in silence. States are made by people; they are named by kind or by name. */
export function ticketSettingsKind(client: IntercomClient, types: TicketTypes): ObjectKind {
  const seenIn = (raw: JsonObject): Record<string, Json> => {
    const state = objectIn(raw['ticket_state']);
    return {
      ticket_id: String(raw['id']), tag_ids: listIn(objectIn(raw['tags'])['tags']).map((tag) => String(tag['id'])).toSorted(),
      state_category: textOf(state['category']), state_label: textOf(state['internal_label']), open: raw['open'] === true,
    };
  };
  return {
    name: 'ticket_settings', label: 'What is set on a ticket',
    fields: async () => own,
    async find(values) {
      const raw = await getTicket(client, String(values['ticket_id']));
      return raw !== null && missing(values, seenIn(raw)).size === 0 ? String(raw['id']) : null;
    },
    async create(values, { again }) {
      const id = String(values['ticket_id']);
      const actor = String(values['actor_id']);
      let last: JsonObject | null = again ? await getTicket(client, id) : null;
      const open = missing(values, last === null ? {} : seenIn(last));
      const state = open.has('state_label') || open.has('state_category') ? stateOf(await types.states(), values) : null;
      for (const tag of open.has('tag_ids') ? tagsToAdd(values, last === null ? {} : seenIn(last)) : []) {
        await client.call({ method: 'POST', path: `/tickets/${id}/tags`, endpoint: 'tickets.tag', body: { id: tag, admin_id: actor } });
        last = null;
      }
      if (state !== null || open.has('open')) {
        last = await client.call({ method: 'PUT', path: `/tickets/${id}`, endpoint: 'tickets.update', body: { ...(state === null ? {} : { ticket_state_id: state.id }), ...(open.has('open') ? { open: values['open'] === true } : {}), skip_notifications: true, ...(/^\d+$/u.test(actor) ? { admin_id: Number(actor) } : {}) } });
      }
      last ??= await getTicket(client, id);
      return { id, ...(last === null ? {} : { seen: { ...seenIn(last), actor_id: values['actor_id'] ?? null } }) };
    },
    async update(id, values) {
      const raw = await getTicket(client, id);
      const before = raw === null ? {} : seenIn(raw);
      const actor = idOf(values['actor_id']) ?? await tokenAdmin(client);
      if ('tag_ids' in values) {
        for (const tag of tagsToAdd(values, before)) await client.call({ method: 'POST', path: `/tickets/${id}/tags`, endpoint: 'tickets.tag', body: { id: tag, admin_id: actor } });
        for (const tag of tagsToAdd({ tag_ids: before['tag_ids'] ?? null }, values)) await client.call({ method: 'DELETE', path: `/tickets/${id}/tags/${tag}`, endpoint: 'tickets.untag', body: { admin_id: actor } });
      }
      const state = textOf(values['state_label']) !== null || textOf(values['state_category']) !== null ? stateOf(await types.states(), values) : null;
      if (state !== null || 'open' in values) await client.call({ method: 'PUT', path: `/tickets/${id}`, endpoint: 'tickets.update', body: { ...(state === null ? {} : { ticket_state_id: state.id }), ...('open' in values ? { open: values['open'] === true } : {}), skip_notifications: true } });
    },
    async read(ids) {
      const found: ReadBack[] = [];
      for (const id of ids) {
        const raw = await getTicket(client, id);
        if (raw !== null) found.push({ id, values: seenIn(raw), version: String(raw['updated_at'] ?? ''), changedBy: lastActor(raw, ticketParts(raw).parts) });
      }
      return found;
    },
  };
}

function stateOf(states: readonly TicketState[], values: JsonObject): TicketState {
  const [label, category] = [textOf(values['state_label']), textOf(values['state_category'])];
  const state = states.find((one) => (label === null ? one.category === category : one.label.toLowerCase() === label.toLowerCase()));
  if (state !== undefined) return state;
  const message = `No state of tickets is called ${JSON.stringify(label ?? category)} (there are ${states.map((one) => `${one.label} [${one.category}]`).join(', ')})`;
  throw new RecordRejectedError({ code: 'no-such-state', message: `${message}.`, remedy: 'Make the state at Intercom (Settings > Tickets > Ticket states), or choose one that is there; then retry.', rejections: [{ index: 0, code: 'no-such-state', message, field: label === null ? 'state_category' : 'state_label' }] });
}
