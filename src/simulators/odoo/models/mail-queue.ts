import type { ModelBehaviour } from '../orm/behaviour.ts';
import { withChanges } from '../orm/write.ts';
import { deleteRecords } from '../orm/unlink.ts';

/** The queue of outgoing mails: created as 'outgoing', which the scheduled action sends; deleting one deletes its message. */
export const mailQueueBehaviour: ModelBehaviour = {
  defaults: () => ({ state: 'outgoing' }),
  beforeUnlink: (env, rows) => {
    for (const row of rows) {
      const message = row['mail_message_id'] as number | undefined;
      const notification = row['is_notification'] === true || row['notification'] === true;
      if (message === undefined || notification || !env.table('mail.message').has(message)) continue;
      // Unlinked first, so that the message's own cascade does not come back to this row.
      env.table('mail.mail').put(withChanges(row, { mail_message_id: undefined }));
      deleteRecords(env, 'mail.message', [message]); // with the rights of the caller (measured on 14)
    }
  },
  displayName: (env, row) => String(env.row('mail.message', row['mail_message_id'])?.['subject'] ?? `mail.mail,${row.id}`),
};
