import { invalid } from './problem.ts';
import type { Body, Call } from './call.ts';

interface Placed { readonly seq: number }
export interface Pages<T> { readonly items: readonly T[]; readonly total: number; readonly pages: { readonly [name: string]: unknown } }

const mostPerPage = 150;

function sizeOf(value: unknown, usual: number, most: number): number {
  if (value === undefined || value === null) return usual;
  const size = Number(value);
  if (!Number.isInteger(size) || size < 1 || size > most) throw invalid(`Per Page is invalid: it must be between 1 and ${most}`);
  return size;
}

function cut<T extends Placed>(sorted: readonly T[], size: number, after: unknown): Pages<T> {
  let start = 0;
  if (after !== undefined && after !== null && after !== '') {
    const [seq, place] = Buffer.from(String(after), 'base64url').toString().split('.').map(Number);
    if (!Number.isInteger(seq) || !Number.isInteger(place)) throw invalid('starting_after is invalid');
    // by the record that was the last one: what came or went before it does not shift the pages
    const found = sorted.findIndex((item) => item.seq === seq);
    start = found >= 0 ? found + 1 : place ?? 0;
  }
  const items = sorted.slice(start, start + size);
  const last = items.at(-1);
  const more = start + size < sorted.length && last !== undefined;
  const next = more ? { per_page: size, starting_after: Buffer.from(`${last.seq}.${start + size}`).toString('base64url') } : null;
  return { items, total: sorted.length, pages: { type: 'pages', page: Math.floor(start / size) + 1, per_page: size, total_pages: Math.ceil(sorted.length / size), ...(next === null ? {} : { next }) } };
}

/** Pages of a listing: `per_page` and `starting_after` in the query. */
export function listed<T extends Placed>(call: Call, sorted: readonly T[], usual: number): Pages<T> {
  return cut(sorted, sizeOf(call.query.get('per_page'), usual, mostPerPage), call.query.get('starting_after'));
}

/** Pages of a search: `pagination` in the body. */
export function searched<T extends Placed>(call: Call, sorted: readonly T[], usual: number): Pages<T> {
  const pagination = (call.body['pagination'] ?? {}) as Body;
  return cut(sorted, sizeOf(pagination['per_page'], usual, mostPerPage), pagination['starting_after']);
}

/** Pages by number. */
export function numbered<T>(call: Call, sorted: readonly T[], usual: number, most: number): Readonly<{ items: readonly T[]; page: number; size: number; totalPages: number }> {
  const size = sizeOf(call.query.get('per_page'), usual, most);
  const page = Number(call.query.get('page') ?? 1);
  if (!Number.isInteger(page) || page < 1) throw invalid('Page is invalid');
  return { items: sorted.slice((page - 1) * size, page * size), page, size, totalPages: Math.ceil(sorted.length / size) };
}
