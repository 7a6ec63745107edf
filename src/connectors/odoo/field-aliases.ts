import type { Json, JsonObject } from '../../connector/json.ts';
import type { OdooClient } from './client.ts';

/** A value that plans write under a name that is no field of the model, read back from the row. */
export type AliasReader = (row: JsonObject) => Json;

/**
 * `mail.message.subtype` ('mail.mt_note') stands for subtype_id; `ir.model.fields.model` is a field of its own and needs no alias.
 * Keyed by model and name, valued by the real field that must be read.
 */
const aliasedFields: Readonly<Record<string, Readonly<Record<string, string>>>> = { 'mail.message': { subtype: 'subtype_id' } };

/** Real field names behind the asked ones. */
export function withoutAliases(model: string, names: readonly string[]): readonly string[] {
  return [...new Set(names.map((name) => aliasedFields[model]?.[name] ?? name))];
}

/** Null = the name is a real field. */
export async function aliasFor(client: OdooClient, model: string, name: string): Promise<AliasReader | null> {
  const real = aliasedFields[model]?.[name];
  if (real === undefined) return null;
  const rows = await client.searchRead('ir.model.data', [['model', '=', 'mail.message.subtype']], ['module', 'name', 'res_id']);
  const names = new Map(rows.map((row) => [Number(row['res_id']), `${String(row['module'])}.${String(row['name'])}`]));
  return (row) => {
    const id = row[real];
    return typeof id === 'number' ? names.get(id) ?? `id:${id}` : null;
  };
}
