import { createHash } from 'node:crypto';
import { isReadonly, type OdooField } from '../fields/field-types.ts';

/**
 * Fields that Odoo or its users' mere looking changes, or that belong to other records: not part of a record's content.
 * - message_main_attachment_id: set when somebody opens the record
 * - message_bounce, calendar_last_notif_ack, signup_*: written by mail and calendar machinery
 * - of a file the place where it is kept, its text index and its access token: moving the file store or looking at a picture changes them
 * - color: no content of a migration, but people's doing: stays in
 * - user presence and counters on users
 * - of a contact the channels that it is a member of: Odoo puts users into "general", and takes them out as the user goes [14, measured]
 */
const volatileFields = new Set([
  'message_main_attachment_id', 'message_bounce', 'calendar_last_notif_ack', 'signup_token', 'signup_type', 'signup_expiration',
  'automated_probability', 'is_rotting', 'rotting_days', 'login_date', 'iap_enrich_done', 'store_fname', 'db_datas', 'index_content', 'access_token', 'local_url', 'channel_ids', 'write_date', 'write_uid', 'create_date', 'create_uid',
]);

/** Fields that Odoo fills itself and that say what a record holds: the SHA-1 of a file in place of its bytes. */
const hashedThoughReadonly: Readonly<Record<string, readonly string[]>> = { 'ir.attachment': ['checksum', 'file_size'] };

/** Names of the stored, writable, non-volatile fields of a model, in a stable order: what its content hash covers. */
export function contentFields(model: string, fields: ReadonlyMap<string, OdooField>): readonly string[] {
  return [...fields].filter(([name, field]) => hashedThoughReadonly[model]?.includes(name) === true || (
    field.store !== false && field.type !== 'one2many' && !volatileFields.has(name) && !isReadonly(model, name, field))).map(([name]) => name).sort();
}

/** Hash over the given fields of one row as Odoo gives it. Links as bare ids; lists of ids sorted. */
export function contentHash(row: Readonly<Record<string, unknown>>, names: readonly string[], beside = ''): string {
  return createHash('sha256').update(contentText(row, names)).update(beside).digest('hex').slice(0, 32);
}

export function contentText(row: Readonly<Record<string, unknown>>, names: readonly string[]): string {
  return JSON.stringify(names.map((name) => {
    const value = row[name];
    return Array.isArray(value) ? [...(value as unknown[])].map(Number).sort((left, right) => left - right) : value ?? false;
  }));
}
