import type { ModelBehaviour } from '../orm/behaviour.ts';
import type { Environment } from '../orm/environment.ts';
import { attachedTo } from '../orm/hierarchy.ts';
import { displayName } from '../orm/names.ts';
import type { Row } from '../store/row.ts';
import { follow, logMessage, queueMail } from './chatter.ts';
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

function assign(env: Environment, model: string, row: Row, notify: boolean): void {
  const user = row['user_id'] as number | undefined;
  if (user === undefined || user === env.uid) return;
  const partner = env.partnerId(user);
  follow(env, model, row.id, partner);
  if (!notify) return;
  const message = logMessage(env, model, row.id, `You have been assigned to ${displayName(env, model, row.id)}`);
  queueMail(env, { reason: 'assignment', partner, model, resId: row.id, message, immediate: true });
}
