import type { JsonObject } from '../../../connector/json.ts';
import type { CustomerioClient } from '../client.ts';
import { cursorPages, startIn, wholeList } from '../cursor-pages.ts';
import { fieldsOf, shaped, type Shape } from '../shape.ts';
import type { FieldSpec, SourceObject } from '../source-object.ts';
import { idText, objectIn } from '../values.ts';

/** A list that every record of another list has. */
interface NestedList {
  readonly name: string;
  readonly label: string;
  readonly parent: Readonly<{ field: string; object: string; path: string; items: string; endpoint: string }>;
  readonly path: (parentId: string) => string;
  readonly query?: Readonly<Record<string, string>>;
  readonly endpoint: string;
  readonly items: string;
  readonly emptyPage?: 'go-on';
  readonly shape: Shape;
  /** Default: `id`. */
  readonly idOf?: (row: JsonObject) => string | null;
  readonly extra?: Readonly<{ fields: Readonly<Record<string, FieldSpec>>; of: (row: JsonObject) => JsonObject }>;
  readonly profiled: boolean;
}

const stamps = { created_at: ['datetime', 'created'], updated_at: ['datetime', 'updated'] } as const satisfies Shape;
const content: Shape = {
  id: 'text', name: 'text', type: 'selection', subject: 'text', body: 'html', body_plain: 'longText', body_amp: 'longText', body_json: 'json', preheader_text: 'text', from: 'text', from_id: { refersTo: 'sender_identity' }, reply_to: 'text', recipient: 'text', cc: 'text', bcc: 'text', fake_bcc: 'boolean',
  headers: 'json', layout: 'text', language: 'text', editor: 'text', preprocessor: 'text', sending_state: 'text', send_to_unsubscribed: 'boolean', sender_identity_id: { refersTo: 'sender_identity' }, url: 'text', request_method: 'text', image_url: 'text', parent_action_id: 'text', ...stamps,
};
const campaigns = { field: 'campaign_id', object: 'campaign', path: '/campaigns', items: 'campaigns', endpoint: 'campaigns' } as const;
const newsletters = { field: 'newsletter_id', object: 'newsletter', path: '/newsletters', items: 'newsletters', endpoint: 'newsletters' } as const;
const broadcasts = { field: 'broadcast_id', object: 'broadcast', path: '/broadcasts', items: 'broadcasts', endpoint: 'broadcasts' } as const;
const transactional = { field: 'transactional_message_id', object: 'transactional_message', path: '/transactional', items: 'messages', endpoint: 'transactional' } as const;
const segments = { field: 'segment_id', object: 'segment', path: '/segments', items: 'segments', endpoint: 'segments' } as const;

export const nestedLists: readonly NestedList[] = [
  { name: 'campaign_action', label: 'Steps of campaigns (messages and webhooks)', parent: campaigns, path: (id) => `/campaigns/${id}/actions`, endpoint: 'campaigns.actions', items: 'actions', shape: content, profiled: true },
  { name: 'broadcast_action', label: 'Contents of broadcasts', parent: broadcasts, path: (id) => `/broadcasts/${id}/actions`, endpoint: 'broadcasts.actions', items: 'actions', shape: content, profiled: true },
  { name: 'broadcast_trigger', label: 'Sendings of broadcasts', parent: broadcasts, path: (id) => `/broadcasts/${id}/triggers`, endpoint: 'broadcasts.triggers', items: 'triggers', shape: { id: 'text', created_at: 'datetime', processed_at: 'datetime' }, profiled: true },
  { name: 'newsletter_content', label: 'Contents of newsletters', parent: newsletters, path: (id) => `/newsletters/${id}/contents`, endpoint: 'newsletters.contents', items: 'contents', shape: content, profiled: true },
  { name: 'transactional_content', label: 'Templates of transactional messages', parent: transactional, path: (id) => `/transactional/${id}/contents`, endpoint: 'transactional.contents', items: 'contents', shape: content, profiled: true },
  {
    name: 'segment_membership', label: 'Members of segments', parent: segments, path: (id) => `/segments/${id}/membership`, query: { limit: '30000' }, endpoint: 'segments.membership', items: 'identifiers', emptyPage: 'go-on', profiled: false,
    shape: { email: 'email', person_id: ['text', 'id'] }, idOf: (row) => idText(row['cio_id']), extra: { fields: { cio_id: { refersTo: 'person' } }, of: (row) => ({ cio_id: idText(row['cio_id']), other: null }) },
  },
];

/** Reads the parents anew and goes on at the one the place names, or after it where it is gone. Parents in the order of their ids. */
export function nestedObject(client: CustomerioClient, list: NestedList): SourceObject {
  const { name, label, parent, shape, extra } = list;
  return {
    name, label, profiled: list.profiled, fields: { [parent.field]: { refersTo: parent.object }, ...fieldsOf(shape), ...extra?.fields },
    async *chunks(from) {
      const place = objectIn(from);
      const at = idText(place['parent']);
      const rows = await wholeList(client, parent);
      const parents = [...new Set(rows.map((row) => idText(row['id'])).filter((id) => id !== null))].sort(byId);
      for (const id of parents) {
        if (at !== null && byId(id, at) < 0) continue;
        const call = { path: list.path(encodeURIComponent(id)), endpoint: list.endpoint, items: list.items, mayBeGone: true, ...(list.query === undefined ? {} : { query: list.query }), ...(list.emptyPage === undefined ? {} : { emptyPage: list.emptyPage }) };
        for await (const page of cursorPages(client, call, id === at ? startIn(place['start']) : '')) {
          const items = page.rows.map((row) => {
            const own = (list.idOf ?? ((each) => idText(each['id'])))(row);
            const position = `${name} ${own ?? '(no id)'} of ${parent.object} ${id}`;
            if (own === null) return { id: `${id}:${JSON.stringify(row)}`, code: 'without-id', message: 'The row has no id.', position, raw: JSON.stringify(row) };
            return { id: `${id}:${own}`, position, data: { ...shaped(shape, row), ...extra?.of(row), [parent.field]: id } };
          });
          yield { at: { parent: id, start: page.start }, items };
        }
      }
    },
  };
}

function byId(left: string, right: string): number {
  const [a, b] = [Number(left), Number(right)];
  if (!Number.isNaN(a) && !Number.isNaN(b) && a !== b) return a - b;
  return left < right ? -1 : left > right ? 1 : 0;
}
