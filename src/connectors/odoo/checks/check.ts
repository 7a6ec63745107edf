import type { CheckResult } from '../../../connector/check-result.ts';
import type { DestinationCheckRequest } from '../../../connector/destination.ts';
import type { Json } from '../../../connector/json.ts';
import { checkEdition } from './check-edition.ts';
import { checkFiring } from './check-firing.ts';
import { listed, passed, unknown, warning } from './check-results.ts';
import type { OdooClient } from '../client.ts';
import { hostingOf, readFacts } from '../fields/facts.ts';
import type { OdooModels } from '../fields/models.ts';
import { findRelation, isRelation } from '../write/relations.ts';
import { readRights, type Rights } from './rights.ts';
import type { OdooSettings } from '../settings.ts';

/** Readiness of an Odoo for the objects a plan writes. Reads only. */
export async function checkOdoo(client: OdooClient, models: OdooModels, settings: OdooSettings, request: DestinationCheckRequest): Promise<readonly CheckResult[]> {
  const facts = await readFacts(client, models, settings.url);
  const results: CheckResult[] = [
    passed('odoo-version', 'Odoo version', `Odoo ${client.version.text}.`),
    await checkEdition(client),
    hostingCheck(settings),
    doorCheck(client, settings),
    passed('odoo-database', 'Database', client.database === '' ? 'The only one of the server.' : `'${client.database}'.`),
    passed('odoo-user', 'User', `Logged in as user ${client.uid}.`),
  ];
  const objects = [...new Set(request.objects)];
  const written = objects.filter((object) => request.writes?.includes(object) ?? !lookedUp.has(object));
  if (objects.some((object) => object.startsWith('crm.'))) results.push(await appCheck(models, 'crm-installed', 'CRM app installed', 'crm.lead', 'CRM'));
  if (objects.some((object) => object.startsWith('calendar.'))) results.push(await appCheck(models, 'calendar-installed', 'Calendar app installed', 'calendar.event', 'Calendar'));
  for (const object of objects.filter((one) => one !== 'ir.ui.view')) results.push(isRelation(object) ? await relationRightsCheck(client, models, object) : await rightsCheck(client, models, object, written.includes(object)));
  results.push(await keysCheck(client));
  if (request.createsFields) results.push(await fieldsCheck(client));
  if (request.createsFields || objects.includes('ir.ui.view')) results.push(await viewsCheck(client)); // never stops a run: the load goes on without
  if (objects.includes('crm.lead')) results.push(leadsCheck(facts['leadsEnabled'] ?? null));
  results.push(listed('currency', 'Company currency', facts['currency'] ?? null), listed('currencies', 'Active currencies', facts['currencies'] ?? null), companiesCheck(facts), listed('languages', 'Languages', facts['languages'] ?? null));
  if (objects.includes('crm.lead') || objects.includes('crm.stage')) results.push(stagesCheck(facts['stages'] ?? null), tagsCheck(facts['tags'] ?? null));
  results.push(...await checkFiring(client, models, { written: [...new Set(written.map((object) => object.split('/')[0] ?? object))], modules: facts['modules'] ?? null }));
  return results;
}

/** Objects that plans look up and never write, unless the request says otherwise: reading them is enough. */
const lookedUp: ReadonlySet<string> = new Set(['res.users', 'res.country', 'res.country.state', 'res.currency', 'res.lang', 'mail.activity.type', 'ir.model']);

function hostingCheck(settings: OdooSettings): CheckResult {
  const hosting = hostingOf(settings.url);
  if (hosting === 'online') return warning('hosting', 'Hosting', 'Odoo Online.', "The external API needs the Custom plan there; on the One App Free and Standard plans every call is refused.");
  return passed('hosting', 'Hosting', hosting === 'odoo.sh' ? 'Odoo.sh. A trial or staging branch may run another version than production.' : "The customer's own server, as far as the address tells.");
}

function doorCheck(client: OdooClient, settings: OdooSettings): CheckResult {
  const advice = 'Make an API key (Preferences > Account Security) and set apiKey: JSON-2 is then used. The other doors are announced to go with Odoo 20 or 22, and on 19 each call leaves a warning in the server log.';
  const hosted = hostingOf(settings.url) !== 'own';
  const rate = hosted ? 'On shared hosting one call at a time is the polite rate: set concurrency to 1.' : 'Two parallel calls of up to 500 records suit this Odoo; with one server process one is as fast.';
  if (client.door === 'json2') return passed('api-door', 'API door', `JSON-2. ${rate} Keys of non-administrators end after 90 days at most: a long migration may meet an expired one.`);
  const name = client.door === 'jsonrpc' ? 'JSON-RPC' : 'XML-RPC';
  return client.version.major >= 19 ? warning('api-door', 'API door', `${name}. ${rate}`, advice) : passed('api-door', 'API door', `${name}. ${rate}`);
}

async function appCheck(models: OdooModels, name: string, title: string, model: string, app: string): Promise<CheckResult> {
  if (await models.fieldsOrNull(model) !== null) return passed(name, title, `The ${app} app is installed.`);
  return { name, title, result: 'failed', message: `The ${app} app is not installed: there is no ${model}.`, remedy: `Install the ${app} app in Odoo, then check again.`, kind: 'configuration' };
}

async function rightsCheck(client: OdooClient, models: OdooModels, object: string, written: boolean): Promise<CheckResult> {
  const name = `rights-${object.replaceAll('.', '-')}`;
  const title = `Rights on ${object}`;
  if (await models.fieldsOrNull(object) === null) return { name, title, result: 'failed', message: `This Odoo has no ${object}.`, remedy: 'Install the app that brings it, or take the object out of the plan.', kind: 'configuration' };
  const rights: Rights = await readRights(client, object);
  const missing = (['read', 'create', 'update', 'delete'] as const).filter((operation) => !rights[operation]);
  if (missing.length === 0) return passed(name, title, 'The user may read, create, update and delete.');
  if (!written && rights.read) return passed(name, title, 'The user may read; more is not needed, since these records are only looked up.');
  if (missing.every((operation) => operation === 'delete')) {
    return warning(name, title, 'The user may not delete: a rollback would leave these records behind.', object === 'res.partner' ? 'Give the user "Extra Rights: Contact Creation", or use an administrator: Sales users and managers cannot delete contacts.' : 'Use an administrator for the migration.');
  }
  return { name, title, result: 'failed', message: `The user may not ${missing.join(', ')}.`, remedy: 'Give the user the rights, or use an administrator for the migration.', kind: 'authentication' };
}

/** Links on records need the right to change the records. */
async function relationRightsCheck(client: OdooClient, models: OdooModels, object: string): Promise<CheckResult> {
  const name = `rights-${object.replaceAll(/[^a-z0-9]+/giu, '-').toLowerCase()}`;
  const title = `Rights on ${object}`;
  const relation = await findRelation(models, object);
  if (relation === null) return { name, title, result: 'failed', message: `This Odoo has no ${object}.`, remedy: 'Install the app that brings it, or take the object out of the plan.', kind: 'configuration' };
  const rights = await readRights(client, relation.model);
  if (rights.read && rights.update) return passed(name, title, 'The user may read and change the records that are linked.');
  return { name, title, result: 'failed', message: `The user may not ${rights.read ? 'change' : 'read'} ${relation.model}.`, remedy: 'Give the user the rights, or use an administrator for the migration.', kind: 'authentication' };
}

/** Views that show new fields are for administrators; without them a load goes on. */
async function viewsCheck(client: OdooClient): Promise<CheckResult> {
  const rights = await readRights(client, 'ir.ui.view');
  if (rights.read && rights.create && rights.delete) return passed('rights-views', 'Rights to show new fields', 'The user may extend forms: new fields are shown on a page "Imported".');
  return warning('rights-views', 'Rights to show new fields', 'The user may not extend forms: new fields are filled, but shown nowhere.', 'Use an administrator (Administration: Settings), or add the fields to the forms by hand afterwards.');
}

/** Records belong to the user's company unless a plan says otherwise. */
function companiesCheck(facts: { readonly [name: string]: Json }): CheckResult {
  const companies = facts['companies'] ?? null;
  if (!Array.isArray(companies) || companies.length < 2) return listed('companies', 'Companies', companies);
  return warning('companies', 'Companies', `${companies.length}: ${companies.join(', ')}. This user works in ${String(facts['company'] ?? 'one of them')}.`, 'Deals and meetings are made for that company, in its currency: log in as a user of the company that the records belong to.');
}

/** External ids are how a second run finds its records; plain users may not read them from 17 on. */
async function keysCheck(client: OdooClient): Promise<CheckResult> {
  const rights = await readRights(client, 'ir.model.data');
  if (rights.read && rights.create && rights.delete) return passed('rights-external-ids', 'Rights on external ids', 'The user may read and write external ids.');
  if (rights.read && client.version.major < 17) return passed('rights-external-ids', 'Rights on external ids', 'The user may read external ids; load writes them.');
  return { name: 'rights-external-ids', title: 'Rights on external ids', result: 'failed', message: 'The user may not read external ids (ir.model.data): records could not be found again after a broken call.', remedy: 'Give the user Administration: Access Rights, or use an administrator.', kind: 'authentication' };
}

async function fieldsCheck(client: OdooClient): Promise<CheckResult> {
  const rights = await readRights(client, 'ir.model.fields');
  if (rights.create && rights.delete) return passed('rights-custom-fields', 'Rights to create fields', 'The user may create and delete custom fields.');
  return { name: 'rights-custom-fields', title: 'Rights to create fields', result: 'failed', message: 'The user may not create custom fields.', remedy: 'Give the user Administration: Access Rights or Settings, or let an administrator run the migration.', kind: 'authentication' };
}

function leadsCheck(enabled: Json): CheckResult {
  if (enabled === true) return passed('leads-enabled', 'Leads feature', 'On: leads are kept apart from opportunities.');
  if (enabled === false) return warning('leads-enabled', 'Leads feature', 'Off: records of type lead are stored, but their menu is hidden.', 'Switch on CRM > Configuration > Settings > Leads, or move such contacts as partners.');
  return unknown('leads-enabled', 'Leads feature', 'Could not be read.');
}

function stagesCheck(stages: Json): CheckResult {
  if (!Array.isArray(stages)) return unknown('stages', 'Existing stages', 'Could not be read.');
  const names = (stages as readonly { readonly name: string; readonly isWon: boolean }[]).map((stage) => (stage.isWon ? `${stage.name} (won)` : stage.name));
  return passed('stages', 'Existing stages', names.length === 0 ? 'None.' : `${names.join(', ')}.`);
}

function tagsCheck(tags: Json): CheckResult {
  if (!Array.isArray(tags)) return unknown('tags', 'Existing tags', 'Could not be read.');
  const shown = tags.slice(0, 20).map(String).join(', ');
  return passed('tags', 'Existing tags', tags.length === 0 ? 'None.' : `${tags.length}: ${shown}${tags.length > 20 ? ', …' : ''}.`);
}
