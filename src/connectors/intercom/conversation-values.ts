import type { Json, JsonObject } from '../../connector/json.ts';
import { textOfBody } from './body-text.ts';
import { fromUnix, idOf, listIn, objectIn, textOf } from './values.ts';

/** A conversation as Intercom answers it, whole or from a reply. */
export interface Conversation {
  readonly id: string;
  readonly raw: JsonObject;
  readonly parts: readonly JsonObject[]; // at most the 500 newest
  readonly totalParts: number;
}

export function conversationIn(raw: JsonObject): Conversation {
  const parts = objectIn(raw['conversation_parts']);
  const list = listIn(parts['conversation_parts']);
  return { id: String(raw['id']), raw, parts: list, totalParts: typeof parts['total_count'] === 'number' ? parts['total_count'] : list.length };
}

/** Bodies as plain text: Intercom gives them as HTML, whatever went in. */
export function bodyIn(row: JsonObject): string | null {
  const html = textOf(row['body']);
  return html === null ? null : textOfBody(html);
}

/** The first message: who wrote it, when, what. */
export function openingValues({ raw }: Conversation): JsonObject {
  const source = objectIn(raw['source']);
  return { contact_id: idOf(objectIn(source['author'])['id']), body: bodyIn(source), created_at: fromUnix(raw['created_at']) };
}

/** What is set on a conversation as a whole. Attributes stand under their names. */
export function settingValues({ raw }: Conversation, attributes: readonly string[]): Record<string, Json> {
  const custom = objectIn(raw['custom_attributes']);
  return {
    title: textOf(raw['title']), company_id: idOf(objectIn(raw['company'])['id']), state: textOf(raw['state']), snoozed_until: fromUnix(raw['snoozed_until']), native_priority: textOf(raw['priority']),
    admin_assignee_id: idOf(raw['admin_assignee_id']), team_assignee_id: idOf(raw['team_assignee_id']),
    participant_ids: listIn(objectIn(raw['contacts'])['contacts']).map((contact) => String(contact['id'])).toSorted(),
    tag_ids: listIn(objectIn(raw['tags'])['tags']).map((tag) => String(tag['id'])).toSorted(),
    ...Object.fromEntries(attributes.map((name) => [name, custom[name] ?? null])),
  };
}

/** Comments come back as `comment`, or as `open` where they reopened the conversation; notes as `note`. */
export function partKind(part: JsonObject): 'comment' | 'note' | 'system' {
  const type = part['part_type'];
  if (type === 'note') return 'note';
  return type === 'comment' || (type === 'open' && textOf(part['body']) !== null) ? 'comment' : 'system';
}

export function partValues(conversationId: string, part: JsonObject): Record<string, Json> {
  const author = objectIn(part['author']);
  const byAdmin = author['type'] === 'admin' || author['type'] === 'bot';
  return {
    conversation_id: conversationId, kind: partKind(part), body: bodyIn(part), created_at: fromUnix(part['created_at']),
    contact_id: byAdmin ? null : idOf(author['id']), admin_id: byAdmin ? idOf(author['id']) : null,
  };
}

/**
 * Who made the last change of a conversation or ticket, as far as Intercom shows it: the author of the newest part, where that part
 * is what moved `updated_at`. Null = the change left no part (an attribute), so nobody is named for it.
 */
export function lastActor(raw: JsonObject, parts: readonly JsonObject[]): string | null {
  const newest = parts.toSorted((left, right) => Number(left['created_at'] ?? 0) - Number(right['created_at'] ?? 0)).at(-1);
  if (newest === undefined || Number(newest['created_at'] ?? 0) < Number(raw['updated_at'] ?? 0)) return null;
  return textOf(objectIn(newest['author'])['name']);
}

/** Author and time of a part, for the list of what hangs on a record. */
export function madeBy(part: JsonObject): { readonly by?: string; readonly at?: string } {
  const [by, at] = [textOf(objectIn(part['author'])['name']), fromUnix(part['created_at'])];
  return { ...(by === null ? {} : { by }), ...(typeof at === 'string' ? { at } : {}) };
}
