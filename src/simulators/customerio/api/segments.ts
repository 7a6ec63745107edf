import { param } from '../call.ts';
import type { Call, Json } from '../call.ts';
import { cursor, limitOf, listOf, nextOf, pageOf, positionOf } from '../paging.ts';
import { notFound } from '../problem.ts';
import { campaigns, newsletterOf } from '../world/content.ts';
import { identifiersOf } from '../world/person.ts';
import { membersOf, segments } from '../world/segments.ts';
import type { Segment } from '../world/segments.ts';
import { daySeconds } from '../world/world.ts';

/** A segment whose membership has an empty page in the middle: its people have left meanwhile. */
const withEmptyPage = 2;

function viewOf(call: Call, segment: Segment): Json {
  const created = call.world.anchor - segment.createdDaysAgo * daySeconds;
  const { id, name, description, state, type, tags, conditions } = segment;
  return {
    id, deduplicate_id: `${id}:${created}`, name, description, state, progress: state === 'finished' ? null : 40, type, tags, created_at: created, updated_at: created + daySeconds,
    ...(conditions === null || call.world.unknowns.segmentConditions === 'absent' ? {} : { conditions }),
  };
}

function segmentOf(call: Call): Segment {
  const segment = segments.find(({ id }) => String(id) === param(call, 'id'));
  if (segment === undefined) throw notFound('segment not found');
  return segment;
}

export const listSegments = (call: Call): Json => ({ segments: segments.map((segment) => viewOf(call, segment)) });
export const getSegment = (call: Call): Json => ({ segment: viewOf(call, segmentOf(call)) });

export function countSegment(call: Call): Json {
  const segment = segmentOf(call);
  let count = 0;
  for (const _member of membersOf(call.world, segment, 0)) count += 1;
  return { segment_id: segment.id, count };
}

/** Up to 30,000 people a page. An empty page with a `next` is not the end. */
export function membership(call: Call): Json {
  const segment = segmentOf(call);
  const kind = `segment ${segment.id}`;
  const place = positionOf<readonly [from: number, emptied: boolean] | null>(call, kind, null);
  if (segment.id === withEmptyPage && place !== null && !place[1]) return { ids: listOf(call, []), identifiers: listOf(call, []), next: cursor(kind, [place[0], true]) };
  const page = pageOf(membersOf(call.world, segment, place?.[0] ?? 0), limitOf(call, 1_000, 30_000));
  const identifiers = page.indexes.map((index) => identifiersOf(call.world, index));
  return { ids: listOf(call, identifiers.map(({ id }) => id ?? '')), identifiers: listOf(call, identifiers), ...nextOf(call, page.next === null ? null : cursor(kind, [page.next, place?.[1] ?? false])) };
}

export function usedBy(call: Call): Json {
  const { id } = segmentOf(call);
  const letters = Array.from({ length: call.world.sizes.newsletters }, (_, at) => newsletterOf(call.world, at + 1)).filter((letter) => (letter.id % 2 === 0 ? 7 : 1) === id);
  const uses = (list: unknown): boolean => Array.isArray(list) && list.includes(id);
  return {
    used_by: {
      campaigns: listOf(call, campaigns.filter(({ more }) => uses(more['trigger_segment_ids']) || uses(more['filter_segment_ids'])).map((one) => one.id)),
      sent_newsletters: listOf(call, letters.filter(({ sentAt }) => sentAt !== null).map((one) => one.id)), draft_newsletters: listOf(call, letters.filter(({ sentAt }) => sentAt === null).map((one) => one.id)),
    },
  };
}
