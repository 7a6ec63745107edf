/** A count that Odoo makes itself, asked over its own API: a promise is not held against Portolan's own counts. */
export async function countInOdoo(odoo: Readonly<Record<'url' | 'database' | 'password', string>>, model: string, domain: readonly unknown[]): Promise<number> {
  const answer = await fetch(`${odoo.url}/jsonrpc`, {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'call', params: { service: 'object', method: 'execute_kw', args: [odoo.database, 2, odoo.password, model, 'search_count', [domain], { context: { active_test: false } }] } }),
  });
  return Number((await answer.json() as { readonly result?: unknown }).result ?? Number.NaN);
}
