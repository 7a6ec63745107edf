import { OdooError, validationError } from '../python-errors.ts';
import { keyOf, type Draft, type Row } from '../store/row.ts';
import { constraintViolated, foreignKey, linkToNothing, missingRequired } from './constraint-texts.ts';
import type { Environment } from './environment.ts';
import type { Model } from './registry.ts';

interface Unique { readonly field: string; readonly name: string; readonly text: string; readonly versions?: readonly number[] }

/** Columns that must differ, with the constraint's name (all that 14 tells) and its text. */
const UNIQUE: { readonly [model: string]: Unique } = {
  'crm.tag': { field: 'name', name: 'crm_tag_name_uniq', text: 'Tag name already exists!' },
  'calendar.event.type': { field: 'name', name: 'calendar_event_type_name_uniq', text: 'Tag name already exists!' },
  'res.users': { field: 'login', name: 'res_users_login_key', text: 'You can not have two users with the same login!' },
  'res.currency': { field: 'name', name: 'res_currency_unique_name', text: 'The currency code must be unique!' },
  'res.country': { field: 'code', name: 'res_country_code_uniq', text: 'The code of the country must be unique!' },
  'ir.config_parameter': { field: 'key', name: 'ir_config_parameter_key_uniq', text: 'Key must be unique.' },
};

/** What PostgreSQL checks when a row is stored: required columns, references, uniqueness. */
export function checkRow(env: Environment, model: Model, row: Row | Draft, touched: Iterable<string> | null): void {
  const names = touched ?? model.fields.keys();
  for (const name of names) {
    const field = model.fields.get(name);
    if (!field || !field.stored || field.inheritedThrough) continue;
    const value = row[name];
    if (value === undefined) {
      if (field.required && field.type !== 'boolean' && field.type !== 'integer' && field.type !== 'float' && field.type !== 'one2many') throw missingRequired(env, model, field);
      continue;
    }
    if (field.type === 'many2one' && field.relation && env.hasModel(field.relation) && !env.table(field.relation).has(value as number)) throw foreignKey(env, model, field);
    if (field.type === 'many2many' && field.relation && env.hasModel(field.relation)) {
      const table = env.table(field.relation);
      for (const id of value as readonly number[]) if (!table.has(id)) throw linkToNothing(env, model, field);
    }
  }
  if (env.server.diskFull) throw new OdooError('psycopg2.errors.DiskFull', `could not extend file "base/16384/17562": No space left on device\nHINT:  Check free disk space.\n`);
}

export function checkUnique(env: Environment, model: Model, row: Row): void {
  const unique = UNIQUE[model.name];
  if (unique) {
    const value = keyOf(row[unique.field]);
    if (value === undefined) return;
    const same = env.table(model.name).withKey(unique.field, value, (other) => keyOf(other[unique.field]));
    if (same.some((id) => id !== row.id)) throw constraintViolated(env, unique.name, unique.text, model.fields.get(unique.field));
  } else if (model.name === 'ir.model.data') {
    const same = env.table('ir.model.data').withKey('complete name', externalKey(row), externalKey);
    if (same.some((id) => id !== row.id)) {
      const text = `duplicate key value violates unique constraint "ir_model_data_module_name_uniq_index"\nDETAIL:  Key (module, name)=(${String(row['module'])}, ${String(row['name'])}) already exists.\n`;
      throw validationError(env.version === 14
        ? text
        : `The operation cannot be completed: ${text}`);
    }
  }
}

/** The full name of an external id: 'module.name'. */
export function externalKey(row: Row | Draft): string {
  return `${String(row['module'] ?? '')}.${String(row['name'] ?? '')}`;
}
