import { AuthenticationError, PortolanError } from '../../../connector/errors.ts';
import type { Json } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import type { OdooModels } from './models.ts';

/** Modules whose presence changes what a migration meets. */
const relevantModules = ['crm', 'contacts', 'calendar', 'mass_mailing', 'base_automation', 'crm_iap_enrich', 'crm_iap_lead_enrich', 'partner_autocomplete', 'base_vat', 'helpdesk', 'helpdesk_mgmt', 'sale_crm', 'google_calendar', 'microsoft_calendar'] as const;

/** Where the address says Odoo runs. Odoo's own hosts have their rules; 'own' is everything else. */
export function hostingOf(url: string): 'online' | 'odoo.sh' | 'own' {
  const host = new URL(url).hostname.toLowerCase();
  if (host.endsWith('.odoo.sh') || host.endsWith('.dev.odoo.com')) return 'odoo.sh';
  return host.endsWith('.odoo.com') ? 'online' : 'own';
}

/** Single facts by name. A fact this user may not read is null, never a guess. */
export async function readFacts(client: OdooClient, models: OdooModels, url: string): Promise<{ readonly [name: string]: Json }> {
  const [user] = await client.searchRead('res.users', [['id', '=', client.uid]], ['login', 'company_id', 'company_ids', 'tz', 'lang']);
  const companyId = idOf(user?.['company_id']);
  const [company] = companyId === null ? [] : await client.searchRead('res.company', [['id', '=', companyId]], ['name', 'currency_id', 'country_id']);
  const users = await orNull(async () => (await client.searchRead('res.users', [['share', '=', false]], ['login', 'name'], { limit: 1000 })).map((row) => ({ login: String(row['login']), name: typeof row['name'] === 'string' ? row['name'] : '' })));
  return {
    version: client.version.text,
    major: client.version.major,
    edition: client.version.enterprise ? 'enterprise' : 'community',
    hosting: hostingOf(url),
    door: client.door,
    database: client.database,
    uid: String(client.uid),
    company: nameOf(company?.['name'] ?? null),
    companies: await names(client, 'res.company', 'name'),
    currency: labelOf(company?.['currency_id']),
    currencies: await orNull(async () => (await client.searchRead('res.currency', [['active', '=', true]], ['name'])).map((row) => String(row['name']))),
    userLanguage: nameOf(user?.['lang'] ?? null),
    country: labelOf(company?.['country_id']),
    languages: await orNull(async () => (await client.searchRead('res.lang', [['active', '=', true]], ['code'])).map((row) => String(row['code']))),
    leadsEnabled: await orNull(() => leadsEnabled(client)),
    modules: await orNull(async () => (await client.searchRead('ir.module.module', [['name', 'in', [...relevantModules]], ['state', '=', 'installed']], ['name'])).map((row) => String(row['name']))),
    stages: await models.fieldsOrNull('crm.stage') === null ? null : await orNull(async () => (await client.searchRead('crm.stage', [], ['name', 'sequence', 'is_won'])).map((row) => ({ id: String(row['id']), name: String(row['name']), sequence: Number(row['sequence']), isWon: row['is_won'] === true }))),
    users,
    logins: Array.isArray(users) ? users.map((each) => (each as { readonly login: string }).login) : null,
    tags: await models.fieldsOrNull('crm.tag') === null ? null : await names(client, 'crm.tag', 'name'),
  };
}

/** Whether the user sees leads apart from opportunities: membership of crm.group_use_lead. */
async function leadsEnabled(client: OdooClient): Promise<boolean> {
  const answer = await client.read('res.users', 'has_group', { group_ext_id: 'crm.group_use_lead', ...(client.traits.hasGroupTakesIds ? { ids: [client.uid] } : {}) });
  return answer === true;
}

async function names(client: OdooClient, model: string, field: string): Promise<Json> {
  return orNull(async () => (await client.searchRead(model, [], [field], { limit: 500 })).map((row) => String(row[field])));
}

/** What the question gives; null where this user may not ask it. */
export async function orNull(ask: () => Promise<Json>): Promise<Json> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof AuthenticationError || (error instanceof PortolanError && ['missing-model', 'refused', 'unexpected-fault'].includes(error.code))) return null;
    throw error;
  }
}

function idOf(value: Json | undefined): number | null {
  return Array.isArray(value) && typeof value[0] === 'number' ? value[0] : null;
}
function labelOf(value: Json | undefined): string | null {
  return Array.isArray(value) && typeof value[1] === 'string' ? value[1] : null;
}
function nameOf(value: Json): string | null {
  return typeof value === 'string' ? value : null;
}
