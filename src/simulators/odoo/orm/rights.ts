import { accessError } from '../python-errors.ts';
import type { Row } from '../store/row.ts';
import type { Operation } from './behaviour.ts';
import { modelLabel } from './constraint-texts.ts';
import type { Environment } from './environment.ts';

/** Groups by external id, as rights name them. */
export type Group = 'user' | 'partner' | 'salesman' | 'sales manager' | 'helpdesk' | 'helpdesk manager' | 'access rights' | 'settings';
const GROUP_IDS: { readonly [group in Group]: string } = {
  'user': 'base.group_user',
  'partner': 'base.group_partner_manager',
  'salesman': 'sales_team.group_sale_salesman',
  'sales manager': 'sales_team.group_sale_manager',
  'helpdesk': 'helpdesk.group_helpdesk_user',
  'helpdesk manager': 'helpdesk.group_helpdesk_manager',
  'access rights': 'base.group_erp_manager',
  'settings': 'base.group_system',
};

type Rights = { readonly [group in Group]?: string };
const ADMIN_ONLY: Rights = { 'access rights': 'rwcu', 'settings': 'rwcu' };
const READ_ALL: Rights = { 'user': 'r', 'settings': 'rwcu' };
const CRM_SETUP: Rights = { 'user': 'r', 'sales manager': 'rwcu', 'settings': 'rwcu' };
const OPEN: Rights = { user: 'rwcu' };

/** r w c u = read write create unlink; measured on 17 and 18, the same on 19. */
const MATRIX: { readonly [model: string]: Rights } = {
  'res.partner': { 'user': 'r', 'partner': 'rwcu', 'salesman': 'rwc', 'settings': 'r' },
  'res.partner.category': { 'user': 'r', 'partner': 'rwcu', 'salesman': 'rwc', 'settings': 'rwcu' },
  'crm.merge.opportunity': { salesman: 'rwc' }, 'base.partner.merge.automatic.wizard': { partner: 'rwc' },
  'crm.lead': { 'salesman': 'rwc', 'sales manager': 'rwcu' },
  'crm.stage': CRM_SETUP, 'crm.team': CRM_SETUP, 'crm.lost.reason': CRM_SETUP, 'crm.recurring.plan': CRM_SETUP,
  'crm.tag': { 'salesman': 'rwc', 'sales manager': 'rwcu', 'settings': 'rwcu' },
  'rating.rating': { user: 'rwc', settings: 'rwcu' }, 'mail.template': { user: 'rwc', settings: 'rwcu' },
  'mail.message': OPEN, 'mail.activity': OPEN, 'calendar.event': OPEN, 'calendar.attendee': OPEN, 'ir.attachment': OPEN,
  'calendar.event.type': { user: 'r', 'sales manager': 'rwcu', 'settings': 'rwcu' },
  'mail.activity.type': { 'user': 'r', 'sales manager': 'rwcu', 'settings': 'rwcu' },
  'mail.followers': { user: 'r', settings: 'rwcu' },
  'mail.blacklist': ADMIN_ONLY, 'phone.blacklist': ADMIN_ONLY,
  'mail.mail': ADMIN_ONLY, 'ir.mail_server': ADMIN_ONLY, 'ir.cron': ADMIN_ONLY, 'base.automation': ADMIN_ONLY, 'ir.config_parameter': ADMIN_ONLY,
  'ir.model': ADMIN_ONLY, 'ir.model.fields': ADMIN_ONLY, 'ir.model.fields.selection': ADMIN_ONLY, 'ir.model.data': ADMIN_ONLY,
  'res.users': { 'user': 'r', 'access rights': 'rwcu', 'settings': 'rwcu' },
  'res.groups': { 'user': 'r', 'access rights': 'rwcu', 'settings': 'rwcu' },
  'res.company': { 'user': 'r', 'access rights': 'rwcu', 'settings': 'rwcu' },
  'ir.ui.view': { settings: 'rwcu' }, 'mail.message.subtype': OPEN, 'fetchmail.server': { settings: 'rwcu' },
  'utm.campaign': OPEN, 'utm.medium': OPEN, 'utm.source': OPEN,
};
/** OCA (measured on 14): every employee has the right to read tickets, but the record rules show them to the help desk alone (`models/helpdesk.ts`). */
const HELPDESK_OCA: { readonly [model: string]: Rights } = { 'helpdesk.ticket': { 'user': 'r', 'helpdesk': 'rwc', 'helpdesk manager': 'rwcu' }, 'helpdesk.sla': { 'helpdesk manager': 'rwcu' } };
/** Enterprise: public documentation. */
const HELPDESK_ENTERPRISE: { readonly [model: string]: Rights } = { 'helpdesk.ticket': { 'helpdesk': 'rwc', 'helpdesk manager': 'rwcu' } };

function helpdeskRights(env: Environment, model: string): Rights {
  if (env.hasModel('helpdesk.ticket.stage')) return HELPDESK_OCA[model] ?? { 'user': 'r', 'helpdesk manager': 'rwcu' };
  return HELPDESK_ENTERPRISE[model] ?? { 'helpdesk': 'r', 'helpdesk manager': 'rwcu' };
}
/** On 14 plain users may read the technical models and create external ids (measured). */
const MATRIX_14: { readonly [model: string]: Rights } = {
  'ir.model': READ_ALL, 'ir.model.fields': READ_ALL, 'ir.model.fields.selection': READ_ALL,
  'ir.model.data': { 'user': 'rc', 'access rights': 'rwcu', 'settings': 'rwcu' },
};

const VERBS: { readonly [operation in Operation]: string } = { read: 'access', write: 'modify', create: 'create', unlink: 'delete' };

/** May the caller do this on the model at all? Record rules come on top. */
export function hasModelRight(env: Environment, model: string, operation: Operation): boolean {
  if (env.superuser) return true;
  const rights = model.startsWith('helpdesk.') ? helpdeskRights(env, model) : (env.version === 14 ? MATRIX_14[model] : undefined) ?? MATRIX[model] ?? READ_ALL;
  const letter = operation === 'unlink' ? 'u' : operation[0]!;
  return (Object.entries(rights) as [Group, string][]).some(([group, letters]) => letters.includes(letter) && hasGroup(env, GROUP_IDS[group]));
}

export function checkModelRight(env: Environment, model: string, operation: Operation): void {
  if (hasModelRight(env, model, operation)) return;
  const label = modelLabel(env, env.model(model));
  throw accessError(`You are not allowed to ${VERBS[operation]} '${label}' (${model}) records.\n\nThis operation is allowed for the following groups:\n\t- ${groupText(env)}\n\nContact your administrator to request access if necessary.`);
}

function groupText(env: Environment): string {
  return env.version >= 19 ? 'Access Rights' : 'Administration/Access Rights';
}

/** @throws OdooError AccessError when a record rule keeps one of the rows from the caller */
export function checkRowRights(env: Environment, modelName: string, ids: readonly number[], operation: Operation): void {
  if (env.superuser) return;
  const allowed = env.model(modelName).behaviour.allowed;
  if (!allowed) return;
  for (const id of ids) {
    const row = env.row(modelName, id);
    if (row && !allowed(env, row, operation)) throw recordRuleError(env, modelName, row, operation);
  }
}

function recordRuleError(env: Environment, modelName: string, row: Row, operation: Operation): Error {
  const label = modelLabel(env, env.model(modelName));
  if (env.version === 14) return accessError(`The requested operation cannot be completed due to security restrictions. Due to security restrictions, you are not allowed to ${VERBS[operation]} '${label}' (${modelName}) records.\n\nRecords: ${modelName},${row.id}\nUser: ${env.uid}`);
  if (modelName === 'mail.message' && env.version >= 18) return accessError(`The requested operation cannot be completed due to security restrictions. Please contact your system administrator.\n\n(Document type: ${label}, Operation: ${operation})\n\nRecords: [${row.id}], User: ${env.uid}`);
  return accessError(`Uh-oh! Looks like you have stumbled upon some top-secret records.\n\nSorry, ${String(env.user()['login'])} (id=${env.uid}) doesn't have '${operation}' access to:\n- ${label} (${modelName})\n\nIf you really, really need access, perhaps you can win over your friendly administrator with a batch of freshly baked cookies.`);
}

/** Is the user in the group, named by its external id, also by way of another group? */
export function hasGroup(env: Environment, name: string, uid: number = env.uid): boolean {
  const groups = groupsOf(env, uid);
  // The two dialects of help desk name their groups alike, in modules of their own.
  const names = new Set([name, name.replace(/^helpdesk\./u, 'helpdesk_mgmt.')]);
  for (const id of groups) if (names.has(externalNames(env).get(id) ?? '')) return true;
  return false;
}

const NAMES = new WeakMap<object, Map<number, string>>();
function externalNames(env: Environment): Map<number, string> {
  const key = env.server;
  let names = NAMES.get(key);
  if (!names) {
    names = new Map();
    for (const row of env.table('ir.model.data').rows()) {
      if (row['model'] === 'res.groups') names.set(row['res_id'] as number, `${String(row['module'])}.${String(row['name'])}`);
    }
    NAMES.set(key, names);
  }
  return names;
}

export function groupsOf(env: Environment, uid: number): Set<number> {
  const user = env.row('res.users', uid);
  const direct = (user?.[env.version >= 19 ? 'group_ids' : 'groups_id'] as readonly number[] | undefined) ?? [];
  const all = new Set<number>();
  const queue = [...direct];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (all.has(id)) continue;
    all.add(id);
    queue.push(...((env.row('res.groups', id)?.['implied_ids'] as readonly number[] | undefined) ?? []));
  }
  return all;
}
