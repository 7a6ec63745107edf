import { attributeOf } from './attributes.ts';
import { facetsOf, isThere, userIdOf } from './person.ts';
import { topics } from './topics.ts';
import { plans } from './words.ts';
import { daySeconds } from './world.ts';
import type { World } from './world.ts';

export interface Segment {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly type: 'dynamic' | 'manual';
  readonly state: 'finished' | 'build';
  readonly tags: readonly string[] | null;
  readonly createdDaysAgo: number;
  /** As live answers carry them, undocumented; null for manual ones. */
  readonly conditions: unknown;
  readonly isMember: (world: World, index: number) => boolean;
}

const attribute = (field: string, operator: string, value?: string): object => ({ attribute: { field, operator, ...(value === undefined ? {} : { value }) } });
const event = (name: string, more: object): object => ({ event: { id: 41, name, type: 'event', filters: { and: [{ field: 'amount', operator: 'gt', value: '10', inverse: false }] } }, inverse: false, times: 1, within: 30 * daySeconds, ...more });
const hashed = (share: number, salt: number) => (world: World, index: number): boolean => world.chance(topics.manual + salt * 10_000, index, share);
const dynamic = (id: number, name: string, conditions: unknown, isMember: Segment['isMember'], more: Partial<Segment> = {}): Segment => ({ id, name, description: '', type: 'dynamic', state: 'finished', tags: null, createdDaysAgo: 300 - id, conditions, isMember, ...more });
const manual = (id: number, name: string, isMember: Segment['isMember']): Segment => ({ id, name, description: 'Uploaded by hand', type: 'manual', state: 'finished', tags: ['upload'], createdDaysAgo: 100, conditions: null, isMember });

/**
 * Fourteen segments. 9 was archived: it is not listed, but 12 refers to it. 8 is being built: its membership is stale. 10 has nobody, 14 everybody.
 */
export const segments: readonly Segment[] = [
  dynamic(1, 'Paying', { and: [{ not: attribute('plan', 'eq', 'free') }, attribute('plan', 'exists')] }, (world, index) => plans[facetsOf(world, index).plan] !== 'free', { description: 'Anyone on a paid plan' }),
  dynamic(2, 'VIP', { and: [{ or: [attribute('is_vip', 'eq', 'true'), attribute('is_vip', 'eq', '1'), attribute('is_vip', 'eq', 'yes'), attribute('is_vip', 'eq', 'TRUE')] }] }, (world, index) => facetsOf(world, index).isVip),
  dynamic(3, 'Leads', { and: [attribute('lead_status', 'exists')] }, (world, index) => facetsOf(world, index).isLead, { tags: ['sales', 'crm'] }),
  dynamic(4, 'Hot leads – score 80+', { and: [{ segment: { id: 3 } }, attribute('lead_score', 'gte', '80')] }, (world, index) => facetsOf(world, index).isLead && facetsOf(world, index).leadScore >= 80),
  dynamic(5, 'Bought in the last 30 days', { and: [event('order_completed', {})] }, hashed(0.15, 5)),
  dynamic(6, 'Sleeping: no login for 90 days', { and: [event('feature_used', { inverse: true, times: 3, within: 90 * daySeconds })] }, (world, index) => facetsOf(world, index).isInactive),
  dynamic(7, 'Subscribed & reachable', { and: [{ not: attribute('unsubscribed', 'eq', 'true') }, attribute('email', 'exists')] }, (world, index) => !facetsOf(world, index).isUnsubscribed && attributeOf(world, index, 'email') !== null),
  dynamic(8, 'Opened the spring letter', { and: [{ message: { newsletter_id: 3, metric: 'opened' } }] }, hashed(0.1, 8), { state: 'build' }),
  dynamic(10, 'Lunar customers', { and: [attribute('planet', 'eq', 'moon')] }, () => false),
  manual(11, 'Trade fair Gdynia', hashed(0.06, 11)),
  dynamic(12, 'Was in the archived one', { and: [{ segment: { id: 9 } }, { or: [attribute('country', 'eq', 'PL'), attribute('country', 'eq', 'Poland')] }] }, (world, index) => facetsOf(world, index).country === 0 && hashed(0.5, 12)(world, index)),
  manual(13, 'Beta / "friends, family"', hashed(0.02, 13)),
  dynamic(14, 'Everyone', { and: [attribute('cio_id', 'exists')] }, () => true),
  dynamic(15, 'No customer id', { and: [{ not: attribute('id', 'exists') }] }, (world, index) => userIdOf(world, index) === null),
];

/** The people of a segment from a slot on. */
export function* membersOf(world: World, segment: Segment, from: number): Generator<number> {
  for (let index = from; index < world.slots; index += 1) if (isThere(world, index) && segment.isMember(world, index)) yield index;
}
