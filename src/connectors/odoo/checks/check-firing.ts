import type { CheckResult } from '../../../connector/check-result.ts';
import { AuthenticationError } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import { passed, unknown, warning } from './check-results.ts';
import type { OdooClient } from '../client.ts';
import type { OdooModels } from '../fields/models.ts';

/** What could fire, send or fetch during a load: automation rules, scheduled actions, the mail queue, incoming mail, paid services. */
export async function checkFiring(client: OdooClient, models: OdooModels, params: Readonly<{ written: readonly string[]; modules: Json }>): Promise<readonly CheckResult[]> {
  const { written, modules } = params;
  return [
    await askable('automation-rules', 'Automation rules that would fire', () => automationCheck(client, models, written)),
    await askable('mail-queue', 'Mail servers and queue', () => mailCheck(client, models)),
    await askable('incoming-mail', 'Incoming mail', () => incomingCheck(client, models)),
    await askable('scheduled-actions', 'Scheduled actions that send or enrich', () => scheduledCheck(client, models, written)),
    ...enrichmentCheck(modules, written),
    ...(written.includes('calendar.event') ? [calendarSyncCheck(modules)] : []),
  ];
}

/** A check whose tables this user may not read is unknown, not failed. */
async function askable(name: string, title: string, ask: () => Promise<CheckResult>): Promise<CheckResult> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof AuthenticationError) return unknown(name, title, 'This user may not read them.');
    throw error;
  }
}

/** Automation rules fire on API writes whatever the context says [17, measured]. */
async function automationCheck(client: OdooClient, models: OdooModels, written: readonly string[]): Promise<CheckResult> {
  const [name, title] = ['automation-rules', 'Automation rules that would fire'];
  const known = await models.fieldsOrNull('base.automation');
  if (known === null) return passed(name, title, 'None: the app for them is not installed.');
  const kind = known.has('state') ? ['state'] : []; // up to 16 a rule is its own action
  const rows = await client.searchRead('base.automation', [['active', '=', true], ['model_name', 'in', [...written]]], ['name', 'model_name', 'trigger', ...kind]);
  if (rows.length === 0) return passed(name, title, 'None active on these objects.');
  const shown = rows.map((row) => `'${String(row['name'])}' on ${String(row['model_name'])} (${String(row['trigger'])}${row['state'] === 'email' ? ', sends mail' : ''})`).join(', ');
  return warning(name, title, `${rows.length} active: ${shown}.`, 'Archive them during the load (Settings > Technical > Automation > Automated Actions): no API call can keep them from firing.');
}

/** What could send: outgoing servers and the mail queue. */
async function mailCheck(client: OdooClient, models: OdooModels): Promise<CheckResult> {
  const [name, title] = ['mail-queue', 'Mail servers and queue'];
  const servers = await models.fieldsOrNull('ir.mail_server') === null ? [] : await client.searchRead('ir.mail_server', [['active', '=', true]], ['name']);
  const queued = await models.fieldsOrNull('mail.mail') === null ? 0 : await client.read('mail.mail', 'search_count', { domain: [['state', '=', 'outgoing']] }) as number;
  const named = servers.length === 0 ? '' : ` (${servers.map((row) => `'${String(row['name'])}'`).join(', ')})`;
  const message = `${servers.length} outgoing mail servers${named}, ${queued} mails waiting.`;
  return queued > 0
    ? warning(name, title, message, 'Mails that wait now will be sent by the scheduled action during the load; they are not ours. Send or cancel them first.')
    : passed(name, title, `${message} The load itself queues none.`);
}

/** Mail that is fetched during a load makes leads, messages and contacts that no phase counts on. */
async function incomingCheck(client: OdooClient, models: OdooModels): Promise<CheckResult> {
  const [name, title] = ['incoming-mail', 'Incoming mail'];
  const rows = await models.fieldsOrNull('fetchmail.server') === null ? [] : await client.searchRead('fetchmail.server', [['active', '=', true], ['state', '=', 'done']], ['name']);
  if (rows.length === 0) return passed(name, title, 'No incoming mail server is connected.');
  return warning(name, title, `${rows.length} connected: ${rows.map((row) => `'${String(row['name'])}'`).join(', ')}.`, 'Mail that comes in during the load makes records of its own, and the counts of a phase then do not add up. Archive the servers meanwhile (Settings > Technical > Incoming Mail Servers).');
}

interface Scheduled { readonly call: string; readonly says: string; readonly matters: (written: readonly string[]) => boolean }
const always = (): boolean => true;
const ifWritten = (...models: readonly string[]) => (written: readonly string[]): boolean => models.some((model) => written.includes(model));

/** Scheduled actions by the method they call, which is the same in every language. `matters`: warned of when these models are written. */
const scheduled: readonly Scheduled[] = [
  { call: 'process_email_queue', says: 'sends waiting mails', matters: () => false },
  { call: '_process_mass_mailing_queue', says: 'sends waiting mailings', matters: () => false },
  { call: '_process_queue', says: 'sends waiting text messages', matters: () => false },
  { call: '_cron_send_digest_email', says: 'mails its digest of figures, loaded records among them', matters: () => false },
  { call: '_iap_enrich_leads_cron', says: 'sends mail domains of new leads to a paid service (loaded leads are marked as done)', matters: () => false },
  { call: '_cron_update_automated_probabilities', says: 'computes probabilities anew (loaded ones are explicit and stay)', matters: () => false },
  { call: 'get_next_mail', says: 'mails reminders of meetings that have an alarm (loaded ones have none)', matters: () => false },
  { call: '_send_reminder', says: 'mails reminders of meetings that have an alarm (loaded ones have none)', matters: () => false },
  { call: 'send_unregistered_user_reminder', says: 'reminds of users who have not logged in yet', matters: ifWritten('res.users') },
  { call: 'start_sync', says: "fills in companies that were picked from Odoo's paid service (loaded ones are not marked for it)", matters: () => false },
  { call: '_cron_assign_leads', says: 'gives leads to other salespeople, with a mail to them', matters: ifWritten('crm.lead') },
  { call: '_fetch_mails', says: 'fetches incoming mail', matters: always },
  { call: '_sync_all_google_calendar', says: 'sends meetings to Google, which may invite people', matters: ifWritten('calendar.event') },
  { call: '_sync_all_microsoft_calendar', says: 'sends meetings to Microsoft, which may invite people', matters: ifWritten('calendar.event') },
];

async function scheduledCheck(client: OdooClient, models: OdooModels, written: readonly string[]): Promise<CheckResult> {
  const [name, title] = ['scheduled-actions', 'Scheduled actions that send or enrich'];
  if (await models.fieldsOrNull('ir.cron') === null) return unknown(name, title, 'This user may not read them.');
  const rows = await client.searchRead('ir.cron', [['active', '=', true]], ['name', 'code', 'model_name']);
  const found = rows.flatMap((row) => {
    const known = scheduled.find((one) => calls(row, one.call));
    if (known !== undefined) return [{ name: String(row['name']), says: known.says, matters: known.matters(written) }];
    const onModel = aboutWritten(row, written);
    return onModel === undefined ? [] : [{ name: String(row['name']), says: `works on ${onModel}, and what it does there is not known`, matters: true }];
  });
  const text = (list: typeof found): string => list.map((one) => `'${one.name}' ${one.says}`).join('; ');
  const harmful = found.filter((one) => one.matters);
  if (harmful.length > 0) return warning(name, title, `${harmful.length} active: ${text(harmful)}.`, 'Switch them off during the load (Settings > Technical > Scheduled Actions), and on again afterwards.');
  return passed(name, title, found.length === 0 ? 'None active.' : `Active, and not concerned with what is loaded: ${text(found)}.`);
}

/** The written model on which an action that nobody knows works: its own, or one that its code names. */
function aboutWritten(row: JsonObject, written: readonly string[]): string | undefined {
  const code = typeof row['code'] === 'string' ? row['code'] : '';
  if (/\b_notify_moderators\b/u.test(code)) return undefined; // Odoo 14's own; it never gets called, for want of parentheses
  return written.find((model) => row['model_name'] === model || code.includes(`'${model}'`) || code.includes(`"${model}"`));
}

function calls(row: JsonObject, method: string): boolean {
  return typeof row['code'] === 'string' && new RegExp(`\\b${method}\\(`, 'u').test(row['code']);
}

function enrichmentCheck(modules: Json, written: readonly string[]): readonly CheckResult[] {
  if (!written.includes('crm.lead')) return [];
  const [name, title] = ['lead-enrichment', 'Lead enrichment'];
  if (!Array.isArray(modules)) return [unknown(name, title, 'The installed modules could not be read.')];
  const installed = modules.some((module) => module === 'crm_iap_enrich' || module === 'crm_iap_lead_enrich');
  return [passed(name, title, installed ? 'Installed; loaded leads are marked as enriched, so that no paid look-up starts.' : 'Not installed.')];
}

/** A calendar that is kept equal with Google or Microsoft sends loaded meetings there, and those services invite the attendees. */
function calendarSyncCheck(modules: Json): CheckResult {
  const [name, title] = ['calendar-sync', 'Calendars kept equal with other services'];
  if (!Array.isArray(modules)) return unknown(name, title, 'The installed modules could not be read.');
  const found = modules.filter((module) => module === 'google_calendar' || module === 'microsoft_calendar');
  if (found.length === 0) return passed(name, title, 'None.');
  return warning(name, title, `Installed: ${found.join(', ')}.`, 'Users whose calendar is connected send loaded meetings to that service, which may invite the attendees: stop the synchronisation (Settings > Calendar) during the load, and load past meetings only where it cannot be stopped.');
}
