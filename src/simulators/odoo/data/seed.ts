import type { OdooSimulatorOptions } from '../options.ts';
import { createRecords } from '../orm/create.ts';
import type { Environment } from '../orm/environment.ts';
import type { Draft } from '../store/row.ts';
import { COUNTRIES, STATES } from './countries.ts';
import { seedGroups } from './groups.ts';
import { fitArch } from '../models/view.ts';
import { BASE_VIEWS } from '../views/base-views.ts';
import { seedHelpdesk } from '../helpdesk/seed-helpdesk.ts';
import { cronsOf } from './crons.ts';
import { putRow } from './put-row.ts';
import { seedModels } from './seed-models.ts';
import { seedUsers } from './seed-users.ts';

const CURRENCIES: readonly (readonly [id: number, code: string, symbol: string, rounding: number])[] = [
  [1, 'EUR', '€', 0.01], [2, 'USD', '$', 0.01], [5, 'CHF', 'CHF', 0.01], [9, 'CZK', 'Kč', 0.01], [17, 'PLN', 'zł', 0.01], [18, 'SEK', 'kr', 0.01],
  [25, 'JPY', '¥', 1], [147, 'GBP', '£', 0.01],
];
const LANGUAGES: readonly (readonly [code: string, name: string])[] = [
  ['en_US', 'English (US)'], ['pl_PL', 'Polish / Język polski'], ['fr_FR', 'French / Français'], ['de_DE', 'German / Deutsch'], ['es_ES', 'Spanish / Español'],
];
const COUNTRY_CURRENCY: { readonly [code: string]: number } = { PL: 17, US: 2, GB: 147, CH: 5, CZ: 9, SE: 18, JP: 25, DE: 1, FR: 1, ES: 1, IT: 1, NL: 1, AT: 1, BE: 1, IE: 1 };

/** Fills a new database with what a fresh installation holds; ids as on the real servers. */
export function seed(env: Environment, options: OdooSimulatorOptions): void {
  seedModels(env, options);
  const put = (model: string, id: number, values: Draft, name?: string): void => putRow(env, model, id, values, name);
  for (const [id, code, symbol, rounding] of CURRENCIES) {
    put('res.currency', id, { name: code, symbol, rounding, decimal_places: rounding === 1 ? undefined : 2, position: 'after', active: id <= 2 || code === options.companyCurrency }, `base.${code}`);
  }
  LANGUAGES.forEach(([code, name], at) => {
    const active = code === 'en_US' || options.languages?.includes(code) === true;
    put('res.lang', at + 1, {
      code, name, iso_code: code.slice(0, 2), url_code: code.slice(0, 2), active: active ? true : undefined, date_format: '%m/%d/%Y', time_format: '%H:%M:%S',
      direction: 'ltr', grouping: '[3,0]', decimal_point: '.', thousands_sep: ',', week_start: '1',
    }, `base.lang_${code.slice(0, 2)}`);
  });
  seedCountries(env);
  seedGroups(env.version, options.helpdesk?.dialect ?? null).forEach((group, at) => put('res.groups', at + 1, { name: group.name, implied_ids: group.implies.length > 0 ? group.implies : undefined }, group.externalId));
  seedUsers(env, options);
  if (env.hasModel('crm.lead')) seedCrm(env);
  seedMail(env);
  seedSettings(env, options);
  seedViews(env);
  if (options.helpdesk) seedHelpdesk(env, options.helpdesk);
  for (const rule of options.automationRules ?? []) {
    const [model] = env.table('ir.model').withKey('model', rule.model, (row) => row['model'] as string);
    const [id] = createRecords(env, 'base.automation', [{ name: rule.name, model_id: model, trigger: rule.trigger, active: rule.active !== false }]);
    env.server.automationWrites.set(id!, rule.write ?? {});
    if (rule.sendsMail === true) env.server.automationMails.add(id!);
  }
}

function seedCountries(env: Environment): void {
  let state = 0;
  COUNTRIES.trim().split(/[;\n]/u).forEach((entry, at) => {
    const [code, name, calling] = entry.split('=') as [string, string, string];
    putRow(env, 'res.country', at + 1, {
      code, name, phone_code: Number(calling) || undefined, currency_id: COUNTRY_CURRENCY[code], name_position: 'before',
      address_format: '%(street)s\n%(street2)s\n%(city)s %(state_code)s %(zip)s\n%(country_name)s',
    }, `base.${code === 'GB' ? 'uk' : code.toLowerCase()}`);
    for (const part of STATES[code]?.trim().split(/[;\n]/u) ?? []) {
      const [stateCode, stateName] = part.split('=') as [string, string];
      state += 1;
      putRow(env, 'res.country.state', state, { code: stateCode, name: stateName, country_id: at + 1 }, `base.state_${code.toLowerCase()}_${stateCode.toLowerCase()}`);
    }
  });
}

function seedCrm(env: Environment): void {
  const put = (model: string, id: number, values: Draft, name?: string): void => putRow(env, model, id, values, name);
  put('crm.team', 1, { name: 'Sales', use_opportunities: true, sequence: 0 }, 'sales_team.team_sales_department');
  put('crm.stage', 1, { name: 'New', sequence: 1 }, 'crm.stage_lead1');
  put('crm.stage', 2, { name: 'Qualified', sequence: 2 }, 'crm.stage_lead2');
  put('crm.stage', 3, { name: 'Proposition', sequence: 3 }, 'crm.stage_lead3');
  put('crm.stage', 4, { name: 'Won', sequence: 70, is_won: true }, 'crm.stage_lead4');
  ['Too expensive', "We don't have people/skills", 'Not enough stock'].forEach((name, at) => put('crm.lost.reason', at + 1, { name }, `crm.lost_reason_${at + 1}`));
  ['Website', 'Phone', 'Direct', 'Email', 'Banner'].forEach((name, at) => put('utm.medium', at + 1, { name }, `utm.utm_medium_${name.toLowerCase()}`));
  ['Search engine', 'Lead Recall', 'Newsletter', 'Facebook', 'Twitter'].forEach((name, at) => put('utm.source', at + 1, { name }));
}

function seedMail(env: Environment): void {
  const put = (model: string, id: number, values: Draft, name?: string): void => putRow(env, model, id, values, name);
  put('mail.message.subtype', 1, { name: 'Discussions', default: true }, 'mail.mt_comment');
  put('mail.message.subtype', 2, { name: 'Note', internal: true, sequence: 100 }, 'mail.mt_note');
  put('mail.message.subtype', 3, { name: 'Activities', internal: true, sequence: 90 }, 'mail.mt_activities');
  put('mail.message.subtype', 4, { name: 'Invitation', res_model: 'calendar.event', sequence: 1 }, 'calendar.subtype_invitation');
  const lead: readonly (readonly [name: string, external: string, hidden?: boolean])[] = [
    ['Opportunity Created', 'mt_lead_create', true], ['Stage Changed', 'mt_lead_stage'], ['Opportunity Won', 'mt_lead_won'], ['Opportunity Lost', 'mt_lead_lost'], ['Opportunity Restored', 'mt_lead_restored'],
  ];
  lead.forEach(([name, external, hidden], at) => put('mail.message.subtype', at + 5, { name, res_model: 'crm.lead', sequence: 1, hidden: hidden ? true : undefined }, `crm.${external}`));
  const ofTeam: readonly (readonly [name: string, byDefault: boolean])[] = [['Opportunity Created', true], ['Opportunity Stage Changed', true], ['Opportunity Won', true], ['Opportunity Lost', false], ['Opportunity Restored', false]];
  ofTeam.forEach(([name, byDefault], at) => put('mail.message.subtype', at + 10, { name, res_model: 'crm.team', sequence: at + 10, default: byDefault ? true : undefined }));
  const todo = env.version >= 17 ? 'To-Do' : 'To Do';
  const types: readonly (readonly [name: string, external: string, category: string, icon: string, delay: number])[] = [
    ['Email', 'email', 'default', 'fa-envelope', 0], ['Call', 'call', env.version >= 17 ? 'phonecall' : 'default', 'fa-phone', 2], ['Meeting', 'meeting', 'meeting', 'fa-users', 0],
    [todo, 'todo', 'default', env.version >= 17 ? 'fa-check' : 'fa-tasks', 5], [env.version >= 19 ? 'Document' : 'Upload Document', 'upload_document', 'upload_file', 'fa-upload', 5],
  ];
  types.forEach(([name, external, category, icon, delay], at) => put('mail.activity.type', at + 1, {
    name, category, icon, delay_count: delay || undefined, delay_unit: 'days', delay_from: 'previous_activity', chaining_type: 'suggest', sequence: 3 * (at + 1),
  }, `mail.mail_activity_data_${external}`));
}

/** The forms of the modules; ids as large as on a real server, where hundreds of other views come first. */
function seedViews(env: Environment): void {
  let id = 100;
  for (const view of BASE_VIEWS) {
    if (!env.hasModel(view.model) || (view.versions && !view.versions.includes(env.version))) continue;
    id += 17;
    putRow(env, 'ir.ui.view', id, { name: view.name, model: view.model, type: view.type, priority: view.priority, mode: 'primary', arch_db: fitArch(env, view.model, view.arch) }, view.externalId);
  }
}

function seedSettings(env: Environment, options: OdooSimulatorOptions): void {
  const put = (model: string, id: number, values: Draft, name?: string): void => putRow(env, model, id, values, name);
  const parameters: readonly (readonly [string, string])[] = [['web.base.url', 'http://localhost:8069'], ['base.login_cooldown_after', '5'], ['base.login_cooldown_duration', '60'], ['database.create_date', env.now]];
  parameters.forEach(([key, value], at) => put('ir.config_parameter', at + 1, { key, value }));
  cronsOf(env.version, env.hasModel('crm.lead'), options.helpdesk?.dialect === 'oca').forEach((cron, at) => put('ir.cron', at + 1, {
    name: cron.name, cron_name: cron.name, model_name: cron.model, code: cron.code, state: 'code', active: cron.active ? true : undefined, user_id: 1, interval_number: 1, interval_type: cron.every,
    nextcall: env.now, numbercall: -1, priority: 5, model_id: env.table('ir.model').withKey('model', cron.model, (row) => row['model'] as string)[0],
  }, cron.externalId));
  if (options.incomingMailServer === true) put('fetchmail.server', 1, { name: 'Incoming', server_type: 'imap', server: '127.0.0.1', port: 993, is_ssl: true, state: 'done', active: true });
  if (env.server.mailServer) put('ir.mail_server', 1, { name: 'Outgoing', smtp_host: '127.0.0.1', smtp_port: 25, smtp_encryption: 'none', sequence: 10 });
}
