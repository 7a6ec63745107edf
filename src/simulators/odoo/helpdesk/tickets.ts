import type { Columns } from '../store/lazy-rows.ts';
import type { Stored } from '../store/row.ts';
import { FIRST, K, stamp, type Shape } from './shape.ts';
import type { People } from './people.ts';
import { SENTENCES, SUBJECTS, TAGS } from './words.ts';

const TINY_IMAGE = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The columns of tickets in either dialect. Stages, teams, tags, types have the ids 1, 2, 3… in the order of `small-rows.ts`. */
export function ticketColumns(shape: Shape, people: People): Columns {
  const { dice, options } = shape;
  const at = (ms: number | null): string | undefined => (ms === null ? undefined : stamp(ms));
  const shared: Columns = {
    name: (ticket) => (ticket % 77 === 5 ? `${dice.pick(SUBJECTS, K.subject, ticket)} – ${'very long subject '.repeat(20)}`.trim() : dice.pick(SUBJECTS, K.subject, ticket)),
    description: (ticket) => description(shape, ticket),
    partner_id: (ticket) => {
      const partner = shape.partnerOf(ticket);
      return partner === null ? undefined : FIRST.partner + partner;
    },
    // Without a partner most still have the sender's address; one in three has nothing at all.
    partner_name: (ticket) => named(shape, people, ticket, (partner) => people.name(partner), 'Unknown Sender'),
    partner_email: (ticket) => named(shape, people, ticket, (partner) => people.email(partner), `sender.${ticket}@nowhere.example`),
    user_id: (ticket) => {
      const agent = shape.agentOf(ticket);
      return agent === null ? undefined : FIRST.agent + agent;
    },
    team_id: (ticket) => (ticket % 31 === 30 ? undefined : 1 + dice.below(4, K.team, ticket)),
    stage_id: (ticket) => 1 + shape.stageOf(ticket),
    priority: (ticket) => String(Math.floor(dice.unit(K.priority, ticket) ** 2 * 4)),
    tag_ids: (ticket) => {
      const tags = new Set(Array.from({ length: dice.below(4, K.tags, ticket) }, (_none, more) => 1 + dice.below(TAGS.length, K.tags, ticket, 1 + more)));
      return tags.size === 0 ? undefined : [...tags].sort((a, b) => a - b);
    },
    company_id: (ticket) => (dice.chance(0.1, K.company, ticket) ? 2 : 1),
    kanban_state: (ticket) => (ticket % 19 === 3 ? 'blocked' : options.dialect === 'oca' ? undefined : 'normal'),
    color: () => undefined,
    email_cc: (ticket) => (ticket % 29 === 7 ? `copy.${ticket}@customer-7.example` : undefined),
    active: (ticket) => (dice.chance(0.03, K.archived, ticket) ? undefined : true),
    create_uid: () => 1,
    create_date: (ticket) => `${stamp(shape.createdMs(ticket))}.000000`,
    write_uid: () => 1,
    write_date: (ticket) => `${stamp(Math.max(shape.createdMs(ticket) + shape.lifeMs(ticket), shape.closedMs(ticket) ?? 0))}.000000`,
    ...customColumns(shape),
  };
  if (options.dialect === 'oca') {
    return {
      ...shared,
      number: (ticket) => `HT${String(ticket + 1).padStart(5, '0')}`,
      category_id: (ticket) => (ticket % 4 === 0 ? undefined : 1 + (ticket % 5)),
      channel_id: (ticket) => 1 + (ticket % 4),
      assigned_date: (ticket) => (shape.agentOf(ticket) === null ? undefined : at(shape.createdMs(ticket) + 600_000)),
      closed_date: (ticket) => at(shape.closedMs(ticket)),
      last_stage_update: (ticket) => at(shape.closedMs(ticket) ?? shape.createdMs(ticket) + 1_200_000),
      sequence: () => 10,
      sla_deadline: (ticket) => (ticket % 3 === 0 ? at(shape.createdMs(ticket) + 2 * 86_400_000) : undefined),
      sla_expired: (ticket) => (ticket % 3 === 0 && shape.lifeMs(ticket) > 2 * 86_400_000 ? true : undefined),
    };
  }
  return {
    ...shared,
    ticket_ref: (ticket) => (options.version >= 17 ? String(ticket + 1).padStart(5, '0') : undefined),
    ticket_type_id: (ticket) => (ticket % 5 === 0 ? undefined : 1 + (ticket % 3)),
    partner_phone: (ticket) => (options.version >= 17 ? named(shape, people, ticket, (partner) => people.phone(partner), undefined) : undefined),
    assign_date: (ticket) => (shape.agentOf(ticket) === null ? undefined : at(shape.createdMs(ticket) + 600_000)),
    assign_hours: () => undefined,
    close_date: (ticket) => at(shape.closedMs(ticket)),
    close_hours: (ticket) => {
      const closed = shape.closedMs(ticket);
      return closed === null ? undefined : Math.round((closed - shape.createdMs(ticket)) / 3_600_000);
    },
    date_last_stage_update: (ticket) => at(shape.closedMs(ticket) ?? shape.createdMs(ticket) + 1_200_000),
    sla_deadline: (ticket) => (shape.slaStatuses.count(ticket) > 0 && !shape.isClosed(ticket) ? at(shape.createdMs(ticket) + 8 * 3_600_000) : undefined),
  };
}

function named<T>(shape: Shape, _people: People, ticket: number, of: (partner: number) => T, otherwise: T): T | undefined {
  const partner = shape.partnerOf(ticket);
  if (partner !== null) return of(partner);
  return ticket % 3 === 0 ? undefined : otherwise;
}

/** HTML as people's mail programs make it: paragraphs, lists, a picture inside, now and then nothing or a wall of text. */
function description(shape: Shape, ticket: number): string | undefined {
  const { dice, options } = shape;
  if (options.dialect === 'enterprise' && ticket % 10 === 9) return undefined;
  const sentence = (more: number): string => escaped(dice.pick(SENTENCES, K.description, ticket, more));
  const parts = Array.from({ length: 1 + dice.below(4, K.description, ticket) }, (_none, more) => `<p>${sentence(2 * more + 1)} ${sentence(2 * more + 2)}</p>`);
  if (ticket % 13 === 4) parts.push(`<ul><li>${sentence(20)}</li><li>${sentence(21)}</li></ul>`);
  if (ticket % 97 === 8) parts.push(`<p><img src="${TINY_IMAGE}"></p>`);
  if (ticket % 501 === 12) parts.push(`<p>${`${sentence(30)} `.repeat(400)}</p>`);
  return parts.join('');
}

/** Fields that people made with Studio, one of each type; the rarer ones are filled in for few tickets. */
function customColumns(shape: Shape): Columns {
  const { dice } = shape;
  const filled = <T extends Stored>(share: number, salt: number, value: (ticket: number) => T) => (ticket: number): T | undefined => (dice.chance(share, K.custom, ticket, salt) ? value(ticket) : undefined);
  return {
    x_studio_order_reference: filled(0.6, 1, (ticket) => `SO${10_000 + ticket}`),
    x_studio_severity: filled(0.8, 2, (ticket) => dice.pick(['minor', 'major', 'critical'], K.custom, ticket, 20)),
    x_studio_quantity: filled(0.4, 3, (ticket) => 1 + dice.below(40, K.custom, ticket, 30)),
    x_studio_amount: filled(0.3, 4, (ticket) => Math.round(dice.unit(K.custom, ticket, 40) * 100_000) / 100 || 0.5),
    x_studio_on_site: filled(0.2, 5, () => true),
    x_studio_visit_date: filled(0.15, 6, (ticket) => stamp(shape.createdMs(ticket) + 5 * 86_400_000).slice(0, 10)),
    x_studio_called_at: filled(0.1, 7, (ticket) => stamp(shape.createdMs(ticket) + 7_200_000)),
    x_studio_country: filled(0.25, 8, (ticket) => 1 + dice.below(60, K.custom, ticket, 80)),
    x_studio_remarks: filled(0.1, 9, (ticket) => `Line one ${ticket}\nLine two & <more>`),
    x_studio_serial_number: filled(0.01, 10, (ticket) => `SN-${ticket}`),
  };
}
