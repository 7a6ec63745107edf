import { plainRow } from '../store/lazy-rows.ts';
import type { Draft, Row } from '../store/row.ts';
import { runAutomation } from './automation.ts';
import { checkRow, checkUnique } from './checks.ts';
import { missingRecords } from './constraint-texts.ts';
import { toStored } from './convert.ts';
import { checkFieldNames, IGNORED } from './create.ts';
import type { Environment } from './environment.ts';
import { mirrorOf } from './field-value.ts';
import type { Model } from './registry.ts';
import { applyToMany2many, applyToOne2many } from './relations.ts';
import { checkModelRight, checkRowRights } from './rights.ts';

/**
 * Writes one dictionary to all ids; all or none. Unchanged values still move write_date (measured).
 * @throws OdooError MissingError when any id is gone
 */
export function writeRecords(env: Environment, modelName: string, ids: readonly number[], values: Readonly<Record<string, unknown>>): void {
  const model = env.model(modelName);
  checkModelRight(env, modelName, 'write');
  if (ids.length === 0) return;
  const gone = ids.filter((id) => !env.table(modelName).has(id));
  if (gone.length > 0) throw missingRecords(env, modelName, gone);
  checkRowRights(env, modelName, ids, 'write');
  checkFieldNames(env, model, values, 'write');
  const given = new Set(Object.keys(values).filter((name) => !IGNORED.has(name)));
  for (const id of ids) writeOne(env, model, id, values, given);
  checkRowRights(env, modelName, ids, 'write');
  runAutomation(env, model, ids, 'on_write');
}

function writeOne(env: Environment, model: Model, id: number, values: Readonly<Record<string, unknown>>, given: ReadonlySet<string>): void {
  const before = env.table(model.name).get(id)!;
  const changes: Draft = {};
  const later: [name: string, value: unknown][] = [];
  const inherited: Record<string, unknown> = {};
  for (const name of given) {
    const field = model.fields.get(name)!;
    const value = values[name];
    if (field.inheritedThrough) inherited[name] = value;
    else if (field.type === 'one2many' || mirrorOf(model.name, name)) later.push([name, value]);
    else if (field.type === 'many2many') {
      const linked = applyToMany2many(env, model.name, field, (before[name] as readonly number[] | undefined) ?? [], value);
      changes[name] = linked.length > 0 ? linked : undefined;
    } else if (model.behaviour.inverse?.[name]) model.behaviour.inverse[name](env, changes, toStored(env, model.name, field, value));
    else if (field.stored) changes[name] = toStored(env, model.name, field, value);
  }
  model.behaviour.beforeWrite?.(env, before, changes, given);
  if (model.inherits && Object.keys(inherited).length > 0) writeRecords(env.sudo(), model.inherits.model, [before[model.inherits.through] as number], inherited);
  const after = storeChanges(env, model, id, changes);
  for (const [name, value] of later) applyToOne2many(env, model.name, id, model.fields.get(name)!, value);
  model.behaviour.afterWrite?.(env, before, after, given);
}

/** Stores changes of one row without rights or hooks: what the server does by itself. */
export function storeChanges(env: Environment, model: Model, id: number, changes: Draft): Row {
  const table = env.table(model.name);
  const after = withChanges(table.get(id)!, { ...changes, write_uid: env.uid, write_date: env.timestamp });
  checkRow(env, model, after, Object.keys(changes));
  checkUnique(env, model, after);
  table.put(after);
  return after;
}

export function withChanges(row: Row, changes: Draft): Row {
  const after = plainRow(row);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) delete after[name];
    else after[name] = value;
  }
  return after as unknown as Row;
}
