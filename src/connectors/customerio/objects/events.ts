import type { JsonObject } from '../../../connector/json.ts';
import type { CustomerioClient } from '../client.ts';
import { cursorPages, startIn } from '../cursor-pages.ts';
import { dayFields, dayOf } from '../event-day.ts';
import { fieldsOf, shaped, type Shape } from '../shape.ts';
import type { Item, SourceObject } from '../source-object.ts';
import { idText, isoTime, objectIn, secondsOf } from '../values.ts';

const eventShape: Shape = {
  id: 'text', type: 'selection', name: 'text', url: 'text', occurred_at: ['datetime', 'timestamp'], customer_id: 'text', customer_identifiers: 'json', delivery_id: { refersTo: 'message' }, delivery_type: 'text', properties: ['json', 'data'],
};

/**
 * Activities of the types asked for, newest first, until the cut-off or until the API has no more (30 days are guaranteed).
 * Their time may lie before the one of their arrival: the reading ends at a page that is older than the cut-off as a whole.
 */
export function events(client: CustomerioClient, types: readonly string[], since: string | undefined): SourceObject {
  const cutOff = since === undefined ? 0 : secondsOf(since);
  return {
    name: 'event', label: 'Events of the API', profiled: false, fields: { ...fieldsOf(eventShape), cio_id: { refersTo: 'person' }, email: 'email', ...dayFields },
    async *chunks(from) {
      const place = objectIn(from);
      const first = Math.max(0, types.indexOf(idText(place['type']) ?? ''));
      for (const [index, type] of types.slice(first).entries()) {
        const list = { path: '/activities', query: { type, limit: '100' }, endpoint: 'activities', items: 'activities', emptyPage: 'end' } as const;
        for await (const page of cursorPages(client, list, index === 0 ? startIn(place['start']) : '')) {
          const young = page.rows.filter((row) => Number(row['timestamp'] ?? 0) >= cutOff);
          yield { at: { type, start: page.start }, items: young.map(itemOf) };
          if (page.rows.length > 0 && young.length === 0) break;
        }
      }
    },
  };
}

function itemOf(row: JsonObject): Item {
  const identifiers = objectIn(row['customer_identifiers']);
  const id = idText(row['id']);
  if (id === null) return { id: `without-id:${JSON.stringify(row)}`, code: 'without-id', message: 'The activity has no id.', position: 'activity without id', raw: JSON.stringify(row) };
  return { id, position: `activity ${id}`, modifiedAt: isoTime(row['timestamp']), data: { ...shaped(eventShape, row), cio_id: idText(identifiers['cio_id']), email: idText(identifiers['email']), ...dayOf(isoTime(row['timestamp']), idText(identifiers['cio_id']), idText(row['customer_id']), idText(identifiers['email'])) } };
}
