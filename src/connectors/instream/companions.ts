import type { FieldType } from '../../connector/catalog.ts';
import { foldHeader } from '../../connector/kit/tables/header-names.ts';
import { splitMulti } from '../../connector/kit/values/multi-values.ts';
import { isEmailValue, isPhoneValue, isUrlValue } from '../../connector/kit/values/value-kinds.ts';
import type { ScannedField } from './scan.ts';
import { readTable } from './table-rows.ts';
import type { Table } from './tables.ts';

/** What custom_fields.csv says about one custom field. */
export interface CustomField {
  readonly label: string;
  readonly type: FieldType;
  readonly nativeType: string;
  readonly required: boolean;
  readonly options: readonly string[];
}

const customTypes: { readonly [native: string]: FieldType } = {
  text: 'text', number: 'decimal', currency: 'money', percent: 'decimal', date: 'date', single: 'selection', multi: 'multiSelection', file: 'text', person: 'text', user: 'text',
  boolean: 'boolean', datetime: 'datetime', integer: 'integer', email: 'email', phone: 'phone', url: 'url', // not InStream's own words, but plain enough
};

/** Companion files are small: the first rows are enough, and memory stays flat whatever the file holds. */
const maxCompanionRows = 20_000;

async function cellsOf(tables: readonly Table[], signal: AbortSignal, take: (get: (field: string) => string) => void): Promise<void> {
  let count = 0;
  for (const table of tables) {
    const positions = new Map(table.columns.map((column) => [column.field, column.index]));
    for await (const rows of readTable(table, table.begin, signal)) {
      for (const row of rows) {
        if (row.cells === null) continue;
        const cells = row.cells;
        take((field) => (cells[positions.get(field) ?? -1] ?? '').trim());
        count += 1;
        if (count >= maxCompanionRows) return;
      }
    }
  }
}

/** Reads custom_fields.csv: by `object:folded label` and `object:folded key`. */
export async function readCustomFields(tables: readonly Table[], signal: AbortSignal): Promise<ReadonlyMap<string, CustomField>> {
  const fields = new Map<string, CustomField>();
  await cellsOf(tables, signal, (get) => {
    const native = get('type').toLowerCase();
    const label = get('label') || get('key');
    const field: CustomField = { label, type: customTypes[native] ?? 'text', nativeType: native, required: /^(?:tak|t|yes|y|true|1|x)$/i.test(get('required')), options: splitMulti(get('options'), () => false) };
    for (const name of [get('label'), get('key')]) if (name !== '') fields.set(`${get('object').toLowerCase()}:${foldHeader(name)}`, field);
  });
  return fields;
}

const addressFields: ReadonlySet<string> = new Set(['emails', 'attendees', 'to', 'cc', 'bcc']);

/** Tells which parts of a comma-separated cell are values of their own. */
export interface KnownValues { forField(object: string, field: ScannedField): (part: string) => boolean }

/** Gathers the names of tags.csv and lists.csv, so that `VIP, Partner` can be told from `Smith, Sons`. */
export async function knownValues(tags: readonly Table[], lists: readonly Table[], signal: AbortSignal): Promise<KnownValues> {
  const names = { tags: new Set<string>(), lists: new Set<string>() };
  await cellsOf(tags, signal, (get) => { names.tags.add(get('name')); });
  await cellsOf(lists, signal, (get) => { names.lists.add(get('name')); });
  return {
    forField(_object, field) {
      if (addressFields.has(field.name)) return isEmailValue;
      if (field.name === 'phones') return isPhoneValue;
      if (field.name === 'other_social') return isUrlValue;
      const known = new Set(field.name === 'tags' ? names.tags : field.name === 'lists' ? names.lists : field.declared?.options ?? []);
      for (const value of field.profile.knownValues()) if (!/[,;|\n]/.test(value)) known.add(value.trim());
      return (part) => known.has(part);
    },
  };
}
