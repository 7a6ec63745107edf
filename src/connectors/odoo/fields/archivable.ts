/**
 * Models with the field `active`: setting it to false hides a record without losing it [all]. Not among them: crm.stage, crm.tag,
 * mail.message, ir.attachment, and mail.activity (there an archived one means a done one, from 17 on).
 */
export const archivable: readonly string[] = ['res.partner', 'crm.lead', 'crm.team', 'crm.lost.reason', 'res.partner.category', 'calendar.event', 'res.users'];
