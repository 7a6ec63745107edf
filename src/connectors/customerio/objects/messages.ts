import type { Json, JsonObject } from '../../../connector/json.ts';
import type { CustomerioClient } from '../client.ts';
import { cursorPages, startIn } from '../cursor-pages.ts';
import { fieldsOf, shaped, type Shape } from '../shape.ts';
import type { SourceObject } from '../source-object.ts';
import { idText, isoTime, objectIn, secondsOf } from '../values.ts';

/** One request may span six months; 30 days keep what a lost cursor repeats small. */
const windowSeconds = 30 * 86_400;

const messageShape: Shape = {
  id: 'text', deduplicate_id: 'text', type: 'selection', created_at: ['datetime', 'created'], recipient: 'text', subject: 'text', customer_id: 'text',
  campaign_id: { refersTo: 'campaign' }, action_id: 'text', parent_action_id: 'text', broadcast_id: { refersTo: 'broadcast' }, newsletter_id: { refersTo: 'newsletter' }, content_id: 'text',
  trigger_event_id: 'text', transactional_message_id: { refersTo: 'transactional_message' }, msg_template_id: 'text', failure_message: 'longText', content_redacted: ['boolean', 'forgotten'], metrics: 'json', customer_identifiers: 'json',
};

const times = ['attempted', 'sent', 'delivered', 'opened', 'clicked', 'converted', 'bounced', 'spammed', 'dropped', 'failed', 'undeliverable', 'unsubscribed'] as const;
const messageFields = {
  ...fieldsOf(messageShape), cio_id: { refersTo: 'person' }, customer_email: 'email', channel: 'selection', state: 'selection', ...Object.fromEntries(times.map((name) => [`${name}_at`, 'datetime' as const])),
} as const;

/** Deliveries of all channels, oldest window first, drafts left out as Customer.io does. */
export function messages(client: CustomerioClient, since: string, nowMs: () => number): SourceObject {
  return {
    name: 'message', label: 'Deliveries', profiled: false, fields: messageFields,
    async *chunks(from) {
      const place = objectIn(from);
      const now = Math.floor(nowMs() / 1000);
      let window = typeof place['window'] === 'number' ? place['window'] : secondsOf(since);
      let start = startIn(place['start']);
      for (; window <= now; window += windowSeconds) {
        // Both ends belong to the window, so that it ends a second before the next.
        const list = { path: '/messages', query: { limit: '1000', start_ts: String(window), end_ts: String(window + windowSeconds - 1) }, endpoint: 'messages', items: 'messages', emptyPage: 'go-on' } as const;
        for await (const page of cursorPages(client, list, start)) {
          yield { at: { window, start: page.start }, items: page.rows.map((row) => ({ id: idText(row['id']) ?? JSON.stringify(row), data: messageData(row), position: `message ${idText(row['id']) ?? '(no id)'}` })) };
        }
        start = '';
      }
    },
  };
}

export function messageData(row: JsonObject): JsonObject {
  const metrics = objectIn(row['metrics']);
  const identifiers = objectIn(row['customer_identifiers']);
  const type = idText(row['type']);
  return {
    ...shaped(messageShape, row), content_redacted: row['forgotten'] === true,
    cio_id: idText(identifiers['cio_id']), customer_email: idText(identifiers['email']),
    channel: type === 'twilio' ? 'sms' : type, // Customer.io's word for SMS is the name of a carrier
    state: stateOf(metrics),
    ...Object.fromEntries(times.map((name) => [`${name}_at`, isoTime(timeOf(metrics, name))])),
  };
}

/** Where mail programs and scanners open and click by themselves, what people did is the truth. */
function timeOf(metrics: JsonObject, name: string): Json | undefined {
  return metrics[`human_${name}`] ?? metrics[name];
}

/** What became of the delivery in the end: failures first, then how far it got. */
function stateOf(metrics: JsonObject): string {
  const order = ['failed', 'undeliverable', 'dropped', 'bounced', 'delivered', 'sent', 'deferred', 'attempted', 'drafted', 'created'];
  return order.find((name) => metrics[name] !== undefined && metrics[name] !== null) ?? 'created';
}
