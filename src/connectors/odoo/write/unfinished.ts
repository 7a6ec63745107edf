import type { JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import { groupsBy, openDebts, settleDebts } from './debts.ts';
import { callLoad } from './load-call.ts';

/** Fields of a lead that `create` overwrites with now up to Odoo 16, and that are therefore written afterwards. */
const owedLeadFields = ['date_open', 'date_last_stage_update'] as const;

/** The values of a lead without those that are owed, and the owed ones; null = none. */
export function splitOwedDates(values: JsonObject): { readonly values: JsonObject; readonly owed: JsonObject | null } {
  const owed = Object.fromEntries(owedLeadFields.flatMap((name) => (values[name] === undefined || values[name] === null ? [] : [[name, values[name]] as const])));
  const now = Object.fromEntries(Object.entries(values).filter(([name]) => !owedLeadFields.some((field) => field === name)));
  return { values: now, owed: Object.keys(owed).length === 0 ? null : owed };
}

/** Owed dates as parts of a debt: `date_open=20200102T030405`. The values have been checked. */
export function owedDateParts(owed: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(owed).map(([field, value]) => [field, new Date(String(value)).toISOString().slice(0, 19).replaceAll(/[-:]/gu, '')]));
}

/** Writes the owed dates of leads. */
export async function payLeadDates(client: OdooClient, names: ReadonlySet<string>): Promise<void> {
  const debts = await openDebts(client, 'crm.lead', names);
  // One call per set of fields, because an empty cell would empty the field. Rows are updated one by one: 59/s on 14, in one transaction.
  for (const group of groupsBy(debts, (debt) => [...debt.parts.keys()].sort().join(','))) {
    const columns = [...group[0].parts.keys()].sort();
    await callLoad(client, 'crm.lead', ['.id', ...columns], group.map((debt) => [String(debt.recordId), ...columns.map((name) => dateText(debt.parts.get(name) ?? ''))]));
  }
  await settleDebts(client, 'crm.lead', debts);
}

function dateText(part: string): string {
  return `${part.slice(0, 4)}-${part.slice(4, 6)}-${part.slice(6, 8)} ${part.slice(9, 11)}:${part.slice(11, 13)}:${part.slice(13, 15)}`;
}
