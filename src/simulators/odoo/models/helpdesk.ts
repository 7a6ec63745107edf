import type { ModelBehaviour } from '../orm/behaviour.ts';
import type { Environment } from '../orm/environment.ts';
import { attachedTo, linkedBy } from '../orm/hierarchy.ts';
import { searchIds } from '../orm/search.ts';
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
 * Tickets. A partner does not fill in name and e-mail through the API; entering a closing stage sets the closing date to now, and on OCA
 * mails the customer by the stage's template; a closing date sent along with a create is kept.
 */
export const ticketBehaviour: ModelBehaviour = {
  defaults: (env) => ({
    priority: isOca(env) ? '1' : '0', kanban_state: 'normal', company_id: 1, stage_id: firstStage(env),
    ...(isOca(env) ? { last_stage_update: env.now, sequence: 10 } : { date_last_stage_update: env.now }),
  }),
  beforeCreate: (env, draft) => {
    const count = env.table('helpdesk.ticket').size + 1;
    if (isOca(env)) {
      draft['number'] ??= `HT${String(count).padStart(5, '0')}`;
      if (draft['user_id'] !== undefined) draft['assigned_date'] ??= env.now;
    } else {
      if (env.version >= 17) draft['ticket_ref'] ??= String(count).padStart(5, '0');
      if (draft['user_id'] !== undefined) draft['assign_date'] ??= env.now;
      if (closes(env, stageOf(env, draft))) draft['close_date'] ??= env.now;
    }
  },
  beforeWrite: (env, row, changes) => {
    const oca = isOca(env);
    if ('stage_id' in changes && changes['stage_id'] !== row['stage_id']) {
      changes[oca ? 'last_stage_update' : 'date_last_stage_update'] = env.now;
      if (closes(env, stageOf(env, changes))) changes[oca ? 'closed_date' : 'close_date'] = env.now;
      else if (!oca) changes['close_date'] = undefined;
    }
    if (changes['user_id'] !== undefined) changes[oca ? 'assigned_date' : 'assign_date'] ??= oca ? env.now : (row['assign_date'] ?? env.now);
  },
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
  displayName: (env, row) => (isOca(env) ? (env.version === 14 ? String(row['name']) : `${String(row['number'])} - ${String(row['name'])}`) : `${String(row['name'])} (#${String(row['ticket_ref'] ?? row.id)})`),
};

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
  beforeCreate: (env, draft) => {
    const model = env.row('ir.model', draft['res_model_id'])?.['model'];
    if (model !== undefined) draft['res_model'] = model as string;
  },
  computed: {
    res_name: (env, row) => env.row(String(row['res_model'] ?? 'helpdesk.ticket'), row['res_id'])?.['name'],
  },
  displayName: (env, row) => String(env.row('helpdesk.ticket', row['res_id'])?.['name'] ?? `rating.rating,${row.id}`),
};
