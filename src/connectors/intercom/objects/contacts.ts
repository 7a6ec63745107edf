import type { CatalogField } from '../../../connector/catalog.ts';
import type { Dependant, MatchHit } from '../../../connector/destination.ts';
import { AmbiguousError, RecordRejectedError } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import { nextPage, type IntercomClient } from '../client.ts';
import { errorForFault, type IntercomFault } from '../faults.ts';
import type { Made, ObjectKind, ReadBack } from '../object-kind.ts';
import { fromUnix, idOf, listIn, objectIn, textOf, toUnix } from '../values.ts';
import type { Attributes } from './attributes.ts';

const own: readonly CatalogField[] = ([
  ['external_id', 'External ID', 'text'], ['role', 'Role', 'selection'], ['email', 'E-mail', 'email'], ['name', 'Name', 'text'], ['phone', 'Phone', 'phone'],
  ['signed_up_at', 'Signed up', 'datetime'], ['last_seen_at', 'Last seen', 'datetime'], ['owner_id', 'Owner', 'reference'], ['unsubscribed_from_emails', 'Unsubscribed from e-mails', 'boolean'],
] as const).map(([name, label, type]) => ({ name, label, type, required: false, readonly: false, custom: false, ...(name === 'role' ? { options: [{ value: 'user', label: 'User' }, { value: 'lead', label: 'Lead' }] } : {}), ...(name === 'owner_id' ? { relatedObject: 'admin' } : {}) }));
const times = new Set(['signed_up_at', 'last_seen_at']);
const ownNames = new Set(own.map(({ name }) => name));
/** The description allows no null in them: what a new contact lacks is left out. */
const notNull = new Set(['role', 'external_id', 'email']);

/** Contacts: users told apart by `external_id`, then by e-mail. Intercom refuses a second one with a 409 that names the first. */
export function contactKind(client: IntercomClient, attributes: Attributes): ObjectKind {
  const custom = async (): Promise<ReadonlyMap<string, CatalogField>> => new Map((await attributes.fields('contact')).map((field) => [field.name, field]));
  const toBody = async (values: JsonObject, isNew: boolean): Promise<JsonObject> => {
    const fields = await custom();
    const body: Record<string, Json> = {};
    const customs: Record<string, Json> = {};
    for (const [name, value] of Object.entries(values)) {
      if (value === null && isNew && notNull.has(name)) continue;
      if (fields.has(name)) customs[name] = attributeValue(fields.get(name), value);
      else if (times.has(name)) body[name] = toUnix(value);
      else if (ownNames.has(name)) body[name] = value;
      else if (value !== null) throw unknownAttribute('contact', name);
    }
    return Object.keys(customs).length === 0 ? body : { ...body, custom_attributes: customs };
  };
  const toValues = async (row: JsonObject): Promise<ReadBack> => {
    const fields = await custom();
    const values: Record<string, Json> = {};
    for (const { name } of own) values[name] = times.has(name) ? fromUnix(row[name]) : name === 'owner_id' ? idOf(row[name]) : name === 'unsubscribed_from_emails' ? row[name] === true : textOf(row[name]);
    for (const [name, field] of fields) values[name] = attributeReadBack(field, objectIn(row['custom_attributes'])[name]);
    return { id: String(row['id']), values, version: String(row['updated_at'] ?? '') };
  };
  const get = async (path: string, endpoint: string): Promise<JsonObject | null> => {
    const answer = await client.ask({ method: 'GET', path, endpoint });
    if ('body' in answer) return answer.body;
    if (answer.fault.status === 404 || answer.fault.status === 410) return null;
    throw errorForFault(answer.fault, endpoint);
  };
  return {
    name: 'contact', label: 'Contact',
    fields: async () => [...own, ...await attributes.fields('contact')],
    async find(values) {
      const externalId = textOf(values['external_id']);
      if (externalId === null) return null;
      const row = await get(`/contacts/find_by_external_id/${encodeURIComponent(externalId)}`, 'contacts.find_by_external_id');
      return row === null ? null : String(row['id']);
    },
    async match(request) {
      const hits: MatchHit[] = [];
      for (const value of request.values) {
        const rows = request.field === 'id' ? [await get(`/contacts/${encodeURIComponent(value)}`, 'contacts.get')].filter((row) => row !== null) : await search(client, request.field, value);
        for (const row of rows) {
          const { id, values } = await toValues(row);
          hits.push({ value, id, values: Object.fromEntries((request.fields ?? []).map((name) => [name, values[name] ?? null])) });
        }
      }
      return hits;
    },
    async create(values) {
      const answer = await client.ask({ method: 'POST', path: '/contacts', endpoint: 'contacts.create', body: await toBody(values, true) });
      if ('body' in answer) return { id: String(answer.body['id']) };
      if (answer.fault.status === 409) return adopt(client, answer.fault);
      throw errorForFault(answer.fault, 'contacts.create');
    },
    async update(id, values) {
      const put = async (some: JsonObject): Promise<void> => { await client.call({ method: 'PUT', path: `/contacts/${id}`, endpoint: 'contacts.update', body: await toBody(some, false) }); };
      const { external_id: externalId, ...others } = values;
      if (externalId !== null) return put(values);
      // Nothing says how an external id is taken off again: by itself, so that a refusal takes nothing else along.
      if (Object.keys(others).length > 0) await put(others);
      await put({ external_id: null });
    },
    async read(ids) {
      const found: ReadBack[] = [];
      for (const id of ids) {
        const row = await get(`/contacts/${encodeURIComponent(id)}`, 'contacts.get');
        if (row !== null) found.push(await toValues(row));
      }
      return found;
    },
    /** Deleting a contact takes all its conversations along, whoever they are from. */
    async dependants(id) {
      const page = await client.call({ method: 'POST', path: '/conversations/search', endpoint: 'conversations.search', effect: 'read', body: { query: { field: 'contact_ids', operator: '=', value: id }, pagination: { per_page: 20 } } });
      return listIn(page['conversations']).map((row): Dependant => ({ ofId: id, object: 'conversation', id: String(row['id']), effect: 'deleted', label: textOf(row['title']) ?? 'conversation' }));
    },
    async remove(id) {
      const answer = await client.ask({ method: 'DELETE', path: `/contacts/${id}`, endpoint: 'contacts.delete' });
      if ('fault' in answer && answer.fault.status !== 404 && answer.fault.status !== 410) throw errorForFault(answer.fault, 'contacts.delete');
    },
    count: async () => Number((await client.call({ method: 'GET', path: '/contacts', query: { per_page: '1' }, endpoint: 'contacts.list' }))['total_count'] ?? 0),
  };
}

/**
 * The 409 of a create names the contact that stands in the way, in its text only. An archived one is brought back; one that
 * was merged away cannot be, and its record waits for a person.
 */
async function adopt(client: IntercomClient, fault: IntercomFault): Promise<Made> {
  const id = /\bid=([0-9a-f]{24})\b/iu.exec(fault.message)?.[1];
  if (id === undefined) throw errorForFault(fault, 'contacts.create');
  if (!/archived/iu.test(fault.message)) return { id, existing: true };
  await bringBack(client, id);
  return { id, existing: true, broughtBack: true };
}

/** Times that a contact is asked for whose answer was lost. */
const BRING_BACK_ATTEMPTS = 3;

/**
 * Brings a contact back from the archive. It is the same once or twice, so a lost answer is settled here: left to the caller, the
 * contact would be found by its external id with an intent of ours, and taken for one that the run has made.
 */
async function bringBack(client: IntercomClient, id: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await client.ask({ method: 'POST', path: `/contacts/${id}/unarchive`, endpoint: 'contacts.unarchive' });
      if ('body' in answer) return;
      const message = `An archived contact (${id}) has the same external id or e-mail and cannot be brought back: ${answer.fault.message}.`;
      throw new RecordRejectedError({ code: 'archived-twin', message, remedy: 'It was merged into another contact: give this record the e-mail of that one, or leave it out.', rejections: [{ index: 0, code: 'archived-twin', message }] });
    } catch (error) {
      if (!(error instanceof AmbiguousError) || attempt >= BRING_BACK_ATTEMPTS) throw error;
    }
  }
}

async function search(client: IntercomClient, field: string, value: string): Promise<readonly JsonObject[]> {
  const rows: JsonObject[] = [];
  for (let after: string | null = null; ;) {
    const page: JsonObject = await client.call({
      method: 'POST', path: '/contacts/search', endpoint: 'contacts.search', effect: 'read',
      body: { query: { field, operator: '=', value }, pagination: { per_page: 50, ...(after === null ? {} : { starting_after: after }) } },
    });
    rows.push(...listIn(page['data']));
    after = nextPage(page);
    if (after === null) return rows;
  }
}

/** A name that is neither Intercom's own nor an attribute of the workspace: sent at the top of a record it would be lost in silence. */
export function unknownAttribute(model: string, name: string): RecordRejectedError {
  const message = `The workspace has no ${model} attribute ${JSON.stringify(name)}`;
  return new RecordRejectedError({ code: 'unknown-attribute', message: `${message}.`, remedy: 'Make the attribute at Intercom (Settings > Data) or see in the run\'s fields why it could not be made; then retry.', rejections: [{ index: 0, code: 'unknown-attribute', message, field: name }] });
}

/** Attribute values go out as Intercom's types: times in seconds, numbers as numbers. */
export function attributeValue(field: CatalogField | undefined, value: Json): Json {
  if (value === null || field === undefined) return value;
  checkFits(field, value);
  if (field.type === 'datetime' || field.type === 'date') return toUnix(typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(value) ? `${value}T00:00:00Z` : value) ?? value;
  if (field.type === 'decimal' || field.type === 'integer') return typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)) ? Number(value) : value;
  return value;
}

/** What Intercom may cut off or keep as it is, without a word: nothing documents which. */
function checkFits(field: CatalogField, value: Json): void {
  const refuse = (code: string, message: string, remedy: string): never => {
    throw new RecordRejectedError({ code, message: `${message}.`, remedy, rejections: [{ index: 0, code, message, field: field.name, remedy }] });
  };
  if (field.maxLength !== undefined && typeof value === 'string' && value.length > field.maxLength) refuse('too-long', `${field.name} takes ${field.maxLength} characters, this value has ${value.length}: ${JSON.stringify(value.slice(0, 40))}…`, 'Shorten the value, or truncate it in the plan (a declared loss); then retry.');
  if (field.type === 'selection' && field.options !== undefined && !field.options.some((option) => option.value === value)) refuse('value-not-in-options', `${JSON.stringify(value)} is not an option of ${field.name} (${field.options.map((option) => option.value).join(', ')})`, 'Add the option to the attribute at Intercom, or map the value to one that is there; then retry.');
}

export function attributeReadBack(field: CatalogField, value: Json | undefined): Json {
  if (value === undefined || value === null || value === '') return null;
  if (field.type === 'datetime') return typeof value === 'number' ? fromUnix(value) : typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? new Date(value).toISOString().replace('.000Z', 'Z') : value;
  if (field.type === 'date') return typeof value === 'number' ? (fromUnix(value) ?? '').slice(0, 10) : value;
  if (field.type === 'decimal') return String(value);
  return value;
}
