import type { CatalogField } from '../../../connector/catalog.ts';
import type { JsonObject } from '../../../connector/json.ts';
import type { IntercomClient } from '../client.ts';
import { comparableText, htmlOfText } from '../body-text.ts';
import { bodyIn } from '../conversation-values.ts';
import { errorForFault } from '../faults.ts';
import type { ObjectKind, ReadBack } from '../object-kind.ts';
import { idOf, listIn, textOf } from '../values.ts';

/** A contact's place in a company. Up to 1,000 companies a contact. */
export function contactCompanyKind(client: IntercomClient): ObjectKind {
  const of = async (contactId: string): Promise<readonly string[]> => {
    const answer = await client.ask({ method: 'GET', path: `/contacts/${encodeURIComponent(contactId)}/companies`, endpoint: 'contacts.companies' });
    if ('body' in answer) return listIn(answer.body['data'] ?? answer.body['companies']).map((row) => String(row['id']));
    if (answer.fault.status === 404) return [];
    throw errorForFault(answer.fault, 'contacts.companies');
  };
  return {
    name: 'contact/companies', label: 'Company of a contact',
    fields: async () => relationFields('contact', 'company'),
    async find(values) {
      const { record, value } = pair(values);
      return (await of(record)).includes(value) ? `${record}:${value}` : null;
    },
    async create(values) {
      const { record, value } = pair(values);
      await client.call({ method: 'POST', path: `/contacts/${record}/companies`, endpoint: 'contacts.attach_company', body: { id: value } });
      return { id: `${record}:${value}` };
    },
    async read(ids) {
      const found: ReadBack[] = [];
      for (const [record, wanted] of Map.groupBy(ids, (id) => id.split(':')[0] ?? '')) {
        const values = await of(record);
        for (const id of wanted) if (values.includes(id.slice(record.length + 1))) found.push({ id, values: { record, value: id.slice(record.length + 1) }, version: 'there' });
      }
      return found;
    },
    async remove(id) {
      const [record = '', value = ''] = id.split(':');
      const answer = await client.ask({ method: 'DELETE', path: `/contacts/${record}/companies/${value}`, endpoint: 'contacts.detach_company' });
      if ('fault' in answer && answer.fault.status !== 404) throw errorForFault(answer.fault, 'contacts.detach_company');
    },
  };
}

/** Notes on a contact: they carry no time of their own, and no call changes or deletes them. */
export function contactNoteKind(client: IntercomClient): ObjectKind {
  const notes = async (contactId: string): Promise<readonly JsonObject[]> => {
    const answer = await client.ask({ method: 'GET', path: `/contacts/${encodeURIComponent(contactId)}/notes`, endpoint: 'contacts.notes' });
    if ('body' in answer) return listIn(answer.body['data']);
    if (answer.fault.status === 404) return [];
    throw errorForFault(answer.fault, 'contacts.notes');
  };
  const valuesOf = (contactId: string, row: JsonObject): JsonObject => ({ contact_id: contactId, body: bodyIn(row), admin_id: idOf((row['author'] as JsonObject | undefined)?.['id']) });
  return {
    name: 'contact_note', label: 'Note on a contact',
    fields: async () => [
      { name: 'contact_id', label: 'Contact', type: 'reference', relatedObject: 'contact', required: true, readonly: false, custom: false },
      { name: 'body', label: 'Text', type: 'longText', required: true, readonly: false, custom: false },
      { name: 'admin_id', label: 'Admin', type: 'reference', relatedObject: 'admin', required: false, readonly: false, custom: false },
    ],
    async find(values) {
      const contactId = String(values['contact_id']);
      const wanted = comparableText(textOf(values['body']) ?? '');
      const same = (await notes(contactId)).find((row) => comparableText(bodyIn(row) ?? '') === wanted);
      return same === undefined ? null : `${contactId}/${String(same['id'])}`;
    },
    async create(values) {
      const contactId = String(values['contact_id']);
      const made = await client.call({ method: 'POST', path: `/contacts/${contactId}/notes`, endpoint: 'contacts.note', body: { body: htmlOfText(textOf(values['body']) ?? ''), ...(idOf(values['admin_id']) === null ? {} : { admin_id: String(values['admin_id']) }) } });
      return { id: `${contactId}/${String(made['id'])}`, seen: valuesOf(contactId, made) };
    },
    async read(ids) {
      const found: ReadBack[] = [];
      for (const [contactId, wanted] of Map.groupBy(ids, (id) => id.split('/')[0] ?? '')) {
        for (const row of await notes(contactId)) {
          const id = `${contactId}/${String(row['id'])}`;
          if (wanted.includes(id)) found.push({ id, values: valuesOf(contactId, row), version: String(row['created_at'] ?? '') });
        }
      }
      return found;
    },
  };
}

function relationFields(record: string, value: string): readonly CatalogField[] {
  return [['record', record], ['value', value]].map(([name = '', relatedObject = '']): CatalogField => ({ name, label: relatedObject, type: 'reference', relatedObject, required: true, readonly: false, custom: false }));
}

function pair(values: JsonObject): { readonly record: string; readonly value: string } {
  return { record: String(values['record']), value: String(values['value']) };
}
