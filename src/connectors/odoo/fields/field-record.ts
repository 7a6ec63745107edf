import { createHash } from 'node:crypto';
import type { FieldType } from '../../../connector/catalog.ts';
import type { FieldDefinition } from '../../../connector/destination.ts';
import { ConfigurationError } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import { keyFieldName } from '../write/keyed-create.ts';

/** ttype of a new field. Odoo has no e-mail, phone or URL type. `json` exists from 17 on only, so such values are text. */
const ttypes: Readonly<Record<FieldType, string>> = {
  text: 'char', longText: 'text', html: 'html', integer: 'integer', decimal: 'float', money: 'float', boolean: 'boolean',
  date: 'date', datetime: 'datetime', selection: 'selection', multiSelection: 'char', reference: 'many2one', references: 'many2many',
  email: 'char', phone: 'char', url: 'char', binary: 'binary', json: 'text', unknown: 'char',
};

/**
 * Definition of a new field → record of ir.model.fields. `model` is a name here; `create` turns it into the model's id.
 * `state` is 'manual' always: a field made with 'base' can never be deleted. Money needs a currency field of the model on 14
 * (there it is found by its name alone), so it is made as a plain number unless the plan names one.
 */
export function fieldRecord(definition: FieldDefinition): JsonObject {
  if (!/^x_[A-Za-z0-9_]{0,61}$/u.test(definition.name)) {
    throw new ConfigurationError({ code: 'field-name', message: `'${definition.name}' cannot be the name of a custom field in Odoo.`, remedy: "Names start with x_ and hold only letters a-z, digits and '_', 63 characters at most." });
  }
  const ttype = definition.type === 'money' && definition.currencyField !== undefined ? 'monetary' : ttypes[definition.type];
  const linked = ttype === 'many2one' || ttype === 'many2many';
  if (linked && definition.relatedObject === undefined) {
    throw new ConfigurationError({ code: 'field-relation', message: `The new field ${definition.name} is a link but names no object that it points to.`, remedy: 'Add relatedObject to the field in the plan.' });
  }
  const values: { [name: string]: Json } = { model: definition.object, name: definition.name, field_description: definition.label, ttype, state: 'manual' };
  if (definition.name === keyFieldName) values['index'] = true; // looked up by the thousand
  if (definition.help !== undefined) values['help'] = definition.help;
  if (linked) values['relation'] = definition.relatedObject ?? null;
  if (ttype === 'many2many') values['relation_table'] = relationTable(definition);
  if (ttype === 'monetary') values['currency_field'] = definition.currencyField ?? null;
  if (ttype === 'selection') values['selection'] = selectionText(definition.options ?? []);
  return values;
}

/**
 * Table of a new many2many field. Odoo names it after the two models alone [14-19, by its source]: two such fields between the same
 * models would share one table, and each show what is in the other. 63 characters at most, as PostgreSQL cuts names.
 */
function relationTable({ object, name }: FieldDefinition): string {
  const full = `x_${object.replaceAll('.', '_')}_${name}_rel`.toLowerCase();
  return full.length <= 63 ? full : `${full.slice(0, 50)}_${createHash('sha256').update(full).digest('hex').slice(0, 12)}`;
}

/** The options as Odoo writes them itself: a Python list of pairs. */
export function selectionText(options: readonly { readonly value: string; readonly label: string }[]): string {
  return `[${options.map((option) => `(${pythonText(option.value)}, ${pythonText(option.label)})`).join(', ')}]`;
}

/** A text as Python's repr() shows it: single quotes unless it holds one and no double quote. */
function pythonText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', String.raw`\n`).replaceAll('\t', String.raw`\t`).replaceAll('\r', String.raw`\r`);
  return `${quote}${quote === "'" ? escaped.replaceAll("'", String.raw`\'`) : escaped}${quote}`;
}
