import type { ModelBehaviour } from '../orm/behaviour.ts';
import type { Environment } from '../orm/environment.ts';
import { attachedTo, linkedBy } from '../orm/hierarchy.ts';
import { hasGroup } from '../orm/rights.ts';
import { searchIds } from '../orm/search.ts';
import { constraintViolated } from '../orm/constraint-texts.ts';
import type { Draft, Row, Stored } from '../store/row.ts';
import { logMessage, queueMail } from './chatter.ts';

/** Is it OCA's ticket? Its stages say whether they close (OCA: measured on 14; Enterprise: public documentation). */
function isOca(env: Environment): boolean {
  return env.hasModel('helpdesk.ticket.stage');
}

function stageOf(env: Environment, row: Row | Draft): Row | undefined {
  return env.row(isOca(env) ? 'helpdesk.ticket.stage' : 'helpdesk.stage', row['stage_id']);
}

function closes(env: Environment, stage: Row | undefined): boolean {
  return stage?.[isOca(env) ? 'closed' : env.version === 14 ? 'is_close' : 'fold'] === true;
}

/**
 * Tickets. A partner does not fill in name and e-mail through the API; writing a closing stage sets the closing date to now, and on OCA
 * mails the customer by the stage's template; a ticket created in a closing stage has no closing date unless it is sent along.
 */
export const ticketBehaviour: ModelBehaviour = {
  defaults: (env) => (isOca(env)
    ? { priority: '1', company_id: 1, stage_id: firstStage(env), last_stage_update: env.now, sequence: 10 }
    : { priority: '0', company_id: 1, stage_id: firstStage(env), date_last_stage_update: env.now, kanban_state: 'normal' }),
  beforeCreate: (env, draft) => {
    if (isOca(env)) {
      draft['number'] ??= `HT${String(nextNumber(env)).padStart(5, '0')}`;
      if (draft['user_id'] !== undefined) draft['assigned_date'] ??= env.now;
    } else {
      if (env.version >= 17) draft['ticket_ref'] ??= String(nextNumber(env)).padStart(5, '0');
      if (draft['user_id'] !== undefined) draft['assign_date'] ??= env.now;
      if (closes(env, stageOf(env, draft))) draft['close_date'] ??= env.now;
    }
  },
  beforeWrite: (env, row, changes) => (isOca(env) ? movedOnOca(env, changes) : movedOnEnterprise(env, row, changes)),
  afterWrite: (env, before, after) => {
    if (before['stage_id'] === after['stage_id'] || env.flag('tracking_disable') || !isOca(env)) return;
    const template = stageOf(env, after)?.['mail_template_id'];
    const partner = after['partner_id'] as number | undefined;
    if (template === undefined || partner === undefined) return;
    queueMail(env, { reason: 'stage', partner, model: 'helpdesk.ticket', resId: after.id, message: logMessage(env, 'helpdesk.ticket', after.id, 'Stage changed'), immediate: true });
  },
  computed: {
    closed: (env, row) => stageOf(env, row)?.['closed'],
    unattended: (env, row) => stageOf(env, row)?.['unattended'],
    user_ids: (env, row) => env.row('helpdesk.ticket.team', row['team_id'])?.['user_ids'],
    message_attachment_count: (env, row) => attachedTo(env, 'ir.attachment', { model: 'helpdesk.ticket', id: row.id }).length,
    rating_count: (env, row) => ratings(env, row).length,
    rating_last_value: (env, row) => ratings(env, row).at(-1)?.['rating'],
    sla_fail: (env, row) => statuses(env, row).some((status) => statusOf(env, status) === 'failed'),
    sla_reached_late: (env, row) => statuses(env, row).some((status) => status['reached_datetime'] !== undefined && String(status['reached_datetime']) > String(status['deadline'])),
  },
  displayName: (env, row) => (isOca(env) ? `${String(row['number'])} - ${String(row['name'])}` : `${String(row['name'])} (#${String(row['ticket_ref'] ?? row.id)})`),
  allowed: (env) => isOfHelpdesk(env),
};

/** On OCA a stage that is written counts as entered, also when it is the one the ticket is in; a closing date sent along is overwritten, and stays when the ticket is opened again. */
function movedOnOca(env: Environment, changes: Draft): void {
  if (changes['stage_id'] !== undefined) {
    changes['last_stage_update'] = env.now;
    if (closes(env, stageOf(env, changes))) changes['closed_date'] = env.now;
  }
  if (changes['user_id'] !== undefined) changes['assigned_date'] = env.now;
}

function movedOnEnterprise(env: Environment, row: Row, changes: Draft): void {
  if ('stage_id' in changes && changes['stage_id'] !== row['stage_id']) {
    changes['date_last_stage_update'] = env.now;
    changes['close_date'] = closes(env, stageOf(env, changes)) ? env.now : undefined;
  }
  if (changes['user_id'] !== undefined) changes['assign_date'] ??= row['assign_date'] ?? env.now;
}

const NUMBERS = new WeakMap<object, number>();

/** The number of the next ticket: of a sequence of its own, which numbers that were given do not move. */
function nextNumber(env: Environment): number {
  const next = (NUMBERS.get(env.server) ?? env.table('helpdesk.ticket').size) + 1;
  NUMBERS.set(env.server, next);
  return next;
}

const MEMBERS = new WeakMap<Environment, boolean>();

/** Others may have the right to read tickets, and yet see none: no error, an empty list (measured on 14). */
function isOfHelpdesk(env: Environment): boolean {
  let member = MEMBERS.get(env);
  if (member === undefined) MEMBERS.set(env, member = hasGroup(env, 'helpdesk.group_helpdesk_user'));
  return member;
}

function firstStage(env: Environment): Stored | undefined {
  return searchIds(env.sudo(), isOca(env) ? 'helpdesk.ticket.stage' : 'helpdesk.stage', [], { limit: 1 })[0];
}

function ratings(env: Environment, row: Row): Row[] {
  return attachedTo(env, 'rating.rating', { model: 'helpdesk.ticket', id: row.id }).map((id) => env.row('rating.rating', id)!).filter((rating) => rating['consumed'] === true);
}

function statuses(env: Environment, row: Row): Row[] {
  return linkedBy(env, 'helpdesk.sla.status', 'ticket_id', row.id).map((id) => env.row('helpdesk.sla.status', id)!);
}

function statusOf(env: Environment, row: Row): string {
  const reached = row['reached_datetime'] as string | undefined;
  const deadline = String(row['deadline'] ?? '9999');
  if (reached !== undefined) return reached <= deadline ? 'reached' : 'failed';
  return deadline < env.now ? 'failed' : 'ongoing';
}

export const slaStatusBehaviour: ModelBehaviour = {
  computed: {
    status: statusOf,
    color: (env, row) => ({ failed: 1, reached: 10, ongoing: 0 })[statusOf(env, row)],
  },
  displayName: (env, row) => String(env.row('helpdesk.sla', row['sla_id'])?.['name'] ?? ''),
};

/** Only consumed ratings were really given. */
export const ratingBehaviour: ModelBehaviour = {
  defaults: () => ({ access_token: 'made-by-the-server' }),
  beforeCreate: (env, draft) => {
    const value = Number(draft['rating'] ?? 0);
    if (value < 0 || value > 5) throw constraintViolated(env, 'rating_rating_rating_range', 'Rating should be between 0 and 5');
    draft['rating_text'] = ratingText(env, value);
    const model = env.row('ir.model', draft['res_model_id'])?.['model'];
    if (model !== undefined) draft['res_model'] = model as string;
  },
  computed: {
    res_name: (env, row) => env.row(String(row['res_model'] ?? 'helpdesk.ticket'), row['res_id'])?.['name'],
  },
  displayName: (env, row) => String(env.row('helpdesk.ticket', row['res_id'])?.['name'] ?? `rating.rating,${row.id}`),
};

/** 5 is satisfied, 3 is not, 1 is not at all; 0 = none was given (measured on 14). */
function ratingText(env: Environment, value: number): string {
  const texts = env.version === 14 ? (['satisfied', 'not_satisfied', 'highly_dissatisfied', 'no_rating'] as const) : (['top', 'ok', 'ko', 'none'] as const);
  return texts[value > 3.66 ? 0 : value > 2.33 ? 1 : value > 0 ? 2 : 3];
}
