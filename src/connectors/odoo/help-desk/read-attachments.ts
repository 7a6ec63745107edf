import type { FileValue } from '../../../connector/file-value.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { SourcePage, SourceRecord } from '../../../connector/source.ts';
import { boundFields, type BoundField, type HelpDesk } from './desk.ts';
import type { HelpDeskObject } from './objects.ts';
import { readInHalves } from './read-in-halves.ts';
import { modifiedAt, readRows, rejection } from './read-objects.ts';
import { rowValues } from './row-values.ts';
import { nextTickets, ownedFiles, type OwnedFile, type ThreadCursor } from './threads.ts';

/** What tells a file apart without its bytes. */
const told = ['res_model', 'res_id', 'checksum', 'file_size', 'mimetype', 'name', 'type'] as const;

/** Files of tickets and their messages, described but not read: the bytes come by `openFile`, one file at a time. */
export async function* readAttachments(desk: HelpDesk, object: HelpDeskObject, params: Readonly<{ cursor: ThreadCursor; pageSize: number }>): AsyncGenerator<SourcePage> {
  const bound = await boundFields(desk, object);
  let { ticket, item } = params.cursor;
  for (let tickets = await nextTickets(desk, ticket); ;) {
    const owned = tickets.length === 0 ? new Map<number, OwnedFile>() : await ownedFiles(desk, tickets);
    const foreign = await foreignFiles(desk, tickets, owned);
    const ids = [...owned.keys()].filter((id) => !foreign.has(id)).sort((left, right) => left - right);
    for (;;) {
      const page = ids.filter((id) => id > item).slice(0, params.pageSize);
      const { rows, unreadable } = await readInHalves(page, (some) => readRows(desk, 'ir.attachment', bound, some, told));
      const records = rows.map((row) => toRecord(bound, row, owned.get(Number(row['id']))));
      item = page.at(-1) ?? item;
      const more = ids.some((id) => id > item);
      if (!more) {
        ticket = tickets.at(-1) ?? ticket;
        item = 0;
        tickets = tickets.length === 0 ? [] : await nextTickets(desk, ticket);
      }
      const last = !more && tickets.length === 0;
      if (last || records.length + unreadable.length > 0) yield { records, rejected: unreadable.map((one) => rejection(object.name, 'ir.attachment', one.id, one.reason)), cursor: last ? null : { ticket, item } };
      if (last) return;
      if (!more) break;
    }
  }
}

/** Files that hang on a ticket of another chunk (a forwarded one): they are read there. */
async function foreignFiles(desk: HelpDesk, tickets: readonly number[], owned: ReadonlyMap<number, OwnedFile>): Promise<ReadonlySet<number>> {
  if (owned.size === 0) return new Set();
  const rows = await desk.client.searchRead('ir.attachment', [['id', 'in', [...owned.keys()]], ['res_model', '=', 'helpdesk.ticket'], ['res_id', 'not in', [...tickets]]], ['res_id']);
  return new Set(rows.map((row) => Number(row['id'])));
}

function toRecord(bound: readonly BoundField[], row: JsonObject, owner: OwnedFile | undefined): SourceRecord {
  const id = String(row['id']);
  const ticketId = owner === undefined ? null : String(owner.ticketId);
  const data: Record<string, Json> = {
    ...rowValues(bound, row, new Map()),
    ticket_id: ticketId, message_id: owner?.messageId === null || owner === undefined ? null : String(owner.messageId), inline: owner?.inline === true,
    sha1: typeof row['checksum'] === 'string' ? row['checksum'] : null, content: contentOf(row) as Json,
  };
  // A file that hangs elsewhere may be shown by tickets of several chunks: it is a record of each.
  const own = row['res_model'] === 'helpdesk.ticket';
  return { object: 'attachment', id: own ? id : `${ticketId ?? ''}-${id}`, data, modifiedAt: modifiedAt(row), position: `ir.attachment ${id}` };
}

/** Null for a link (type url) and for a file whose content is not stored. */
function contentOf(row: JsonObject): FileValue | null {
  const { type, checksum, file_size: size, name, mimetype } = row;
  if (type !== 'binary' || typeof checksum !== 'string' || typeof size !== 'number') return null;
  return { $file: `ir.attachment/${String(row['id'])}`, name: String(name), mimeType: typeof mimetype === 'string' ? mimetype : null, size, sha1: checksum, sha256: null };
}
