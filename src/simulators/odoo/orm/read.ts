import { accessError, valueError } from '../python-errors.ts';
import type { Field } from '../schema/parse-schema.ts';
import { FileContent } from '../store/file-content.ts';
import type { Row, Stored } from '../store/row.ts';
import { unknownFieldOnRead } from './constraint-texts.ts';
import type { Environment } from './environment.ts';
import { fieldValue, mirrorOf } from './field-value.ts';
import { displayName } from './names.ts';
import { compareBy } from './order.ts';
import { hasColumn, type Model } from './registry.ts';
import { checkModelRight, checkRowRights } from './rights.ts';

/** A number that is a float for the server: XML-RPC writes <double> for it, also when it is whole. */
export class PythonFloat {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
  toJSON(): number {
    return this.value;
  }
}

/**
 * Reads fields as the doors give them: false for empty text, dates and relations, 0 for empty numbers, [] for lists,
 * a many2one as [id, name] (bare id with load '_classic_write'). Ids that are gone are absent.
 * @param names null = every readable field
 */
export function readRecords(env: Environment, modelName: string, ids: readonly number[], names: readonly string[] | null, load = '_classic_read'): Record<string, unknown>[] {
  const model = env.model(modelName);
  checkModelRight(env, modelName, 'read');
  const fields = fieldsToRead(env, model, names);
  const table = env.table(modelName);
  const present = ids.filter((id) => table.has(id));
  checkRowRights(env, modelName, present, 'read');
  const broken = env.server.brokenRecords.get(modelName);
  const unreadable = broken && present.find((id) => broken.has(id));
  if (unreadable !== undefined) throw valueError(`Compute method failed to assign ${modelName}(${unreadable},).${fields[0]?.name ?? 'id'}`);
  const labels = new Map<string, unknown>();
  return present.map((id) => {
    const row = table.get(id)!;
    const record: Record<string, unknown> = { id };
    for (const field of fields) record[field.name] = outgoing(env, model, row, field, load === '_classic_read', labels);
    return record;
  });
}

function fieldsToRead(env: Environment, model: Model, names: readonly string[] | null): Field[] {
  if (names === null || names.length === 0) return [...model.fields.values()].filter((field) => field.name !== 'id');
  const fields: Field[] = [];
  for (const name of new Set(names)) {
    if (name === 'id') continue;
    const field = model.fields.get(name);
    if (!field) {
      if (env.version === 14 && model.name === 'mail.message' && name === 'tracking_value_ids') throw accessError(`The requested operation can not be completed due to group security restrictions. Please contact your system administrator.\n\n(Document type: ${model.name}, Operation: read)\n(User: ${env.uid})\n\nFields:\n- Tracking values (allowed for groups 'Extra Rights / Technical Features')`);
      throw unknownFieldOnRead(env, model.name, name);
    }
    fields.push(field);
  }
  // 14 adds these two unasked (measured).
  if (env.version === 14 && model.name === 'calendar.event') {
    for (const name of ['privacy', 'user_id']) if (!fields.some((field) => field.name === name)) fields.push(model.fields.get(name)!);
  }
  return fields;
}

function outgoing(env: Environment, model: Model, row: Row, field: Field, named: boolean, labels: Map<string, unknown>): unknown {
  const masked = model.behaviour.masked?.(env, row, field.name) ?? null;
  const value = masked ? masked.value : hasColumn(model, field) && mirrorOf(model.name, field.name) === undefined ? row[field.name] : fieldValue(env, model, row, field);
  switch (field.type) {
    case 'integer':
    case 'many2one_reference': return value ?? (field.type === 'integer' ? 0 : env.version === 14 ? 0 : false);
    case 'float':
    case 'monetary': return env.door === 'xmlrpc' ? new PythonFloat((value as number | undefined) ?? 0) : (value ?? 0);
    case 'boolean': return value === true;
    case 'one2many':
    case 'many2many': return visible(env, field, (value as readonly number[] | undefined) ?? []);
    case 'many2one': return value === undefined ? false : named ? pair(env, field, value as number, labels) : value;
    case 'datetime': return value === undefined ? false : String(value).slice(0, 19);
    case 'binary': return value === undefined ? false : binary(env, field, value);
    default: return value ?? false;
  }
}

/** many2many lists leave archived records out, unless the context asks for them, and come in the order of their own model (measured on 14). */
function visible(env: Environment, field: Field, ids: readonly number[]): readonly number[] {
  if (field.type !== 'many2many' || ids.length === 0) return ids;
  const target = env.server.registry.get(field.relation ?? '');
  if (!target) return ids;
  const table = env.table(target.name);
  const archivable = env.context['active_test'] !== false && target.fields.get('active')?.type === 'boolean' && target.name !== 'res.users';
  const shown = archivable && ids.some((id) => table.get(id)?.['active'] !== true) ? ids.filter((id) => table.get(id)?.['active'] === true) : ids;
  if (shown.length < 2 || target.order === 'id') return shown;
  const rows = shown.map((id) => table.get(id)).filter((row) => row !== undefined);
  return rows.sort(compareBy(env, target, target.order)).map((row) => row.id);
}

function pair(env: Environment, field: Field, id: number, labels: Map<string, unknown>): unknown {
  const key = `${field.relation!},${id}`;
  let label = labels.get(key);
  if (label === undefined) {
    label = [id, displayName(env, field.relation!, id)];
    labels.set(key, label);
  }
  return label;
}

/** The content as base64 text, or with bin_size (or bin_size_<field>) in the context its size in words. */
function binary(env: Environment, field: Field, value: Stored): unknown {
  if (!env.flag('bin_size') && !env.flag(`bin_size_${field.name}`)) return value;
  const bytes = value instanceof FileContent ? value.content.size : Buffer.byteLength(String(value), 'base64');
  return bytes < 1024 ? `${bytes.toFixed(2)} bytes` : bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(2)} Kb` : `${(bytes / 1024 ** 2).toFixed(2)} Mb`;
}
