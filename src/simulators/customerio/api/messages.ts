import { param, queryNumber } from '../call.ts';
import type { Call, Json } from '../call.ts';
import { cursor, limitOf, listOf, nextOf, positionOf } from '../paging.ts';
import { badRequest, notFound } from '../problem.ts';
import { deliveryAt, deliveryAtOrBefore, deliveryById, deliveryView } from '../world/deliveries.ts';
import type { Delivery } from '../world/deliveries.ts';
import { daySeconds } from '../world/world.ts';

/** Six months, as the longest window. */
const longestWindow = 183 * daySeconds;

interface Window { readonly from: number; readonly to: number }

/** By creation, both ends included; without them the last six months. */
function windowOf(call: Call): Window {
  const to = queryNumber(call, 'end_ts') ?? Math.max(call.now, call.world.anchor + (call.world.later?.addedDeliveries ?? 0));
  const from = queryNumber(call, 'start_ts') ?? to - longestWindow;
  if (from > to) throw badRequest('start_ts must not be after end_ts', '/query/start_ts');
  if (to - from <= longestWindow) return { from, to };
  if (call.world.unknowns.longWindow === 'refused') throw badRequest('the range must not be above 6 months', '/query/start_ts');
  return { from: to - longestWindow, to };
}

function fits(call: Call, one: Delivery): boolean {
  const drafts = call.query.get('drafts') === 'true';
  if (one.isDraft ? !drafts : drafts && call.world.unknowns.draftsParameter === 'only') return false;
  const wanted = (name: string): string | null => call.query.get(name);
  const [type, metric, campaign, newsletter, action] = [wanted('type'), wanted('metric'), wanted('campaign_id'), wanted('newsletter_id'), wanted('action_id')];
  return (type === null || one.type === type) && (metric === null || one.metrics[metric] !== undefined)
    && (campaign === null || (one.source.kind === 'campaign' && String(one.source.id) === campaign)) && (newsletter === null || (one.source.kind === 'newsletter' && String(one.source.id) === newsletter))
    && (action === null || String(one.source.action) === action);
}

function page(call: Call, kind: string, test: (one: Delivery) => boolean): Json {
  const { world } = call;
  const window = windowOf(call);
  const limit = limitOf(call, 50, 1_000);
  const begin = positionOf<number>(call, kind, deliveryAtOrBefore(world, window.to));
  const messages: Json[] = [];
  let next: number | null = null;
  for (let index = begin; index < world.sizes.deliveries; index += 1) {
    const one = deliveryAt(world, index);
    if (one.created < window.from) break;
    if (!fits(call, one) || !test(one)) continue;
    if (messages.length === limit) {
      next = index;
      break;
    }
    messages.push(deliveryView(world, one));
  }
  return { messages: listOf(call, messages), ...nextOf(call, next === null ? null : cursor(kind, next)) };
}

export const listMessages = (call: Call): Json => page(call, 'messages', () => true);

/** Those of one campaign, newsletter, broadcast or transactional message. */
export const messagesOf = (kind: Delivery['source']['kind']) => (call: Call): Json => page(call, `${kind} messages`, ({ source }) => source.kind === kind && String(source.id) === param(call, 'id'));

function required(call: Call): Delivery {
  const index = deliveryById(call.world, param(call, 'id'));
  if (index === null) throw notFound('message not found');
  return deliveryAt(call.world, index);
}

export const getMessage = (call: Call): Json => ({ message: deliveryView(call.world, required(call)) });

/** What was really sent: a hundred a day. A forgotten one has no body any more. */
export function archivedMessage(call: Call): Json {
  Object.assign(call.headers, call.takeBody());
  return { archived_message: archivedView(required(call)) };
}

export function archivedView(one: Delivery): Json {
  const hidden = one.forgotten;
  const text = (value: string): string => (hidden ? '' : value);
  const body = one.type === 'email' ? `<html><body><p>Hi there,</p><p>${one.source.kind} ${one.source.id}, number ${one.index}</p><script>alert(1)</script></body></html>` : `${one.source.kind} ${one.source.id}: number ${one.index}`;
  return {
    id: one.id, subject: text(one.subject ?? ''), body: text(body), from: text('Tidewater 1 <hello1@tidewater-shop.example>'), reply_to: '', recipient: text(one.recipient ?? ''), cc: '', bcc: '', fake_bcc: true, preheader_text: '', headers: '[]',
    url: text(one.type === 'webhook' ? 'https://hooks.tidewater-shop.example/in' : ''), request_method: one.type === 'webhook' ? 'post' : '', forgotten: hidden,
  };
}
