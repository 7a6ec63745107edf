import type { CatalogField } from '../../../connector/catalog.ts';
import type { MatchHit, MatchRequest } from '../../../connector/destination.ts';
import type { OdooClient } from '../client.ts';
import type { StandingTables } from './standing-tables.ts';

/**
 * Every record can be found by its external id ('mail.mt_note'), though no model has such a column: names and labels are
 * translated, external ids of Odoo's own data are not (subtype ids 1-3 on 14, 17, 18 and 19, but never promised).
 */
export const externalIdField: CatalogField = {
  name: 'external_id', label: 'External ID', type: 'text', required: false, readonly: true, custom: false, computed: true,
  description: 'Module and name, e.g. mail.mt_note. For look-ups only.',
};

/** Records of one model by `module.name`. Needs the right to read ir.model.data (17 on: Administration / Access Rights). */
export async function matchExternalIds(client: OdooClient, standing: StandingTables, request: MatchRequest): Promise<readonly MatchHit[]> {
  const wanted = new Map(request.values.filter((value) => /^[^.]+\.[^.]+$/u.test(value)).map((value) => [value, value.split('.') as [string, string]]));
  if (wanted.size === 0) return [];
  const all = await standing.externalIds(request.object);
  if (all !== null) return [...wanted.keys()].flatMap((value) => (all.has(value) ? [{ value, id: String(all.get(value)), values: {} }] : []));
  const modules = [...new Set([...wanted.values()].map(([module]) => module))];
  const names = [...new Set([...wanted.values()].map(([, name]) => name))];
  const rows = await client.searchRead('ir.model.data', [['model', '=', request.object], ['module', 'in', modules], ['name', 'in', names]], ['module', 'name', 'res_id']);
  return rows.flatMap((row) => {
    const value = `${String(row['module'])}.${String(row['name'])}`;
    return wanted.has(value) ? [{ value, id: String(row['res_id']), values: {} }] : [];
  });
}
