import type { Json } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import type { OdooField } from '../fields/field-types.ts';
import { loadColumn, type Cell } from '../values/load-cells.ts';
import type { LoadGroup } from './load-groups.ts';
import { externalIdModule } from './keys.ts';

/**
 * External ids of linked records. `load` resolves a link by database id with one ORM search per cell; by external id with one
 * small query per distinct value, kept for the call. 500 leads with stage, partner, user and two tags: 104-159/s against
 * 80-113/s on the same busy machine [14]. So links are written by external id wherever all values of a column have one.
 */
export interface LinkNames {
  /** Columns and rows of a group, with links in the cheapest form. */
  columnsAndCells(group: LoadGroup, fields: ReadonlyMap<string, OdooField>): Promise<{ readonly columns: readonly string[]; readonly cells: readonly (readonly Cell[])[] }>;
}

/** Rows whose links are found by database id: to ask for external ids first costs a call a column. */
const fewRows = 20;

export function createLinkNames(client: OdooClient): LinkNames {
  const known = new Map<string, Map<number, string>>();
  const namesOf = async (model: string, ids: readonly number[], rows: number): Promise<ReadonlyMap<number, string>> => {
    const names = known.get(model) ?? new Map<number, string>();
    known.set(model, names);
    const asked = ids.filter((id) => !names.has(id));
    if (asked.length > 0 && rows > fewRows) for (const [id, name] of await readLinkNames(client, model, asked)) names.set(id, name);
    return names;
  };
  return {
    async columnsAndCells(group, fields) {
      const columns: string[] = [];
      const translations: (ReadonlyMap<number, string> | null)[] = [];
      for (const [at, name] of group.names.entries()) {
        const field = fields.get(name);
        const translation = field === undefined ? null : await translationOf(namesOf, field, group.rows.map((row) => row.cells[at] ?? ''));
        translations.push(translation);
        columns.push(translation !== null ? `${name}/id` : field === undefined ? name : loadColumn(name, field));
      }
      const cells = group.rows.map((row) => row.cells.map((cell, at) => {
        const translation = translations[at] ?? null;
        return translation === null || typeof cell !== 'string' || cell === '' ? cell : cell.split(',').map((id) => translation.get(Number(id)) ?? '').join(',');
      }));
      return { columns, cells };
    },
  };
}

/** One external id for each record that has any, ours first. */
export async function readLinkNames(client: OdooClient, model: string, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const names = new Map<number, string>();
  const domain: Json = [['model', '=', model], ['res_id', 'in', [...ids]]];
  for (const row of await client.searchRead('ir.model.data', domain, ['module', 'name', 'res_id'])) {
    const name = `${String(row['module'])}.${String(row['name'])}`;
    // A comma would split a list cell; an unfinished name is about to go.
    if (/^\w+\.[\w.-]+$/u.test(name) && (String(row['module']) === externalIdModule || !names.has(Number(row['res_id'])))) names.set(Number(row['res_id']), name);
  }
  return names;
}

/** Null = the column stays with database ids: no link, or a value without an external id. */
async function translationOf(namesOf: (model: string, ids: readonly number[], rows: number) => Promise<ReadonlyMap<number, string>>, field: OdooField, cells: readonly Cell[]): Promise<ReadonlyMap<number, string> | null> {
  if (field.type !== 'many2one' && field.type !== 'many2many') return null;
  const ids = [...new Set(cells.flatMap((cell) => (typeof cell !== 'string' || cell === '' ? [] : cell.split(',').map(Number))))];
  if (ids.length === 0 || field.relation === undefined) return null;
  const names = await namesOf(field.relation, ids, cells.length);
  return ids.every((id) => names.has(id)) ? names : null;
}
