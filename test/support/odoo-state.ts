import type { OdooSimulator } from '../../src/simulators/odoo/simulator.ts';

/** Every model that the route writes into, looks at, or must leave alone. */
export const watchedModels = ['res.partner', 'crm.lead', 'crm.stage', 'crm.tag', 'res.partner.category', 'crm.lost.reason', 'mail.message', 'ir.model.fields', 'ir.model.data',
  'mail.followers', 'mail.activity', 'mail.mail', 'res.users', 'ir.attachment'] as const;
export type Row = Readonly<Record<string, unknown>>;
export type OdooState = { readonly [model: string]: readonly Row[] };

/** The simulator's tables as they are now, ids and dates of writing included. */
export function stateOf(odoo: OdooSimulator): OdooState {
  return Object.fromEntries(watchedModels.map((model) => [model, odoo.state.rows(model).map((row) => ({ ...row }))]));
}

/** Rows of a model that fulfil the condition. */
export function rowsWhere(odoo: OdooSimulator, model: string, condition: (row: Row) => boolean): readonly Row[] {
  return odoo.state.rows(model).filter(condition);
}

/** Model of each reference field that the route writes or Odoo computes. */
const references: { readonly [field: string]: string } = {
  parent_id: 'res.partner', commercial_partner_id: 'res.partner', partner_id: 'res.partner', author_id: 'res.partner', stage_id: 'crm.stage', tag_ids: 'crm.tag', category_id: 'res.partner.category',
  lost_reason: 'crm.lost.reason', lost_reason_id: 'crm.lost.reason', user_id: 'res.users', model_id: 'ir.model',
};

/**
 * The state without what depends on the moment and the order of creation: ids are replaced by the external ids of the load
 * (those of records that were there before stay), dates of writing are left out, rows are sorted. Two loads of the same
 * records into two like servers give the same.
 */
export function comparable(state: OdooState): { readonly [model: string]: readonly string[] } {
  const names = new Map<string, string>();
  for (const row of state['ir.model.data'] ?? []) if (row['module'] === '__portolan__') names.set(`${String(row['model'])} ${String(row['res_id'])}`, String(row['name']));
  for (const row of state['mail.message'] ?? []) if (typeof row['message_id'] === 'string') names.set(`mail.message ${String(row['id'])}`, row['message_id']);
  for (const row of state['crm.lead'] ?? []) if (typeof row['x_portolan_key'] === 'string') names.set(`crm.lead ${String(row['id'])}`, row['x_portolan_key']);
  const named = (model: string, id: unknown): unknown => names.get(`${model} ${String(id)}`) ?? id;
  const made = new Map((state['ir.model.fields'] ?? []).filter((row) => row['state'] === 'manual' && typeof row['relation'] === 'string').map((row) => [`${String(row['model'])}.${String(row['name'])}`, String(row['relation'])]));
  const dated = /^(?:create_date|write_date|date_last_stage_update|date_open|day_open|day_close|automated_probability|__last_update)$/;
  return Object.fromEntries(Object.entries(state).map(([model, rows]) => [model, rows.map((row) => {
    const cells = Object.entries(row).filter(([field]) => !dated.test(field) && !(model === 'ir.model.data' && field === 'id')).map(([field, value]) => {
      if (field === 'id') return [field, named(model, value)];
      if (field === 'res_id') return [field, named(String(row['model'] ?? row['res_model']), value)];
      const target = references[field] ?? made.get(`${model}.${field}`);
      if (target === undefined) return [field, value];
      return [field, Array.isArray(value) ? value.map((id) => String(named(target, id))).toSorted() : named(target, value)];
    });
    return JSON.stringify(Object.fromEntries(cells.toSorted(([left], [right]) => String(left).localeCompare(String(right)))));
  }).toSorted()]));
}
