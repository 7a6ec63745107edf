import { putRow } from '../data/put-row.ts';
import { ROLE_GROUPS } from '../data/groups.ts';
import type { HelpdeskOptions } from '../options.ts';
import { createRecords } from '../orm/create.ts';
import type { Environment } from '../orm/environment.ts';
import type { KeyLookup } from '../store/generated-table.ts';
import { lazyRows, type Columns } from '../store/lazy-rows.ts';
import type { Draft } from '../store/row.ts';
import { fileColumns } from './files.ts';
import { Messages } from './messages.ts';
import { People } from './people.ts';
import { AGENTS, AGENTS_WITHOUT_USER, FIRST, FORMER_AGENTS, Shape } from './shape.ts';
import { followerColumns, ratingColumns, slaStatusColumns } from './small-parts.ts';
import { sharedKey, type Spans } from './spans.ts';
import { ticketColumns } from './tickets.ts';
import { FIRST_NAMES, LAST_NAMES, TAGS } from './words.ts';

/** Fills a server with a help desk: its settings, its people, and a history of any length that takes no memory. */
export function seedHelpdesk(env: Environment, options: HelpdeskOptions): void {
  const shape = new Shape({ version: env.version, dialect: options.dialect, tickets: options.tickets ?? 0, seed: options.seed ?? 1 });
  const people = new People(shape);
  seedSettings(env, options.dialect);
  seedAgents(env);
  if (options.customFields !== false) seedCustomFields(env);
  if (shape.options.tickets === 0) return;
  const [ticketModel] = env.table('ir.model').withKey('model', 'helpdesk.ticket', (row) => row['model'] as string);
  generate(env, 'res.partner', FIRST.partner, shape.partners, people.columns(), {});
  seedPortalUsers(env, shape, people);
  generate(env, 'helpdesk.ticket', FIRST.ticket, shape.options.tickets, ticketColumns(shape, people), {});
  attached(env, 'mail.message', FIRST.message, shape.messages, new Messages(shape, people).columns(), 'model');
  attached(env, 'ir.attachment', FIRST.attachment, shape.files, fileColumns(shape, env.server.files), 'res_model');
  attached(env, 'mail.followers', FIRST.follower, shape.followers, followerColumns(shape), 'res_model');
  attached(env, 'rating.rating', FIRST.rating, shape.ratings, ratingColumns(shape, ticketModel!), 'res_model');
  if (options.dialect === 'enterprise') generate(env, 'helpdesk.sla.status', FIRST.slaStatus, shape.slaStatuses.total, slaStatusColumns(shape), { ticket_id: shape.slaStatuses.lookup(FIRST.slaStatus, FIRST.ticket) });
}

function generate(env: Environment, model: string, first: number, count: number, columns: Columns, keys: Readonly<Record<string, KeyLookup>>): void {
  if (count > 0) env.server.database.generate(model, { first, count, make: lazyRows(columns, first), keys });
}

/** Records that hang on tickets by model name and id. */
function attached(env: Environment, model: string, first: number, spans: Spans, columns: Columns, nameField: 'model' | 'res_model'): void {
  const ofTicket = (key: string | number): number | null => (String(key).startsWith('helpdesk.ticket,') ? Number(String(key).slice('helpdesk.ticket,'.length)) : null);
  generate(env, model, first, spans.total, columns, {
    [`${nameField},res_id`]: spans.lookup(first, FIRST.ticket, ofTicket),
    [nameField]: sharedKey('helpdesk.ticket', first, spans.total),
    res_id: spans.lookup(first, FIRST.ticket),
  });
}

function seedSettings(env: Environment, dialect: HelpdeskOptions['dialect']): void {
  const put = (model: string, id: number, values: Draft): void => putRow(env, model, id, values);
  put('res.partner', 90, { name: 'Second Company', is_company: true, complete_name: 'Second Company', type: 'contact' });
  put('res.company', 2, { name: 'Second Company', partner_id: 90, currency_id: 1, sequence: 20 });
  const oca = dialect === 'oca';
  const stages = oca ? ['New', 'In Progress', 'Awaiting', 'Done', 'Cancelled'] : ['New', 'In Progress', 'On Hold', 'Solved', 'Cancelled'];
  put('mail.template', 1, { name: 'Helpdesk Closed Ticket Notification Email', subject: 'The ticket has been closed.', model_id: env.table('ir.model').withKey('model', 'helpdesk.ticket', (row) => row['model'] as string)[0], });
  subtypes(env, oca);
  stages.forEach((name, at) => put(oca ? 'helpdesk.ticket.stage' : 'helpdesk.stage', at + 1, {
    name, sequence: at + 1, fold: at >= 3 ? true : undefined,
    ...(oca ? { closed: at >= 3 ? true : undefined, unattended: at === 0 ? true : undefined, mail_template_id: at >= 3 ? 1 : undefined } : { is_close: at >= 3 ? true : undefined, team_ids: [1, 2, 3, 4] }),
  }));
  const members = Array.from({ length: AGENTS }, (_none, at) => FIRST.agent + at);
  ['Support', 'Billing', 'Second level', 'Old returns desk'].forEach((name, at) => put(oca ? 'helpdesk.ticket.team' : 'helpdesk.team', at + 1, {
    name, sequence: at, company_id: 1, alias_name: name.toLowerCase().replaceAll(' ', '-'), use_sla: true, active: at === 3 ? undefined : true, [oca ? 'user_ids' : 'member_ids']: members.filter((member) => member % 4 === at || at === 0),
    ...(oca ? { user_id: FIRST.agent + at } : { use_rating: true, use_alias: true, assign_method: 'balanced', stage_ids: [1, 2, 3, 4, 5], ...(env.version >= 17 && at === 0 ? { auto_assignment: true } : {}) }),
  }));
  TAGS.forEach((name, at) => put(oca ? 'helpdesk.ticket.tag' : 'helpdesk.tag', at + 1, { name, color: at % 12 || undefined }));
  if (oca) {
    ['Product', 'Order', 'Invoice', 'Account', 'Other'].forEach((name, at) => put('helpdesk.ticket.category', at + 1, { name, sequence: at }));
    ['Web', 'Email', 'Phone', 'Other'].forEach((name, at) => put('helpdesk.ticket.channel', at + 1, { name, sequence: at }));
    put('helpdesk.sla', 1, { name: 'Two days', days: 2, hours: 1, team_ids: [1, 2] });
    put('helpdesk.sla', 2, { name: 'Eight hours for urgent ones', days: 1, hours: 8, domain: "[('priority','=','3')]" });
  } else {
    ['Question', 'Issue', 'Request'].forEach((name, at) => put('helpdesk.ticket.type', at + 1, { name, sequence: at }));
    ['First answer in 4 hours', 'Solved in 2 days', 'Urgent: solved in a day'].forEach((name, at) => put('helpdesk.sla', at + 1, {
      name, team_id: 1 + (at % 2), stage_id: at === 0 ? 2 : 4, priority: at === 2 ? '3' : '0', company_id: 1, ...(env.version >= 17 ? { time: [4, 48, 24][at]! } : { time_hours: [4, 0, 0][at] || undefined, time_days: [0, 2, 1][at] || undefined }),
    }));
  }
}

/** The log entry of a new ticket has a subtype that is not internal, and yet is no reply (measured on OCA). */
function subtypes(env: Environment, oca: boolean): void {
  putRow(env, 'mail.message.subtype', 15, { name: 'Ticket Created', res_model: 'helpdesk.ticket', sequence: 1 }, oca ? 'helpdesk_mgmt.hlp_tck_created' : 'helpdesk.mt_ticket_new');
  putRow(env, 'mail.message.subtype', 16, { name: 'Ticket Rating', res_model: 'helpdesk.ticket', sequence: 1, default: true }, oca ? 'helpdesk_mgmt_rating.mt_ticket_rating' : 'helpdesk.mt_ticket_rated');
}

/** Agents of the help desk; the last ones have left. */
function seedAgents(env: Environment): void {
  for (let agent = 0; agent < AGENTS + AGENTS_WITHOUT_USER; agent += 1) {
    const name = agent < AGENTS ? `${FIRST_NAMES[agent]!} ${LAST_NAMES[agent + 3]!}` : 'Former Colleague';
    const email = `agent.${agent + 1}@helpdesk.example`;
    putRow(env, 'res.partner', FIRST.agentPartner + agent, { name, complete_name: name, email, email_normalized: email, type: 'contact', lang: 'en_US', commercial_partner_id: FIRST.agentPartner + agent, active: agent >= AGENTS ? undefined : true });
  }
  for (let agent = 0; agent < AGENTS; agent += 1) {
    user(env, FIRST.agent + agent, `agent.${agent + 1}@helpdesk.example`, FIRST.agentPartner + agent, ROLE_GROUPS['helpdesk-user'], agent < AGENTS - FORMER_AGENTS);
  }
}

function seedPortalUsers(env: Environment, shape: Shape, people: People): void {
  for (let at = 0; at < shape.portalUsers; at += 1) {
    const partner = at * 25 + 3;
    user(env, FIRST.portalUser + at, people.email(partner) ?? `portal.${at}@customer.example`, FIRST.partner + partner, [9], true);
  }
}

function user(env: Environment, id: number, login: string, partner: number, groups: readonly number[], active: boolean): void {
  putRow(env, 'res.users', id, {
    login, partner_id: partner, company_id: 1, company_ids: [1, 2], notification_type: 'email', active: active ? true : undefined, [env.version >= 19 ? 'group_ids' : 'groups_id']: [...groups].sort((a, b) => a - b),
  });
}

const SEVERITIES = [['minor', 'Minor'], ['major', 'Major'], ['critical', 'Critical – line down']] as const;

/** Fields as Studio makes them: one of each type. */
function seedCustomFields(env: Environment): void {
  const [model] = env.table('ir.model').withKey('model', 'helpdesk.ticket', (row) => row['model'] as string);
  const field = (name: string, ttype: string, label: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({ name: `x_studio_${name}`, model_id: model, ttype, field_description: label, state: 'manual', ...more });
  createRecords(env, 'ir.model.fields', [
    field('order_reference', 'char', 'Order reference'), field('severity', 'selection', 'Severity', { selection_ids: SEVERITIES.map(([value, name], at) => [0, 0, { value, name, sequence: at }]) }),
    field('quantity', 'integer', 'Quantity'), field('amount', 'float', 'Amount'), field('on_site', 'boolean', 'On site?'), field('visit_date', 'date', 'Visit date'), field('called_at', 'datetime', 'Called at'),
    field('country', 'many2one', 'Country of use', { relation: 'res.country' }), field('remarks', 'text', 'Remarks'), field('serial_number', 'char', 'Serial number'),
  ]);
}
