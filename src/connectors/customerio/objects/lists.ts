import type { CustomerioClient } from '../client.ts';
import { cursorPages, startIn } from '../cursor-pages.ts';
import { inParallel } from '../in-parallel.ts';
import { fieldsOf, shaped, type Shape } from '../shape.ts';
import type { SourceObject } from '../source-object.ts';
import { idText } from '../values.ts';
import { audience, members, type More } from './audience.ts';

interface List { readonly name: string; readonly label: string; readonly path: string; readonly query?: Readonly<Record<string, string>>; readonly endpoint: string; readonly items: string; readonly id?: string; readonly shape: Shape; readonly secretFields?: readonly string[]; readonly more?: More }

const stamps = { created_at: ['datetime', 'created'], updated_at: ['datetime', 'updated'] } as const satisfies Shape;
const stampsAt = { created_at: 'datetime', updated_at: 'datetime' } as const satisfies Shape;

/** Objects that one list gives; those without paging come in one answer. Each keeps what its shape does not name in `other`. */
export const lists: readonly List[] = [
  { name: 'segment', label: 'Segments', path: '/segments', endpoint: 'segments', items: 'segments', shape: { id: 'text', deduplicate_id: 'text', name: 'text', description: 'longText', type: 'selection', state: 'selection', progress: 'json', tags: 'json', conditions: 'json', ...stampsAt }, more: members },
  {
    name: 'campaign', label: 'Campaigns', path: '/campaigns', endpoint: 'campaigns', items: 'campaigns',
    shape: { id: 'text', deduplicate_id: 'text', name: 'text', description: 'longText', type: 'selection', state: 'selection', active: 'boolean', ...stamps, first_started_at: ['datetime', 'first_started'], created_by: 'text', tags: 'json', actions: 'json', trigger_segment_ids: { refersTo: 'segment', many: true }, filter_segment_ids: { refersTo: 'segment', many: true }, event_name: 'text', event_type: 'text', date_attribute: 'text', frequency: 'text', timezone: 'text', use_customer_timezone: 'boolean', audience: 'json', object_type_id: { refersTo: 'object_type' } },
  },
  { name: 'newsletter', label: 'Newsletters', path: '/newsletters', query: { limit: '100' }, endpoint: 'newsletters', items: 'newsletters', shape: { id: 'text', name: 'text', type: 'selection', sent_at: 'datetime', ...stamps, content_ids: 'json', tags: 'json', recipient_segment_ids: { refersTo: 'segment', many: true }, subscription_topic_id: { refersTo: 'subscription_topic' }, expires_after: 'json' }, more: audience('Newsletter', 'sent_at') },
  { name: 'broadcast', label: 'API-triggered broadcasts', path: '/broadcasts', endpoint: 'broadcasts', items: 'broadcasts', shape: { id: 'text', deduplicate_id: 'text', name: 'text', description: 'longText', type: 'selection', state: 'selection', active: 'boolean', ...stamps, first_started_at: ['datetime', 'first_started'], tags: 'json', actions: 'json', created_by: 'text' }, more: audience('Broadcast', 'first_started_at') },
  { name: 'transactional_message', label: 'Transactional messages', path: '/transactional', endpoint: 'transactional', items: 'messages', shape: { id: 'text', name: 'text', description: 'longText', trigger_name: 'text', send_to_unsubscribed: 'boolean', link_tracking: 'boolean', open_tracking: 'boolean', hide_message_body: 'boolean', queue_drafts: 'boolean', ...stampsAt } },
  { name: 'object_type', label: 'Object types', path: '/object_types', endpoint: 'object_types', items: 'types', shape: { id: 'text', name: 'text', singular_name: 'text', slug: 'text', singular_slug: 'text', icon: 'text', enabled: 'boolean' } },
  { name: 'subscription_topic', label: 'Subscription topics', path: '/subscription_topics', endpoint: 'subscription_topics', items: 'topics', shape: { id: 'text', identifier: 'text', name: 'text', description: 'longText', subscribed_by_default: 'boolean' } },
  { name: 'snippet', label: 'Snippets', path: '/snippets', endpoint: 'snippets', items: 'snippets', id: 'name', shape: { name: 'text', value: 'html', updated_at: 'datetime' } },
  { name: 'collection', label: 'Collections', path: '/collections', endpoint: 'collections', items: 'collections', shape: { id: 'text', name: 'text', bytes: 'integer', rows: 'integer', schema: 'json', ...stampsAt } },
  // The address of a webhook may hold a secret, so that only its host is kept.
  { name: 'reporting_webhook', label: 'Reporting webhooks', path: '/reporting_webhooks', endpoint: 'reporting_webhooks', items: 'reporting_webhooks', secretFields: ['endpoint'], shape: { id: 'text', name: 'text', endpoint: 'text', events: 'json', disabled: 'boolean', full_resolution: 'boolean', with_content: 'boolean' } },
];

export function listObject(client: CustomerioClient, list: List): SourceObject {
  const { name, label, path, query, endpoint, items, shape } = list;
  return {
    name, label, profiled: true, fields: { ...fieldsOf(shape), ...list.more?.fields },
    async *chunks(from) {
      for await (const page of cursorPages(client, { path, endpoint, items, ...(query === undefined ? {} : { query }) }, startIn(from ?? ''))) {
        yield {
          at: page.start, items: await inParallel(page.rows, async (row) => {
            const id = idText(row[list.id ?? 'id']) ?? JSON.stringify(row);
            const data = shaped(shape, { ...row, ...Object.fromEntries((list.secretFields ?? []).map((field) => [field, hostOf(row[field])])) });
            return { id, position: `${name} ${id}`, data: { ...data, ...await list.more?.of(client, { path, endpoint, id, data }) } };
          }),
        };
      }
    },
  };
}

function hostOf(address: unknown): string | null {
  return typeof address === 'string' && URL.canParse(address) ? new URL(address).origin : null;
}

/** Senders that show and senders that are hidden come from two questions: one gives only the former, one only the latter. */
export function senderIdentities(client: CustomerioClient): SourceObject {
  const shape: Shape = { id: 'text', name: 'text', email: 'email', address: 'text', template_type: 'text', hidden: 'boolean', auto_generated: 'boolean', phone: 'phone' };
  return {
    name: 'sender_identity', label: 'Senders', profiled: true, fields: fieldsOf(shape),
    async *chunks(from) {
      const place = typeof from === 'object' && from !== null && !Array.isArray(from) ? from as { readonly hidden?: unknown; readonly start?: unknown } : {};
      for (const hidden of place.hidden === 'true' ? ['true'] : ['false', 'true']) {
        const list = { path: '/sender_identities', query: { hidden, limit: '100' }, endpoint: 'sender_identities', items: 'sender_identities' };
        for await (const page of cursorPages(client, list, hidden === (place.hidden ?? 'false') && typeof place.start === 'string' ? place.start : '')) {
          yield { at: { hidden, start: page.start }, items: page.rows.map((row) => ({ id: idText(row['id']) ?? JSON.stringify(row), position: `sender ${idText(row['id']) ?? '?'}`, data: shaped(shape, row) })) };
        }
      }
    },
  };
}
