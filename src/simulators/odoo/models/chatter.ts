import { createRecords } from '../orm/create.ts';
import type { Environment } from '../orm/environment.ts';
import { attachedTo } from '../orm/hierarchy.ts';

/** Subscribes a partner once. */
export function follow(env: Environment, model: string, id: number, partner: number): void {
  const present = attachedTo(env, 'mail.followers', { model, id }).some((follower) => env.row('mail.followers', follower)!['partner_id'] === partner);
  if (!present) createRecords(env.sudo(), 'mail.followers', [{ res_model: model, res_id: id, partner_id: partner }]);
}

/** Takes a partner off the list. */
export function unfollow(env: Environment, model: string, id: number, partner: number): void {
  for (const follower of attachedTo(env, 'mail.followers', { model, id })) {
    if (env.row('mail.followers', follower)!['partner_id'] === partner) env.table('mail.followers').remove(follower);
  }
}

/** A system message in the chatter. @returns its id */
export function logMessage(env: Environment, model: string, id: number, text: string, subtype: string | null = 'mail.mt_note'): number {
  const sudo = env.sudo();
  return createRecords(sudo, 'mail.message', [{
    model, res_id: id, message_type: 'notification', ...(text === '' ? {} : { body: `<p>${text}</p>` }), subtype_id: subtype === null ? false : subtypeId(env, subtype), author_id: env.partnerId(),
  }])[0]!;
}

export function subtypeId(env: Environment, name: string): number | false {
  const [id] = env.table('ir.model.data').withKey('complete name', name, (row) => `${String(row['module'])}.${String(row['name'])}`);
  return id === undefined ? false : (env.row('ir.model.data', id)!['res_id'] as number);
}

export interface QueuedMail {
  readonly reason: string;
  readonly partner: number;
  readonly model: string;
  readonly resId: number;
  readonly message: number;
  /** Sent within the call when a mail server is set up; else by the queue. */
  readonly immediate: boolean;
}

/** A row in the mail queue; it leaves at once where the real server sends at once, and is then deleted as there. */
export function queueMail(env: Environment, mail: QueuedMail): void {
  const partner = env.row('res.partner', mail.partner);
  const to = String(partner?.['email'] ?? '');
  env.server.causedMails.push({ reason: mail.reason, to, model: mail.model, resId: mail.resId });
  if (mail.immediate && env.server.mailServer && !('mail_notify_force_send' in env.context && !env.flag('mail_notify_force_send'))) {
    env.server.sentMails.push({ reason: mail.reason, to, model: mail.model, resId: mail.resId });
    return;
  }
  createRecords(env.sudo(), 'mail.mail', [{
    mail_message_id: mail.message, email_to: false, recipient_ids: [[6, 0, [mail.partner]]], auto_delete: true,
    ...(env.model('mail.mail').fields.has('is_notification') ? { is_notification: true } : {}),
  }]);
}
