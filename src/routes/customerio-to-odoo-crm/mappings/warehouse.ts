import type { Condition, FieldLine, Mapping } from '../../../plan/plan.ts';
import { line, mapping, objectOf, personIsPartner, type RouteInput } from '../lines.ts';
import { note, onPerson, states } from './history.ts';

/** Failures first, then how far it got: as the connector says it of deliveries of the API. */
const order = Object.keys(states).filter((state) => state !== 'created');
const stateOfMetrics = `$append($filter(${JSON.stringify(order)}, function($state) { $state in value }), "created")[0]`;
const metricsJson = '$string($merge($map(links.metrics.given, function($one) { { $one.metric: $one.created_at } })))';

/** Lines of a delivery of the warehouse sync: its state and times come from the rows of metrics, subject and body from those of contents. */
function deliveryLines(input: RouteInput, fields: Readonly<{ status: string; metrics: string; links: string }>): FieldLine[] {
  if (objectOf(input.source, 'warehouse_metrics') === undefined) return [];
  return [
    line(fields.status, 'State, by its metrics.', { link: 'metrics', give: 'metric', transforms: [{ jsonata: stateOfMetrics }] }), line(fields.metrics, 'Time of every metric.', { link: 'metrics', give: 'created_at', transforms: [{ jsonata: metricsJson }] }),
    line(fields.links, 'Links that were clicked.', { link: 'metrics', give: 'link_url', transforms: ['unique', { join: '\n' }] }),
  ];
}

/** CO-08, CO-10 to CO-12: deliveries of the warehouse sync that the API did not give: those before `messagesSince`. */
export function warehouseMappings(input: RouteInput): Mapping[] {
  if (objectOf(input.source, 'warehouse_deliveries') === undefined) return [];
  const isMissing: Condition = { not: { link: 'message', state: 'found' } };
  const contents = objectOf(input.source, 'warehouse_delivery_content') !== undefined;
  const hasMetrics = objectOf(input.source, 'warehouse_metrics') !== undefined;
  const isChannel = (channel: string): Condition => ({ field: 'channel', equals: channel });
  const hasContent: Condition = { link: 'content', state: 'found' };
  const subject = contents ? [line('subject', 'The subject as sent.', { link: 'content', give: 'subject', transforms: ['collapseSpaces'] })] : [];
  return [
    mapping(input, {
      id: 'older-engagement', source: 'warehouse_deliveries', destination: 'mail.message', phase: 'engagement', reason: 'Deliveries of the warehouse sync that the API did not give.', order: 'created_at', orderWithin: 'person', partial: true,
      when: { all: [isMissing, personIsPartner, { not: { any: [isChannel('webhook'), isChannel('slack')] } }] }, otherwise: 'given-by-the-api-or-no-person-or-internal',
      fields: [
        ...onPerson('model'), line('date', 'When it was made.', { from: 'created_at', transforms: ['datetime'], required: true }), ...subject,
        ...(contents ? [line('body', 'The body as sent.', { link: 'content', give: 'body', transforms: [{ messageBody: { format: 'guess' } }], when: hasContent })] : []),
        line('body', 'The body as sent is not in the files: the channel stands for it.', { from: ['channel', 'created_at'], transforms: [{ join: ' · ' }, 'textToHtml'], required: true, ...(contents ? { when: { not: hasContent } } : {}), loss: 'Bodies that the sync does not have.' }),
        ...note('notification'), line('x_cio_id', 'Id of the delivery.', { from: 'delivery_id', transforms: ['trim'] }), line('x_cio_channel', 'Channel.', { from: 'channel' }), ...deliveryLines(input, { status: 'x_cio_status', metrics: 'x_cio_metrics', links: 'x_cio_links' }),
        line('x_sms_channel', 'A text message.', { constant: true, when: isChannel('sms') }), line('x_push_notification', 'A push notification.', { constant: true, when: isChannel('push') }),
      ],
    }),
    mapping(input, {
      id: 'older-delivery-logs', source: 'warehouse_deliveries', destination: 'mail.mail', phase: 'delivery-logs', reason: 'A mail log for each delivery of the warehouse sync that the API did not give.', partial: true, when: isMissing, otherwise: 'given-by-the-api',
      fields: [
        hasMetrics ? line('state', 'Final, so that no queue sends it.', { link: 'metrics', give: 'metric', transforms: [{ jsonata: stateOfMetrics }, { map: { values: states, otherwise: 'cancel' } }], required: true }) : line('state', 'Final; the sync\'s metrics, which would say more, are not given.', { constant: 'cancel' }),
        line('auto_delete', 'Logs stay.', { constant: false }), ...subject, ...(contents ? [line('email_to', 'Recipient, as written.', { link: 'content', give: 'recipient', transforms: ['trim'] })] : []), line('message_type', 'A mail.', { constant: 'email' }),
        line('message_id', 'Made of the delivery\'s id, so that two loads give the same.', { from: 'delivery_id', transforms: ['trim', { prefix: '<' }, { suffix: '@customerio.invalid>' }] }), line('author_id', 'Nobody: never the user who loads.', { constant: null }), line('email_from', 'Nobody: the user who loads must not stand for a sender.', { constant: null }),
        line('date', 'When it was made.', { from: 'created_at', transforms: ['datetime'] }), ...(hasMetrics ? [line('failure_reason', 'What the failure said.', { link: 'metrics', give: 'reason', transforms: ['unique', { join: '; ' }] })] : []),
        line('x_cio_log_id', 'Id of the delivery.', { from: 'delivery_id', transforms: ['trim'] }), line('x_cio_log_channel', 'Channel.', { from: 'channel' }), ...deliveryLines(input, { status: 'x_cio_log_status', metrics: 'x_cio_log_metrics', links: 'x_cio_log_links' }),
      ],
    }),
  ];
}
