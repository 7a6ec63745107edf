import type { Handler } from '../call.ts';
import type { Conversation } from '../model.ts';
import { searched } from '../paging.ts';
import { demanded, testOf } from '../query.ts';
import type { Searchable } from '../query.ts';
import { plainText } from '../text.ts';
import { conversationView } from '../views/thread-view.ts';
import type { Workspace } from '../workspace.ts';

type Read = (conversation: Conversation) => readonly (string | number | boolean | null)[];

const fields: { readonly [field: string]: Read } = {
  id: ({ id }) => [String(id)], created_at: ({ createdAt }) => [createdAt], updated_at: ({ updatedAt }) => [updatedAt], open: ({ state }) => [state !== 'closed'], state: ({ state }) => [state], read: ({ read }) => [read],
  waiting_since: ({ waitingSince }) => [waitingSince], snoozed_until: ({ snoozedUntil }) => [snoozedUntil], priority: ({ priority }) => [priority],
  contact_ids: ({ contacts }) => contacts, tag_ids: ({ tags }) => [...tags.keys()], admin_assignee_id: ({ adminAssignee }) => [adminAssignee], team_assignee_id: ({ teamAssignee }) => [teamAssignee],
  teammate_ids: ({ parts }) => parts.flatMap(({ author }) => (author.type === 'admin' ? [author.id] : [])),
  'source.id': ({ source }) => [String(source.id)], 'source.type': () => ['conversation'], 'source.delivered_as': () => ['customer_initiated'], 'source.subject': ({ source }) => [source.subject], 'source.url': () => [null],
  'source.body': ({ source }) => [plainText(source.body)], 'source.author.id': ({ source }) => [source.author.id], 'source.author.type': ({ source }) => [source.author.type],
  'source.author.name': ({ source }) => [source.author.name], 'source.author.email': ({ source }) => [source.author.email],
  'statistics.count_conversation_parts': ({ parts }) => [parts.length],
};

function searchable({ unknowns }: Workspace): Searchable<Conversation> {
  return {
    inclusive: true, day: () => null,
    values: (conversation, field) => fields[field]?.(conversation)
      ?? (field.startsWith('custom_attributes.') && unknowns.conversationSearchByAttribute === 'works' ? [(conversation.attributes.get(field.slice(18)) ?? null) as string | null] : null),
  };
}

/** Conversations that are new are missing for a while. */
export const searchConversations: Handler = (call) => {
  const { workspace, body } = call;
  const test = testOf(body['query'], searchable(workspace));
  const contact = demanded(body['query'], 'contact_ids');
  const ids = contact === null ? workspace.conversations.keys() : workspace.conversationsOf.get(contact) ?? [];
  const now = workspace.clock.now();
  const found = [...ids].flatMap((id) => workspace.conversations.get(id) ?? []).filter((conversation) => conversation.deletedAt === null && conversation.searchableFrom <= now && test(conversation));
  const { items, total, pages } = searched(call, found.toSorted((one, other) => other.seq - one.seq), 20);
  return { type: 'conversation.list', pages, total_count: total, conversations: items.map((conversation) => conversationView(call, conversation, false)) };
};
