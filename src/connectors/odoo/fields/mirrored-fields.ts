import { PortolanError } from '../../../connector/errors.ts';
import type { Json } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';

/**
 * A custom field of res.partner appears on res.users too, and on 14 its row there (state base, related, not stored) outlives
 * the field: a trace of a migration that was undone. Odoo lets nobody delete rows of state base but with the context key by
 * which it uninstalls modules. Only rows are taken that mirror a field just deleted: same name, related to it, not stored.
 */
export async function readFieldNames(client: OdooClient, fieldIds: readonly number[]): Promise<readonly string[]> {
  const rows = await client.searchRead('ir.model.fields', [['id', 'in', [...fieldIds]], ['state', '=', 'manual']], ['name']);
  return [...new Set(rows.map((row) => String(row['name'])))];
}

/** Takes the left-over mirrors of deleted fields away. What Odoo refuses stays, and the caller's fingerprint is not affected. */
export async function removeMirrors(client: OdooClient, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const domain: Json = [['name', 'in', [...names]], ['state', '=', 'base'], ['store', '=', false], ['related', '!=', false]];
  const rows = await client.searchRead('ir.model.fields', domain, ['name', 'model', 'related']);
  const ids = rows.filter((row) => String(row['related']).endsWith(`.${String(row['name'])}`)).map((row) => Number(row['id']));
  if (ids.length === 0) return;
  const alive = await client.searchRead('ir.model.fields', [['name', 'in', [...names]], ['state', '=', 'manual']], ['name']);
  const aliveNames = new Set(alive.map((row) => String(row['name'])));
  const stale = rows.filter((row) => ids.includes(Number(row['id'])) && !aliveNames.has(String(row['name']))).map((row) => Number(row['id']));
  if (stale.length === 0) return;
  try {
    await client.write('ir.model.fields', 'unlink', { ids: stale }, { _force_unlink: true });
  } catch (error) {
    if (!(error instanceof PortolanError)) throw error; // harmless rows: they belong to no field and nobody sees them
  }
}
