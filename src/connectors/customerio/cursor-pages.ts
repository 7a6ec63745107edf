import type { Json, JsonObject } from '../../connector/json.ts';
import { RecordRejectedError } from '../../connector/errors.ts';
import type { CustomerioCall, CustomerioClient } from './client.ts';
import { idText, rowsIn } from './values.ts';

export interface ListCall extends CustomerioCall {
  /** Key of the list in the answer: 'messages'. */
  readonly items: string;
  /**
   * What an empty page with a further cursor means: 'end' for activities; 'go-on' for memberships, whose pages may be empty in
   * the middle; left out: one is tolerated, as some lists give a cursor after their last item (seen by others, 2026-10).
   */
  readonly emptyPage?: 'end' | 'go-on';
  /** What the list belongs to may be gone since it was listed: 404 is then an empty list. Default false. */
  readonly mayBeGone?: boolean;
}

export interface ListPage { readonly start: string; readonly rows: readonly JsonObject[] } // start '' = the first page

/**
 * The pages of a list by `next` and `start`. Where the very first page asked for has a cursor that is no longer known, the list
 * is read from its beginning: what comes twice has the same id.
 */
export async function* cursorPages(client: CustomerioClient, call: ListCall, from = ''): AsyncGenerator<ListPage> {
  const { items, emptyPage, mayBeGone, ...plain } = call;
  let empty = 0;
  for (let start = from, first = true; ; first = false) {
    let body: JsonObject;
    try {
      body = await client.call({ ...plain, query: { ...plain.query, ...(start === '' ? {} : { start }) } });
    } catch (error) {
      if (mayBeGone === true && error instanceof RecordRejectedError && error.code === 'not-found') return;
      if (!first || start === '' || !(error instanceof RecordRejectedError) || error.code !== 'refused') throw error;
      start = '';
      body = await client.call(plain);
    }
    const rows = rowsIn(body[items]);
    yield { start, rows };
    const next = idText(body['next']);
    empty = rows.length === 0 ? empty + 1 : 0;
    if (next === null || next === start || (emptyPage === 'end' && empty > 0) || (emptyPage === undefined && empty > 1)) return;
    start = next;
  }
}

/** All rows of a short list. */
export async function wholeList(client: CustomerioClient, call: ListCall): Promise<readonly JsonObject[]> {
  const rows: JsonObject[] = [];
  for await (const page of cursorPages(client, call)) rows.push(...page.rows);
  return rows;
}

/** The place of a chunk as the text that a cursor list goes on from. */
export function startIn(place: Json | undefined): string {
  return typeof place === 'string' ? place : '';
}
