import type { ModelBehaviour } from '../orm/behaviour.ts';
import { constraintViolated } from '../orm/constraint-texts.ts';
import { createRecords } from '../orm/create.ts';
import type { Environment } from '../orm/environment.ts';
import { linkedBy } from '../orm/hierarchy.ts';
import type { Model } from '../orm/registry.ts';
import { deleteRecords } from '../orm/unlink.ts';
import { withChanges } from '../orm/write.ts';
import { readPythonPairs } from './python-pairs.ts';
import { viewBrokenWithout } from './view.ts';
import { pythonRepr, userError, validationError } from '../python-errors.ts';
import { PLAIN_FIELD, type Field, type FieldType } from '../schema/parse-schema.ts';
import type { Draft, Row } from '../store/row.ts';

/** Fields made by users: rules of names and types, and their life in the registry (usable at once by every later call). */
export const customFieldBehaviour: ModelBehaviour = {
  defaults: () => ({ state: 'manual', store: true, copied: true, selectable: true }),
  beforeCreate: (env, draft) => {
    const model = env.row('ir.model', draft['model_id']);
    if (model) draft['model'] = model['model'] as string;
    if (draft['state'] === 'manual') checkDefinition(env, draft);
    if (env.version < 19) draft['complete_name'] = `${String(draft['model'])}.${String(draft['name'])}`;
    if (draft['ttype'] === 'many2one' && draft['on_delete'] === undefined) draft['on_delete'] = 'set null';
  },
  afterCreate: (env, rows) => {
    for (const row of rows) {
      takeOptions(env, row);
      register(env, row.id);
    }
  },
  beforeWrite: (_env, row, changes) => {
    if ('ttype' in changes && changes['ttype'] !== row['ttype']) throw userError('Changing the type of a field is not yet supported. Please drop it and create it again!');
    if (row['state'] === 'base') throw userError("Properties of base fields cannot be altered in this manner! Please modify them through Python code, preferably through a custom addon!");
    if ('name' in changes && changes['name'] !== row['name']) checkName(String(changes['name'] ?? ''));
  },
  afterWrite: (env, before, after) => {
    if (before['name'] !== after['name']) {
      renameColumn(env, String(before['model']), String(before['name']), String(after['name']));
      unregister(env, before);
      checkViews(env, [before]);
    }
    takeOptions(env, after);
    register(env, after.id);
  },
  beforeUnlink: (env, rows) => {
    for (const row of rows) if (row['state'] !== 'manual') throw userError(`This column contains module data and cannot be removed!`);
    for (const row of rows) unregister(env, row);
    checkViews(env, rows);
    for (const row of rows) {
      const table = env.table(String(row['model']));
      const name = String(row['name']);
      for (const record of table.rows()) if (record[name] !== undefined) table.put(withChanges(record, { [name]: undefined }));
    }
  },
  // The old text form of the options, read and written through their own table.
  computed: { selection: (env, row) => (row['ttype'] === 'selection' ? pythonRepr(optionRows(env, row.id).map((option) => [option['value'], option['name']])).replaceAll(/\[(?=')/gu, '(').replaceAll(/(?<=['"])\](?=,|\]$)/gu, ')') : undefined) },
  inverse: { selection: (_env, draft, value) => { draft['__options'] = value; } },
  displayName: (_env, row) => `${String(row['field_description'] ?? '')} (${String(row['model'] ?? '')})`,
};

/** Choices of a custom selection field; a change shows at once. */
export const selectionOptionBehaviour: ModelBehaviour = {
  afterCreate: (env, rows) => { for (const row of rows) register(env, row['field_id'] as number); },
  afterWrite: (env, _before, after) => register(env, after['field_id'] as number),
  beforeUnlink: (env, rows) => {
    const doomed = new Set(rows.map((row) => row.id));
    for (const row of rows) register(env, row['field_id'] as number, doomed);
  },
};

function optionRows(env: Environment, field: number): Row[] {
  return linkedBy(env, 'ir.model.fields.selection', 'field_id', field)
    .map((id) => env.row('ir.model.fields.selection', id)!)
    .sort((a, b) => Number(a['sequence'] ?? 0) - Number(b['sequence'] ?? 0) || a.id - b.id);
}

/** Turns options written as text into rows, in place of the earlier ones. */
function takeOptions(env: Environment, row: Row): void {
  const text = row['__options'];
  if (text === undefined) return;
  env.table('ir.model.fields').put(withChanges(row, { __options: undefined }));
  const options = readPythonPairs(String(text));
  const sudo = env.sudo();
  deleteRecords(sudo, 'ir.model.fields.selection', optionRows(env, row.id).map((option) => option.id));
  createRecords(sudo, 'ir.model.fields.selection', options.map(([value, name], at) => ({ field_id: row.id, value, name, sequence: at })));
}

function checkViews(env: Environment, rows: readonly Row[]): void {
  const view = viewBrokenWithout(env, rows.map((row) => String(row['name'])));
  if (view !== null) throw userError(`Cannot rename/delete fields that are still present in views:\nFields: ${rows.map((row) => `${String(row['model'])}.${String(row['name'])}`).join(', ')}\nView: ${view}`);
}

function checkName(name: string): void {
  if (!name.startsWith('x_')) throw validationError("Custom fields must have a name that starts with 'x_' !");
  if (!/^[A-Za-z0-9_]+$/u.test(name) || name.length > 63) throw validationError('Field names can only contain characters, digits and underscores (up to 63).');
}

function checkDefinition(env: Environment, draft: Draft): void {
  const name = String(draft['name'] ?? '');
  checkName(name);
  const model = String(draft['model'] ?? '');
  const type = String(draft['ttype'] ?? '');
  if (env.server.registry.get(model)?.fields.has(name)) throw constraintViolated(env, 'ir_model_fields_name_unique', 'Field names must be unique per model.');
  const relation = draft['relation'] as string | undefined;
  if (relation !== undefined && !env.hasModel(relation)) throw userError(`Unknown model name '${relation}' in Related Model`);
  if (type === 'monetary' && draft['currency_field'] === undefined && !['currency_id', 'x_currency_id', 'company_currency'].some((currency) => env.model(model).fields.has(currency))) {
    throw userError(`Currency field is empty and there is no fallback field in the model`);
  }
}

/** Puts a manual field into the registry as its row and options now stand. */
function register(env: Environment, id: number, without: ReadonlySet<number> = new Set()): void {
  const row = env.row('ir.model.fields', id);
  if (!row || row['state'] !== 'manual') return;
  const model = String(row['model']);
  env.server.schemaChanged = true;
  const field = fieldOf(env, row, without);
  env.server.registry.setField(model, field);
  // A field of a partner is one of every user too, one of a message one of every mail.
  for (const heir of heirsOf(env, model)) env.server.registry.setField(heir.name, { ...field, inheritedThrough: heir.inherits!.through });
}

function heirsOf(env: Environment, model: string): Model[] {
  return [...env.server.registry.models()].filter((other) => other.inherits?.model === model);
}

function unregister(env: Environment, row: Row): void {
  env.server.schemaChanged = true;
  env.server.registry.removeField(String(row['model']), String(row['name']));
  for (const heir of heirsOf(env, String(row['model']))) env.server.registry.removeField(heir.name, String(row['name']));
}

function fieldOf(env: Environment, row: Row, without: ReadonlySet<number>): Field {
  const options = optionRows(env, row.id)
    .filter((option) => !without.has(option.id))
    .map((option): readonly [string, string] => [String(option['value']), String(option['name'])]);
  return {
    ...PLAIN_FIELD,
    name: String(row['name']), type: String(row['ttype']) as FieldType, label: String(row['field_description']),
    required: row['required'] === true, readonly: row['readonly'] === true, relation: (row['relation'] as string | undefined) ?? null,
    inverse: (row['relation_field'] as string | undefined) ?? null, options, size: (row['size'] as number | undefined) ?? null, manual: true,
    currencyField: row['ttype'] === 'monetary' ? ((row['currency_field'] as string | undefined) ?? (row['model'] === 'crm.lead' ? 'company_currency' : 'currency_id')) : null,
    onDelete: (row['on_delete'] as string | undefined) ?? null, help: (row['help'] as string | undefined) ?? null,
  };
}

function renameColumn(env: Environment, model: string, from: string, to: string): void {
  const table = env.table(model);
  for (const record of table.rows()) if (record[from] !== undefined) table.put(withChanges(record, { [from]: undefined, [to]: record[from] }));
}

/** After a call was undone: the registry as the rows say. */
export function rebuildCustomFields(env: Environment): void {
  for (const model of env.server.registry.models()) {
    const manual = Array.from(model.fields.values()).filter((field) => field.manual);
    for (const field of manual) env.server.registry.removeField(model.name, field.name);
  }
  for (const row of env.table('ir.model.fields').rows()) register(env, row.id);
}
