import type { Json, JsonObject } from '../../../connector/json.ts';
import type { SourcePage, SourceRecord } from '../../../connector/source.ts';
import { boundFields, idsAfter, type Agent, type BoundField, type HelpDesk } from './desk.ts';
import type { HelpDeskObject } from './objects.ts';
import { readInHalves } from './read-in-halves.ts';
import { modifiedAt, readRows, rejection } from './read-objects.ts';
import { inlineFileIds, readLinkNames, rowValues } from './row-values.ts';
import { nextTickets, type ThreadCursor } from './threads.ts';
import { readTracking } from './tracking.ts';

/** Who reads a message: `reply` the customer too, `note` only the agents, `tracking` a log line of field changes. */
export type MessageKind = 'reply' | 'note' | 'tracking';

/** Messages of 50 tickets at a time, in the order of their creation, which is that of the conversation. */
export async function* readMessages(desk: HelpDesk, object: HelpDeskObject, params: Readonly<{ cursor: ThreadCursor; pageSize: number }>): AsyncGenerator<SourcePage> {
  const bound = await boundFields(desk, object);
  const internal = await internalSubtypes(desk);
  const agents = await desk.agents();
  let { ticket, item } = params.cursor;
  for (let tickets = await nextTickets(desk, ticket); ;) {
    const ids = tickets.length === 0 ? [] : await idsAfter(desk.client, 'mail.message', [['model', '=', 'helpdesk.ticket'], ['res_id', 'in', [...tickets]]], item, params.pageSize + 1);
    const page = ids.slice(0, params.pageSize);
    const { rows, unreadable } = await readInHalves(page, (some) => readRows(desk, 'mail.message', bound, some, ['res_id', 'subtype_id', 'author_id']));
    const tracking = await readTracking(desk, rows.map((row) => Number(row['id'])));
    const names = await readLinkNames(desk.client, bound, rows, ['author_id']);
    const records = rows.map((row) => toRecord(row, { bound, internal, agents, names, tracking: tracking.get(Number(row['id'])) ?? [] }));
    let following = tickets;
    if (ids.length > page.length) item = page.at(-1) ?? item;
    else {
      ticket = tickets.at(-1) ?? ticket;
      item = 0;
      following = tickets.length === 0 ? [] : await nextTickets(desk, ticket);
    }
    const last = following.length === 0;
    // A chunk of tickets without messages gives no page, except the last one that must end the reading.
    if (last || records.length + unreadable.length > 0) yield { records, rejected: unreadable.map((one) => rejection(object.name, 'mail.message', one.id, one.reason)), cursor: last ? null : { ticket, item } };
    if (last) return;
    tickets = following;
  }
}

interface MessageParts { readonly bound: readonly BoundField[]; readonly internal: ReadonlySet<number>; readonly agents: ReadonlyMap<number, Agent>; readonly names: ReadonlyMap<string, string>; readonly tracking: readonly string[] }

function toRecord(row: JsonObject, parts: MessageParts): SourceRecord {
  const author = typeof row['author_id'] === 'number' ? row['author_id'] : null;
  const agent = author === null ? undefined : parts.agents.get(author);
  const data: Record<string, Json> = {
    ...rowValues(parts.bound, row, parts.names),
    ticket_id: String(row['res_id']),
    kind: kindOf(row, parts),
    author_kind: agent === undefined ? (author === null && typeof row['email_from'] !== 'string' ? 'unknown' : 'customer') : agent.system ? 'system' : 'agent',
    author_name: author === null ? null : parts.names.get(`res.partner,${author}`) ?? null,
    author_user_id: agent === undefined ? null : String(agent.userId),
    tracking: parts.tracking,
    inline_attachment_ids: inlineFileIds(row['body'] ?? null),
  };
  return { object: 'message', id: String(row['id']), data, modifiedAt: modifiedAt(row), position: `mail.message ${String(row['id'])} of helpdesk.ticket ${String(row['res_id'])}` };
}

/**
 * By type and subtype: `notification` is Odoo's own log; a subtype marked internal, or none at all, is never shown to the
 * customer (odoo-facts 16).
 */
function kindOf(row: JsonObject, { internal, tracking }: MessageParts): MessageKind {
  if (tracking.length > 0) return 'tracking';
  const type = row['message_type'];
  if (type === 'notification' || type === 'auto_comment' || type === 'user_notification') return 'tracking';
  const subtype = row['subtype_id'];
  return typeof subtype !== 'number' || internal.has(subtype) ? 'note' : 'reply';
}

async function internalSubtypes({ client }: HelpDesk): Promise<ReadonlySet<number>> {
  return new Set((await client.searchRead('mail.message.subtype', [['internal', '=', true]], ['internal'])).map((row) => Number(row['id'])));
}
