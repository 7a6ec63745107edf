import type { RealOdoo } from './odoo.ts';

/** Tables that a migration writes, or that Odoo might write beside it. A rollback must leave each as it was. */
const counted = ['res_partner', 'res_users', 'crm_lead', 'crm_stage', 'crm_team', 'crm_tag', 'crm_lost_reason', 'res_partner_category', 'mail_message', 'mail_message_subtype', 'mail_followers', 'mail_activity',
  'mail_mail', 'mail_message_res_partner_needaction_rel', 'mail_tracking_value', 'calendar_event', 'calendar_attendee', 'ir_model_fields', 'ir_model_fields_selection', 'ir_model_data', 'ir_translation',
  'ir_ui_view', 'res_partner_res_partner_category_rel', 'crm_tag_rel', 'message_attachment_rel', 'calendar_event_res_partner_rel', 'ir_act_window', 'ir_cron'] as const;
/** Of these the contents too, but for who wrote them when. */
const hashed = ['res_partner', 'res_users', 'crm_stage', 'crm_team', 'crm_tag', 'crm_lost_reason', 'res_partner_category', 'mail_message_subtype', 'ir_ui_view', 'mail_message'] as const;

/** What the database holds, past Odoo: rows of tables, their contents, and the columns of all tables; sequences and logs aside. */
export async function contents(odoo: RealOdoo): Promise<unknown> {
  const counts = counted.map((table) => `(select count(*) from ${table})::int as ${table}`);
  const hashes = hashed.map((table) => `(select md5(string_agg((to_jsonb(t) - 'write_date' - 'write_uid')::text, ',' order by id)) from ${table} t) as ${table}_hash`);
  const files = `select count(*)::int as n, md5(string_agg(id || name || coalesce(res_model, '') || coalesce(checksum, ''), ',' order by id)) as hash from ir_attachment where coalesce(res_model, '') <> 'ir.ui.view'`; // Odoo makes bundles of its web client when it likes
  const [row] = await odoo.sql(`select ${[...counts, ...hashes].join(', ')}, files.n as ir_attachment, files.hash as ir_attachment_hash, (select md5(string_agg(table_name || '.' || column_name, ',' order by table_name, column_name)) from information_schema.columns where table_schema = 'public') as columns from (${files}) as files`);
  return row;
}

/**
 * Everything that was ever put into the mail queue, told to anybody as a notification, or written about a meeting: the counters
 * of the first two never go back, so that what was sent and deleted again shows as well.
 */
export async function sent(odoo: RealOdoo): Promise<unknown> {
  const [row] = await odoo.sql(`select (select count(*) from mail_mail)::int as mails, (select string_agg(distinct subject, '; ') from mail_mail m join mail_message on mail_message.id = m.mail_message_id) as subjects, (select last_value - case when is_called then 0 else 1 end from mail_mail_id_seq)::int as mails_ever,
    (select count(*) from mail_message_res_partner_needaction_rel)::int as notifications, (select last_value - case when is_called then 0 else 1 end from mail_message_res_partner_needaction_rel_id_seq)::int as notifications_ever,
    (select count(*) from mail_message where model like 'calendar.%')::int as invitations`);
  return row;
}
