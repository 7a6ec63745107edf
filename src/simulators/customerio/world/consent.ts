import { pick } from '../random.ts';
import { cioIdOf, emailOf, hasMalformedEmail, isThere, phoneOf, userIdOf } from './person.ts';
import { topics } from './topics.ts';
import { daySeconds } from './world.ts';
import type { World } from './world.ts';

/** Subscription topics; the third is off unless somebody asked for it. */
export const subscriptionTopics = [
  { id: 1, identifier: 'topic_1', name: 'Product news', description: 'What is new', subscribed_by_default: true },
  { id: 2, identifier: 'topic_2', name: 'Offers', description: 'Discounts & gifts', subscribed_by_default: true },
  { id: 3, identifier: 'topic_3', name: 'Research', description: '', subscribed_by_default: false },
  { id: 4, identifier: 'topic_4', name: 'Zdarzenia', description: 'Spotkania w Twojej okolicy', subscribed_by_default: true },
] as const;

/** What a person has said about topics: `topic_2` → false; null for most. */
export function preferencesOf(world: World, index: number): { readonly [topic: string]: boolean } | null {
  const drawn = world.hash(topics.preferences, index);
  if (drawn % 10 >= 3) return null;
  return Object.fromEntries(subscriptionTopics.slice(0, 2 + drawn % 3).map(({ identifier }, at) => [identifier, ((drawn >>> (8 + at)) & 1) === 1]));
}

export const isSubscribed = (world: World, index: number, topic: (typeof subscriptionTopics)[number]): boolean => preferencesOf(world, index)?.[topic.identifier] ?? topic.subscribed_by_default;

export interface Optout { readonly channel: 'sms' | 'whatsapp'; readonly from: string }
const senders = ['+15550100', '+15550111'] as const;

/** SMS and WhatsApp opt-outs, per sender. */
export function optoutsOf(world: World, index: number): readonly Optout[] {
  const drawn = world.hash(topics.optouts, index);
  if (drawn % 100 >= 3 || phoneOf(world, index) === null) return [];
  const first: Optout = { channel: (drawn >>> 8) % 3 === 0 ? 'whatsapp' : 'sms', from: pick(senders, drawn >>> 12) };
  return (drawn >>> 16) % 4 === 0 ? [first, { channel: 'sms', from: senders[first.channel === 'sms' && first.from === senders[0] ? 1 : 0] }] : [first];
}

export const suppressionCategories = ['bounces', 'blocks', 'spam_reports', 'invalid_emails'] as const;
export type SuppressionCategory = (typeof suppressionCategories)[number];
const suppressionShares = { bounces: 0.02, blocks: 0.006, spam_reports: 0.004, invalid_emails: 0.006 } as const satisfies { readonly [category in SuppressionCategory]: number };
export const sendingDomains = ['mail.tidewater-shop.example', 'news.tidewater-shop.example'] as const;

export interface Suppression { readonly created: number; readonly email: string; readonly reason: string; readonly status: string }

export const suppressionCount = (world: World, category: SuppressionCategory, domain: number): number => Math.ceil(world.sizes.people * suppressionShares[category] * (domain === 0 ? 0.75 : 0.25));

/** An entry of the mail provider's suppression list. Every ninth address belongs to nobody any more. */
export function suppressionOf(world: World, category: SuppressionCategory, domain: number, at: number): Suppression {
  const slot = world.addresses.to(at * 8 + suppressionCategories.indexOf(category) * 2 + domain);
  const own = at % 9 === 8 || !isThere(world, slot) || hasMalformedEmail(world, slot) ? null : emailOf(world, slot);
  return {
    created: world.anchor - world.roll(topics.suppression, slot, 300 * daySeconds), email: own ?? `former.${slot}@gone.example`,
    reason: { bounces: '550 5.1.1 no such user', blocks: '421 try again later', spam_reports: '', invalid_emails: 'Known bad domain' }[category], status: category === 'bounces' ? '5.1.1' : category === 'blocks' ? '4.2.1' : '',
  };
}

/** Every entry, with its category and domain. */
export function* suppressions(world: World): Generator<Suppression & { readonly category: SuppressionCategory; readonly domain: number }> {
  for (const category of suppressionCategories) {
    for (const domain of sendingDomains.keys()) {
      for (let at = 0; at < suppressionCount(world, category, domain); at += 1) yield { ...suppressionOf(world, category, domain, at), category, domain };
    }
  }
}

/** Profiles that were suppressed: deleted, and their identifiers blocked. Only files tell of them. */
export const suppressedProfile = (world: World, at: number): { readonly id: string; readonly email: string; readonly suppressed_at: number } => ({ id: `blocked-${at}`, email: `blocked.${at}@mail.example`, suppressed_at: world.anchor - world.roll(topics.ghost, at, 500 * daySeconds) });

export const optoutRow = (world: World, index: number): object => ({ customer_id: userIdOf(world, index) ?? '', cio_id: cioIdOf(index), optouts: optoutsOf(world, index) });
