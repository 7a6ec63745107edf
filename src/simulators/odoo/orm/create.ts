import { unknownFieldOnWrite } from './constraint-texts.ts';
import { checkRow, checkUnique } from './checks.ts';
import { toStored } from './convert.ts';
import type { Draft, Row, Stored } from '../store/row.ts';
import { defaultsOf } from './defaults.ts';
import type { Environment } from './environment.ts';
import { mirrorOf } from './field-value.ts';
import type { Model } from './registry.ts';
import { applyToMany2many, applyToOne2many } from './relations.ts';
import { checkModelRight, checkRowRights } from './rights.ts';
import { runAutomation } from './automation.ts';

/** Written by the server alone; given values are silently ignored (measured on all versions). */
export const IGNORED = new Set(['id', 'create_date', 'create_uid', 'write_date', 'write_uid', 'display_name', '__last_update']);

/** Creates records in order; all or none, as the whole call is one transaction. @returns their ids */
export function createRecords(env: Environment, modelName: string, list: readonly Readonly<Record<string, unknown>>[]): number[] {
  const model = env.model(modelName);
  checkModelRight(env, modelName, 'create');
  if (list.length === 0) return [];
  for (const values of list) checkFieldNames(env, model, values, 'create');
  const defaults = defaultsOf(env, model);
  const rows: Row[] = [];
  const given: ReadonlySet<string>[] = [];
  for (const values of list) {
    const names = new Set(Object.keys(values).filter((name) => !IGNORED.has(name)));
    given.push(names);
    rows.push(createOne(env, model, values, names, defaults));
  }
  checkRowRights(env, modelName, rows.map((row) => row.id), 'create');
  model.behaviour.afterCreate?.(env, rows, given);
  runAutomation(env, model, rows.map((row) => row.id), 'on_create');
  return rows.map((row) => row.id);
}

function createOne(env: Environment, model: Model, values: Readonly<Record<string, unknown>>, given: ReadonlySet<string>, defaults: Draft): Row {
  const table = env.table(model.name);
  const draft: Draft = { id: table.nextId() };
  const inherited: Record<string, unknown> = {};
  const later: [name: string, value: unknown][] = [];
  for (const name of given) {
    const field = model.fields.get(name)!;
    const value = values[name];
    if (field.inheritedThrough) inherited[name] = value;
    else if (field.type === 'one2many' || mirrorOf(model.name, name)) later.push([name, value]);
    else if (field.type === 'many2many') {
      const ids = applyToMany2many(env, model.name, field, [], value);
      if (ids.length > 0) draft[name] = ids;
    } else if (model.behaviour.inverse?.[name]) model.behaviour.inverse[name](env, draft, toStored(env, model.name, field, value));
    else if (field.stored) setValue(draft, name, toStored(env, model.name, field, value));
  }
  for (const [name, value] of Object.entries(defaults)) if (!given.has(name) && draft[name] === undefined) draft[name] = value;
  if (model.inherits && draft[model.inherits.through] === undefined) {
    draft[model.inherits.through] = createRecords(env.sudo(), model.inherits.model, [inherited])[0]!;
  }
  model.behaviour.beforeCreate?.(env, draft, given);
  draft['create_uid'] = env.uid;
  draft['create_date'] = env.timestamp;
  draft['write_uid'] = env.uid;
  draft['write_date'] = env.timestamp;
  checkRow(env, model, draft, null);
  const row = draft as unknown as Row;
  checkUnique(env, model, row);
  table.put(row);
  for (const [name, value] of later) applyToOne2many(env, model.name, row.id, model.fields.get(name)!, value);
  return table.get(row.id) ?? row;
}

function setValue(draft: Draft, name: string, value: Stored | undefined): void {
  if (value === undefined) delete draft[name];
  else draft[name] = value;
}

export function checkFieldNames(env: Environment, model: Model, values: Readonly<Record<string, unknown>>, operation: 'create' | 'write'): void {
  for (const name of Object.keys(values)) {
    if (!IGNORED.has(name) && !model.fields.has(name)) throw unknownFieldOnWrite(env, model.name, name, operation);
  }
}
