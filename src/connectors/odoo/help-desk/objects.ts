import type { HelpDeskDialect } from './dialect.ts';

/** One kind of record that the help desk source gives, with the fields it takes from the model. */
export interface HelpDeskObject {
  readonly name: string;
  readonly label: string;
  readonly model: (dialect: HelpDeskDialect) => string | null; // null = this dialect has none
  /** Our names, in the order in which the catalog shows them; those that the server lacks are left out. */
  readonly fields: readonly string[];
  /** Custom fields (`x_…`) of the model come along. */
  readonly customFields: boolean;
  /** Fields that the source works out itself, with their type. */
  readonly made: Readonly<Record<string, 'text' | 'boolean' | 'datetime' | 'binary' | 'selection' | 'references' | 'reference' | 'multiSelection' | 'integer' | 'decimal'>>;
}

const slaFields = { sla_policy_names: 'multiSelection', sla_deadline: 'datetime', sla_status: 'selection', sla_violated: 'boolean', sla_reached_at: 'datetime' } as const;

/** Every object in dependency order: what others point to comes first. */
export const helpDeskObjects: readonly HelpDeskObject[] = [
  { name: 'company', label: 'Company', model: () => 'res.partner', customFields: false, made: {}, fields: ['name', 'website', 'industry_id', 'vat', 'phone', 'email', 'street', 'street2', 'zip', 'city', 'state_id', 'country_id', 'ref', 'active', 'create_date', 'write_date'] },
  { name: 'partner', label: 'Partner of a ticket', model: () => 'res.partner', customFields: true, made: { company: 'reference' }, fields: ['name', 'email', 'phone', 'mobile', 'function', 'is_company', 'parent_id', 'vat', 'street', 'street2', 'zip', 'city', 'state_id', 'country_id', 'lang', 'tz', 'ref', 'active', 'create_date', 'write_date'] },
  { name: 'user', label: 'User', model: () => 'res.users', customFields: false, made: {}, fields: ['name', 'login', 'email', 'partner_id', 'active', 'create_date', 'write_date'] },
  { name: 'team', label: 'Team', model: (dialect) => dialect.team, customFields: false, made: {}, fields: ['name', 'active', 'member_ids', 'alias_name', 'alias_domain', 'sequence', 'use_sla', 'auto_assignment', 'assign_method', 'auto_close_ticket', 'stage_ids', 'create_date', 'write_date'] },
  { name: 'stage', label: 'Stage', model: (dialect) => dialect.stage, customFields: false, made: {}, fields: ['name', 'sequence', 'closing', 'fold', 'active', 'team_ids', 'create_date', 'write_date'] },
  { name: 'tag', label: 'Tag', model: (dialect) => dialect.tag, customFields: false, made: {}, fields: ['name', 'active', 'color', 'create_date', 'write_date'] },
  { name: 'sla', label: 'SLA policy', model: (dialect) => dialect.sla, customFields: false, made: {}, fields: ['name', 'active', 'days', 'hours', 'priority', 'team_id', 'team_ids', 'stage_id', 'stage_ids', 'create_date', 'write_date'] },
  {
    name: 'ticket', label: 'Ticket', model: () => 'helpdesk.ticket', customFields: true, made: { type_name: 'text', channel_name: 'text', stage_name: 'text', created_by_name: 'text', follower_ids: 'references', inline_attachment_ids: 'references', ...slaFields },
    fields: ['name', 'reference', 'description', 'partner_id', 'partner_name', 'partner_email', 'partner_phone', 'email_cc', 'team_id', 'user_id', 'stage_id', 'tag_ids', 'priority', 'kanban_state', 'type_id', 'channel_id', 'company_id', 'active', 'created_at', 'updated_at', 'closed_at', 'assigned_at', 'stage_changed_at', 'created_by_id'],
  },
  {
    name: 'message', label: 'Message of a ticket', model: () => 'mail.message', customFields: false,
    made: { ticket_id: 'reference', kind: 'selection', author_kind: 'selection', author_name: 'text', author_user_id: 'reference', tracking: 'multiSelection', inline_attachment_ids: 'references' },
    fields: ['subject', 'body', 'sent_at', 'message_type', 'author_id', 'email_from', 'attachment_ids', 'message_id', 'write_date'],
  },
  {
    name: 'attachment', label: 'File of a ticket or message', model: () => 'ir.attachment', customFields: false,
    made: { ticket_id: 'reference', message_id: 'reference', inline: 'boolean', sha1: 'text', content: 'binary' },
    fields: ['name', 'mimetype', 'file_size', 'type', 'url', 'create_date', 'write_date'],
  },
  { name: 'rating', label: 'Rating', model: () => 'rating.rating', customFields: false, made: { ticket_id: 'reference' }, fields: ['rating', 'rating_text', 'feedback', 'partner_id', 'rated_partner_id', 'message_id', 'rated_on', 'create_date', 'write_date'] },
];

export function helpDeskObject(name: string): HelpDeskObject | undefined {
  return helpDeskObjects.find((object) => object.name === name);
}
