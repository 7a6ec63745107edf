import type { OdooVersion } from '../options.ts';
import type { Field } from '../schema/parse-schema.ts';

export type OnDelete = 'cascade' | 'set null' | 'restrict';

/** Rules that differ from Odoo's own default (required: restrict, else: set null). */
const RULES: { readonly [field: string]: OnDelete } = {
  'crm.lead.stage_id': 'restrict',
  'crm.lead.lost_reason': 'restrict',
  'crm.lead.lost_reason_id': 'restrict',
  'calendar.attendee.event_id': 'cascade',
  'calendar.attendee.partner_id': 'cascade',
  'mail.followers.partner_id': 'cascade',
  'mail.mail.mail_message_id': 'cascade',
  'mail.tracking.value.mail_message_id': 'cascade',
  'mail.activity.res_model_id': 'cascade',
  'mail.activity.activity_type_id': 'restrict',
  'mail.activity.calendar_event_id': 'cascade',
  'ir.model.fields.model_id': 'cascade',
  'ir.model.fields.selection.field_id': 'cascade',
  'res.partner.category.parent_id': 'cascade',
  'res.partner.state_id': 'restrict',
  'res.partner.country_id': 'restrict',
  'base.automation.model_id': 'cascade',
  'ir.ui.view.inherit_id': 'restrict',
  'helpdesk.ticket.stage_id': 'restrict',
  'helpdesk.sla.status.ticket_id': 'cascade',
};

export function onDeleteRule(version: OdooVersion, model: string, field: Field): OnDelete {
  if (field.onDelete !== null) return field.onDelete as OnDelete;
  // An event's attendee cannot be deleted on 14; from 17 on he goes from the event (measured).
  if (version === 14 && model === 'calendar.attendee' && field.name === 'partner_id') return 'restrict';
  return RULES[`${model}.${field.name}`] ?? (field.required ? 'restrict' : 'set null');
}
