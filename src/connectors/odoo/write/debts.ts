import { RecordRejectedError } from '../../../connector/errors.ts';
import type { Json } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import { externalIdModule, unfinishedModule } from './keys.ts';
import { callLoad } from './load-call.ts';

/**
 * Some of what a record needs can only be done after it exists, in another transaction, and a crash between the two must not
 * lose it. So the record is created under an external id of the module `__portolan_unfinished__` whose name carries what is
 * still owed:
 *
 *   crm_lead--<key>~date_open=20200102T030405
 *   res_partner--<key>~vacate=<company id>
 *   calendar_event--<key>~states=aodt~opportunity=17
 *
 * Paying a debt does what is owed, gives the record its real external id and takes the unfinished one away. It runs at the end of
 * every create and at the beginning of every lookup, so that whoever comes after a crash completes the work. Only records under
 * the names asked for are touched: those of another worker are that worker's.
 */
export interface Debt {
  readonly dataId: number; // of the unfinished external id
  readonly recordId: number;
  readonly name: string; // name part of the real external id
  readonly parts: ReadonlyMap<string, string>;
}

/** The whole unfinished external id. Parts are plain words: no '~', '=', '.', ',' or blank. */
export function debtId(name: string, parts: Readonly<Record<string, string>>): string {
  return `${unfinishedModule}.${[name, ...Object.entries(parts).map(([part, value]) => `${part}=${value}`)].join('~')}`;
}

/** Open debts of a model: few, the batches in work or those that a crash left. `names` = only of these records; null = all. */
export async function openDebts(client: OdooClient, model: string, names: ReadonlySet<string> | null): Promise<readonly Debt[]> {
  const rows = await client.searchRead('ir.model.data', [['module', '=', unfinishedModule], ['model', '=', model]], ['name', 'res_id']);
  const debts = rows.map((row): Debt => {
    const [name = '', ...parts] = String(row['name']).split('~');
    return { dataId: Number(row['id']), recordId: Number(row['res_id']), name, parts: new Map(parts.map((part) => part.split('=') as [string, string])) };
  });
  return names === null ? debts : debts.filter((debt) => names.has(debt.name));
}

/** Gives the records their real external ids and takes the unfinished ones away. */
export async function settleDebts(client: OdooClient, model: string, debts: readonly Debt[]): Promise<void> {
  if (debts.length === 0 || (debts.length <= fewDebts && await renamed(client, debts))) return;
  const known = await client.searchRead('ir.model.data', [['module', '=', externalIdModule], ['name', 'in', debts.map((debt) => debt.name)]], ['name']);
  const present = new Set(known.map((row) => String(row['name'])));
  const missing: Json[] = debts.filter((debt) => !present.has(debt.name)).map((debt) => ({ module: externalIdModule, name: debt.name, model, res_id: debt.recordId }));
  if (missing.length > 0) await client.write('ir.model.data', 'create', { vals_list: missing });
  await client.write('ir.model.data', 'unlink', { ids: debts.map((debt) => debt.dataId) });
}

/** Debts whose external ids are renamed, in one call; more are made and taken away in three, which take less time than one row after the other. */
const fewDebts = 20;

/** False = one of the real external ids is there already, from a call that was broken off in between; nothing was renamed. */
async function renamed(client: OdooClient, debts: readonly Debt[]): Promise<boolean> {
  try {
    await callLoad(client, 'ir.model.data', ['.id', 'module', 'name'], debts.map((debt) => [String(debt.dataId), externalIdModule, debt.name]));
    return true;
  } catch (error) {
    if (error instanceof RecordRejectedError) return false;
    throw error;
  }
}

/** Groups in the order of their first items. */
export function groupsBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly (readonly [Item, ...Item[]])[] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
