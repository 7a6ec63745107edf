import type { Field } from '../schema/parse-schema.ts';
import { optionsOf } from './convert.ts';
import type { Environment } from './environment.ts';
import { hasModelRight } from './rights.ts';

/** Answers `fields_get`: every field the caller may see, with the attributes connectors rely on. */
export function describeFields(env: Environment, modelName: string, names: readonly string[] | null, attributes: readonly string[] | null): Record<string, Record<string, unknown>> {
  const model = env.model(modelName);
  const mayWrite = hasModelRight(env, modelName, 'write') || hasModelRight(env, modelName, 'create');
  const described: Record<string, Record<string, unknown>> = {};
  for (const field of model.fields.values()) {
    if (names !== null && names.length > 0 && !names.includes(field.name)) continue;
    const all = describe(env, field, mayWrite);
    described[field.name] = attributes === null || attributes.length === 0 ? all : Object.fromEntries(Object.entries(all).filter(([key]) => attributes.includes(key)));
  }
  return described;
}

function describe(env: Environment, field: Field, mayWrite: boolean): Record<string, unknown> {
  const text: Record<string, unknown> = {
    type: field.type,
    string: field.label,
    required: field.required,
    // Without the right to write, every field is shown as read-only.
    readonly: field.readonly || !mayWrite,
    store: field.stored && !field.inheritedThrough,
    searchable: field.stored,
    sortable: field.stored && field.type !== 'one2many' && field.type !== 'many2many',
    manual: field.manual,
    change_default: false,
    company_dependent: false,
    depends: [],
  };
  if (env.version >= 17) text['name'] = field.name;
  if (field.help !== null) text['help'] = field.help;
  if (field.relation !== null) {
    text['relation'] = field.relation;
    text['domain'] = [];
    text['context'] = {};
  }
  if (field.type === 'one2many' && field.inverse !== null) text['relation_field'] = field.inverse;
  if (field.type === 'selection') text['selection'] = optionsOf(env, field).map(([value, label]) => [value, label]);
  if (field.type === 'char') {
    text['trim'] = true;
    if (field.size !== null && field.size > 0) text['size'] = field.size;
  }
  if (field.type === 'char' || field.type === 'text' || field.type === 'html') text['translate'] = false;
  if (field.type === 'html') text['sanitize'] = true;
  if (field.type === 'monetary' && field.currencyField !== null) text['currency_field'] = field.currencyField;
  if (field.type === 'binary') text['attachment'] = true;
  return text;
}
