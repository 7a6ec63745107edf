import type { Json, JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import { fromOdoo } from '../values/values-in.ts';
import type { BoundField } from './desk.ts';

/** Names of linked records by model and id: custom links travel as text, since their targets do not move. */
export type LinkNames = ReadonlyMap<string, string>;

/** The fields of one row in Portolan's forms under our names; custom links as the names of what they point to. */
export function rowValues(bound: readonly BoundField[], row: JsonObject, names: LinkNames): Record<string, Json> {
  const values: Record<string, Json> = { id: String(row['id']) };
  for (const { ours, native, field } of bound) {
    const value = fromOdoo(field, row[native]);
    values[ours] = field.relation !== undefined && ours.startsWith('x_') ? named(field.relation, value, names) : value;
  }
  return values;
}

function named(relation: string, value: Json, names: LinkNames): Json {
  const name = (id: Json): string => names.get(`${relation},${String(id)}`) ?? `${relation} ${String(id)}`;
  if (Array.isArray(value)) return value.map(name);
  return value === null ? null : name(value);
}

/** Asks for the names of all that the custom links (and the given ones) of these rows point to: one call per model. */
export async function readLinkNames(client: OdooClient, bound: readonly BoundField[], rows: readonly JsonObject[], also: readonly string[] = []): Promise<LinkNames> {
  const wanted = new Map<string, Set<number>>();
  for (const { ours, native, field } of bound) {
    if (field.relation === undefined || !(ours.startsWith('x_') || also.includes(ours))) continue;
    const ids = wanted.get(field.relation) ?? new Set<number>();
    wanted.set(field.relation, ids);
    for (const row of rows) {
      const value = row[native];
      for (const id of Array.isArray(value) ? value : [value]) if (typeof id === 'number') ids.add(id);
    }
  }
  const names = new Map<string, string>();
  for (const [model, ids] of wanted) {
    if (ids.size === 0) continue;
    const found = await client.read(model, 'read', { ids: [...ids], fields: ['display_name'], load: '_classic_write' }) as readonly JsonObject[];
    for (const row of found) names.set(`${model},${String(row['id'])}`, String(row['display_name']));
  }
  return names;
}

/** Ids of files that an HTML body shows by Odoo's own addresses: /web/image/12, /web/content/12?…, /web/image/12-ab34/x.png. */
export function inlineFileIds(html: Json): readonly string[] {
  if (typeof html !== 'string') return [];
  return [...new Set([...html.matchAll(/\/web\/(?:image|content)\/(\d+)/gu)].map((match) => match[1] as string))];
}
