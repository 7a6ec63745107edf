import type { Json, JsonObject } from '../../connector/json.ts';
import type { OdooClient } from './client.ts';
import { externalIdModule, unfinishedModule } from './keys.ts';
import { callLoad } from './load-call.ts';

/**
 * Some values can only be written after the record exists (date_open and date_last_stage_update of a lead up to 16: `create`
 * overwrites them with now). That second write is another transaction, and a crash between the two must not lose it. So the
 * record is created under an external id of the module `__portolan_unfinished__` whose name carries what is still owed:
 *
 *   crm_lead--<key>~date_open=20200102T030405~date_last_stage_update=20200202T030405
 *
 * `finish` writes the owed values, gives the records their real external ids and takes the unfinished ones away. It runs at
 * the end of every create and at the beginning of every lookup, so that whoever comes after a crash completes the work.
 * Only records under the names asked for are finished: those of another worker are that worker's.
 */
export function unfinishedName(name: string, owed: JsonObject): string {
  const parts = Object.entries(owed).map(([field, value]) => `${field}=${new Date(String(value)).toISOString().slice(0, 19).replaceAll(/[-:]/gu, '')}`);
  return [name, ...parts].join('~');
}

interface Unfinished { readonly dataId: number; readonly recordId: number; readonly name: string; readonly owed: ReadonlyMap<string, string> }

/** Unfinished records of a model are few: the batches in work, or those that a crash left. */
export async function finish(client: OdooClient, model: string, names: ReadonlySet<string>): Promise<void> {
  const rows = await client.searchRead('ir.model.data', [['module', '=', unfinishedModule], ['model', '=', model]], ['name', 'res_id']);
  const unfinished = rows.map(parseRow).filter((row) => names.has(row.name));
  if (unfinished.length === 0) return;
  const fields = [...new Set(unfinished.flatMap((row) => [...row.owed.keys()]))];
  // One call per set of fields, because an empty cell would empty the field. Rows are updated one by one: 59/s on 14, in one transaction.
  for (const set of groupBy(unfinished, (row) => fields.filter((field) => row.owed.has(field)).join(','))) {
    const columns = fields.filter((field) => set[0]?.owed.has(field) === true);
    await callLoad(client, model, ['.id', ...columns], set.map((row) => [String(row.recordId), ...columns.map((name) => row.owed.get(name) ?? '')]));
  }
  const known = await client.searchRead('ir.model.data', [['module', '=', externalIdModule], ['name', 'in', unfinished.map((row) => row.name)]], ['name']);
  const present = new Set(known.map((row) => String(row['name'])));
  const missing: Json[] = unfinished.filter((row) => !present.has(row.name)).map((row) => ({ module: externalIdModule, name: row.name, model, res_id: row.recordId }));
  if (missing.length > 0) await client.write('ir.model.data', 'create', { vals_list: missing });
  await client.write('ir.model.data', 'unlink', { ids: unfinished.map((row) => row.dataId) });
}

function parseRow(row: JsonObject): Unfinished {
  const [name = '', ...parts] = String(row['name']).split('~');
  const owed = new Map(parts.map((part) => {
    const [field = '', value = ''] = part.split('=');
    return [field, `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6, 8)} ${value.slice(9, 11)}:${value.slice(11, 13)}:${value.slice(13, 15)}`] as const;
  }));
  return { dataId: Number(row['id']), recordId: Number(row['res_id']), name, owed };
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}
