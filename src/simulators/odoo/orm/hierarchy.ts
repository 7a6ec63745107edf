import type { Environment } from './environment.ts';
import { keyOf } from '../store/row.ts';

/** The rows and everything below them by `parent_id`. */
export function descendants(env: Environment, model: string, roots: readonly number[]): Set<number> {
  const found = new Set(roots);
  if (!env.model(model).fields.has('parent_id')) return found;
  const queue = [...roots];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const child of childrenOf(env, model, id)) {
      if (found.has(child)) continue;
      found.add(child);
      queue.push(child);
    }
  }
  return found;
}

export function ancestors(env: Environment, model: string, leaves: readonly number[]): Set<number> {
  const found = new Set<number>();
  for (const leaf of leaves) {
    for (let id: number | undefined = leaf; id !== undefined && !found.has(id); id = env.row(model, id)?.['parent_id'] as number | undefined) found.add(id);
  }
  return found;
}

export function childrenOf(env: Environment, model: string, id: number): readonly number[] {
  return linkedBy(env, model, 'parent_id', id);
}

/** Ids of the rows of `model` whose many2one or reference `field` holds `id`. */
export function linkedBy(env: Environment, model: string, field: string, id: number): readonly number[] {
  return env.table(model).withKey(field, id, (row) => keyOf(row[field]));
}

/** Ids of rows that hang on a record by model name and id: messages, activities, followers, attachments, external ids. */
export function attachedTo(env: Environment, model: string, to: { readonly model: string; readonly id: number }): readonly number[] {
  const nameField = model === 'mail.message' || model === 'ir.model.data' ? 'model' : 'res_model';
  return env.table(model).withKey(`${nameField},res_id`, `${to.model},${to.id}`, (row) =>
    row[nameField] === undefined || row['res_id'] === undefined ? undefined : `${String(row[nameField])},${String(row['res_id'])}`);
}
