import type { ModelBehaviour } from '../orm/behaviour.ts';
import { createRecords } from '../orm/create.ts';
import type { Environment } from '../orm/environment.ts';
import { attachedTo } from '../orm/hierarchy.ts';
import { displayName } from '../orm/names.ts';
import type { Row } from '../store/row.ts';
import { postMessage } from './message-post.ts';

interface ThreadOptions {
  readonly model: string;
  /** "Contact created": the text of the creation log. */
  readonly createdText: string;
  /** Fields whose changes are logged in the chatter. */
  readonly tracked: readonly string[];
  /** Another user set as responsible is subscribed and told by e-mail. */
  readonly assigns: boolean;
}

/**
 * Followers, creation log, field tracking and assignment mails, with the context keys that keep them quiet
 * (rows counted per call on 14, 17 and 18).
 */
export function threadBehaviour(options: ThreadOptions): ModelBehaviour {
  return {
    afterCreate: (env, rows) => {
      if (env.flag('tracking_disable')) return;
      for (const row of rows) {
        if (!env.flag('mail_create_nosubscribe')) follow(env, options.model, row.id, env.partnerId());
        if (!env.flag('mail_create_nolog')) logMessage(env, options.model, row.id, options.createdText);
        if (options.assigns) assign(env, options.model, row, !env.flag('mail_auto_subscribe_no_notify'));
      }
    },
    afterWrite: (env, before, after) => {
      if (env.flag('tracking_disable')) return;
      const changed = options.tracked.filter((name) => before[name] !== after[name]);
      if (changed.length > 0 && !env.flag('mail_notrack')) logMessage(env, options.model, after.id, '');
      if (options.assigns && before['user_id'] !== after['user_id']) {
        assign(env, options.model, after, !env.flag('mail_notrack') && !env.flag('mail_auto_subscribe_no_notify'));
      }
    },
    methods: {
      message_post: { on: 'records', parameters: ['**'], returnsRecords: false, run: postMessage },
      message_subscribe: {
        on: 'records', parameters: ['partner_ids=', 'subtype_ids='],
        run: (env, { model, ids, arguments: a }) => {
          for (const id of ids) for (const partner of (a['partner_ids'] as number[] | undefined) ?? []) follow(env, model, id, partner);
          return true;
        },
      },
      message_unsubscribe: {
        on: 'records', parameters: ['partner_ids='],
        run: (env, { model, ids, arguments: a }) => {
          for (const id of ids) {
            for (const follower of attachedTo(env, 'mail.followers', { model, id })) {
              if ((a['partner_ids'] as number[]).includes(env.row('mail.followers', follower)!['partner_id'] as number)) env.table('mail.followers').remove(follower);
            }
          }
          return true;
        },
      },
    },
  };
}

/** Subscribes a partner once. */
export function follow(env: Environment, model: string, id: number, partner: number): void {
  const present = attachedTo(env, 'mail.followers', { model, id }).some((follower) => env.row('mail.followers', follower)!['partner_id'] === partner);
  if (!present) createRecords(env.sudo(), 'mail.followers', [{ res_model: model, res_id: id, partner_id: partner }]);
}

/** A system message in the chatter. @returns its id */
export function logMessage(env: Environment, model: string, id: number, text: string, subtype = 'mail.mt_note'): number {
  const sudo = env.sudo();
  return createRecords(sudo, 'mail.message', [{
    model, res_id: id, message_type: 'notification', body: text === '' ? false : `<p>${text}</p>`, subtype_id: subtypeId(env, subtype), author_id: env.partnerId(),
  }])[0]!;
}

export function subtypeId(env: Environment, name: string): number | false {
  const [id] = env.table('ir.model.data').withKey('complete name', name, (row) => `${String(row['module'])}.${String(row['name'])}`);
  return id === undefined ? false : (env.row('ir.model.data', id)!['res_id'] as number);
}

function assign(env: Environment, model: string, row: Row, notify: boolean): void {
  const user = row['user_id'] as number | undefined;
  if (user === undefined || user === env.uid) return;
  const partner = env.partnerId(user);
  follow(env, model, row.id, partner);
  if (!notify) return;
  const message = logMessage(env, model, row.id, `You have been assigned to ${displayName(env, model, row.id)}`);
  queueMail(env, { reason: 'assignment', partner, model, resId: row.id, message, immediate: true });
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
  if (mail.immediate && env.server.mailServer && !('mail_notify_force_send' in env.context && !env.flag('mail_notify_force_send'))) {
    env.server.sentMails.push({ reason: mail.reason, to, model: mail.model, resId: mail.resId });
    return;
  }
  createRecords(env.sudo(), 'mail.mail', [{
    mail_message_id: mail.message, email_to: to === '' ? false : to, recipient_ids: [[6, 0, [mail.partner]]], auto_delete: true,
    ...(env.model('mail.mail').fields.has('is_notification') ? { is_notification: true } : {}),
  }]);
}
