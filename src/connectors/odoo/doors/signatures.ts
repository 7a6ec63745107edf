import type { JsonObject, Json } from '../../../connector/json.ts';

/**
 * Which arguments JSON-RPC and XML-RPC must get by position, in this order; all others go by name.
 * By position because the Python names differ between versions (`search(args)` on 14, `search(domain)` from 17)
 * and between overriding modules (`create(vals)` and `create(vals_list)`). JSON-2 takes the names of Odoo 19 as they are.
 */
const positional: Readonly<Record<string, readonly string[]>> = {
  create: ['vals_list'],
  write: ['ids', 'vals'],
  unlink: ['ids'],
  read: ['ids', 'fields'],
  search: ['domain'],
  search_read: ['domain', 'fields'],
  search_count: ['domain'],
  fields_get: [],
  default_get: ['fields_list'],
  load: ['fields', 'data'],
  check_access_rights: ['operation'],
  has_access: ['ids', 'operation'],
  has_group: ['group_ext_id'],
  context_get: [],
  get_installed: [],
  check_object_reference: ['module', 'xml_id'],
};

/** Splits named arguments into the positional list and the keyword dictionary of `execute_kw`. */
export function toPositional(method: string, args: JsonObject): { readonly list: Json[]; readonly keywords: { [name: string]: Json } } {
  const order = positional[method] ?? (args['ids'] === undefined ? [] : ['ids']);
  const names = method === 'has_group' && args['ids'] !== undefined ? ['ids', ...order] : order;
  const list: Json[] = [];
  const keywords: { [name: string]: Json } = {};
  for (const name of names) {
    const value = args[name];
    if (value === undefined) throw new TypeError(`${method} needs the argument ${name}`);
    list.push(value);
  }
  for (const [name, value] of Object.entries(args)) if (!names.includes(name)) keywords[name] = value;
  return { list, keywords };
}
