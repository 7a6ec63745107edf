import { pick } from '../random.ts';
import { daySeconds } from './world.ts';
import type { World } from './world.ts';

type Json = { readonly [name: string]: unknown };
export type Channel = 'email' | 'webhook' | 'twilio' | 'whatsapp' | 'slack' | 'push' | 'in_app' | 'live_notification';

export interface Action { readonly id: number; readonly type: Channel; readonly name: string; readonly subject: string; readonly body: string; readonly parent: number | null }
export interface Campaign { readonly id: number; readonly name: string; readonly type: string; readonly state: 'running' | 'stopped' | 'draft'; readonly actions: readonly Action[]; readonly more: Json }

const letter = (title: string): string => `<html><body><p>Hi {{customer.first_name | default: "there"}},</p><p>${title}</p>{% if customer.plan == "free" %}<p>{{snippets.upsell}}</p>{% endif %}{% for item in customer.purchase_history %}<li>{{ item.sku }}</li>{% endfor %}<p>{{snippets.footer}}</p></body></html>`;

/** Each campaign's steps that send something. The last step of campaign 1 is a translation of its first. */
function actionsOf(campaign: number, channels: readonly Channel[]): readonly Action[] {
  return channels.map((type, at) => ({
    id: campaign * 100 + at + 1, type, name: `${type} ${at + 1}`, parent: campaign === 1 && at === channels.length - 1 ? campaign * 100 + 1 : null,
    subject: type === 'email' ? `Step ${at + 1} for {{customer.first_name}}` : '', body: type === 'email' ? letter(`Step ${at + 1} of ${campaign}`) : type === 'webhook' ? '{"person":"{{customer.id}}"}' : `Short text ${at + 1} for {{customer.first_name}}`,
  }));
}

const campaign = (id: number, name: string, type: string, channels: readonly Channel[], more: Json = {}, state: Campaign['state'] = 'running'): Campaign => ({ id, name, type, state, actions: actionsOf(id, channels), more });

/** One of every kind of trigger. */
export const campaigns: readonly Campaign[] = [
  campaign(1, 'Welcome', 'behavioral', ['email', 'email', 'push', 'email'], { trigger_segment_ids: [1], filter_segment_ids: [7] }),
  campaign(2, 'Trial over', 'seg_attr', ['email', 'twilio'], { trigger_segment_ids: [3], audience: { person_filters: '{"and":[{"attribute":{"field":"plan","operator":"eq","value":"free"}}]}' } }),
  campaign(3, 'Order thanks', 'transactional', ['email', 'webhook', 'slack'], { event_name: 'order_completed', event_type: 'event' }),
  campaign(4, 'Renewal date', 'date', ['email', 'in_app'], { date_attribute: 'renewed_at_1', frequency: 'yearly', start_hour: 9, start_minutes: 30, timezone: 'Europe/Warsaw', use_customer_timezone: true }),
  campaign(5, 'Contact form', 'form', ['email', 'whatsapp'], {}),
  campaign(6, 'Company upgraded', 'object', ['email'], { object_type_id: 1, object_attribute_triggers: [{ field: 'plan', operator: 'changed' }], filter_object_attributes: [] }),
  campaign(7, 'New colleague', 'relationship', ['email', 'in_app'], { object_type_id: 1, relationship_attribute_triggers: [{ field: 'role' }], audience: { relationship_filters: '{"and":[]}' } }),
  campaign(8, 'From the till', 'webhook', ['push', 'live_notification'], { webhook_id: 77 }),
  campaign(9, 'Old archive filter', 'segment', ['email'], { filter_segment_ids: [9] }, 'stopped'),
  campaign(10, 'Nie wysłane', 'behavioral', ['email'], { trigger_segment_ids: [10] }, 'draft'),
];

export interface Newsletter { readonly id: number; readonly name: string; readonly type: Channel; readonly sentAt: number | null; readonly contents: readonly { readonly id: number; readonly language: string; readonly subject: string }[] }

/** The newest first is not their order: they come by id. The last one was never sent; every third has two languages, every fourth two arms. */
export function newsletterOf(world: World, id: number): Newsletter {
  const last = id === world.sizes.newsletters;
  const gap = Math.max(1, Math.floor(world.sizes.deliveryDays / (world.sizes.newsletters + 1)));
  const second = id % 3 === 0 ? [{ id: id * 10 + 2, language: 'pl', subject: `Wiosenny list ${id}` }] : id % 4 === 0 ? [{ id: id * 10 + 2, language: '', subject: `Letter ${id}, arm B` }] : [];
  return {
    id, name: `Letter ${id}${id === 3 ? ' – spring' : ''}`, type: id % 5 === 4 ? 'in_app' : 'email', sentAt: last ? null : world.anchor - (world.sizes.newsletters - id) * gap * daySeconds,
    contents: [{ id: id * 10 + 1, language: '', subject: `Letter ${id} for {{customer.first_name}}` }, ...second],
  };
}

export const broadcasts: readonly Campaign[] = [
  campaign(501, 'Outage notice', 'triggered_broadcast', ['email', 'twilio']),
  campaign(502, 'Flash sale', 'triggered_broadcast', ['email', 'push']),
  campaign(503, 'Old one', 'triggered_broadcast', ['email'], {}, 'stopped'),
];

export interface Transactional { readonly id: number; readonly name: string; readonly trigger: string; readonly type: Channel; readonly hidesBody: boolean; readonly sendsToUnsubscribed: boolean }
export const transactionals: readonly Transactional[] = [
  { id: 1, name: 'Order receipt', trigger: 'order_receipt', type: 'email', hidesBody: false, sendsToUnsubscribed: true },
  { id: 2, name: 'Password reset', trigger: 'password_reset', type: 'email', hidesBody: true, sendsToUnsubscribed: true },
  { id: 3, name: 'Delivery code', trigger: 'delivery_code', type: 'twilio', hidesBody: true, sendsToUnsubscribed: true },
  { id: 4, name: 'Weekly summary', trigger: 'weekly_summary', type: 'email', hidesBody: false, sendsToUnsubscribed: false },
  { id: 5, name: 'Parcel on its way', trigger: '', type: 'push', hidesBody: false, sendsToUnsubscribed: true },
];

export const broadcastTriggers = (world: World, id: number): readonly Json[] => Array.from({ length: id - 499 }, (_, at) => ({ id: at + 1, created_at: world.anchor - (at + 1) * 20 * daySeconds, processed_at: world.anchor - (at + 1) * 20 * daySeconds + 12 }));

export const snippets = (world: World): readonly Json[] => [
  { name: 'footer', value: '<p>Tidewater Shop, Pier 4</p>', updated_at: world.anchor - 90 * daySeconds },
  { name: 'upsell', value: 'Try {{customer.plan}} plus', updated_at: world.anchor - 40 * daySeconds },
];
export const collectionRows = [{ sku: 'SKU-1', title: 'Oak tray', price: 19.5 }, { sku: 'SKU-2', title: 'Żeglarz mug', price: 8 }] as const;
export const senderIdentities = (world: World): readonly Json[] => [1, 2, 3, 4].map((id) => ({
  id, name: `Tidewater ${id}`, email: `Tidewater ${id} <hello${id}@tidewater-shop.example>`, address: `hello${id}@tidewater-shop.example`, template_type: 'email', hidden: id === 3, auto_generated: id === 4, phone: null, created_at: world.anchor - 700 * daySeconds,
}));

/** The message templates as the API writes them. */
export function actionView(world: World, parent: number, action: Action, idName: 'campaign_id' | 'broadcast_id'): Json {
  return {
    id: String(action.id), [idName]: parent, parent_action_id: action.parent === null ? null : String(action.parent), multi_language_branch_action_id: null, type: action.type === 'twilio' ? 'twilio' : action.type, name: action.name, layout: '{{content}}',
    created: world.anchor - 500 * daySeconds, updated: world.anchor - 20 * daySeconds, body: action.body, body_plain: '', body_amp: '', body_json: null, language: action.parent === null ? '' : 'pl', editor: 'code', preprocessor: 'premailer',
    sending_state: pick(['automatic', 'draft', 'off'], action.id), send_to_unsubscribed: false, sender_identity_id: 1, from: 'Tidewater 1 <hello1@tidewater-shop.example>', from_id: 1, reply_to: '', reply_to_id: null,
    recipient: action.type === 'twilio' ? '{{customer.phone}}' : '{{customer.email}}', subject: action.subject, preheader_text: '', cc: '', bcc: '', fake_bcc: true, headers: '[]', url: action.type === 'webhook' ? 'https://hooks.tidewater-shop.example/in' : '', request_method: action.type === 'webhook' ? 'post' : '', image_url: '',
  };
}

export function campaignView(world: World, one: Campaign): Json {
  const isBroadcast = one.type === 'triggered_broadcast';
  return {
    id: one.id, deduplicate_id: `${one.id}:${world.anchor - 20 * daySeconds}`, name: one.name, description: '', type: one.type, state: one.state, active: one.state === 'running', created: world.anchor - 500 * daySeconds, updated: world.anchor - 20 * daySeconds,
    first_started: one.state === 'draft' ? 0 : world.anchor - 480 * daySeconds, created_by: 'ines@tidewater-shop.example', tags: one.id % 3 === 0 ? ['lifecycle'] : null, actions: one.actions.map(({ id, type }) => ({ id, type })), msg_templates: one.actions.map(({ id, type }) => ({ id: id + 9_000, type })),
    ...(isBroadcast ? { msg_template_ids: one.actions.map(({ id }) => id + 9_000) } : { trigger_segment_ids: null, filter_segment_ids: null, event_name: '', scheduled_start: null, scheduled_stop: null, start_hour: 0, start_minutes: 0, timezone: 'UTC', use_customer_timezone: false, date_attribute: '', frequency: '', ...one.more }),
  };
}

export function newsletterView(world: World, one: Newsletter): Json {
  return {
    id: one.id, deduplicate_id: `${one.id}:${world.anchor}`, name: one.name, type: one.type, sent_at: one.sentAt, created: world.anchor - 600 * daySeconds, updated: one.sentAt ?? world.anchor, content_ids: one.contents.map(({ id }) => id), tags: one.id % 2 === 0 ? ['letters'] : null,
    recipient_segment_ids: [one.id % 2 === 0 ? 7 : 1], subscription_topic_id: one.id % 2 === 0 ? 2 : null, expires_after: null, recipient_file_status: null,
  };
}

export const contentViews = (one: Newsletter): readonly Json[] => one.contents.map(({ id, language, subject }) => ({
  id, newsletter_id: one.id, deduplicate_id: `${id}:1`, name: '', layout: '{{content}}', body: letter(subject), body_plain: '', body_amp: '', language, type: one.type, from: 'Tidewater 1 <hello1@tidewater-shop.example>', from_id: 1, reply_to: '', reply_to_id: null, recipient: '{{customer.email}}', subject, preheader_text: '', preprocessor: 'premailer', headers: '[]',
}));

export const transactionalView = (world: World, one: Transactional): Json => ({
  id: one.id, name: one.name, description: '', trigger_name: one.trigger, send_to_unsubscribed: one.sendsToUnsubscribed, link_tracking: true, open_tracking: true, hide_message_body: one.hidesBody, queue_drafts: false, created_at: world.anchor - 450 * daySeconds, updated_at: world.anchor - 30 * daySeconds,
});

export const transactionalContents = (world: World, one: Transactional): readonly Json[] => [{
  ...actionView(world, one.id, { id: one.id + 8_000, type: one.type, name: one.name, subject: one.type === 'email' ? `${one.name} {{trigger.number}}` : '', body: one.type === 'email' ? letter(`Your {{trigger.number}}: ${one.name}`) : `${one.name} {{trigger.code}}`, parent: null }, 'campaign_id'), campaign_id: null, transactional_message_id: one.id,
}];
