import { ConfigurationError } from '../../connector/errors.ts';
import type { Json } from '../../connector/json.ts';
import type { ReadRequest, SourcePage } from '../../connector/source.ts';
import { isItemRejected, type Chunk, type SourceObject } from './source-object.ts';
import { objectIn } from './values.ts';

/** Where reading stands: in the chunk that begins at `at`, after `skip` of its items. */
interface Cursor { readonly at: Json; readonly skip: number }

const nothing: SourcePage = { records: [], rejected: [], cursor: null };

/**
 * Cuts the chunks of an object into pages. The next chunk is asked for while this one is handed out, so that the calls of the
 * budget are used; memory holds two chunks.
 */
export async function* readPages(object: SourceObject, request: ReadRequest): AsyncGenerator<SourcePage> {
  const cursor = cursorIn(object, request.cursor);
  const chunks = object.chunks(cursor === null ? null : cursor.at)[Symbol.asyncIterator]();
  try {
    let skip = cursor?.skip ?? 0;
    let current = await nextFilled(chunks);
    if (current === null) yield nothing;
    while (current !== null) {
      const coming = nextFilled(chunks);
      coming.catch(() => {}); // thrown below, where it is waited for
      const items = current.items;
      const shrunk = skip >= items.length;
      for (let from = skip; from < items.length; from += request.pageSize) {
        const part = items.slice(from, from + request.pageSize);
        const to = from + part.length;
        const following = to < items.length ? { at: current.at, skip: to } : await coming.then((chunk) => (chunk === null ? null : { at: chunk.at, skip: 0 }));
        yield {
          records: part.flatMap((item) => (isItemRejected(item) ? [] : [{ object: object.name, id: item.id, data: item.data, modifiedAt: item.modifiedAt ?? null, position: item.position }])),
          rejected: part.flatMap((item) => (isItemRejected(item) ? [{ object: object.name, id: item.id, position: item.position, code: item.code, message: item.message, raw: item.raw.slice(0, 10_000) }] : [])),
          cursor: following,
        };
      }
      skip = object.flowing === true ? Math.max(0, skip - items.length) : 0;
      current = await coming;
      if (current === null && shrunk) yield nothing; // the last chunk is shorter than when the cursor was made
    }
  } finally {
    await chunks.return?.();
  }
}

async function nextFilled(chunks: AsyncIterator<Chunk>): Promise<Chunk | null> {
  for (;;) {
    const next = await chunks.next();
    if (next.done === true) return null;
    if (next.value.items.length > 0) return next.value;
  }
}

function cursorIn(object: SourceObject, cursor: Json | null): Cursor | null {
  if (cursor === null) return null;
  const { at, skip } = objectIn(cursor);
  if (at === undefined || typeof skip !== 'number' || skip < 0) {
    throw new ConfigurationError({ code: 'bad-cursor', message: `Reading ${object.name} cannot go on from ${JSON.stringify(cursor).slice(0, 200)}: that is no place in it.`, remedy: 'Start the extraction of this object anew.' });
  }
  return { at, skip };
}
