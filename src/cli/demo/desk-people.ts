/** Agents of the simulated help desk who work on in Intercom; two have left, and one of the help desk's four teams was not made there. */
export const deskAdmins: readonly string[] = ['migration@desk.example', ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((at) => `agent.${at}@helpdesk.example`)];
export const deskTeams: readonly string[] = ['Support', 'Billing', 'Second level'];

/** What people do at the help desk after the load, over Odoo's own API. */
export async function workOn(odoo: Readonly<Record<'url' | 'database' | 'password', string>>): Promise<void> {
  const call = async (model: string, method: string, args: readonly unknown[], keywords: object = {}): Promise<unknown> => {
    const answer = await fetch(`${odoo.url}/jsonrpc`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'call', params: { service: 'object', method: 'execute_kw', args: [odoo.database, 2, odoo.password, model, method, args, keywords] } }) });
    return (await answer.json() as { readonly result?: unknown }).result;
  };
  const [ticket] = await call('helpdesk.ticket', 'search_read', [[['partner_id', '!=', false], ['stage_id.fold', '=', true]], ['partner_id']], { limit: 1, order: 'id' }) as readonly { readonly id: number; readonly partner_id: readonly [number, string] }[];
  if (ticket === undefined) return;
  await call('mail.message', 'create', [{ model: 'helpdesk.ticket', res_id: ticket.id, body: '<p>One more question, please.</p>', message_type: 'comment', subtype_id: 1, author_id: ticket.partner_id[0] }]);
  const [answer] = await call('mail.message', 'search', [[['model', '=', 'helpdesk.ticket'], ['message_type', '=', 'comment'], ['subtype_id', '=', 1], ['body', '!=', '']]], { limit: 1, order: 'id' }) as readonly number[];
  if (answer !== undefined) await call('mail.message', 'write', [[answer], { body: '<p>Corrected: the parcel leaves on Monday.</p>' }]);
}
