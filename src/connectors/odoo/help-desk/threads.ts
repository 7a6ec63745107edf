import type { Json, JsonObject } from '../../../connector/json.ts';
import { inlineFileIds } from './row-values.ts';
import { idsAfter, type HelpDesk } from './desk.ts';

/** Tickets whose messages are asked for together: 50 is what an Odoo with long threads answers within its time limit. */
const ticketsPerChunk = 50;

/** Where reading stands within chunks of tickets: all of the tickets up to `ticket` are done, of the next chunk the items up to `item`. */
export interface ThreadCursor { readonly ticket: number; readonly item: number }

export const threadStart: ThreadCursor = { ticket: 0, item: 0 };

export function isThreadCursor(cursor: Json): cursor is Json & ThreadCursor & JsonObject {
  return typeof cursor === 'object' && cursor !== null && !Array.isArray(cursor) && typeof (cursor as JsonObject)['ticket'] === 'number' && typeof (cursor as JsonObject)['item'] === 'number';
}

/** The next tickets after an id. Empty = there are none. */
export function nextTickets(desk: HelpDesk, after: number): Promise<readonly number[]> {
  return idsAfter(desk.client, 'helpdesk.ticket', [], after, ticketsPerChunk);
}

/** Files that belong to these tickets: their own, and those that their messages carry or show. Ticket and message by file id. */
export interface OwnedFile { readonly ticketId: number; readonly messageId: number | null; readonly inline: boolean }

/**
 * Finds the files of a chunk of tickets. A file counts once, for the ticket it hangs on; one that hangs elsewhere but is shown
 * or carried here counts for the first ticket that does so.
 */
export async function ownedFiles(desk: HelpDesk, tickets: readonly number[]): Promise<ReadonlyMap<number, OwnedFile>> {
  const owned = new Map<number, OwnedFile>();
  const claim = (id: number, file: OwnedFile): void => {
    const known = owned.get(id);
    if (known === undefined) owned.set(id, file);
    else if (known.messageId === null && file.messageId !== null) owned.set(id, { ...file, inline: known.inline || file.inline });
    else if (file.inline && !known.inline) owned.set(id, { ...known, inline: true });
  };
  const ids = [...tickets];
  const own = await desk.client.searchRead('ir.attachment', [['res_model', '=', 'helpdesk.ticket'], ['res_id', 'in', ids]], ['res_id']);
  for (const row of own) claim(Number(row['id']), { ticketId: Number(row['res_id']), messageId: null, inline: false });
  for (const row of await desk.client.searchRead('helpdesk.ticket', [['id', 'in', ids]], ['description'])) {
    for (const id of inlineFileIds(row['description'] ?? null)) claim(Number(id), { ticketId: Number(row['id']), messageId: null, inline: true });
  }
  const messages = await desk.client.searchRead('mail.message', [['model', '=', 'helpdesk.ticket'], ['res_id', 'in', ids], '|', ['attachment_ids', '!=', false], ['body', 'like', '/web/']], ['res_id', 'attachment_ids', 'body']);
  for (const row of messages) {
    const place = { ticketId: Number(row['res_id']), messageId: Number(row['id']) };
    for (const id of Array.isArray(row['attachment_ids']) ? row['attachment_ids'] : []) claim(Number(id), { ...place, inline: false });
    for (const id of inlineFileIds(row['body'] ?? null)) claim(Number(id), { ...place, inline: true });
  }
  return owned;
}
