import { hash } from 'node:crypto';
import { ConfigurationError } from '../../../connector/errors.ts';
import type { Json } from '../../../connector/json.ts';
import type { RestDescriptor, RestObject } from './descriptor.ts';
import { valueAt } from './json-path.ts';
import { sameHost, type RestAnswer, type RestClient } from './rest-client.ts';

/** One page: its items, and its place for people. */
export interface RestPage { readonly items: readonly Json[]; readonly number: number }

/** Address of the next page from a Link header (RFC 8288); null = there is none. */
export function nextLink(header: string | null): string | null {
  for (const entry of (header ?? '').split(/,(?=\s*<)/)) {
    const match = /^\s*<([^>]*)>(.*)$/s.exec(entry);
    if (match !== null && /;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\b)/i.test(match[2] ?? '')) return match[1] ?? null;
  }
  return null;
}

function itemsOf(object: RestObject, answer: RestAnswer, endpoint: string): readonly Json[] {
  const items = valueAt(answer.body, object.itemsPath);
  if (Array.isArray(items)) return items as readonly Json[];
  const keys = typeof answer.body === 'object' && answer.body !== null && !Array.isArray(answer.body) ? Object.keys(answer.body).slice(0, 15).join(', ') : Array.isArray(answer.body) ? 'a list' : typeof answer.body;
  throw new ConfigurationError({ code: 'rest-items-missing', message: `${endpoint}: the answer has no list at itemsPath ${JSON.stringify(object.itemsPath.text)}; it holds ${keys}`, remedy: 'Correct itemsPath of the object in the descriptor.' });
}

/** The address of the page after this one; null = this was the last. */
type Next = (answer: RestAnswer, items: readonly Json[]) => URL | null;

function pagingOf(object: RestObject, first: URL, endpoint: string): { readonly first: URL; readonly next: Next } {
  const { kind, param, sizeParam, size, startAt, nextPath } = object.paging;
  const start = new URL(first);
  if (sizeParam !== undefined && size !== undefined) start.searchParams.set(sizeParam, String(size));
  const withParam = (name: string, value: string | number): URL => {
    const url = new URL(start);
    url.searchParams.set(name, String(value));
    return url;
  };
  if (kind === 'none') return { first: start, next: () => null };
  if (kind === 'link-header') {
    return { first: start, next: (answer) => { const link = nextLink(answer.link); return link === null ? null : sameHost(link, answer.url, endpoint); } };
  }
  if (kind === 'cursor') {
    return {
      first: start,
      next: (answer) => {
        const value = nextPath === undefined ? null : valueAt(answer.body, nextPath);
        if (value === undefined || value === null || value === '' || value === false) return null;
        if (typeof value !== 'string' && typeof value !== 'number') throw new ConfigurationError({ code: 'rest-cursor', message: `${endpoint}: what stands at nextPath ${JSON.stringify(nextPath?.text)} is no cursor`, remedy: 'Correct nextPath in the descriptor.' });
        return typeof value === 'string' && /^(?:https?:)?\/\//i.test(value) ? sameHost(value, answer.url, endpoint) : withParam(param ?? 'cursor', value);
      },
    };
  }
  // A page shorter than asked for need not be the last: some servers give fewer than they are asked for. Only an empty one ends it.
  const name = param ?? kind;
  let place = startAt ?? (kind === 'page' ? 1 : 0);
  return {
    first: withParam(name, place),
    next: (_, items) => {
      if (items.length === 0) return null;
      place += kind === 'page' ? 1 : items.length;
      return withParam(name, place);
    },
  };
}

/**
 * Streams the pages of one object.
 * @param since ISO 8601 UTC: only what has changed since, where the object has `updatedParam`; null = all.
 * @throws ConfigurationError 'rest-not-found', 'rest-items-missing', 'rest-paging-stands', 'rest-too-many-pages', and what the client throws
 */
export async function* restPages(descriptor: RestDescriptor, object: RestObject, client: RestClient, since: string | null): AsyncGenerator<RestPage> {
  const endpoint = `rest ${object.definition.name}`;
  const address = new URL(`${descriptor.baseUrl}/${object.path.replace(/^\/+/, '')}`);
  for (const [name, value] of Object.entries(object.query ?? {})) address.searchParams.set(name, value);
  if (since !== null && object.updatedParam !== undefined) address.searchParams.set(object.updatedParam, since);
  const paging = pagingOf(object, address, endpoint);
  const remedy = 'Check paging in the descriptor against the documentation of the endpoint.';
  const asked = new Set<string>();
  let before = '';
  for (let url: URL | null = paging.first, number = 1; url !== null; number += 1) {
    if (number > descriptor.limits.pages) throw new ConfigurationError({ code: 'rest-too-many-pages', message: `${endpoint}: more than ${descriptor.limits.pages} pages`, remedy: 'Raise limits.pages, or correct paging in the descriptor.' });
    const key = hash('sha256', url.href).slice(0, 16);
    if (asked.has(key)) throw new ConfigurationError({ code: 'rest-paging-stands', message: `${endpoint}: the answers lead back to a page that was read before`, remedy });
    asked.add(key);
    const answer = await client(url, endpoint);
    if (answer.status === 404) {
      if (number > 1 && (object.paging.kind === 'page' || object.paging.kind === 'offset')) return;
      throw new ConfigurationError({ code: 'rest-not-found', message: `${endpoint} at ${url.origin}${url.pathname}: there is no such address (status 404)`, remedy: 'Correct baseUrl or the path of the object in the descriptor.' });
    }
    const items = itemsOf(object, answer, endpoint);
    const content = items.length === 0 ? '' : hash('sha256', JSON.stringify(items));
    if (content !== '' && content === before) throw new ConfigurationError({ code: 'rest-paging-stands', message: `${endpoint}: two pages in a row hold the same records: the server does not heed the paging`, remedy });
    before = content;
    yield { items, number };
    url = paging.next(answer, items);
  }
}
