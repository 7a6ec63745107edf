import type { Handler } from '../call.ts';
import type { Contact } from '../model.ts';
import { searched } from '../paging.ts';
import { invalid, Problem } from '../problem.ts';
import { demanded, testOf } from '../query.ts';
import type { Searchable } from '../query.ts';
import { contactView } from '../views/contact-view.ts';
import { isPreview } from '../versions.ts';
import type { Version } from '../versions.ts';
import type { Workspace } from '../workspace.ts';

const dates: { readonly [field: string]: (contact: Contact) => number | null } = {
  created_at: ({ createdAt }) => createdAt, updated_at: ({ updatedAt }) => updatedAt, signed_up_at: ({ signedUpAt }) => signedUpAt, last_seen_at: ({ lastSeenAt }) => lastSeenAt,
};
const plain: { readonly [field: string]: (contact: Contact) => string | boolean | null } = {
  id: ({ id }) => id, role: ({ role }) => role, name: ({ name }) => name, email: ({ email }) => email, email_domain: ({ email }) => email?.split('@')[1] ?? null, external_id: ({ externalId }) => externalId,
  phone: ({ phone }) => phone, formatted_phone: ({ phone }) => phone, owner_id: ({ ownerId }) => ownerId, unsubscribed_from_emails: ({ unsubscribed }) => unsubscribed,
};

/** The day of a moment in the workspace's calendar: `2026-06-30`. */
function dayIn(timezone: string): (seconds: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (seconds) => format.format(seconds * 1_000);
}

function searchable(workspace: Workspace, version: Version): Searchable<Contact> {
  const day = isPreview(version) ? null : dayIn(workspace.options.timezone ?? 'America/Los_Angeles');
  return {
    inclusive: false,
    day: (field) => (field in dates ? day : null),
    values: (contact, field) => {
      const [date, text] = [dates[field], plain[field]];
      if (date !== undefined) return [date(contact)];
      if (text !== undefined) return [text(contact)];
      if (field === 'tag_id') return [...contact.tags.keys()];
      return field.startsWith('custom_attributes.') ? [(contact.attributes.get(field.slice(18)) ?? null) as string | null] : null;
    },
  };
}

function sortOf(sort: unknown): ((one: Contact, other: Contact) => number) | null {
  if (sort === undefined || sort === null) return null;
  const { field, order = 'descending' } = sort as { readonly field?: string; readonly order?: string };
  if (order !== 'ascending' && order !== 'descending') throw new Problem(400, 'invalid_sort_order', `Invalid sort order '${order}'. Must be one of: ascending, descending`);
  const value = (contact: Contact): string | number => (dates[field ?? ''] ?? plain[field ?? ''] ?? (() => { throw invalid(`Cannot sort by '${field}'`); }))(contact) as string | number;
  return (one, other) => (value(one) < value(other) ? -1 : value(one) > value(other) ? 1 : one.seq - other.seq) * (order === 'ascending' ? 1 : -1);
}

/** Contacts that are new are missing for a while. */
export const searchContacts: Handler = (call) => {
  const { workspace, body, version } = call;
  const test = testOf(body['query'], searchable(workspace, version));
  const sort = sortOf(body['sort']);
  const [email, externalId] = [demanded(body['query'], 'email'), demanded(body['query'], 'external_id')];
  const ids = email !== null ? workspace.byEmail.get(email.toLowerCase()) ?? [] : externalId !== null ? workspace.byExternalId.get(externalId) ?? [] : workspace.contacts.keys();
  const now = workspace.clock.now();
  const found = [...ids].flatMap((id) => workspace.contacts.get(id) ?? []).filter((contact) => !contact.archived && contact.searchableFrom <= now && test(contact)).toReversed();
  const { items, total, pages } = searched(call, sort === null ? found : found.toSorted(sort), 50);
  return { type: 'list', data: items.map((contact) => contactView(call, contact)), total_count: total, pages };
};
