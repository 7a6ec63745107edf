import type { RestRecord } from './rest-objects.ts';

export type RestPaging = 'page' | 'offset' | 'cursor' | 'link-header' | 'none';

/** One page of a listing. `next` goes into the body (cursor) or a Link header, as the kind of paging wants it. */
export interface Page {
  readonly items: readonly RestRecord[];
  readonly meta: { readonly [name: string]: unknown };
  readonly link: string | null;
}

/** The part of a descriptor that says how pages are asked for. */
export function pagingDescriptor(paging: RestPaging, size: number): { readonly [name: string]: unknown } {
  switch (paging) {
    case 'page': return { kind: paging, param: 'page', sizeParam: 'per_page', size, startAt: 1 };
    case 'offset': return { kind: paging, param: 'offset', sizeParam: 'limit', size, startAt: 0 };
    case 'cursor': return { kind: paging, param: 'cursor', sizeParam: 'limit', size, nextPath: 'meta.next' };
    case 'link-header': return { kind: paging, sizeParam: 'per_page', size };
    case 'none': return { kind: paging };
  }
}

const whole = (text: string | null, fallback: number): number => {
  const value = Number(text ?? fallback);
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${text} is no whole number`);
  return value;
};

/** @throws RangeError for a page, offset or cursor that is none */
export function pageOf(records: readonly RestRecord[], paging: RestPaging, largest: number, url: URL): Page {
  const asked = url.searchParams;
  if (paging === 'none') return { items: records, meta: { total: records.length }, link: null };
  const size = Math.max(1, Math.min(largest, whole(asked.get('per_page') ?? asked.get('limit'), largest)));
  const start = paging === 'page' || paging === 'link-header' ? (whole(asked.get('page'), 1) - 1) * size
    : paging === 'offset' ? whole(asked.get('offset'), 0) : asked.has('cursor') ? whole(Buffer.from(asked.get('cursor') ?? '', 'base64url').toString(), 0) : 0;
  if (start < 0) throw new RangeError('pages are counted from 1');
  const items = records.slice(start, start + size);
  const more = start + size < records.length;
  const next = new URL(url);
  next.searchParams.set('page', String(start / size + 2));
  return {
    items, link: paging === 'link-header' && more ? `<${next.href}>; rel="next", <${url.href}>; rel="self"` : null,
    meta: paging === 'cursor' ? { next: more ? Buffer.from(String(start + size)).toString('base64url') : null } : { total: records.length, page: Math.floor(start / size) + 1, size },
  };
}
