import type { JsonObject } from '../../../connector/json.ts';
import { opened } from '../flatten-attributes.ts';
import type { SourceObject } from '../source-object.ts';
import { dayFields, dayOf } from '../event-day.ts';
import { idText, isoTime } from '../values.ts';
import { columnReader, fileObject } from './file-object.ts';
import { filesAt } from './file-rows.ts';

/** Events from the customer's own store, a warehouse destination (`track` rows), Segment or RudderStack. */
export async function eventArchive(path: string): Promise<SourceObject> {
  return fileObject({
    name: 'archive_event', label: 'Events of the archive', files: await filesAt(path, 'eventsPath'),
    fields: { id: 'text', type: 'selection', name: 'text', occurred_at: 'datetime', cio_id: { refersTo: 'person' }, person_id: 'text', email: 'email', anonymous_id: 'text', properties: 'json', other: 'json', ...dayFields },
    read(row) {
      const column = columnReader(row);
      const name = idText(column('event', 'event_name', 'name', 'event_text')) ?? idText(column('type'));
      const time = column('timestamp', 'original_timestamp', 'occurred_at', 'event_time', 'time', 'sent_at', 'received_at', 'created_at');
      const occurredAt = isoTime(time);
      const person = { cio_id: idText(column('cio_id', 'internal_customer_id')), person_id: idText(column('user_id', 'customer_id', 'person_id')), email: idText(column('email')), anonymous_id: idText(column('anonymous_id')) };
      if (name === null) return { flaw: 'The row names no event (columns event, event_name, name, type).' };
      if (occurredAt === null) return { flaw: `The row has no readable time: ${JSON.stringify(time)} (columns timestamp, occurred_at, sent_at, …; Unix seconds or ISO 8601).` };
      if (Object.values(person).every((key) => key === null)) return { flaw: 'The row names no person (columns cio_id, user_id, customer_id, email, anonymous_id).' };
      const stated = opened(column('properties', 'data', 'attributes', 'event_properties'));
      const id = idText(column('message_id', 'event_id', 'id'));
      return { id, data: { id, type: idText(column('type')), name, occurred_at: occurredAt, ...person, properties: stated, other: stated === null ? row : rest(row), ...dayOf(occurredAt, person.cio_id, person.person_id, person.email) } };
    },
  });
}

const carried = /^(event|eventname|name|eventtext|type|timestamp|cioid|internalcustomerid|userid|customerid|personid|email|anonymousid|properties|data|attributes|eventproperties|messageid|eventid|id)$/u;

/** Columns that have no field of their own. */
function rest(row: JsonObject): JsonObject | null {
  const left = Object.entries(row).filter(([name]) => !carried.test(name.toLowerCase().replace(/[\s_.-]/gu, '')));
  return left.length === 0 ? null : Object.fromEntries(left);
}

/** People whose profile is suppressed: deleted, and their identifiers blocked. No API lists them. */
export async function suppressedProfiles(path: string): Promise<SourceObject> {
  return fileObject({
    name: 'suppressed_profile', label: 'Suppressed people of the list', files: await filesAt(path, 'suppressionPath'), fields: { cio_id: 'text', person_id: 'text', email: 'email', reason: 'text', created_at: 'datetime', row: 'json' },
    read(row) {
      const column = columnReader(row);
      const data = { cio_id: idText(column('cio_id', 'internal_customer_id')), person_id: idText(column('customer_id', 'id', 'user_id')), email: idText(column('email', 'email_address', 'email_addr')), reason: idText(column('reason', 'status')), created_at: isoTime(column('created_at', 'created', 'suppressed_at', 'timestamp')), row };
      return data.cio_id === null && data.person_id === null && data.email === null ? { flaw: 'The row has no e-mail address, id or cio_id.' } : { id: null, data };
    },
  });
}
