import type { Row } from '../store/row.ts';
import { runAutomation } from './automation.ts';
import { foreignKey, missingRecords } from './constraint-texts.ts';
import type { Environment } from './environment.ts';
import { attachedTo, linkedBy } from './hierarchy.ts';
import { onDeleteRule } from './on-delete.ts';
import { checkModelRight, checkRowRights } from './rights.ts';
import { withChanges } from './write.ts';

/** Models whose rows hang on any record by model name and id, and go with it. */
const ATTACHED = ['rating.rating', 'mail.message', 'mail.activity', 'mail.followers', 'ir.attachment', 'ir.model.data'];

/** Models with record rules: only their deletion notices that a row is gone; elsewhere it is deleted "again" (measured on 14). */
const RULED = new Set(['res.partner', 'res.users', 'crm.lead', 'crm.team', 'calendar.event', 'calendar.attendee', 'mail.message', 'mail.activity', 'ir.attachment', 'res.company', 'ir.model.fields']);

/**
 * Deletes records; all or none. References to them are emptied, their dependants deleted or the deletion refused, by `on-delete.ts`.
 * @throws OdooError MissingError when an id of a model with record rules is gone; ValidationError when another row must not lose one of them
 */
export function deleteRecords(env: Environment, modelName: string, ids: readonly number[]): void {
  const model = env.model(modelName);
  checkModelRight(env, modelName, 'unlink');
  if (ids.length === 0) return;
  const table = env.table(modelName);
  const gone = ids.filter((id) => !table.has(id));
  if (gone.length > 0 && RULED.has(modelName)) throw missingRecords(env, modelName, gone);
  checkRowRights(env, modelName, ids, 'unlink');
  const rows: readonly Row[] = [...new Set(ids)].filter((id) => table.has(id)).map((id) => table.get(id)!);
  runAutomation(env, model, ids, 'on_unlink');
  model.behaviour.beforeUnlink?.(env, rows);
  const doomed = new Set(ids);
  for (const id of doomed) table.remove(id);
  clearReferences(env.sudo(), modelName, doomed);
  for (const attached of ATTACHED) {
    if (!env.hasModel(attached) || keepsAttachments(modelName, attached)) continue;
    const hanging = [...doomed].flatMap((id) => attachedTo(env, attached, { model: modelName, id }));
    removeQuietly(env, attached, hanging);
  }
}

/** Deleting a message leaves its attachments (measured). */
function keepsAttachments(model: string, attached: string): boolean {
  return model === 'mail.message' && attached === 'ir.attachment';
}

function removeQuietly(env: Environment, model: string, ids: readonly number[]): void {
  if (ids.length === 0) return;
  if (model === 'ir.model.data' || model === 'mail.followers') for (const id of ids) env.table(model).remove(id);
  else deleteRecords(env.sudo(), model, ids);
}

function clearReferences(env: Environment, modelName: string, doomed: ReadonlySet<number>): void {
  for (const { model, field } of env.server.registry.referencesTo(modelName)) {
    const table = env.table(model);
    if (table.size === 0) continue;
    if (field.type === 'many2many') {
      for (const row of table.rows()) {
        const linked = row[field.name] as readonly number[] | undefined;
        if (!linked?.some((id) => doomed.has(id))) continue;
        const kept = linked.filter((id) => !doomed.has(id));
        table.put(withChanges(row, { [field.name]: kept.length > 0 ? kept : undefined }));
      }
      continue;
    }
    if (field.name === 'create_uid' || field.name === 'write_uid') continue;
    const rule = onDeleteRule(env.version, model, field);
    for (const id of doomed) {
      const holders = linkedBy(env, model, field.name, id).filter((holder) => !(model === modelName && doomed.has(holder)));
      if (holders.length === 0) continue;
      if (rule === 'restrict') throw foreignKey(env, env.model(model), field);
      if (rule === 'cascade') deleteRecords(env, model, holders);
      else for (const holder of holders) table.put(withChanges(table.get(holder)!, { [field.name]: undefined }));
    }
  }
}
