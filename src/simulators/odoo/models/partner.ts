import type { ModelBehaviour } from '../orm/behaviour.ts';
import { constraintViolated, foreignKey } from '../orm/constraint-texts.ts';
import type { Environment } from '../orm/environment.ts';
import { childrenOf, linkedBy } from '../orm/hierarchy.ts';
import { storeChanges } from '../orm/write.ts';
import { OdooError, userError } from '../python-errors.ts';
import { plainRow } from '../store/lazy-rows.ts';
import type { Draft, Row, Stored } from '../store/row.ts';
import { dropActivities } from './activities-of.ts';
import { ADDRESS } from './address-fields.ts';
import { syncLeadsFromPartner } from './lead-partner-sync.ts';
import { cleanWebsite, formatAddress, normaliseEmail, sanitisePhone } from './text-forms.ts';

/** Fields a contact shares with its company. */
const COMMERCIAL = ['vat', 'company_registry', 'industry_id'];

/** Contacts: addresses taken from the company, names in two parts, the rules around deletion. */
export const partnerBehaviour: ModelBehaviour = {
  defaults: () => ({ type: 'contact', lang: 'en_US' }),
  beforeCreate: (env, draft, given) => {
    tidy(env, draft);
    const parent = env.row('res.partner', draft['parent_id']);
    if (parent && !given.has('lang') && parent['lang'] !== undefined) draft['lang'] = parent['lang'];
    checkName(env, draft);
    checkParent(env, draft['id'] as number, parent);
    takeFromParent(env, draft, draft, parent);
    if (parent) delete draft['company_name']; // whoever has a company has no text for it (measured on 14)
    derive(env, draft);
  },
  afterCreate: (env, rows) => {
    for (const row of rows) giveFirstAddress(env, row);
  },
  beforeWrite: (env, row, changes) => {
    tidy(env, changes);
    const merged: Draft = { ...plainRow(row), ...changes };
    checkName(env, merged);
    const parent = env.row('res.partner', merged['parent_id']);
    if ('parent_id' in changes) checkParent(env, row.id, parent);
    if ('active' in changes && changes['active'] !== true) refuseUserPartner(env, [row], 'archive');
    if ('parent_id' in changes || 'type' in changes || ADDRESS.some((name) => name in changes)) takeFromParent(env, merged, changes, parent);
    derive(env, changes, row);
  },
  afterWrite: (env, before, after, given) => {
    dropActivities(env, 'res.partner', after, given);
    passToChildren(env, before, after);
    giveFirstAddress(env, after);
    syncLeadsFromPartner(env, before, after);
  },
  beforeUnlink: (env, rows) => refuseUserPartner(env, rows, 'delete'),
  computed: {
    company_type: (_env, row) => (row['is_company'] === true ? 'company' : 'person'),
    email_formatted: (env, row) => formatAddress(env.version, row['name'] as string | undefined, row['email'] as string | undefined),
    contact_address: (env, row) => contactAddress(env, row),
    complete_name: (env, row) => shownName(env, row),
    commercial_company_name: (env, row) => commercialName(env, row) || row['company_name'],
    commercial_partner_id: (env, row) => commercial(env, row).id,
    partner_share: (env, row) => !linkedBy(env, 'res.users', 'partner_id', row.id).some((id) => env.row('res.users', id)!['share'] !== true),
    tz_offset: () => '+0000',
  },
  inverse: {
    company_type: (_env, draft, value) => { draft['is_company'] = value === 'company' ? true : undefined; },
  },
  displayName: (env, row) => shownName(env, row),
};

function tidy(_env: Environment, values: Draft): void {
  if (typeof values['website'] === 'string' && values['website'] !== '') values['website'] = cleanWebsite(values['website']);
}

function derive(env: Environment, changes: Draft, row?: Row): void {
  const value = (name: string): Stored | undefined => (name in changes ? changes[name] : row?.[name]);
  if (!row || 'email' in changes) changes['email_normalized'] = normaliseEmail(value('email') as string | undefined);
  const phone = value('phone') ?? (env.version < 19 ? value('mobile') : undefined);
  if (!row || 'phone' in changes || 'mobile' in changes) changes['phone_sanitized'] = sanitisePhone(phone as string | undefined);
}

function checkName(env: Environment, draft: Draft): void {
  const type = draft['type'] ?? 'contact';
  const name = draft['name'];
  if (type === 'contact' && (name === undefined || name === '')) throw constraintViolated(env, 'res_partner_check_name', 'Contacts require a name');
}

function checkParent(env: Environment, id: number, parent: Row | undefined): void {
  for (let above = parent; above; above = env.row('res.partner', above['parent_id'])) {
    if (above.id === id) throw new OdooError('odoo.exceptions.ValidationError', 'You cannot create recursive Partner hierarchies.');
  }
}

/** A child of type 'contact' has its parent's whole address, whatever was sent; tax number and the like come from the company. */
function takeFromParent(_env: Environment, now: Draft, changes: Draft, parent: Row | undefined): void {
  if (!parent) return;
  if ((now['type'] ?? 'contact') === 'contact' && ADDRESS.some((name) => parent[name] !== undefined)) {
    for (const name of ADDRESS) changes[name] = parent[name];
  }
  if (now['is_company'] !== true) for (const name of COMMERCIAL) if (parent[name] !== undefined) changes[name] = parent[name];
}

/** A company without an address takes that of its first contact. */
function giveFirstAddress(env: Environment, row: Row): void {
  const parent = env.row('res.partner', row['parent_id']);
  if (!parent || (row['type'] ?? 'contact') !== 'contact' || (parent['is_company'] !== true && parent['parent_id'] !== undefined)) return;
  if (ADDRESS.some((name) => parent[name] !== undefined) || !ADDRESS.some((name) => row[name] !== undefined)) return;
  if (childrenOf(env, 'res.partner', parent.id).length !== 1) return;
  storeChanges(env.sudo(), env.model('res.partner'), parent.id, Object.fromEntries(ADDRESS.map((name) => [name, row[name]])));
}

/** The address goes to children only; what a contact shares with its company goes all the way down. */
function passToChildren(env: Environment, before: Row, after: Row, depth = 0): void {
  const address = depth === 0 && ADDRESS.some((name) => before[name] !== after[name]);
  const shared = COMMERCIAL.filter((name) => before[name] !== after[name]);
  if (!address && shared.length === 0) return;
  for (const id of childrenOf(env, 'res.partner', after.id)) {
    const child = env.row('res.partner', id)!;
    const changes: Draft = {};
    if (address && (child['type'] ?? 'contact') === 'contact') for (const name of ADDRESS) changes[name] = after[name];
    if (child['is_company'] !== true) for (const name of shared) changes[name] = after[name];
    if (Object.keys(changes).length === 0) continue;
    const stored = storeChanges(env.sudo(), env.model('res.partner'), id, changes);
    passToChildren(env, child, stored, depth + 1);
  }
}

function refuseUserPartner(env: Environment, rows: readonly Row[], what: 'delete' | 'archive'): void {
  const users = rows.flatMap((row) => linkedBy(env, 'res.users', 'partner_id', row.id)).filter((id) => what === 'delete' || env.row('res.users', id)!['active'] === true);
  if (users.length === 0) return;
  if (env.version === 14) {
    if (what === 'archive') throw userError('You cannot archive a contact linked to an internal user.');
    throw foreignKey(env, env.model('res.users'), env.model('res.users').fields.get('partner_id')!);
  }
  const names = users.map((id) => String(env.row('res.partner', env.partnerId(id))?.['name'])).join(', ');
  const text = `You cannot ${what} contacts linked to an active user.\nAsk an administrator to archive their associated user first.\n\nLinked active users:\n${names}`;
  const action = "{'type': 'ir.actions.act_window', 'res_model': 'res.users', 'view_mode': 'form'}";
  // The message is the repr of a Python tuple; only its first line is fit to be shown.
  throw new OdooError('odoo.exceptions.RedirectWarning', `('${text.replaceAll('\n', '\\n')}', ${action}, 'Go to users', None)`, [text, action, 'Go to users', null]);
}

function commercial(env: Environment, row: Row): Row {
  const parent = env.row('res.partner', row['parent_id']);
  return row['is_company'] === true || !parent ? row : commercial(env, parent);
}

function commercialName(env: Environment, row: Row): string {
  const entity = commercial(env, row);
  return entity['is_company'] === true ? String(entity['name'] ?? '') : '';
}

/** Countries that write the postal code before the town. */
const CODE_FIRST = new Set(['PL', 'DE', 'FR', 'ES', 'IT', 'NL', 'BE', 'AT', 'CZ', 'CH', 'SE']);

function contactAddress(env: Environment, row: Row): string {
  const country = env.row('res.country', row['country_id']);
  const state = env.row('res.country.state', row['state_id']);
  const text = (name: string): string => String(row[name] ?? '');
  const town = CODE_FIRST.has(String(country?.['code'])) ? `${text('zip')} ${text('city')}` : `${text('city')} ${String(state?.['code'] ?? '')} ${text('zip')}`;
  const company = commercialName(env, row) || text('company_name');
  return [...(company === '' ? [] : [company]), text('street'), text('street2'), town, String(country?.['name'] ?? '')].join('\n');
}

const TYPE_LABELS: { readonly [type: string]: string } = { invoice: 'Invoice Address', delivery: 'Delivery Address', other: 'Other Address', private: 'Private Address' };

function shownName(env: Environment, row: Row): string {
  let name = String(row['name'] ?? '');
  const company = row['parent_id'] === undefined ? String(row['company_name'] ?? '') : commercialName(env, row) || String(env.row('res.partner', row['parent_id'])?.['name'] ?? '');
  if (row['is_company'] !== true && company !== '') {
    if (name === '') name = TYPE_LABELS[String(row['type'])] ?? '';
    name = `${company}, ${name}`;
  }
  return name;
}
