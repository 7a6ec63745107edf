import type { OdooVersion } from '../options.ts';

export type FieldType =
  | 'char' | 'text' | 'html' | 'integer' | 'float' | 'monetary' | 'boolean' | 'date' | 'datetime' | 'binary' | 'selection'
  | 'many2one' | 'one2many' | 'many2many' | 'many2one_reference' | 'reference' | 'json' | 'properties' | 'properties_definition';

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly label: string;
  readonly required: boolean;
  readonly readonly: boolean;
  readonly stored: boolean;
  readonly relation: string | null;
  /** one2many only: the many2one (or res_id) of the other side. */
  readonly inverse: string | null;
  readonly options: readonly (readonly [string, string])[];
  readonly size: number | null;
  readonly manual: boolean;
  readonly currencyField: string | null;
  readonly onDelete: string | null;
  readonly help: string | null;
  /** Set on res.users for the fields of its partner: they are read from and written to the partner. */
  readonly inheritedThrough: string | null;
}

export interface ModelSchema {
  readonly name: string;
  readonly label: string;
  readonly fields: readonly Field[];
}

const LINE = /^(\S+) ([a-z0-9_]+)([!~-]*)(?:\(([^)]*)\))?(?:\[(.*)\])?(?: "(.*)")?(?: @([\d,]+))?$/u;

/** A field with nothing set, to be spread under the parts that matter. */
export const PLAIN_FIELD = {
  required: false, readonly: false, stored: true, relation: null, inverse: null, options: [], size: null,
  manual: false, currencyField: null, onDelete: null, help: null, inheritedThrough: null,
} as const satisfies Partial<Field>;

/**
 * Reads the compact field tables.
 *
 * A model starts with `# model "Label"`; each further line is
 * `name type[!][-][~](relation,inverse)[value=Label|…] "Label" @versions`:
 * `!` required, `-` read-only, `~` not stored; `[timezones]`, `[models]`, `[field-types]`, `[triggers]` name a list of `lists`.
 * @param text one table
 * @param lists the named option lists
 * @throws Error naming a line that cannot be read
 */
export function parseSchema(text: string, version: OdooVersion, lists: Readonly<Record<string, Field['options']>>): ModelSchema[] {
  const models: { name: string; label: string; fields: Field[] }[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const heading = /^# (\S+) "(.*)"$/u.exec(line);
    if (heading) {
      models.push({ name: heading[1]!, label: heading[2]!, fields: [] });
      continue;
    }
    const match = LINE.exec(line);
    const model = models.at(-1);
    if (!match || !model) throw new Error(`the field table has a line that cannot be read: ${line}`);
    const [, name, type, flags, relation, options, label, versions] = match;
    if (versions !== undefined && !versions.split(',').includes(String(version))) continue;
    const [target, inverse] = relation?.split(',') ?? [];
    model.fields.push({
      ...PLAIN_FIELD,
      name: name!, type: type as FieldType, label: label ?? titleOf(name!),
      required: flags!.includes('!'), readonly: flags!.includes('-'), stored: !flags!.includes('~'),
      relation: target ?? null, inverse: inverse ?? null, options: optionsOf(options, lists),
      currencyField: type === 'monetary' ? (model.name === 'crm.lead' ? 'company_currency' : 'currency_id') : null,
    });
  }
  return models.filter((model) => model.fields.length > 0);
}

function optionsOf(text: string | undefined, lists: Readonly<Record<string, Field['options']>>): Field['options'] {
  if (text === undefined) return [];
  const named = lists[text];
  if (named) return named;
  return text.split('|').map((option): readonly [string, string] => {
    const at = option.indexOf('=');
    return [option.slice(0, at), option.slice(at + 1)];
  });
}

/** 'phone_code' → 'Phone Code', as Odoo labels a field without a label. */
function titleOf(name: string): string {
  return name.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}
