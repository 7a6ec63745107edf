import type { Columns } from '../store/lazy-rows.ts';
import { FIRST, K, stamp, type Shape } from './shape.ts';
import { SENTENCES } from './words.ts';

/** Who follows which ticket. */
export function followerColumns(shape: Shape): Columns {
  return {
    res_model: () => 'helpdesk.ticket',
    res_id: (at) => FIRST.ticket + shape.followers.ownerOf(at),
    partner_id: (at) => {
      const ticket = shape.followers.ownerOf(at);
      return shape.followerPartners(ticket)[at - shape.followers.start(ticket)];
    },
  };
}

/** Ratings of closed tickets: 5, 3 or 1 (a few were asked for and never given: consumed is false, the value 0). */
export function ratingColumns(shape: Shape, ticketModelId: number): Columns {
  const { dice, options: { version } } = shape;
  const given = (at: number): boolean => at % 8 !== 5;
  const value = (at: number): number => (given(at) ? dice.pick([5, 5, 5, 3, 1], K.ratingValue, at) : 0);
  const texts = version === 14 ? { 5: 'satisfied', 3: 'not_satisfied', 1: 'highly_dissatisfied', 0: 'no_rating' } : { 5: 'top', 3: 'ok', 1: 'ko', 0: 'none' };
  const when = (at: number): string => stamp((shape.closedMs(shape.ratings.ownerOf(at)) ?? 0) + 3_600_000);
  return {
    res_model: () => 'helpdesk.ticket',
    res_model_id: () => ticketModelId,
    res_id: (at) => FIRST.ticket + shape.ratings.ownerOf(at),
    rating: (at) => value(at) || undefined,
    rating_text: (at) => texts[value(at) as 0 | 1 | 3 | 5],
    consumed: (at) => (given(at) ? true : undefined),
    feedback: (at) => (given(at) && at % 3 === 1 ? dice.pick(SENTENCES, K.ratingValue, at, 1) : undefined),
    rated_on: (at) => (version >= 19 && given(at) ? when(at) : undefined),
    partner_id: (at) => {
      const partner = shape.partnerOf(shape.ratings.ownerOf(at));
      return partner === null ? undefined : FIRST.partner + partner;
    },
    rated_partner_id: (at) => {
      const agent = shape.agentOf(shape.ratings.ownerOf(at));
      return agent === null ? undefined : shape.agentPartner(agent);
    },
    access_token: (at) => `rating-token-${at}`,
    create_uid: () => 1, create_date: (at) => `${when(at)}.000000`, write_uid: () => 1, write_date: (at) => `${when(at)}.000000`,
  };
}

/** SLA policies that applied to a ticket: reached, missed, or still running. */
export function slaStatusColumns(shape: Shape): Columns {
  const { dice, options: { version } } = shape;
  const ticketOf = (at: number): number => shape.slaStatuses.ownerOf(at);
  const deadlineMs = (at: number): number => shape.createdMs(ticketOf(at)) + (at % 2 === 0 ? 4 : 48) * 3_600_000;
  const reachedMs = (at: number): number | null => {
    if (!shape.isClosed(ticketOf(at)) && dice.chance(0.6, K.slaState, at)) return null;
    return dice.chance(0.75, K.slaState, at, 1) ? deadlineMs(at) - 1_800_000 : deadlineMs(at) + 5_400_000;
  };
  return {
    ticket_id: (at) => FIRST.ticket + ticketOf(at),
    sla_id: (at) => 1 + (at % 3),
    sla_stage_id: (at) => (at % 2 === 0 ? 2 : 4),
    deadline: (at) => stamp(deadlineMs(at)),
    reached_datetime: (at) => {
      const reached = reachedMs(at);
      return reached === null ? undefined : stamp(reached);
    },
    exceeded_hours: (at) => {
      const reached = reachedMs(at);
      return version < 17 || reached === null ? undefined : (reached - deadlineMs(at)) / 3_600_000;
    },
    exceeded_days: (at) => {
      const reached = reachedMs(at);
      return version >= 17 || reached === null ? undefined : (reached - deadlineMs(at)) / 86_400_000;
    },
  };
}
