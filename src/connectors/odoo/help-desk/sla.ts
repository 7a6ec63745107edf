import { AuthenticationError } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import { fromOdoo } from '../values/values-in.ts';
import type { HelpDesk } from './desk.ts';

export interface TicketSla {
  readonly sla_policy_names: readonly string[];
  readonly sla_deadline: Json;
  readonly sla_status: 'met' | 'violated' | 'open' | null; // null = no policy applies
  readonly sla_violated: boolean;
  readonly sla_reached_at: Json;
}

const noSla: TicketSla = { sla_policy_names: [], sla_deadline: null, sla_status: null, sla_violated: false, sla_reached_at: null };

/** How tickets stand against their SLA policies, by ticket id; a ticket without one is absent. */
export async function readSla(desk: HelpDesk, tickets: readonly JsonObject[]): Promise<ReadonlyMap<number, TicketSla>> {
  return desk.dialect.slaStatus === null ? fromDeadlines(desk, tickets) : fromStatuses(desk, desk.dialect.slaStatus, tickets);
}

export function slaOf(found: ReadonlyMap<number, TicketSla>, ticketId: number): TicketSla {
  return found.get(ticketId) ?? noSla;
}

/** Enterprise: one row per ticket and policy. Several policies: the earliest open deadline counts, violated if any is. */
async function fromStatuses({ client, models }: HelpDesk, model: string, tickets: readonly JsonObject[]): Promise<ReadonlyMap<number, TicketSla>> {
  const fields = await models.fields(model);
  const wanted = ['ticket_id', 'sla_id', 'deadline', 'reached_datetime', 'status', 'exceeded_hours'].filter((name) => fields.has(name));
  let rows: readonly JsonObject[];
  try {
    rows = await client.searchRead(model, [['ticket_id', 'in', tickets.map((ticket) => Number(ticket['id']))]], wanted);
  } catch (error) {
    if (error instanceof AuthenticationError) return new Map();
    throw error;
  }
  const byTicket = Map.groupBy(rows, (row) => (Array.isArray(row['ticket_id']) ? Number(row['ticket_id'][0]) : 0));
  return new Map([...byTicket].map(([ticketId, statuses]) => {
    const times = (name: string): string[] => statuses.flatMap((row) => (typeof row[name] === 'string' ? [row[name]] : [])).toSorted();
    const violated = statuses.some((row) => row['status'] === 'failed' || (typeof row['reached_datetime'] === 'string' && typeof row['deadline'] === 'string' && row['reached_datetime'] > row['deadline']));
    const reached = statuses.every((row) => typeof row['reached_datetime'] === 'string');
    return [ticketId, {
      sla_policy_names: statuses.flatMap((row) => (Array.isArray(row['sla_id']) ? [String(row['sla_id'][1])] : [])),
      sla_deadline: dateTime(times('deadline')[0]), sla_status: violated ? 'violated' : reached ? 'met' : 'open', sla_violated: violated, sla_reached_at: dateTime(times('reached_datetime').at(-1)),
    }];
  }));
}

/** OCA: one deadline per ticket, and whether it has passed; which policy set it is not kept. */
async function fromDeadlines({ models }: HelpDesk, tickets: readonly JsonObject[]): Promise<ReadonlyMap<number, TicketSla>> {
  const fields = await models.fields('helpdesk.ticket');
  if (!fields.has('sla_deadline')) return new Map();
  return new Map(tickets.flatMap((ticket): [number, TicketSla][] => {
    const deadline = ticket['sla_deadline'];
    if (typeof deadline !== 'string') return [];
    const closedAt = ticket['closed_date'];
    const violated = ticket['sla_expired'] === true || (typeof closedAt === 'string' && closedAt > deadline);
    return [[Number(ticket['id']), { sla_policy_names: [], sla_deadline: dateTime(deadline), sla_status: violated ? 'violated' : typeof closedAt === 'string' ? 'met' : 'open', sla_violated: violated, sla_reached_at: violated ? null : dateTime(typeof closedAt === 'string' ? closedAt : undefined) }]];
  }));
}

function dateTime(value: string | undefined): Json {
  return value === undefined ? null : fromOdoo({ type: 'datetime', string: '' }, value);
}
