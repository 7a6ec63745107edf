import type { Condition, FieldLine, Mapping } from '../../../plan/plan.ts';
import { line, mapping, objectOf, personIsPartner, sourceField, type RouteInput } from '../lines.ts';

export const onPerson = (model: 'model' | 'res_model'): FieldLine[] => [line(model, 'On the person.', { constant: 'res.partner' }), line('res_id', 'The person.', { link: 'person', through: ['contacts'], whenMissing: 'quarantine' })];
export const note = (type: string): FieldLine[] => [
  line('message_type', 'History; creating it sends nothing.', { constant: type }), line('subtype_id', 'Internal note: never shown to the customer.', { constant: 'mail.mt_note', lookup: { object: 'mail.message.subtype', by: 'external_id' }, whenMissing: 'quarantine' }),
  line('author_id', 'Customer.io names no author; the user who loads must not be taken for one.', { constant: null }),
];
/** Fields of a delivery that documents and links read. */
const readElsewhere = ['id', 'cio_id', 'customer_email', 'customer_id', 'customer_identifiers', 'campaign_id', 'newsletter_id', 'broadcast_id', 'transactional_message_id', 'type', 'deduplicate_id'];
const times = ['attempted', 'sent', 'delivered', 'opened', 'clicked', 'converted', 'bounced', 'spammed', 'dropped', 'failed', 'undeliverable', 'unsubscribed'].map((name) => `${name}_at`);

/** CO-10, CO-11, CO-12: what people were sent, on the person, oldest first. */
export function engagementMapping(input: RouteInput): Mapping[] {
  if (objectOf(input.source, 'message') === undefined) return [];
  const internal: Condition = { any: ['webhook', 'slack'].map((channel): Condition => ({ field: 'channel', equals: channel })) };
  const isChannel = (channel: string): Condition => ({ field: 'channel', equals: channel });
  const bodies = ([['body', 'message_body', 'The body as sent, of the sample that a day allows.'], ['content', 'warehouse_delivery_content', 'The body as sent, by the warehouse sync.']] as const).filter(([, object]) => objectOf(input.source, object) !== undefined);
  const hasBody: Condition = { any: bodies.map(([link]): Condition => ({ link, state: 'found' })) };
  const mailings = sentObjects(input);
  return [mapping(input, {
    id: 'engagement', source: 'message', destination: 'mail.message', phase: 'engagement', reason: 'Deliveries to people, by all channels that reach people.', order: 'created_at', orderWithin: 'person', used: [...readElsewhere, ...times],
    when: { all: [personIsPartner, { not: internal }] }, otherwise: 'no-person-or-internal',
    fields: [
      ...onPerson('model'), line('date', 'When it was made.', { from: 'created_at', transforms: ['datetime'], required: true }), line('subject', 'The subject as sent.', { from: 'subject', transforms: ['collapseSpaces'] }),
      ...bodies.flatMap(([link,, reason], place) => {
        const own: Condition = { all: [{ link, state: 'found' }, ...bodies.slice(0, place).map(([earlier]): Condition => ({ not: { link: earlier, state: 'found' } }))] };
        return bodyLines(reason, mailings, { link, give: 'body', transforms: [{ messageBody: { format: 'guess' } }] }, own);
      }),
      ...bodyLines('The body as sent is not available: channel, state, recipient and failure stand for it.', mailings, { from: ['channel', 'state', 'recipient', 'failure_message'], transforms: [{ join: ' · ' }, 'textToHtml'], required: true, loss: 'Bodies as sent: the API gives 100 a day.' }, bodies.length === 0 ? null : { not: hasBody }),
      ...mailings.map((object) => line('x_cio_mailing', 'What it was sent with, when, and to how many.', { link: object, give: 'summary', when: { link: object, state: 'found' } })),
      ...(objectOf(input.source, 'warehouse_metrics') === undefined ? [] : [line('x_cio_links', 'Links that were clicked.', { link: 'clicks', give: 'link_url', transforms: ['unique', { join: '\n' }] })]),
      ...note('notification'), line('x_cio_id', 'Id of the delivery.', { from: 'id', transforms: ['trim'] }), line('x_cio_channel', 'Channel.', { from: 'channel' }), line('x_cio_status', 'State, as Customer.io words it.', { from: 'state' }), line('x_cio_metrics', 'Time of every metric.', { from: 'metrics', transforms: ['trim'] }),
      line('x_sms_channel', 'A text message.', { constant: true, when: isChannel('sms') }), line('x_push_notification', 'A push notification.', { constant: true, when: isChannel('push') }), line('x_content_redacted', 'Customer.io did not keep the content.', { from: 'content_redacted' }),
    ],
  })];
}

/** Newsletters and broadcasts that can be named in the notes of who got them. */
function sentObjects(input: RouteInput): readonly string[] {
  return ['newsletter', 'broadcast'].filter((object) => sourceField(input, object, 'summary') !== undefined);
}

/** CO-05: below the body of a mailing, its name, time and audience: text of the source, so that it is escaped. */
const withSummary = (object: string): string => `value & "<p><i>" & $replace($replace(links.${object}.given.summary, "&", "&amp;"), "<", "&lt;") & "</i></p>"`;

function bodyLines(reason: string, mailings: readonly string[], body: Partial<FieldLine>, when: Condition | null): FieldLine[] {
  const of = (object: string): Condition => ({ link: object, state: 'found' });
  const own = when === null ? [] : [when];
  const plain: Condition[] = [...own, ...mailings.map((object): Condition => ({ not: of(object) }))];
  return [
    ...mailings.map((object) => line('body', `${reason} With the ${object}, its time and the number of its recipients.`, { ...body, transforms: [...body.transforms ?? [], { jsonata: withSummary(object) }], when: { all: [...own, of(object)] } })),
    line('body', reason, { ...body, ...(plain.length === 0 ? {} : { when: { all: plain } }) }),
  ];
}

/** States of Odoo's mail queue; none of them is 'outgoing', which is the one that would be sent. */
export const states = { failed: 'exception', undeliverable: 'exception', dropped: 'exception', bounced: 'exception', delivered: 'received', sent: 'sent', deferred: 'cancel', attempted: 'cancel', drafted: 'cancel', created: 'cancel' };

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
      ...(objectOf(input.source, 'warehouse_metrics') === undefined ? [] : [line('x_cio_log_links', 'Links that were clicked.', { link: 'clicks', give: 'link_url', transforms: ['unique', { join: '\n' }] })]),
    ],
  })];
}
