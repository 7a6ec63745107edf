import type { Condition, FieldLine, Mapping } from '../../../plan/plan.ts';
import { line, mapping, objectOf, personIsPartner, type RouteInput } from '../lines.ts';

const decided = (value: string): Condition => ({ decision: 'events', is: value });
const onPerson = (model: 'model' | 'res_model'): FieldLine[] => [line(model, 'On the person.', { constant: 'res.partner' }), line('res_id', 'The person.', { link: 'person', through: ['contacts'], whenMissing: 'quarantine' })];
const note = (type: string): FieldLine[] => [
  line('message_type', 'History; creating it sends nothing.', { constant: type }), line('subtype_id', 'Internal note: never shown to the customer.', { constant: 'mail.mt_note', lookup: { object: 'mail.message.subtype', by: 'external_id' }, whenMissing: 'quarantine' }),
  line('author_id', 'Customer.io names no author; the user who loads must not be taken for one.', { constant: null }),
];
const filled = (field: string): Condition => ({ field, filled: true });

/** CO-02: events of the API and of archives. One that both have is loaded once, from the archive. */
export function eventMappings(input: RouteInput): Mapping[] {
  return (['archive_event', 'event'] as const).filter((source) => objectOf(input.source, source) !== undefined).flatMap((source) => {
    const known = source === 'event' && objectOf(input.source, 'archive_event') !== undefined ? [{ not: { link: 'archived', state: 'found' } } satisfies Condition] : [];
    const name = source === 'event' ? 'events' : 'archived-events';
    const used = ['id', 'cio_id', 'email', 'customer_id', 'customer_identifiers', 'person_id', 'anonymous_id'];
    const text = (to: string): FieldLine[] => [
      line(to, 'Its properties, as JSON.', { from: 'properties', transforms: ['trim', 'textToHtml'], when: filled('properties') }),
      line(to, 'It has no properties: its name.', { from: ['name', 'type'], transforms: [{ nth: 1 }, 'textToHtml'], when: { not: filled('properties') }, required: true }),
    ];
    const reason = source === 'event' ? 'Events that the API still has.' : 'Events of the archive.';
    return [
      mapping(input, {
        id: name, source, destination: 'mail.message', phase: 'events', reason, order: 'occurred_at', orderWithin: 'person', used, when: { all: [decided('message'), personIsPartner, ...known] }, otherwise: 'no-person-or-left-out',
        fields: [
          ...onPerson('model'), line('date', 'When it happened.', { from: 'occurred_at', transforms: ['datetime'], required: true }), line('subject', 'Name of the event.', { from: ['name', 'type'], transforms: [{ nth: 1 }, 'collapseSpaces'] }), ...text('body'), ...note('notification'),
          line('x_cio_event', 'Name of the event.', { from: 'name', transforms: ['trim'] }), line('x_cio_id', 'Id of the event.', { from: 'id', transforms: ['trim'] }),
        ],
      }),
      mapping(input, {
        id: `${name}-as-activities`, source, destination: 'mail.activity', phase: 'events', reason: `${reason.slice(0, -1)}, where activities were chosen.`, partial: true, order: 'occurred_at', orderWithin: 'person', when: { all: [decided('activity'), personIsPartner, ...known] }, otherwise: 'no-person-or-left-out',
        fields: [
          ...onPerson('res_model'), line('summary', 'Name of the event.', { from: ['name', 'type'], transforms: [{ nth: 1 }, 'collapseSpaces'] }), ...text('note'),
          line('date_deadline', 'The day it happened.', { from: 'occurred_at', transforms: ['date'], required: true, loss: 'An activity has a day, no time.' }), line('activity_type_id', 'A to-do.', { constant: 'mail.mail_activity_data_todo', lookup: { object: 'mail.activity.type', by: 'external_id' }, whenMissing: 'empty' }),
        ],
      }),
    ];
  });
}

/** Fields of a delivery that documents and links read. */
const readElsewhere = ['id', 'cio_id', 'customer_email', 'customer_id', 'customer_identifiers', 'campaign_id', 'newsletter_id', 'broadcast_id', 'transactional_message_id', 'type', 'deduplicate_id'];
const times = ['attempted', 'sent', 'delivered', 'opened', 'clicked', 'converted', 'bounced', 'spammed', 'dropped', 'failed', 'undeliverable', 'unsubscribed'].map((name) => `${name}_at`);

/** CO-10, CO-11, CO-12: what people were sent, on the person, oldest first. */
export function engagementMapping(input: RouteInput): Mapping[] {
  if (objectOf(input.source, 'message') === undefined) return [];
  const internal: Condition = { any: ['webhook', 'slack'].map((channel): Condition => ({ field: 'channel', equals: channel })) };
  const isChannel = (channel: string): Condition => ({ field: 'channel', equals: channel });
  const bodies = objectOf(input.source, 'message_body') !== undefined;
  const hasBody: Condition = { link: 'body', state: 'found' };
  return [mapping(input, {
    id: 'engagement', source: 'message', destination: 'mail.message', phase: 'engagement', reason: 'Deliveries to people, by all channels that reach people.', order: 'created_at', orderWithin: 'person', used: [...readElsewhere, ...times],
    when: { all: [personIsPartner, { not: internal }] }, otherwise: 'no-person-or-internal',
    fields: [
      ...onPerson('model'), line('date', 'When it was made.', { from: 'created_at', transforms: ['datetime'], required: true }), line('subject', 'The subject as sent.', { from: 'subject', transforms: ['collapseSpaces'] }),
      ...(bodies ? [line('body', 'The body as sent, of the sample that a day allows.', { link: 'body', give: 'body', transforms: [{ messageBody: { format: 'html' } }], when: hasBody })] : []),
      line('body', 'The body as sent is not available: channel, state, recipient and failure stand for it.', { from: ['channel', 'state', 'recipient', 'failure_message'], transforms: [{ join: ' · ' }, 'textToHtml'], required: true, ...(bodies ? { when: { not: hasBody } } : {}), loss: 'Bodies as sent: the API gives 100 a day.' }),
      ...note('notification'), line('x_cio_id', 'Id of the delivery.', { from: 'id', transforms: ['trim'] }), line('x_cio_channel', 'Channel.', { from: 'channel' }), line('x_cio_status', 'State, as Customer.io words it.', { from: 'state' }), line('x_cio_metrics', 'Time of every metric.', { from: 'metrics', transforms: ['trim'] }),
      line('x_sms_channel', 'A text message.', { constant: true, when: isChannel('sms') }), line('x_push_notification', 'A push notification.', { constant: true, when: isChannel('push') }), line('x_content_redacted', 'Customer.io did not keep the content.', { from: 'content_redacted' }),
    ],
  })];
}

/** States of Odoo's mail queue; none of them is 'outgoing', which is the one that would be sent. */
const states = { failed: 'exception', undeliverable: 'exception', dropped: 'exception', bounced: 'exception', delivered: 'received', sent: 'sent', deferred: 'cancel', attempted: 'cancel', drafted: 'cancel', created: 'cancel' };

/** CO-08: a log of every delivery, in a final state. History never hangs on it: deleting a mail deletes its message. */
export function deliveryLogsMapping(input: RouteInput): Mapping[] {
  if (objectOf(input.source, 'message') === undefined) return [];
  return [mapping(input, {
    id: 'delivery-logs', source: 'message', destination: 'mail.mail', phase: 'delivery-logs', reason: 'One mail log for each delivery, also of people who are gone.', partial: true, identity: {},
    fields: [
      line('state', 'Failed, received, sent or cancelled: final, so that no queue sends it.', { from: 'state', transforms: [{ map: { values: states, otherwise: 'cancel' } }], required: true }), line('auto_delete', 'Logs stay.', { constant: false }),
      line('subject', 'The subject as sent.', { from: 'subject', transforms: ['collapseSpaces'] }), line('email_to', 'Recipient, as written.', { from: 'recipient', transforms: ['trim'] }), line('message_type', 'A mail.', { constant: 'email' }), line('message_id', 'Made of the delivery\'s id, so that two loads give the same.', { from: 'id', transforms: ['trim', { prefix: '<' }, { suffix: '@customerio.invalid>' }] }),
      line('author_id', 'Nobody: never the user who loads.', { constant: null }), line('email_from', 'The API names no sender of a delivery; the user who loads must not stand for one.', { constant: null }), line('date', 'When it was made.', { from: 'created_at', transforms: ['datetime'] }),
      line('failure_reason', 'What the failure said.', { from: 'failure_message', transforms: ['trim'] }), line('x_cio_log_id', 'Id of the delivery.', { from: 'id', transforms: ['trim'] }), line('x_cio_log_status', 'State, as Customer.io words it.', { from: 'state' }), line('x_cio_log_metrics', 'Time of every metric.', { from: 'metrics', transforms: ['trim'] }), line('x_cio_log_channel', 'Channel.', { from: 'channel' }),
    ],
  })];
}

/** CO-07: templates of transactional messages. They are archived where Odoo can archive templates, and named so that nobody takes them for Odoo's own. */
export function templatesMapping(input: RouteInput): Mapping[] {
  if (objectOf(input.source, 'transactional_content') === undefined) return [];
  return [mapping(input, {
    id: 'templates', source: 'transactional_content', destination: 'mail.template', phase: 'templates', reason: 'Templates of transactional messages, with Liquid as it is.', used: ['id', 'transactional_message_id', 'from_id', 'sender_identity_id'],
    fields: [
      line('name', 'The name, marked.', { link: 'message', give: 'name', transforms: [{ prefix: '[Customer.io] ' }], required: true }), line('subject', 'With Liquid as it is.', { from: 'subject', transforms: ['trim'] }), line('body_html', 'With Liquid as it is.', { from: 'body' }),
      line('email_from', 'Sender.', { from: 'from', transforms: ['trim'] }), line('reply_to', 'Address for replies.', { from: 'reply_to', transforms: ['trim'] }), line('active', 'Nothing can send it before somebody has converted and activated it (Odoo 14 cannot archive templates).', { constant: false }), line('auto_delete', 'Nothing is deleted.', { constant: false }),
      line('x_cio_trigger', 'Name by which it was asked for.', { link: 'message', give: 'trigger_name', transforms: ['trim'] }), line('x_cio_to_unsubscribed', 'Went to unsubscribed people too.', { link: 'message', give: 'send_to_unsubscribed' }), line('x_content_redacted', 'Its sent content was not kept.', { link: 'message', give: 'hide_message_body' }),
      line('x_cio_liquid', 'Holds placeholders to be converted.', { constant: true }),
    ],
  })];
}
