import type { StoredFile } from '../../../connector/file-value.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import type { OdooField } from '../fields/field-types.ts';

/** Fields of ir.attachment that say what `datas` holds: size in bytes and SHA-1 of the content [all]. */
const describing = ['checksum', 'file_size', 'type'] as const;

/** What must be read of a record itself, so that `readStoredFiles` can say what it holds. */
export function describingFile(model: string): readonly string[] {
  return model === 'ir.attachment' ? describing : [];
}

/**
 * Binary fields read back as `StoredFile`s, never as bytes: `ir.attachment.datas` from its own columns among the rows, those of other models from the
 * attachment in which Odoo keeps them (res_field names the field). Keyed by record id and field name; absent = empty.
 */
export async function readStoredFiles(client: OdooClient, model: string, fields: ReadonlyMap<string, OdooField>, names: readonly string[], rows: readonly JsonObject[]): Promise<ReadonlyMap<string, Json>> {
  const binary = names.filter((name) => fields.get(name)?.type === 'binary');
  if (binary.length === 0 || rows.length === 0) return new Map();
  const found = new Map<string, Json>();
  if (model === 'ir.attachment') {
    for (const row of rows) {
      if (row['type'] === 'binary' && row['checksum'] !== false) for (const name of binary) found.set(`${String(row['id'])}/${name}`, storedFile(row));
    }
    return found;
  }
  const domain: Json = [['res_model', '=', model], ['res_field', 'in', binary], ['res_id', 'in', rows.map((row) => Number(row['id']))]];
  for (const row of await client.searchRead('ir.attachment', domain, ['res_id', 'res_field', ...describing])) found.set(`${String(row['res_id'])}/${String(row['res_field'])}`, storedFile(row));
  return found;
}

function storedFile(row: JsonObject): StoredFile & JsonObject {
  return { size: Number(row['file_size']), sha1: typeof row['checksum'] === 'string' ? row['checksum'] : null, sha256: null };
}
