import type { Json, JsonObject } from '../../connector/json.ts';
import type { OdooClient } from './client.ts';
import { externalIdModule, externalIdName, unfinishedModule } from './keys.ts';

/**
 * A company without an address gets the address of its first child when that child is created [14 17 18 19]: Odoo takes it for
 * the company's. The company must keep none, so its address is emptied again in a second call. As with `unfinished.ts` the debt
 * travels in the external id of the child, `res_partner--<key>~vacate=<company id>`, until it is paid: whoever looks the
 * child up after a crash pays it.
 */
const addressFields = ['street', 'street2', 'zip', 'city', 'state_id', 'country_id'] as const;
const mark = '~vacate=';

interface Child { readonly key: string; readonly values: JsonObject }

/** Children with an address whose company has none and no other child: key → company id. */
export async function companiesToVacate(client: OdooClient, children: readonly Child[]): Promise<ReadonlyMap<string, number>> {
  const candidates = children.filter(({ values }) => filled(values['parent_id']) && addressFields.some((name) => filled(values[name])));
  const parentOf = new Map(candidates.map((child) => [child.key, Number(child.values['parent_id'])]));
  if (parentOf.size === 0) return new Map();
  const rows = await client.searchRead('res.partner', [['id', 'in', [...new Set(parentOf.values())]], ['active', 'in', [true, false]]], [...addressFields, 'child_ids']);
  const atRisk = new Set(rows.filter((row) => isEmpty(row['child_ids'] ?? null) && addressFields.every((name) => isEmpty(row[name] ?? null))).map((row) => Number(row['id'])));
  // Asked last: a child that an earlier call made keeps its external id, debt included; under another one it would be made twice.
  const owing = new Map((await client.searchRead('ir.model.data', [['module', '=', unfinishedModule], ['model', '=', 'res.partner']], ['name'])).map((row) => String(row['name']).split(mark) as [string, string]));
  const owed = [...parentOf.keys()].flatMap((key): [string, number][] => {
    const company = owing.get(externalIdName('res.partner', key));
    return company === undefined ? [] : [[key, Number(company)]];
  });
  return new Map([...[...parentOf].filter(([, parent]) => atRisk.has(parent)), ...owed]);
}

/** External id under which such a child is created. */
export function vacatingId(name: string, companyId: number): string {
  return `${unfinishedModule}.${name}${mark}${companyId}`;
}

/**
 * Empties the addresses that companies took over from the children of these names, and gives the children their real external ids.
 * A company whose address is not the child's is left alone: somebody has given it one.
 */
export async function vacateCompanies(client: OdooClient, names: ReadonlySet<string>): Promise<void> {
  const rows = await client.searchRead('ir.model.data', [['module', '=', unfinishedModule], ['model', '=', 'res.partner']], ['name', 'res_id']);
  const debts = rows.flatMap((row) => {
    const [name = '', company = ''] = String(row['name']).split(mark);
    return names.has(name) && company !== '' ? [{ dataId: Number(row['id']), childId: Number(row['res_id']), companyId: Number(company), name }] : [];
  });
  if (debts.length === 0) return;
  const partners = await client.searchRead('res.partner', [['id', 'in', [...new Set(debts.flatMap((debt) => [debt.childId, debt.companyId]))]], ['active', 'in', [true, false]]], [...addressFields]);
  const byId = new Map(partners.map((row) => [Number(row['id']), row]));
  const taken = debts.filter((debt) => sameAddress(byId.get(debt.childId), byId.get(debt.companyId)));
  if (taken.length > 0) await client.write('res.partner', 'write', { ids: [...new Set(taken.map((debt) => debt.companyId))], vals: Object.fromEntries(addressFields.map((name) => [name, false])) });
  const known = await client.searchRead('ir.model.data', [['module', '=', externalIdModule], ['name', 'in', debts.map((debt) => debt.name)]], ['name']);
  const present = new Set(known.map((row) => String(row['name'])));
  const missing: Json[] = debts.filter((debt) => !present.has(debt.name)).map((debt) => ({ module: externalIdModule, name: debt.name, model: 'res.partner', res_id: debt.childId }));
  if (missing.length > 0) await client.write('ir.model.data', 'create', { vals_list: missing });
  await client.write('ir.model.data', 'unlink', { ids: debts.map((debt) => debt.dataId) });
}

function sameAddress(child: JsonObject | undefined, company: JsonObject | undefined): boolean {
  if (child === undefined || company === undefined) return false;
  const text = (row: JsonObject): string => JSON.stringify(addressFields.map((name) => row[name] ?? false));
  return text(child) === text(company);
}

function filled(value: Json | undefined): boolean {
  return value !== undefined && !isEmpty(value);
}

function isEmpty(value: Json): boolean {
  return value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0);
}
