import { badRequest } from './problem.ts';
import { queryNumber } from './call.ts';
import type { Call } from './call.ts';

/** How many a page has. @throws Problem 400 for one that is none, or above the maximum where the service refuses that */
export function limitOf(call: Call, fallback: number, most: number): number {
  const limit = queryNumber(call, 'limit') ?? fallback;
  if (limit < 1) throw badRequest('limit must be positive', '/query/limit');
  if (limit <= most) return limit;
  if (call.world.unknowns.limitAboveMaximum === 'refused') throw badRequest(`limit must not be above ${most}`, '/query/limit');
  return most;
}

/** An opaque cursor; upper and lower case differ, and '+', '/' and '=' need encoding. */
export function cursor(kind: string, position: unknown): string {
  return Buffer.from(`~?>${JSON.stringify([kind, position])}~?`).toString('base64');
}

/** What a cursor says; `first` at the beginning. @throws Problem 400 for one of another list, or damaged */
export function positionOf<T>(call: Call, kind: string, first: T): T {
  const text = call.query.get('start');
  if (text === null || text === '') return first;
  try {
    const plain = Buffer.from(text, 'base64').toString('utf8');
    const [own, position] = JSON.parse(plain.slice(3, -2)) as [string, T];
    if (own === kind && cursor(kind, position) === text) return position;
  } catch { /* refused below */ }
  throw badRequest('invalid start parameter', '/query/start');
}

/** `next` of an answer: a cursor, or what this service says at the end. */
export function nextOf(call: Call, next: string | null): { readonly next?: string | null } {
  if (next !== null) return { next };
  switch (call.world.unknowns.endOfList) {
    case 'empty-text': return { next: '' };
    case 'null': return { next: null };
    case 'absent': return {};
  }
}

/** A list, or what an empty one is here. */
export const listOf = <T>(call: Call, list: readonly T[]): readonly T[] | null => (list.length === 0 && call.world.unknowns.emptyList === 'null' ? null : list);

/** The first `limit` of what comes by index, and where the next page begins. */
export function pageOf(indexes: Iterable<number>, limit: number): { readonly indexes: readonly number[]; readonly next: number | null } {
  const taken: number[] = [];
  for (const index of indexes) {
    if (taken.length === limit) return { indexes: taken, next: index };
    taken.push(index);
  }
  return { indexes: taken, next: null };
}
