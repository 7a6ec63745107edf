import type { CatalogField } from '../../../connector/catalog.ts';
import { RecordRejectedError } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { IntercomClient } from '../client.ts';
import { conversationIn, lastActor, settingValues, type Conversation } from '../conversation-values.ts';
import type { ObjectKind, ReadBack } from '../object-kind.ts';
import { idOf, textOf, toUnix } from '../values.ts';
import { tokenAdmin } from './people.ts';
import type { Attributes } from './attributes.ts';
import { attributeReadBack, attributeValue, unknownAttribute } from './contacts.ts';
import { getConversation } from './conversations.ts';
import { NATIVE_PRIORITY, nativePriorityField, priorityInUpdate } from './native-priority.ts';

const own: readonly CatalogField[] = ([
  ['conversation_id', 'Conversation', 'reference'], ['actor_id', 'Acting admin', 'reference'], ['title', 'Title', 'text'], ['company_id', 'Company', 'reference'], ['tag_ids', 'Tags', 'references'], ['participant_ids', 'Contacts who take part', 'references'],
  ['admin_assignee_id', 'Assigned admin', 'reference'], ['team_assignee_id', 'Assigned team', 'reference'], ['state', 'State', 'selection'], ['snoozed_until', 'Snoozed until', 'datetime'],
] as const).map(([name, label, type]) => ({
  name, label, type, required: name === 'conversation_id' || name === 'actor_id', readonly: false, custom: false,
  ...(name === 'state' ? { options: ['open', 'closed', 'snoozed'].map((value) => ({ value, label: value })) } : {}),
}));
const notAttributes = new Set([...own.map((field) => field.name), NATIVE_PRIORITY]);

/**
 * What is set on a conversation when all its parts are in: tags, title and attributes in one call, assignment, and the state last,
 * since a later reply or assignment would open it again. Every attribute that is set leaves a visible line dated now,
 * so it is set once and only where there is a value. All of it is read from the answer to the last call.
 */
export function settingsKind(client: IntercomClient, attributes: Attributes): ObjectKind {
  const fieldsByName = async (): Promise<ReadonlyMap<string, CatalogField>> => new Map((await attributes.fields('conversation')).map((field) => [field.name, field]));
  const seenIn = async (conversation: Conversation): Promise<Record<string, Json>> => {
    const fields = await fieldsByName();
    const values = settingValues(conversation, [...fields.keys()]);
    for (const [name, field] of fields) values[name] = attributeReadBack(field, values[name]);
    return { ...values, conversation_id: conversation.id };
  };
  const part = async (id: string, endpoint: string, body: JsonObject): Promise<Conversation> => conversationIn(await client.call({ method: 'POST', path: `/conversations/${id}/parts`, endpoint, body }));
  return {
    name: 'conversation_settings', label: 'What is set on a conversation',
    fields: async () => [...own, ...(await client.preview() === null ? [] : [nativePriorityField]), ...await attributes.fields('conversation')],
    async find(values) {
      const conversation = await getConversation(client, String(values['conversation_id']));
      if (conversation === null) return null;
      return missing(values, await seenIn(conversation)).size === 0 ? conversation.id : null;
    },
    async create(values, { again }) {
      const id = String(values['conversation_id']);
      const fields = await fieldsByName();
      const actor = String(values['actor_id']);
      let last: Conversation | null = again ? await getConversation(client, id) : null;
      // A first time everything that has a value is missing; a second time only what the first did not come to.
      const open = missing(values, last === null ? {} : await seenIn(last));
      // Everything is checked before the first call: half of it would be visible at once.
      checkSnooze(values);
      const stray = [...open].find((name) => !notAttributes.has(name) && !fields.has(name));
      if (stray !== undefined) throw unknownAttribute('conversation', stray);
      const custom = Object.fromEntries([...open].filter((name) => !notAttributes.has(name)).map((name) => [name, attributeValue(fields.get(name), values[name] ?? null)]));
      const priority = await priorityInUpdate(client, open.has(NATIVE_PRIORITY) ? values[NATIVE_PRIORITY] : undefined, actor);
      for (const tag of open.has('tag_ids') ? tagsToAdd(values, last === null ? {} : await seenIn(last)) : []) {
        await client.call({ method: 'POST', path: `/conversations/${id}/tags`, endpoint: 'conversations.tag', body: { id: tag, admin_id: actor } });
        last = null;
      }
      // Adding somebody shows in the thread, and may be told to him: those who take part already are left alone.
      if (open.has('participant_ids')) {
        const present = await getConversation(client, id);
        for (const contact of present === null ? [] : idsToAdd('participant_ids', values, await seenIn(present))) {
          await client.call({ method: 'POST', path: `/conversations/${id}/customers`, endpoint: 'conversations.add_customer', body: { admin_id: actor, customer: { intercom_user_id: contact } } });
          last = null;
        }
      }
      const body: JsonObject = { ...(open.has('title') ? { title: values['title'] ?? null } : {}), ...(open.has('company_id') ? { company_id: values['company_id'] ?? null } : {}), ...(Object.keys(custom).length === 0 ? {} : { custom_attributes: custom }), ...priority.body };
      if (Object.keys(body).length > 0) last = conversationIn(await client.call({ method: 'PUT', path: `/conversations/${id}`, endpoint: 'conversations.update', body, ...inVersion(priority) }));
      const assign = (type: 'admin' | 'team', assignee: Json): Promise<Conversation> => part(id, 'conversations.assign', { message_type: 'assignment', type, admin_id: actor, assignee_id: String(assignee) });
      if (open.has('admin_assignee_id')) last = await assign('admin', values['admin_assignee_id'] ?? null);
      if (open.has('team_assignee_id')) last = await assign('team', values['team_assignee_id'] ?? null);
      // Assignment opens a closed conversation again: what was closed by an earlier attempt is closed once more.
      if (values['state'] === 'closed' && last?.raw['state'] !== 'closed') last = await part(id, 'conversations.close', { message_type: 'close', type: 'admin', admin_id: actor });
      if (values['state'] === 'snoozed' && last?.raw['state'] !== 'snoozed') last = await part(id, 'conversations.snooze', { message_type: 'snoozed', admin_id: actor, snoozed_until: toUnix(values['snoozed_until']) });
      last ??= await getConversation(client, id);
      return { id, ...(last === null ? {} : { seen: { ...await seenIn(last), actor_id: values['actor_id'] ?? null } }) };
    },
    /** What changed at the source: only that is sent. Who acts is in the changes (`writtenTogether`), else the admin of the token. */
    async update(id, values) {
      const conversation = await getConversation(client, id);
      if (conversation === null) throw gone(id);
      const fields = await fieldsByName();
      const stray = Object.keys(values).find((name) => !notAttributes.has(name) && !fields.has(name));
      if (stray !== undefined) throw unknownAttribute('conversation', stray);
      checkSnooze(values);
      const actor = idOf(values['actor_id']) ?? await tokenAdmin(client);
      const before = settingValues(conversation, []);
      if ('tag_ids' in values) {
        for (const tag of tagsToAdd(values, before)) await client.call({ method: 'POST', path: `/conversations/${id}/tags`, endpoint: 'conversations.tag', body: { id: tag, admin_id: actor } });
        for (const tag of idsIn(before['tag_ids']).filter((one) => !idsIn(values['tag_ids']).includes(one))) await client.call({ method: 'DELETE', path: `/conversations/${id}/tags/${tag}`, endpoint: 'conversations.untag', body: { admin_id: actor } });
      }
      for (const contact of idsToAdd('participant_ids', values, { participant_ids: before['participant_ids'] ?? null })) {
        await client.call({ method: 'POST', path: `/conversations/${id}/customers`, endpoint: 'conversations.add_customer', body: { admin_id: actor, customer: { intercom_user_id: contact } } });
      }
      // An attribute that became empty keeps its value: nothing says how one is cleared.
      const custom = Object.fromEntries(Object.entries(values).filter(([name, value]) => !notAttributes.has(name) && value !== null && value !== '').map(([name, value]) => [name, attributeValue(fields.get(name), value)]));
      const priority = await priorityInUpdate(client, values[NATIVE_PRIORITY], actor);
      const body: JsonObject = { ...('title' in values && values['title'] !== null ? { title: values['title'] ?? null } : {}), ...('company_id' in values ? { company_id: values['company_id'] ?? null } : {}), ...(Object.keys(custom).length === 0 ? {} : { custom_attributes: custom }), ...priority.body };
      if (Object.keys(body).length > 0) await client.call({ method: 'PUT', path: `/conversations/${id}`, endpoint: 'conversations.update', body, ...inVersion(priority) });
      const act = (endpoint: string, what: JsonObject): Promise<Conversation> => part(id, endpoint, { ...what, admin_id: actor });
      let assigned = false;
      for (const type of ['admin', 'team'] as const) {
        if (!(`${type}_assignee_id` in values)) continue;
        await act('conversations.assign', { message_type: 'assignment', type, assignee_id: idOf(values[`${type}_assignee_id`]) ?? '0' });
        assigned = true;
      }
      // Assignment opens a closed conversation again: it goes back to the state that it had, unless another is wanted.
      const state = textOf(values['state']) ?? (assigned ? textOf(before['state']) : null);
      const until = toUnix(values['snoozed_until'] ?? before['snoozed_until'] ?? null);
      if (state === 'closed') await act('conversations.close', { message_type: 'close', type: 'admin' });
      else if (state === 'snoozed' && until !== null) await act('conversations.snooze', { message_type: 'snoozed', snoozed_until: until });
      else if (state === 'open' && before['state'] !== 'open') await act('conversations.open', { message_type: 'open' });
    },
    async read(ids) {
      const found: ReadBack[] = [];
      for (const id of ids) {
        const conversation = await getConversation(client, id);
        if (conversation !== null) found.push({ id, values: await seenIn(conversation), version: String(conversation.raw['updated_at'] ?? ''), changedBy: lastActor(conversation.raw, conversation.parts) });
      }
      return found;
    },
  };
}

const inVersion = ({ version }: { readonly version?: string }): { readonly version?: string } => (version === undefined ? {} : { version });

function gone(id: string): RecordRejectedError {
  const message = `Conversation ${id} is gone`;
  return new RecordRejectedError({ code: 'not-found', message: `${message}.`, remedy: 'Somebody deleted it: leave the record out.', rejections: [{ index: 0, code: 'not-found', message }] });
}

/** Names of the values that are wanted and not there yet. Empty values are never set. */
export function missing(values: JsonObject, seen: JsonObject): ReadonlySet<string> {
  return new Set(Object.entries(values).filter(([name, value]) => {
    if (name === 'conversation_id' || name === 'ticket_id' || name === 'actor_id' || value === null || value === '' || (Array.isArray(value) && value.length === 0)) return false;
    if (name === NATIVE_PRIORITY && value === 'none' && seen[name] === undefined) return false; // as every conversation begins
    if (name === 'tag_ids') return tagsToAdd(values, seen).length > 0;
    if (name === 'participant_ids') return idsToAdd('participant_ids', values, seen).length > 0;
    return String(seen[name] ?? '') !== String(value);
  }).map(([name]) => name));
}

export const tagsToAdd = (values: JsonObject, seen: JsonObject): readonly string[] => idsToAdd('tag_ids', values, seen);

function idsToAdd(name: string, values: JsonObject, seen: JsonObject): readonly string[] {
  const there = new Set(idsIn(seen[name]));
  return idsIn(values[name]).filter((id) => !there.has(id));
}

const idsIn = (value: Json | undefined): readonly string[] => (Array.isArray(value) ? value as readonly Json[] : []).map(String);

/** A time that lies behind would wake the conversation at once, or be refused: nothing documents which. */
function checkSnooze(values: JsonObject): void {
  if (values['state'] !== 'snoozed') return;
  const until = toUnix(values['snoozed_until']);
  if (until !== null && until * 1000 > Date.now()) return;
  const message = `snoozed_until ${textOf(values['snoozed_until']) ?? '(empty)'} does not lie in the future`;
  throw new RecordRejectedError({ code: 'snooze-in-past', message: `${message}.`, remedy: 'Give a date in the future, or leave such tickets open.', rejections: [{ index: 0, code: 'snooze-in-past', message, field: 'snoozed_until' }] });
}
