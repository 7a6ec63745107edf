import type { LoadedOdoo } from '../support/loaded-history.ts';
import type { Row } from '../support/odoo-state.ts';
import type { RealOdoo } from './odoo.ts';

/** Tables that are looked at, each with the lists of links that Odoo keeps in tables of their own. */
const tables: { readonly [model: string]: { readonly where?: string; readonly links?: { readonly [field: string]: readonly [table: string, own: string, other: string] } } } = {
  'res.partner': { links: { category_id: ['res_partner_res_partner_category_rel', 'partner_id', 'category_id'] } },
  'crm.lead': { links: { tag_ids: ['crm_tag_rel', 'lead_id', 'tag_id'] } },
  'mail.message': { where: `message_id like '%@portolan.invalid>'`, links: { attachment_ids: ['message_attachment_rel', 'message_id', 'attachment_id'] } },
  'res.partner.category': {}, 'crm.tag': {}, 'res.users': {}, 'calendar.event': {}, 'calendar.attendee': {}, 'mail.activity': {}, 'mail.activity.type': {}, 'crm.stage': {}, 'crm.lost.reason': {}, 'res.country': {}, 'ir.model.fields': { where: `state = 'manual'` }, 'ir.model.fields.selection': {},
  'ir.attachment': { where: `res_field is null and res_model in ('res.partner', 'crm.lead')` },
};

/** The tables of a real Odoo 14 as its own database has them, past Odoo: times in UTC, a field without a value is absent. */
export async function loadedTables(odoo: RealOdoo): Promise<LoadedOdoo> {
  const made = new Map<string, Record<string, readonly [table: string, own: string, other: string]>>();
  for (const { model, name, relation_table: table, column1, column2 } of await odoo.sql<Record<'model' | 'name' | 'relation_table' | 'column1' | 'column2', string>>(`select model, name, relation_table, column1, column2 from ir_model_fields where state = 'manual' and ttype = 'many2many'`)) {
    made.set(model, { ...made.get(model), [name]: [table, column1, column2] });
  }
  const read = async (model: string): Promise<readonly Row[]> => {
    const { where = 'true', links: standard = {} } = tables[model] ?? {};
    const links = { ...standard, ...made.get(model) };
    const lists = Object.entries(links).map(([field, [table, own, other]]) => `'${field}', (select coalesce(jsonb_agg(${other} order by ${other}), '[]') from ${table} where ${own} = t.id)`);
    const rows = await odoo.sql<{ row: Row }>(`select jsonb_strip_nulls(to_jsonb(t)) || jsonb_build_object(${lists.join(', ')}) as row from ${model.replaceAll('.', '_')} t where ${where} order by id`);
    return rows.map(({ row }) => row);
  };
  const all = new Map<string, readonly Row[]>();
  for (const model of Object.keys(tables)) all.set(model, await read(model));
  const rows = (model: string): readonly Row[] => {
    const found = all.get(model);
    if (found === undefined) throw new Error(`${model} is not among the tables that are read: ${[...all.keys()].join(', ')}`);
    return found;
  };
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    state: {
      rows,
      activities: () => rows('mail.activity').map((row) => ({ model: text(row['res_model']), resId: Number(row['res_id']), summary: text(row['summary']) })),
      attachments: () => rows('ir.attachment').map((row) => ({ name: String(row['name']), model: text(row['res_model']), resId: Number(row['res_id']), sha1: text(row['checksum']) })),
    },
  };
}
