import type { IntercomClient } from '../client.ts';
import { errorForFault } from '../faults.ts';
import type { ObjectKind, ReadBack } from '../object-kind.ts';
import { listIn, textOf } from '../values.ts';
import { matchIn } from './people.ts';

/** Tags: found or made by name, whatever its case. POST /tags does not say which of the two it did, so the list is looked at first. */
export function tagKind(client: IntercomClient): ObjectKind {
  const all = async (): Promise<readonly ReadBack[]> => listIn((await client.call({ method: 'GET', path: '/tags', endpoint: 'tags.list' }))['data'])
    .map((row) => ({ id: String(row['id']), values: { name: textOf(row['name']) }, version: textOf(row['name']) ?? '' }));
  const named = async (name: string): Promise<string | null> => matchIn(await all(), { object: 'tag', field: 'name', values: [name], ignoreCase: true })[0]?.id ?? null;
  return {
    name: 'tag', label: 'Tag',
    fields: async () => [{ name: 'name', label: 'Name', type: 'text', required: true, readonly: false, custom: false }],
    find: (values) => named(textOf(values['name']) ?? ''),
    match: async (request) => matchIn(await all(), request),
    async create(values) {
      const made = await client.call({ method: 'POST', path: '/tags', endpoint: 'tags.create', body: { name: values['name'] ?? null } });
      return { id: String(made['id']) };
    },
    async update(id, values) {
      await client.call({ method: 'POST', path: '/tags', endpoint: 'tags.rename', body: { id, name: values['name'] ?? null } });
    },
    read: async (ids) => (await all()).filter((row) => ids.includes(row.id)),
    async remove(id) {
      const answer = await client.ask({ method: 'DELETE', path: `/tags/${id}`, endpoint: 'tags.delete' });
      if ('fault' in answer && answer.fault.status !== 404) throw errorForFault(answer.fault, 'tags.delete');
    },
    count: async () => (await all()).length,
  };
}
