import type { CheckResult } from '../../connector/check-result.ts';
import type { DestinationCheckRequest } from '../../connector/destination.ts';
import { AuthenticationError } from '../../connector/errors.ts';
import type { Json } from '../../connector/json.ts';
import type { OdooClient } from './client.ts';
import { hostingOf, readFacts } from './facts.ts';
import type { OdooModels } from './models.ts';
import { readRights, type Rights } from './rights.ts';
import type { OdooSettings } from './settings.ts';

/** Readiness of an Odoo for the objects a plan writes. Reads only. */
export async function checkOdoo(client: OdooClient, models: OdooModels, settings: OdooSettings, request: DestinationCheckRequest): Promise<readonly CheckResult[]> {
  const facts = await readFacts(client, models, settings.url);
  const results: CheckResult[] = [
    passed('odoo-version', 'Odoo version', `Odoo ${client.version.text}.`),
    passed('odoo-edition', 'Edition', client.version.enterprise ? 'Enterprise.' : 'Community.'),
    hostingCheck(settings.url),
    doorCheck(client),
    passed('odoo-database', 'Database', client.database === '' ? 'The only one of the server.' : `'${client.database}'.`),
    passed('odoo-user', 'User', `Logged in as user ${client.uid}.`),
  ];
  const objects = [...new Set(request.objects)];
  if (objects.some((object) => object.startsWith('crm.'))) results.push(await appCheck(models, 'crm-installed', 'CRM app installed', 'crm.lead', 'CRM'));
  for (const object of objects) results.push(await rightsCheck(client, models, object));
  results.push(await keysCheck(client));
  if (request.createsFields) results.push(await fieldsCheck(client));
  if (objects.includes('crm.lead')) results.push(leadsCheck(facts['leadsEnabled'] ?? null));
  results.push(listed('currency', 'Company currency', facts['currency'] ?? null), listed('companies', 'Companies', facts['companies'] ?? null), listed('languages', 'Languages', facts['languages'] ?? null));
  if (objects.includes('crm.lead') || objects.includes('crm.stage')) results.push(stagesCheck(facts['stages'] ?? null), tagsCheck(facts['tags'] ?? null));
  results.push(await automationCheck(client, models, objects), await mailCheck(client, models), ...enrichmentCheck(facts['modules'] ?? null, objects));
  return results;
}

function passed(name: string, title: string, message: string): CheckResult {
  return { name, title, result: 'passed', message, remedy: null };
}
function warning(name: string, title: string, message: string, remedy: string): CheckResult {
  return { name, title, result: 'warning', message, remedy };
}
function unknown(name: string, title: string, message: string): CheckResult {
  return { name, title, result: 'unknown', message, remedy: 'Use an administrator for the check, or look it up in Odoo.' };
}

function listed(name: string, title: string, value: Json): CheckResult {
  if (value === null) return unknown(name, title, 'This user may not read it.');
  return passed(name, title, `${Array.isArray(value) ? value.join(', ') : String(value)}.`);
}

function hostingCheck(url: string): CheckResult {
  const hosting = hostingOf(url);
  if (hosting === 'online') return warning('hosting', 'Hosting', 'Odoo Online.', "The external API needs the Custom plan there; on the One App Free and Standard plans every call is refused.");
  return passed('hosting', 'Hosting', hosting === 'odoo.sh' ? 'Odoo.sh.' : "The customer's own server.");
}

function doorCheck(client: OdooClient): CheckResult {
  const advice = 'Make an API key (Preferences > Account Security) and set apiKey: JSON-2 is then used. The other doors are announced to go with Odoo 20 or 22, and on 19 each call leaves a warning in the server log.';
  if (client.door === 'json2') return passed('api-door', 'API door', 'JSON-2. Keys of non-administrators end after 90 days at most: a long migration may meet an expired one.');
  return client.version.major >= 19 ? warning('api-door', 'API door', client.door === 'jsonrpc' ? 'JSON-RPC.' : 'XML-RPC.', advice) : passed('api-door', 'API door', `${client.door === 'jsonrpc' ? 'JSON-RPC' : 'XML-RPC'}; two parallel calls of up to 500 records suit this Odoo.`);
}

async function appCheck(models: OdooModels, name: string, title: string, model: string, app: string): Promise<CheckResult> {
  if (await models.fieldsOrNull(model) !== null) return passed(name, title, `The ${app} app is installed.`);
  return { name, title, result: 'failed', message: `The ${app} app is not installed: there is no ${model}.`, remedy: `Install the ${app} app in Odoo, then check again.`, kind: 'configuration' };
}

async function rightsCheck(client: OdooClient, models: OdooModels, object: string): Promise<CheckResult> {
  const name = `rights-${object.replaceAll('.', '-')}`;
  const title = `Rights on ${object}`;
  if (await models.fieldsOrNull(object) === null) return { name, title, result: 'failed', message: `This Odoo has no ${object}.`, remedy: 'Install the app that brings it, or take the object out of the plan.', kind: 'configuration' };
  const rights: Rights = await readRights(client, object);
  const missing = (['read', 'create', 'update', 'delete'] as const).filter((operation) => !rights[operation]);
  if (missing.length === 0) return passed(name, title, 'The user may read, create, update and delete.');
  if (missing.every((operation) => operation === 'delete')) {
    return warning(name, title, 'The user may not delete: a rollback would leave these records behind.', object === 'res.partner' ? 'Give the user "Extra Rights: Contact Creation", or use an administrator: Sales users and managers cannot delete contacts.' : 'Use an administrator for the migration.');
  }
  return { name, title, result: 'failed', message: `The user may not ${missing.join(', ')}.`, remedy: 'Give the user the rights, or use an administrator for the migration.', kind: 'authentication' };
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

/** Automation rules fire on API writes whatever the context says. */
async function automationCheck(client: OdooClient, models: OdooModels, objects: readonly string[]): Promise<CheckResult> {
  const title = 'Automation rules that would fire';
  if (await models.fieldsOrNull('base.automation') === null) return passed('automation-rules', title, 'None: the app for them is not installed.');
  try {
    const rows = await client.searchRead('base.automation', [['active', '=', true], ['model_name', 'in', [...objects]]], ['name', 'model_name', 'trigger']);
    if (rows.length === 0) return passed('automation-rules', title, 'None active on these objects.');
    const shown = rows.slice(0, 10).map((row) => `'${String(row['name'])}' on ${String(row['model_name'])}`).join(', ');
    return warning('automation-rules', title, `${rows.length} active: ${shown}.`, 'Archive them during the load (Settings > Technical > Automation > Automated Actions): no API call can keep them from firing.');
  } catch (error) {
    if (error instanceof AuthenticationError) return unknown('automation-rules', title, 'This user may not read them.');
    throw error;
  }
}

/** What could send: outgoing servers, the mail queue and its scheduled action. */
async function mailCheck(client: OdooClient, models: OdooModels): Promise<CheckResult> {
  const title = 'Mail servers and queue';
  try {
    const servers = await models.fieldsOrNull('ir.mail_server') === null ? 0 : await client.read('ir.mail_server', 'search_count', { domain: [['active', '=', true]] }) as number;
    const queued = await models.fieldsOrNull('mail.mail') === null ? 0 : await client.read('mail.mail', 'search_count', { domain: [['state', '=', 'outgoing']] }) as number;
    const crons = await client.searchRead('ir.cron', [['active', '=', true], ['name', 'ilike', 'mail']], ['name']);
    const message = `${servers} outgoing mail servers, ${queued} mails waiting, ${crons.length} active scheduled actions about mail.`;
    return queued > 0
      ? warning('mail-queue', title, message, 'Mails that wait now will be sent by the scheduled action during the load; they are not ours. Send or cancel them first.')
      : passed('mail-queue', title, `${message} The load itself queues none.`);
  } catch (error) {
    if (error instanceof AuthenticationError) return unknown('mail-queue', title, 'This user may not read them.');
    throw error;
  }
}

function enrichmentCheck(modules: Json, objects: readonly string[]): readonly CheckResult[] {
  if (!objects.includes('crm.lead')) return [];
  const title = 'Lead enrichment';
  if (!Array.isArray(modules)) return [unknown('lead-enrichment', title, 'The installed modules could not be read.')];
  const installed = modules.some((module) => module === 'crm_iap_enrich' || module === 'crm_iap_lead_enrich');
  return [passed('lead-enrichment', title, installed ? 'Installed; loaded leads are marked as enriched, so that no paid look-up starts.' : 'Not installed.')];
}
