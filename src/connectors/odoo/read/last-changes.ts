import type { LastChange } from '../../../connector/destination.ts';
import type { Json } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import type { OdooModels } from '../fields/models.ts';
import { isRelation } from '../write/relations.ts';
import { toRecordIds } from './read.ts';

const idsPerCall = 500;

/**
 * Who wrote to these records last, and when: `write_uid` with the user's name and `write_date`. Odoo notes nobody for a link of
 * a relation, so its record answers for it. A scheduled action shows as the user it runs as (OdooBot).
 */
export async function lastChanges(client: OdooClient, models: OdooModels, request: Readonly<{ object: string; ids: readonly string[] }>): Promise<ReadonlyMap<string, LastChange>> {
  const model = request.object.split('/')[0] ?? '';
  const recordOf = (id: string): string => (isRelation(request.object) ? id.split(':')[0] ?? '' : id);
  const known = await models.fieldsOrNull(model);
  const fields = ['write_uid', 'write_date'].filter((name) => known?.has(name));
  const found = new Map<string, LastChange>();
  const ids = fields.length === 0 ? [] : toRecordIds(request.ids.map(recordOf));
  for (let at = 0; at < ids.length; at += idsPerCall) {
    for (const row of await client.searchRead(model, [['id', 'in', ids.slice(at, at + idsPerCall)]], fields)) {
      const user = userOf(row['write_uid']);
      found.set(String(row['id']), { by: user?.name ?? null, at: isoOf(row['write_date']), ...(user?.id === client.uid ? { ownAccount: true } : {}) });
    }
  }
  return new Map(request.ids.flatMap((id) => {
    const change = found.get(recordOf(id));
    return change === undefined ? [] : [[id, change] as const];
  }));
}

/** Of a many2one to users: [2, 'Mitchell Admin']; false = the user was deleted. */
export function userOf(value: Json | undefined): { readonly id: number; readonly name: string } | null {
  if (!Array.isArray(value)) return null;
  const [id, name] = value as readonly Json[];
  return typeof id === 'number' && typeof name === 'string' && name !== '' ? { id, name } : null;
}

/** '2024-05-01 07:00:00', which Odoo gives in UTC, as ISO 8601. */
export function isoOf(value: Json | undefined): string | null {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/u.test(value) ? `${value.slice(0, 10)}T${value.slice(11, 19)}Z` : null;
}
