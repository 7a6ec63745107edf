import type { OdooField } from '../fields/field-types.ts';
import type { OdooModels } from '../fields/models.ts';

/**
 * The two help desks that Odoo knows: its own (Enterprise) and the community's (OCA `helpdesk_mgmt`). They share the model
 * `helpdesk.ticket` and little else. Which one stands there is told by where a ticket's stage points, never by the version.
 */
export interface HelpDeskDialect {
  readonly name: 'enterprise' | 'oca';
  readonly label: string;
  readonly team: string;
  readonly stage: string;
  readonly tag: string;
  /** Policies; null = the module that brings them is not installed. */
  readonly sla: string | null;
  /** How each ticket stands against each policy; OCA keeps the deadline on the ticket instead. */
  readonly slaStatus: string | null;
}

/** Models of each dialect. OCA: measured on 14.0.2; Enterprise: public knowledge, not run (odoo-facts 16). */
const dialects: Readonly<Record<'helpdesk.stage' | 'helpdesk.ticket.stage', HelpDeskDialect>> = {
  'helpdesk.stage': { name: 'enterprise', label: 'Odoo Help Desk (Enterprise)', team: 'helpdesk.team', stage: 'helpdesk.stage', tag: 'helpdesk.tag', sla: 'helpdesk.sla', slaStatus: 'helpdesk.sla.status' },
  'helpdesk.ticket.stage': { name: 'oca', label: 'Helpdesk Management (OCA)', team: 'helpdesk.ticket.team', stage: 'helpdesk.ticket.stage', tag: 'helpdesk.ticket.tag', sla: 'helpdesk.sla', slaStatus: null },
};

/** The dialect of a server, by the relation of a ticket's stage. Null = no help desk here, or hidden from this user. */
export async function findDialect(models: OdooModels): Promise<HelpDeskDialect | null> {
  const fields = await models.fieldsOrNull('helpdesk.ticket');
  const stage = fields?.get('stage_id')?.relation;
  const dialect = stage === 'helpdesk.stage' || stage === 'helpdesk.ticket.stage' ? dialects[stage] : undefined;
  if (dialect === undefined) return null;
  const exists = async (model: string | null): Promise<string | null> => (model !== null && await models.fieldsOrNull(model) !== null ? model : null);
  return { ...dialect, sla: await exists(dialect.sla), slaStatus: await exists(dialect.slaStatus) };
}

/**
 * Our names for what the dialects and versions name differently, each with the platform's names in the order of preference.
 * A name that none of them has is absent from the records, and discovery says so.
 */
export const aliases: { readonly [object: string]: { readonly [ours: string]: readonly string[] } } = {
  ticket: {
    reference: ['ticket_ref', 'number'],
    closed_at: ['close_date', 'closed_date'],
    assigned_at: ['assign_date', 'assigned_date'],
    stage_changed_at: ['date_last_stage_update', 'last_stage_update'],
    type_id: ['ticket_type_id', 'category_id'],
    created_at: ['create_date'],
    updated_at: ['write_date'],
    created_by_id: ['create_uid'],
  },
  stage: { closing: ['is_close', 'closed', 'fold'], created_at: ['create_date'] },
  team: { member_ids: ['member_ids', 'user_ids'] },
  sla: { days: ['time_days', 'days'], hours: ['time_hours', 'hours', 'time'] },
  message: { sent_at: ['date'] },
};

/** The platform's name of one of our fields on this server; null = it has none. */
export function nativeName(object: string, ours: string, fields: ReadonlyMap<string, OdooField>): string | null {
  const candidates = aliases[object]?.[ours] ?? [ours];
  return candidates.find((name) => fields.has(name)) ?? null;
}
