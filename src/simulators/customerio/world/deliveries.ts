import { modulo, pick } from '../random.ts';
import { broadcasts, campaigns, newsletterOf, transactionals } from './content.ts';
import type { Channel } from './content.ts';
import { cioIdOf, emailOf, facetsOf, ghostCioId, identifiersOf, isThere, phoneOf, wasMerged, winnerOf } from './person.ts';
import type { Identifiers } from './person.ts';
import { topics } from './topics.ts';
import { daySeconds } from './world.ts';
import type { World } from './world.ts';

export const metricNames = ['drafted', 'attempted', 'sent', 'delivered', 'deferred', 'opened', 'human_opened', 'prefetch_opened', 'clicked', 'human_clicked', 'prefetch_clicked', 'converted', 'bounced', 'spammed', 'dropped', 'failed', 'undeliverable', 'unsubscribed'] as const;
export type MetricName = (typeof metricNames)[number];

/** Whose a delivery is: a person's, one's who was deleted or merged away (the cio_id alone is left), nobody's any more (suppressed). */
export type Owner = Readonly<{ kind: 'person'; index: number }> | Readonly<{ kind: 'deleted' | 'merged'; cioId: string; winner: number | null }> | Readonly<{ kind: 'anonymous' }>;

export interface Delivery {
  /** 0 is the newest of the first state; those that came later are negative. */
  readonly index: number;
  readonly id: string;
  readonly type: Channel;
  readonly created: number;
  readonly owner: Owner;
  readonly forgotten: boolean;
  readonly isDraft: boolean;
  readonly source: Readonly<{ kind: 'campaign' | 'broadcast' | 'newsletter' | 'transactional'; id: number; action: number | null; parentAction: number | null; content: number | null }>;
  readonly subject: string | null;
  readonly recipient: string | null;
  readonly metrics: { readonly [metric: string]: number };
}

/** What became of a delivery; the first 20 of all have one each, so that the smallest workspace has every metric. */
const outcomes: readonly (readonly MetricName[])[] = [
  ['attempted', 'sent', 'delivered'], ['attempted', 'sent', 'delivered', 'opened', 'human_opened'], ['attempted', 'sent', 'delivered', 'opened', 'prefetch_opened'],
  ['attempted', 'sent', 'delivered', 'opened', 'human_opened', 'clicked', 'human_clicked'], ['attempted', 'sent', 'delivered', 'opened', 'human_opened', 'clicked', 'prefetch_clicked'], ['attempted', 'sent', 'delivered', 'opened', 'human_opened', 'clicked', 'human_clicked', 'converted'],
  ['attempted', 'sent', 'deferred', 'delivered'], ['attempted', 'sent', 'bounced'], ['attempted', 'sent', 'delivered', 'spammed'], ['attempted', 'dropped'], ['attempted', 'failed'], ['undeliverable'], ['attempted', 'sent', 'delivered', 'opened', 'human_opened', 'unsubscribed'],
  ['drafted'], ['attempted'], ['sent'], ['attempted', 'sent'], ['attempted', 'sent', 'deferred'], ['attempted', 'sent', 'delivered', 'converted'], [],
];
/** Most are ordinary. */
const weighted = [0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19] as const;
const delays: { readonly [metric in MetricName]: number } = { drafted: 0, attempted: 1, sent: 3, delivered: 20, deferred: 9, opened: 4_000, human_opened: 4_200, prefetch_opened: 4_000, clicked: 4_700, human_clicked: 4_700, prefetch_clicked: 4_650, converted: 200_000, bounced: 40, spammed: 90_000, dropped: 2, failed: 5, undeliverable: 2, unsubscribed: 5_000 };

const letterChannels: readonly Channel[] = ['email', 'email', 'email', 'push', 'twilio', 'in_app', 'webhook', 'slack', 'whatsapp', 'live_notification'];

export const firstDelivery = (world: World): number => -(world.later?.addedDeliveries ?? 0);

/** When a delivery was created: the larger the index, the earlier. */
export function deliveryCreated(world: World, index: number): number {
  if (index < 0) return world.anchor - index;
  return world.anchor - 60 - Math.floor((index * world.sizes.deliveryDays * daySeconds) / Math.max(1, world.sizes.deliveries));
}

/** The first index that was created at or before a moment. */
export function deliveryAtOrBefore(world: World, seconds: number): number {
  let [low, high] = [firstDelivery(world), world.sizes.deliveries];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (deliveryCreated(world, middle) <= seconds) high = middle;
    else low = middle + 1;
  }
  return low;
}

const deliveryId = (index: number): string => Buffer.from(`dg${index < 0 ? 'n' : 'p'}${String(Math.abs(index)).padStart(8, '0')}`).toString('base64');

/** The delivery with an id; null where there is none. */
export function deliveryById(world: World, id: string): number | null {
  const [, sign, digits] = /^dg([np])(\d{8})$/.exec(Buffer.from(id, 'base64').toString('latin1')) ?? [];
  const index = sign === 'n' ? -Number(digits) : Number(digits);
  return digits !== undefined && index >= firstDelivery(world) && index < world.sizes.deliveries && deliveryId(index) === id ? index : null;
}

function ownerOf(world: World, index: number): Owner {
  const fate = world.hash(topics.fate, index);
  if (fate % 100 === 0) return { kind: 'deleted', cioId: ghostCioId('deleted', (fate >>> 8) % world.ghosts('deleted')), winner: null };
  if (fate % 100 === 1) return { kind: 'anonymous' };
  if (fate % 100 === 2) {
    const ghost = (fate >>> 8) % world.ghosts('merged');
    return mergedOwner(world, ghostCioId('merged', ghost), winnerOf(world, ghost));
  }
  const person = world.receivers.to(index);
  if (isThere(world, person)) return { kind: 'person', index: person };
  return wasMerged(world, person) ? mergedOwner(world, cioIdOf(person), modulo(person + 1, world.sizes.people)) : { kind: 'deleted', cioId: cioIdOf(person), winner: null };
}

function mergedOwner(world: World, cioId: string, winner: number): Owner {
  return world.unknowns.deliveriesOfMerged === 'winner' && isThere(world, winner) ? { kind: 'person', index: winner } : { kind: 'merged', cioId, winner };
}

function sourceOf(world: World, index: number, created: number): Delivery['source'] & { readonly type: Channel; readonly hidden: boolean } {
  const drawn = world.hash(topics.source, index);
  const kind = drawn % 100;
  const none = { action: null, parentAction: null, content: null, hidden: false };
  if (kind < 20 && world.sizes.newsletters > 1) {
    const gap = Math.max(1, Math.floor(world.sizes.deliveryDays / (world.sizes.newsletters + 1)));
    const latest = world.sizes.newsletters - Math.ceil((world.anchor - created) / (gap * daySeconds));
    if (latest >= 1) {
      const letter = newsletterOf(world, Math.min(latest, world.sizes.newsletters - 1));
      return { ...none, kind: 'newsletter', id: letter.id, content: pick(letter.contents, drawn >>> 8).id, type: letter.type };
    }
  }
  if (kind < 35) {
    const one = pick(transactionals, drawn >>> 8);
    return { ...none, kind: 'transactional', id: one.id, type: one.type, hidden: one.hidesBody };
  }
  const isBroadcast = kind < 45;
  const wanted = pick(letterChannels, drawn >>> 20);
  const list = isBroadcast ? broadcasts : campaigns.filter(({ state }) => state !== 'draft');
  const fitting = list.filter(({ actions }) => actions.some(({ type }) => type === wanted));
  const one = pick(fitting.length > 0 ? fitting : list, drawn >>> 8);
  const action = one.actions.find(({ type }) => type === wanted) ?? one.actions[0]!;
  return { ...none, kind: isBroadcast ? 'broadcast' : 'campaign', id: one.id, action: action.id, parentAction: action.parent, type: action.type };
}

function metricsOf(world: World, index: number, created: number, isInactive: boolean): { readonly [metric: string]: number } {
  const drawn = world.hash(topics.outcome, index);
  const outcome = outcomes[index >= 0 && index < outcomes.length ? index : pick(weighted, drawn)] ?? [];
  const metrics: { [metric: string]: number } = { created };
  for (const metric of outcome) {
    if (isInactive && (index < 0 || index >= outcomes.length) && /opened|clicked|converted|unsubscribed/.test(metric)) continue;
    metrics[metric] = created + delays[metric] + (delays[metric] > 1_000 ? (drawn >>> 8) % 3_000 : 0);
  }
  if (metrics['delivered'] !== undefined && drawn % 97 === 0) metrics['secondary:delivered'] = created + 30;
  // metrics keep moving: some of what was only delivered lately has been opened since
  if (world.later !== null && index >= 0 && created > world.anchor - 20 * daySeconds && metrics['delivered'] !== undefined && metrics['opened'] === undefined && (drawn >>> 12) % 4 === 0) Object.assign(metrics, { opened: world.anchor + 60, human_opened: world.anchor + 60 });
  return metrics;
}

const addressOf = (world: World, type: Channel, person: number): string | null => (type === 'email' ? emailOf(world, person) : type === 'twilio' || type === 'whatsapp' ? phoneOf(world, person) : type === 'webhook' ? 'https://hooks.tidewater-shop.example/in' : type === 'slack' ? '#sales' : null);

export function deliveryAt(world: World, index: number): Delivery {
  const created = deliveryCreated(world, index);
  const owner = ownerOf(world, index);
  const { type, hidden, ...source } = sourceOf(world, index, created);
  const forgotten = hidden || world.hash(topics.fate, index) % 100 === 3;
  const metrics = metricsOf(world, index, created, owner.kind === 'person' && facetsOf(world, owner.index).isInactive);
  return {
    index, id: deliveryId(index), type, created, owner, forgotten, source, metrics, isDraft: metrics['drafted'] !== undefined,
    subject: type === 'email' && !forgotten ? `${source.kind} ${source.id} – wiadomość ${Math.abs(index) % 50}` : null,
    recipient: owner.kind === 'person' && !forgotten ? addressOf(world, type, owner.index) : null,
  };
}

export function ownerIdentifiers(world: World, owner: Owner): Identifiers | null {
  switch (owner.kind) {
    case 'person': return identifiersOf(world, owner.index);
    case 'deleted':
    case 'merged': return { cio_id: owner.cioId, email: null, id: null };
    case 'anonymous': return null;
  }
}

/** The deliveries of a person, newest first. */
export function* deliveriesOf(world: World, person: number): Generator<number> {
  const { people, deliveries } = world.sizes;
  const first = firstDelivery(world);
  const rest = world.receivers.from(person);
  for (let index = first + modulo(rest - first, people); index < deliveries && person < people; index += people) {
    const { owner } = deliveryAt(world, index);
    if (owner.kind === 'person' && owner.index === person) yield index;
  }
}

export function deliveryView(world: World, one: Delivery): { readonly [name: string]: unknown } {
  const identifiers = ownerIdentifiers(world, one.owner);
  const { source } = one;
  const failed = one.metrics['failed'] ?? one.metrics['dropped'] ?? one.metrics['bounced'];
  return {
    id: one.id, deduplicate_id: `${one.id}:${one.created}`, msg_template_id: source.action === null ? null : source.action + 9_000, action_id: source.action, parent_action_id: source.parentAction,
    campaign_id: source.kind === 'campaign' ? source.id : null, broadcast_id: source.kind === 'broadcast' ? source.id : null, newsletter_id: source.kind === 'newsletter' ? source.id : null, content_id: source.content,
    ...(source.kind === 'transactional' ? { transactional_message_id: source.id } : {}), trigger_event_id: source.kind === 'campaign' && source.id === 3 ? `01G00EVENT${one.index}` : null,
    type: one.type, created: one.created, recipient: one.recipient ?? '', subject: one.subject ?? '', customer_id: identifiers?.id ?? null, customer_identifiers: identifiers,
    failure_message: failed === undefined ? null : one.metrics['bounced'] === undefined ? 'channel refused the message' : '550 5.1.1 no such user', forgotten: one.forgotten, metrics: one.metrics,
  };
}
