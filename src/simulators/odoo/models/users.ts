import type { ModelBehaviour } from '../orm/behaviour.ts';
import type { Environment } from '../orm/environment.ts';
import { groupsOf, hasGroup } from '../orm/rights.ts';
import { accessError, validationError } from '../python-errors.ts';
import type { Draft, Row } from '../store/row.ts';
import { searchIds } from '../orm/search.ts';

/** Users: their partner holds name and address; passwords and keys stay out of the tables. */
export const userBehaviour: ModelBehaviour = {
  defaults: (env) => ({
    company_id: 1, company_ids: [1], notification_type: 'email', [env.version >= 19 ? 'group_ids' : 'groups_id']: searchIds(env.sudo(), 'res.groups', [['name', 'in', ['Role / User', 'Internal User']]], { limit: 1 }),
  }),
  beforeCreate: (env, draft) => {
    if (draft['login'] !== undefined) draft['login'] = String(draft['login']);
    keepPassword(env, draft);
  },
  afterCreate: (env, rows) => {
    for (const row of rows) {
      const partner = env.row('res.partner', row['partner_id'])!;
      if (row['active'] !== true || env.flag('no_reset_password') || env.uid === row.id) continue;
      // Without a mail server the attempt is silently undone; with one the invitation leaves at once.
      if (env.server.mailServer && partner['email'] !== undefined) env.server.sentMails.push({ reason: 'user invitation', to: String(partner['email']), model: 'res.users', resId: row.id });
    }
  },
  beforeWrite: (env, row, changes) => {
    keepPassword(env, changes, row.id);
    if ('active' in changes && changes['active'] !== true && row.id === env.uid) throw validationError('You cannot deactivate the user you\'re currently logged in as.');
  },
  beforeUnlink: (env, rows) => {
    if (rows.some((row) => row.id === 1)) throw validationError('You can not remove the admin user as it is used internally for resources created by Odoo (updates, module installation, ...)');
    for (const row of rows) env.server.secrets.delete(row.id);
  },
  computed: {
    share: (env, row) => !hasGroup(env, 'base.group_user', row.id),
    all_group_ids: (env, row) => [...groupsOf(env, row.id)].sort((a, b) => a - b),
    password: () => undefined,
    state: () => 'active',
    login_date: (_env, row) => row['login_date'],
    sale_team_id: (_env, row) => row['sale_team_id'],
  },
  inverse: { password: (_env, draft, value) => { draft['password'] = value; } },
  displayName: (env, row) => String(env.row('res.partner', row['partner_id'])?.['name'] ?? row['login']),
  methods: {
    context_get: { on: 'model', parameters: [], run: (env) => contextOf(env) },
    has_group: { on: 'records', parameters: ['group_ext_id'], run: (env, { ids, arguments: given }) => hasGroup(env, String(given['group_ext_id']), ids[0] ?? env.uid) },
    change_password: {
      on: 'model', parameters: ['old_passwd', 'new_passwd'],
      run: (env, { arguments: given }) => {
        const secret = env.server.secrets.get(env.uid)!;
        if (secret.password !== given['old_passwd']) throw accessError('The old password you provided is incorrect, your password was not changed.');
        secret.password = String(given['new_passwd']);
        return true;
      },
    },
  },
};

/** On 14 and 17 the group is the only argument; from 18 on the users come first. */
export const userMethodsBefore18: ModelBehaviour = {
  methods: { has_group: { on: 'model', parameters: ['group_ext_id'], run: (env, { arguments: given }) => hasGroup(env, String(given['group_ext_id'])) } },
};

function contextOf(env: Environment): Record<string, unknown> {
  const partner = env.row('res.partner', env.partnerId());
  return { lang: partner?.['lang'] ?? 'en_US', tz: partner?.['tz'] ?? false, ...(env.version >= 18 ? { uid: env.uid } : {}) };
}

function keepPassword(env: Environment, draft: Draft | (Draft & Row), id: number = draft['id'] as number): void {
  if (!('password' in draft)) return;
  const password = draft['password'];
  delete draft['password'];
  const secret = env.server.secrets.get(id);
  if (secret) secret.password = String(password ?? '');
  else env.server.secrets.set(id, { password: String(password ?? ''), apiKey: '' });
}
