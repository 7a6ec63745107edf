import { createHash } from 'node:crypto';
import type { OdooSimulatorOptions, SimulatedUser } from '../options.ts';
import type { Environment } from '../orm/environment.ts';
import type { Draft } from '../store/row.ts';
import { ROLE_GROUPS } from './groups.ts';
import { putRow } from './put-row.ts';

/** The key of a user that was given none: 40 hexadecimal digits, the same in every run. */
function defaultApiKey(login: string): string {
  return createHash('sha1').update(`odoo simulator key of ${login}`).digest('hex');
}

/** The company, the technical users 1 and 3 to 5, the administrator (2), then the asked ones from 6 on. */
export function seedUsers(env: Environment, options: OdooSimulatorOptions): void {
  const currency = env.table('res.currency').withKey('name', options.companyCurrency ?? 'EUR', (row) => row['name'] as string)[0];
  if (currency === undefined) throw new Error(`companyCurrency '${String(options.companyCurrency)}' is not known to the simulator; use EUR, USD, PLN, GBP, CHF, CZK, SEK or JPY`);
  const partner = (id: number, values: Draft, name?: string): void => putRow(env, 'res.partner', id, { type: 'contact', lang: 'en_US', ...values }, name);
  partner(1, { name: 'My Company', is_company: true, complete_name: 'My Company' }, 'base.main_partner');
  partner(2, { name: 'OdooBot', email: 'odoobot@example.com', active: undefined }, 'base.partner_root');
  partner(3, { name: 'Administrator', email: 'admin@example.com', email_normalized: 'admin@example.com' }, 'base.partner_admin');
  partner(4, { name: 'Public user', active: undefined }, 'base.public_partner');
  partner(5, { name: 'Default User Template', active: undefined }, 'base.default_user_res_partner');
  partner(6, { name: 'Portal User Template', active: undefined }, 'base.template_portal_user_id_res_partner');
  putRow(env, 'res.company', 1, { name: 'My Company', partner_id: 1, currency_id: currency, sequence: 10 }, 'base.main_company');
  user(env, 1, { login: '__system__', active: undefined }, 2, [1, 2, 3], 'base.user_root');
  user(env, 2, { login: options.user ?? 'admin' }, 3, ROLE_GROUPS.admin, 'base.user_admin');
  user(env, 3, { login: 'default', active: undefined }, 5, [1], 'base.default_user');
  user(env, 4, { login: 'public', active: undefined }, 4, [10], 'base.public_user');
  user(env, 5, { login: 'portaltemplate', active: undefined }, 6, [9], 'base.template_portal_user_id');
  env.server.secrets.set(2, { password: options.password ?? 'admin', apiKey: defaultApiKey(options.user ?? 'admin') });
  (options.users ?? []).forEach((given, at) => addUser(env, 6 + at, 7 + at, given));
}

function addUser(env: Environment, id: number, partnerId: number, given: SimulatedUser): void {
  const email = given.email ?? (given.login.includes('@') ? given.login : undefined);
  putRow(env, 'res.partner', partnerId, { name: given.name ?? given.login, email, email_normalized: email?.toLowerCase(), type: 'contact', lang: 'en_US', tz: given.tz });
  user(env, id, { login: given.login, active: given.active === false ? undefined : true }, partnerId, ROLE_GROUPS[given.role ?? 'internal']);
  env.server.secrets.set(id, { password: given.password, apiKey: given.apiKey ?? defaultApiKey(given.login) });
}

function user(env: Environment, id: number, values: Draft, partner: number, groups: readonly number[], name?: string): void {
  putRow(env, 'res.users', id, {
    company_id: 1, company_ids: [1], partner_id: partner, notification_type: 'email', [env.version >= 19 ? 'group_ids' : 'groups_id']: groups.filter((group) => env.table('res.groups').has(group)).sort((a, b) => a - b), ...values,
  }, name);
}
