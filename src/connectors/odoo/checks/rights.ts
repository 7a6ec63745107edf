import type { OdooClient } from '../client.ts';

export interface Rights { readonly read: boolean; readonly create: boolean; readonly update: boolean; readonly delete: boolean }

const operations = { read: 'read', create: 'create', update: 'write', delete: 'unlink' } as const;

/**
 * The user's rights on a model, as the model's access list says; record rules may still refuse single records.
 * `has_access` from 18 on, `check_access_rights` before (it still answers on 19).
 */
export async function readRights(client: OdooClient, model: string): Promise<Rights> {
  const ask = async (operation: string): Promise<boolean> => (client.traits.hasAccess
    ? await client.read(model, 'has_access', { ids: [], operation }) === true
    : await client.read(model, 'check_access_rights', { operation, raise_exception: false }) === true);
  return { read: await ask(operations.read), create: await ask(operations.create), update: await ask(operations.update), delete: await ask(operations.delete) };
}
