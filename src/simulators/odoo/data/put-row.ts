import type { Environment } from '../orm/environment.ts';
import type { Draft } from '../store/row.ts';

/** Stores a row as given, with its external id, past all hooks. */
export function putRow(env: Environment, model: string, id: number, values: Draft, name?: string): void {
  const table = env.table(model);
  table.skipTo(id);
  if (table.nextId() !== id) throw new Error(`seed ids of ${model} must ascend: ${id}`);
  const row: Draft = { id };
  const fields = env.model(model).fields;
  for (const [field, value] of Object.entries(values)) if (value !== undefined && (fields.has(field) || field.startsWith('__'))) row[field] = value;
  if (fields.get('active') && !('active' in values)) row['active'] = true;
  Object.assign(row, { create_uid: 1, create_date: env.timestamp, write_uid: 1, write_date: env.timestamp });
  table.put(row as never);
  if (name !== undefined) {
    const data = env.table('ir.model.data');
    const [module, ...rest] = name.split('.');
    data.put({ id: data.nextId(), module: module!, name: rest.join('.'), model, res_id: id, create_uid: 1, create_date: env.timestamp, write_uid: 1, write_date: env.timestamp });
  }
}
