import type { Json, JsonObject } from '../../../connector/json.ts';
import { ticketMessages, type HelpDesk } from './desk.ts';

/** Files listed of one kind at most: a list for people, not records. */
const MOST = 2_000;
/** Messages with files that are looked through for files that hang elsewhere; more would make discovery as long as an extraction. */
const MOST_MESSAGES = 20_000;
/** Ids per look at the files of messages; from 1,000 on Odoo gains nothing more (measured on 17). */
const idsPerCall = 1_000;
/** Files from this size on are listed one by one (5 MB). */
const LARGE = 5 * 1024 * 1024;
/** Endings of programs and scripts, which mail systems and virus scans hold back. */
const RISKY = ['exe', 'bat', 'cmd', 'com', 'scr', 'js', 'vbs', 'msi', 'jar', 'ps1'] as const;

/** The kinds that plans ask about, as the server is asked and as a row is judged. */
const kinds: readonly Readonly<{ fact: 'largeFiles' | 'riskyFiles' | 'linkedFiles'; domain: readonly Json[]; is: (row: JsonObject) => boolean }>[] = [
  { fact: 'largeFiles', domain: [['file_size', '>', LARGE]], is: (row) => Number(row['file_size'] ?? 0) > LARGE },
  { fact: 'riskyFiles', domain: [...RISKY.slice(1).map(() => '|'), ...RISKY.map((ending): Json => ['name', '=ilike', `%.${ending}`])], is: (row) => RISKY.some((ending) => String(row['name']).toLowerCase().endsWith(`.${ending}`)) },
  { fact: 'linkedFiles', domain: [['type', '=', 'url']], is: (row) => row['type'] === 'url' },
];
const told = ['name', 'file_size', 'type', 'res_model', 'res_id'] as const;

/**
 * How many files hang on tickets and their messages, and, one by one, the large, risky and linked ones among them. A message may carry
 * files that hang elsewhere (on the message itself, on a mail that was forwarded): they move too, so they count and are listed.
 * What only the text of a message shows is known when every message was read. `cut` names the lists that hold back some.
 */
export async function listedFiles(desk: HelpDesk): Promise<JsonObject> {
  const onTickets = await desk.client.read('ir.attachment', 'search_count', { domain: [...ofTickets] }) as number;
  const carried = await carriedFiles(desk);
  const cut: string[] = [];
  const lists: Record<string, Json> = {};
  for (const { fact, domain, is } of kinds) {
    const rows = await desk.client.read('ir.attachment', 'search_read', { domain: [...ofTickets, ...domain], fields: [...told], order: 'file_size desc, id', limit: MOST + 1 }) as readonly JsonObject[];
    const own = rows.map((row) => listed(row, String(row['res_id'])));
    const others = carried.files.filter(({ row }) => is(row)).map(({ row, ticket }) => listed(row, ticket));
    const all = [...own, ...others].toSorted((left, right) => right.size - left.size);
    if (all.length > MOST || !carried.complete) cut.push(fact);
    lists[fact] = all.slice(0, MOST);
  }
  return { ...lists, filesCut: cut, files: { counted: onTickets + carried.files.length, complete: carried.complete } };
}

const ofTickets: readonly Json[] = [['res_model', '=', 'helpdesk.ticket'], ['res_id', '!=', 0]];

interface ListedFile extends JsonObject { readonly id: string; readonly name: string; readonly size: number; readonly type: string; readonly ticket: string }

/** Under the id by which the file is read as a record (`readAttachments`). */
function listed(row: JsonObject, ticket: string): ListedFile {
  return { id: row['res_model'] === 'helpdesk.ticket' ? String(row['id']) : `${ticket}-${String(row['id'])}`, name: String(row['name']), size: Number(row['file_size'] ?? 0), type: String(row['type']), ticket };
}

/** Files that messages of tickets carry and that hang on something else, each once for its first ticket. */
async function carriedFiles({ client }: HelpDesk): Promise<{ readonly files: readonly Readonly<{ row: JsonObject; ticket: string }>[]; readonly complete: boolean }> {
  const messages = await client.searchRead('mail.message', [...ticketMessages, ['attachment_ids', '!=', false]], ['res_id', 'attachment_ids'], { limit: MOST_MESSAGES + 1 });
  const ticketOf = new Map<number, string>();
  for (const message of messages.slice(0, MOST_MESSAGES)) {
    for (const id of Array.isArray(message['attachment_ids']) ? message['attachment_ids'] : []) if (!ticketOf.has(Number(id))) ticketOf.set(Number(id), String(message['res_id']));
  }
  const ids = [...ticketOf.keys()];
  const files: { row: JsonObject; ticket: string }[] = [];
  for (let at = 0; at < ids.length; at += idsPerCall) {
    const rows = await client.searchRead('ir.attachment', [['id', 'in', ids.slice(at, at + idsPerCall)], '|', ['res_model', '!=', 'helpdesk.ticket'], ['res_id', '=', 0]], told);
    files.push(...rows.map((row) => ({ row, ticket: ticketOf.get(Number(row['id'])) ?? '' })));
  }
  return { files, complete: messages.length <= MOST_MESSAGES };
}
