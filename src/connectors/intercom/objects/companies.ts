import type { CatalogField } from '../../../connector/catalog.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { IntercomClient } from '../client.ts';
import { errorForFault } from '../faults.ts';
import type { ObjectKind, ReadBack } from '../object-kind.ts';
import { fromUnix, objectIn, textOf, toUnix } from '../values.ts';
import type { Attributes } from './attributes.ts';
import { attributeReadBack, attributeValue, unknownAttribute } from './contacts.ts';

const own: readonly CatalogField[] = ([
  ['company_id', 'Company ID', 'text'], ['name', 'Name', 'text'], ['website', 'Website', 'url'], ['industry', 'Industry', 'text'], ['plan', 'Plan', 'text'], ['size', 'Size', 'integer'], ['remote_created_at', 'Created', 'datetime'],
] as const).map(([name, label, type]) => ({ name, label, type, required: name === 'company_id', readonly: false, custom: false }));

const ownNames = new Set(own.map(({ name }) => name));
/** An update takes neither: the key never changes, and the date is told once. */
const onlyAtFirst = new Set(['company_id', 'remote_created_at']);

/** Companies: POST is an upsert by `company_id`, which nobody may change later. One without contacts shows nowhere in Intercom. */
export function companyKind(client: IntercomClient, attributes: Attributes): ObjectKind {
  const byKey = async (companyId: string): Promise<JsonObject | null> => {
    const answer = await client.ask({ method: 'GET', path: '/companies', query: { company_id: companyId }, endpoint: 'companies.find' });
    if ('body' in answer) return answer.body;
    if (answer.fault.status === 404) return null;
    throw errorForFault(answer.fault, 'companies.find');
  };
  const toBody = async (values: JsonObject, isNew: boolean): Promise<JsonObject> => {
    const fields = new Map((await attributes.fields('company')).map((field) => [field.name, field]));
    const body: Record<string, Json> = {};
    const customs: Record<string, Json> = {};
    for (const [name, value] of Object.entries(values)) {
      if (value === null) continue; // the description allows no null here
      if (fields.has(name)) customs[name] = attributeValue(fields.get(name), value);
      else if (!ownNames.has(name)) throw unknownAttribute('company', name);
      else if (isNew || !onlyAtFirst.has(name)) body[name] = name === 'remote_created_at' ? toUnix(value) : value;
    }
    return Object.keys(customs).length === 0 ? body : { ...body, custom_attributes: customs };
  };
  const toValues = async (row: JsonObject): Promise<ReadBack> => {
    const values: Record<string, Json> = {};
    for (const { name } of own) values[name] = name === 'remote_created_at' ? fromUnix(row[name]) : name === 'size' ? (typeof row[name] === 'number' ? row[name] : null) : name === 'plan' ? textOf(objectIn(row['plan'])['name']) ?? textOf(row['plan']) : textOf(row[name]);
    for (const field of await attributes.fields('company')) values[field.name] = attributeReadBack(field, objectIn(row['custom_attributes'])[field.name]);
    return { id: String(row['id']), values, version: String(row['updated_at'] ?? '') };
  };
  return {
    name: 'company', label: 'Company',
    fields: async () => [...own, ...await attributes.fields('company')],
    async find(values) {
      const key = textOf(values['company_id']);
      const row = key === null ? null : await byKey(key);
      return row === null ? null : String(row['id']);
    },
    create: async (values) => ({ id: String((await client.call({ method: 'POST', path: '/companies', endpoint: 'companies.create', body: await toBody(values, true) }))['id']) }),
    async update(id, values) {
      await client.call({ method: 'PUT', path: `/companies/${id}`, endpoint: 'companies.update', body: await toBody(values, false) });
    },
    async read(ids) {
      const found: ReadBack[] = [];
      for (const id of ids) {
        const answer = await client.ask({ method: 'GET', path: `/companies/${encodeURIComponent(id)}`, endpoint: 'companies.get' });
        if ('body' in answer) found.push(await toValues(answer.body));
        else if (answer.fault.status !== 404) throw errorForFault(answer.fault, 'companies.get');
      }
      return found;
    },
    async remove(id) {
      const answer = await client.ask({ method: 'DELETE', path: `/companies/${id}`, endpoint: 'companies.delete' });
      if ('fault' in answer && answer.fault.status !== 404) throw errorForFault(answer.fault, 'companies.delete');
    },
  };
}
