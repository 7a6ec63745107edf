import { param, queryNumber } from '../call.ts';
import type { Call, Json } from '../call.ts';
import { cursor, limitOf, listOf, nextOf, pageOf, positionOf } from '../paging.ts';
import { notFound } from '../problem.ts';
import { optoutRow, optoutsOf, sendingDomains, subscriptionTopics, suppressionCategories, suppressionCount, suppressionOf, suppressions } from '../world/consent.ts';
import type { SuppressionCategory } from '../world/consent.ts';
import { isThere } from '../world/person.ts';

export const listTopics = (): Json => ({ topics: subscriptionTopics });
export const listChannels = (): Json => ({ channels: ['email', 'sms', 'whatsapp', 'push', 'in_app'].map((name, at) => ({ id: at + 1, name })) });

/** Opt-outs of SMS and WhatsApp of the whole workspace, per sender. */
export function listOptouts(call: Call): Json {
  const { world } = call;
  const sender = call.query.get('from');
  function* matching(from: number): Generator<number> {
    for (let index = from; index < world.slots; index += 1) if (isThere(world, index) && optoutsOf(world, index).some((one) => sender === null || one.from === sender)) yield index;
  }
  const page = pageOf(matching(positionOf<number>(call, 'optouts', 0)), limitOf(call, 100, 1_000));
  return { optouts: listOf(call, page.indexes.map((index) => optoutRow(world, index))), ...nextOf(call, page.next === null ? null : cursor('optouts', page.next)) };
}

/** The mail provider's lists: by offset, per sending domain; null when empty. */
export function listSuppressions(call: Call): Json {
  const category = suppressionCategories.find((one) => one === param(call, 'category'));
  if (category === undefined) throw notFound(`unknown category; there are ${suppressionCategories.join(', ')}`);
  const named = call.query.get('domain');
  const asked = named === null ? (call.world.unknowns.suppressionsWithoutDomain === 'all' ? [0, 1] : [0]) : [...sendingDomains.keys()].filter((domain) => sendingDomains[domain] === named);
  const [limit, offset] = [limitOf(call, 100, 1_000), Math.max(0, queryNumber(call, 'offset') ?? 0)];
  const rows: Json[] = [];
  for (let place = offset; rows.length < limit; place += 1) {
    const found = placeIn(call, category, asked, place);
    if (found === null) break;
    rows.push({ ...suppressionOf(call.world, category, found.domain, found.at) });
  }
  return { category, suppressions: rows.length === 0 ? null : rows };
}

function placeIn(call: Call, category: SuppressionCategory, domains: readonly number[], place: number): Readonly<{ domain: number; at: number }> | null {
  let rest = place;
  for (const domain of domains) {
    const count = suppressionCount(call.world, category, domain);
    if (rest < count) return { domain, at: rest };
    rest -= count;
  }
  return null;
}

export function searchSuppression(call: Call): Json {
  const email = param(call, 'email').toLowerCase();
  const found: Json[] = [];
  for (const one of suppressions(call.world)) if (one.email.toLowerCase() === email) found.push({ category: one.category, suppressions: [{ created: one.created, email: one.email, reason: one.reason, status: one.status }] });
  return found[0] ?? { category: '', suppressions: null };
}
