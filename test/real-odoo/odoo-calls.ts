import type { RealOdoo } from './odoo.ts';

/** What a test does as the administrator, through Odoo itself. */
export interface OdooCalls {
  /** A call by the administrator. @throws Error with Odoo's message */
  readonly call: <Result>(model: string, method: string, args: readonly unknown[], kwargs?: object) => Promise<Result>;
  /** Makes salespeople who see all documents; nobody is invited, and Odoo's own digest by e-mail, to which every new user is subscribed, is switched off. */
  readonly addUsers: (logins: readonly string[]) => Promise<void>;
  /** The form of a model as people see it, all extensions included: `fields_view_get`. */
  readonly form: (model: string) => Promise<string>;
}

export function odooCalls(odoo: RealOdoo): OdooCalls {
  const call = async <Result>(model: string, method: string, args: readonly unknown[], kwargs: object = {}): Promise<Result> => {
    const response = await fetch(`${odoo.url}/jsonrpc`, {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'call', params: { service: 'object', method: 'execute_kw', args: [odoo.database, 2, odoo.password, model, method, args, kwargs] } }),
    });
    const answer = await response.json() as { result?: Result; error?: { data: { message: string } } };
    if (answer.error !== undefined) throw new Error(`${model}.${method}: ${answer.error.data.message}`);
    return answer.result as Result;
  };
  return {
    call,
    addUsers: async (logins) => {
      const digests = await call<number[]>('digest.digest', 'search', [[]]);
      await call('digest.digest', 'write', [digests, { state: 'deactivated' }]);
      const groups = await call<{ res_id: number }[]>('ir.model.data', 'search_read', [[['model', '=', 'res.groups'], ['name', 'in', ['group_user', 'group_sale_salesman_all_leads']]], ['res_id']]);
      const context = { no_reset_password: true, mail_create_nosubscribe: true, tracking_disable: true };
      await call('res.users', 'create', [logins.map((login) => ({ name: login.split('@')[0], login, email: login, groups_id: [[6, 0, groups.map((group) => group.res_id)]] }))], { context });
    },
    form: async (model) => (await call<{ arch: string }>(model, 'fields_view_get', [], { view_type: 'form' })).arch,
  };
}
