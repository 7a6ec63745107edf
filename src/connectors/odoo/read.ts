import type { DestinationRecord } from '../../connector/destination.ts';
import type { Json, JsonObject } from '../../connector/json.ts';
import type { OdooClient } from './client.ts';
import { contentFields, contentHash } from './content.ts';
import { aliasFor, withoutAliases } from './field-aliases.ts';
import type { OdooModels } from './models.ts';
import { fromOdoo } from './values-in.ts';

/** Page of reading by ids. */
const idsPerCall = 1_000;

/** Ids as the engine holds them → integers. Anything else names no Odoo record and is dropped: it is "gone". */
export function toRecordIds(ids: readonly string[]): number[] {
  return [...new Set(ids.filter((id) => /^\d{1,10}$/u.test(id)).map(Number))].filter((id) => id > 0 && id < 2 ** 31);
}

/** Reads the fields asked for, the version and the content hash. Records that are gone are absent: Odoo leaves them out without error. */
export async function readRecords(client: OdooClient, models: OdooModels, request: Readonly<{ object: string; ids: readonly string[]; fields: readonly string[] }>): Promise<readonly DestinationRecord[]> {
  const ids = toRecordIds(request.ids);
  if (ids.length === 0) return [];
  const nativeNames = withoutAliases(request.object, request.fields);
  const fields = await models.require(request.object, nativeNames);
  const hashed = contentFields(request.object, fields);
  const stamps = ['write_date', 'write_uid'].filter((name) => fields.has(name));
  const asked = [...new Set([...nativeNames, ...hashed, ...stamps])];
  const aliases = await Promise.all(request.fields.map((name) => aliasFor(client, request.object, name)));
  const records: DestinationRecord[] = [];
  for (const row of await readRows(client, request.object, ids, asked)) {
    const values: { [name: string]: Json } = {};
    request.fields.forEach((name, at) => {
      const alias = aliases[at] ?? null;
      const field = fields.get(name);
      if (alias !== null) values[name] = alias(row);
      else if (field !== undefined) values[name] = fromOdoo(field, row[name]);
    });
    records.push({ id: String(row['id']), values, version: `${String(row['write_date'] ?? '')}/${String(row['write_uid'] ?? '')}`, contentHash: contentHash(row, hashed) });
  }
  return records;
}

/**
 * Rows with links as bare ids (`load` = classic write: no names are computed, and 14 to 19 understand it).
 */
export async function readRows(client: OdooClient, model: string, ids: readonly number[], fields: readonly string[]): Promise<readonly JsonObject[]> {
  const rows: JsonObject[] = [];
  for (let at = 0; at < ids.length; at += idsPerCall) {
    const answer = await client.read(model, 'read', { ids: ids.slice(at, at + idsPerCall), fields: [...fields], load: '_classic_write' });
    rows.push(...answer as readonly JsonObject[]);
  }
  return rows;
}
