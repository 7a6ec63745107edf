import type { Json, JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import { openDebts, settleDebts } from './debts.ts';
import { externalIdName } from './keys.ts';

/**
 * A company without an address gets the address of its first child when that child is created [14 17 18 19]: Odoo takes it for
 * the company's. The company must keep none, so its address is emptied again in a second call; until then the child owes it
 * (`debts.ts`, `vacate=<company id>`).
 */
const addressFields = ['street', 'street2', 'zip', 'city', 'state_id', 'country_id'] as const;

interface Child { readonly key: string; readonly values: JsonObject }

/** Children with an address whose company has none and no other child: key → company id. */
export async function companiesToVacate(client: OdooClient, children: readonly Child[]): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const candidates = children.filter(({ values }) => filled(values['parent_id']) && addressFields.some((name) => filled(values[name])));
  const parentOf = new Map(candidates.map((child) => [child.key, Number(child.values['parent_id'])]));
  if (parentOf.size === 0) return new Map();
  const rows = await client.searchRead('res.partner', [['id', 'in', [...new Set(parentOf.values())]], ['active', 'in', [true, false]]], [...addressFields, 'child_ids']);
  const atRisk = new Set(rows.filter((row) => isEmpty(row['child_ids'] ?? null) && addressFields.every((name) => isEmpty(row[name] ?? null))).map((row) => Number(row['id'])));
  // Asked last: a child that an earlier call made keeps its external id, debt included; under another one it would be made twice.
  const owing = new Map((await openDebts(client, 'res.partner', null)).map((debt) => [debt.name, debt.parts.get('vacate')]));
  const found = new Map<string, { readonly vacate: string }>();
  for (const [key, parent] of parentOf) {
    const company = owing.get(externalIdName('res.partner', key)) ?? (atRisk.has(parent) ? String(parent) : undefined);
    if (company !== undefined) found.set(key, { vacate: company });
  }
  return found;
}

/**
 * Empties the addresses that companies took over from the children of these names.
 * A company whose address is not the child's is left alone: somebody has given it one.
 */
export async function vacateCompanies(client: OdooClient, names: ReadonlySet<string>): Promise<void> {
  const debts = await openDebts(client, 'res.partner', names);
  if (debts.length === 0) return;
  const companyOf = (debt: (typeof debts)[number]): number => Number(debt.parts.get('vacate'));
  const partners = await client.searchRead('res.partner', [['id', 'in', [...new Set(debts.flatMap((debt) => [debt.recordId, companyOf(debt)]))]], ['active', 'in', [true, false]]], [...addressFields]);
  const byId = new Map(partners.map((row) => [Number(row['id']), row]));
  const taken = debts.filter((debt) => sameAddress(byId.get(debt.recordId), byId.get(companyOf(debt))));
  if (taken.length > 0) await client.write('res.partner', 'write', { ids: [...new Set(taken.map(companyOf))], vals: Object.fromEntries(addressFields.map((name) => [name, false])) });
  await settleDebts(client, 'res.partner', debts);
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
