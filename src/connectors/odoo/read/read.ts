import type { DestinationRecord } from '../../../connector/destination.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import { contentFields, contentHash } from '../values/content.ts';
import { aliasReaders, hashedBeside, withoutAliases } from '../fields/field-aliases.ts';
import type { OdooField } from '../fields/field-types.ts';
import type { OdooModels } from '../fields/models.ts';
import { describingFile, readStoredFiles } from './stored-files.ts';
import { fromOdoo } from '../values/values-in.ts';

/** Page of reading by ids. */
const idsPerCall = 1_000;

/** Ids as the engine holds them → integers. Anything else names no Odoo record and is dropped: it is "gone". */
export function toRecordIds(ids: readonly string[]): number[] {
  return [...new Set(ids.filter((id) => /^\d{1,10}$/u.test(id)).map(Number))].filter((id) => id > 0 && id < 2 ** 31);
}

/** Reads the fields asked for, the version and the content hash. Records that are gone are absent: Odoo leaves them out without error. */
export async function readRecords(client: OdooClient, models: OdooModels, request: Readonly<{ object: string; ids: readonly string[]; fields: readonly string[] }>): Promise<readonly DestinationRecord[]> {
  const { object } = request;
  const ids = toRecordIds(request.ids);
  if (ids.length === 0) return [];
  const nativeNames = withoutAliases(object, request.fields);
  const fields = await models.require(object, nativeNames);
  const hashed = contentFields(object, fields);
  const stamps = stampsOf(fields);
  // Bytes are not asked for: `readStoredFiles` says what is there.
  const asked = [...new Set([...nativeNames.filter((name) => fields.get(name)?.type !== 'binary'), ...hashed, ...stamps, ...describingFile(object)])];
  const rows = await readRows(client, object, ids, asked);
  const readers = await aliasReaders(client, object, request.fields, rows);
  const files = await readStoredFiles(client, object, fields, request.fields, rows);
  const beside = await hashedBeside(client, object, rows);
  return rows.map((row) => {
    const values: { [name: string]: Json } = {};
    for (const name of request.fields) {
      const reader = readers.get(name);
      const field = fields.get(name);
      if (reader !== undefined) values[name] = reader(row);
      else if (field?.type === 'binary') values[name] = files.get(`${String(row['id'])}/${name}`) ?? null;
      else if (field !== undefined) values[name] = fromOdoo(field, row[name]);
    }
    return { id: String(row['id']), values, version: versionOf(row), contentHash: contentHash(row, hashed, beside.get(Number(row['id']))) };
  });
}

/** The versions alone: of 500 leads in 0.02 s, where reading all that the content hash covers takes 0.15 s (Odoo 14, measured). */
export async function readVersions(client: OdooClient, models: OdooModels, request: Readonly<{ object: string; ids: readonly string[] }>): Promise<ReadonlyMap<string, string>> {
  const ids = toRecordIds(request.ids);
  const rows = ids.length === 0 ? [] : await readRows(client, request.object, ids, stampsOf(await models.fields(request.object)));
  return new Map(rows.map((row) => [String(row['id']), versionOf(row)]));
}

/** What says when a record was changed last, and by whom. */
function stampsOf(fields: ReadonlyMap<string, OdooField>): readonly string[] {
  return ['write_date', 'write_uid'].filter((name) => fields.has(name));
}

function versionOf(row: JsonObject): string {
  return `${String(row['write_date'] ?? '')}/${String(row['write_uid'] ?? '')}`;
}

/**
 * Rows with links as bare ids (`load` = classic write: no names are computed, and 14 to 19 understand it), and of binary fields
 * the size only: their bytes would fill the memory.
 */
export async function readRows(client: OdooClient, model: string, ids: readonly number[], fields: readonly string[]): Promise<readonly JsonObject[]> {
  const rows: JsonObject[] = [];
  for (let at = 0; at < ids.length; at += idsPerCall) {
    const answer = await client.read(model, 'read', { ids: ids.slice(at, at + idsPerCall), fields: [...fields], load: '_classic_write' }, { bin_size: true });
    rows.push(...answer as readonly JsonObject[]);
  }
  return rows;
}
