import type { JsonObject } from '../../../connector/json.ts';

/**
 * Context of every write: no mail, no follower, no log entry, no invitation, UTC. `tracking_disable` alone does not stop
 * invitations, `no_mail_to_attendees` does; `dont_notify` does not. Measured on 14, 17, 18, 19.
 */
export const quietContext: JsonObject = Object.freeze({
  tracking_disable: true,
  mail_create_nosubscribe: true,
  mail_create_nolog: true,
  mail_notrack: true,
  mail_auto_subscribe_no_notify: true,
  no_mail_to_attendees: true,
  mail_activity_quick_update: true,
  no_reset_password: true,
  skip_contact_description: true, // calendar.event on 19; unknown keys are ignored elsewhere
  image_no_postprocess: true, // 17 to 19 shrink large pictures on store, and the checksum with them [public source]
  tz: 'UTC',
  lang: 'en_US',
});

/** Context of every read: archived records too, labels in one language. */
export const readContext: JsonObject = Object.freeze({ active_test: false, tz: 'UTC', lang: 'en_US' });
