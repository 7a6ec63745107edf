import type { OdooAddress } from './migration.ts';

/** A person at the destination: calls Odoo over JSON-RPC as the web client would, past everything of the product. */
export async function asPerson(odoo: OdooAddress): Promise<<Result = unknown>(model: string, method: string, args: readonly unknown[], keywords?: object) => Promise<Result>> {
  const rpc = async (service: string, method: string, args: readonly unknown[]): Promise<unknown> => {
    const response = await fetch(`${odoo.url}/jsonrpc`, {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'call', params: { service, method, args } }),
    });
    const answer = (await response.json()) as { result?: unknown; error?: { data?: { message?: string } } };
    if (answer.error !== undefined) throw new Error(`${service}.${method}: ${answer.error.data?.message ?? 'Odoo error'}`);
    return answer.result;
  };
  const uid = await rpc('common', 'login', [odoo.database, odoo.user, odoo.password]);
  return async (model, method, args, keywords = {}) => (await rpc('object', 'execute_kw', [odoo.database, uid, odoo.password, model, method, args, keywords])) as never;
}
