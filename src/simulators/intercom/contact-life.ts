import { Problem } from './problem.ts';
import type { Contact } from './model.ts';
import { reindex } from './workspace.ts';
import type { Workspace } from './workspace.ts';

/** Contacts that a development workspace holds. */
const developmentCap = 20;

/**
 * Refuses a user whose external id or address another user has, archived ones included. Leads may share addresses.
 * @throws Problem 409: the id of the other one stands in the text and nowhere else
 */
export function refuseTwin(workspace: Workspace, wanted: Readonly<{ role: Contact['role']; email: string | null; externalId: string | null }>, self: string | null): void {
  const ids = [...(wanted.externalId === null ? [] : workspace.byExternalId.get(wanted.externalId) ?? []), ...(wanted.email === null || wanted.role === 'lead' ? [] : workspace.byEmail.get(wanted.email.toLowerCase()) ?? [])];
  const twins = ids.flatMap((id) => workspace.contacts.get(id) ?? []).filter((contact) => contact.id !== self && (contact.role === 'user' || contact.mergedInto !== null)); // what was merged away still holds its key
  const twin = twins.find(({ archived }) => !archived) ?? twins[0];
  if (twin === undefined) return;
  throw new Problem(409, 'conflict', `${twin.archived ? 'An archived' : 'A'} contact matching those details already exists with id=${twin.id}`);
}

/** A contact that goes, by deletion or into the archive, takes its conversations along. */
function dropConversations(workspace: Workspace, contact: Contact): void {
  for (const id of workspace.conversationsOf.get(contact.id) ?? []) {
    const conversation = workspace.conversations.get(Number(id));
    if (conversation !== undefined && conversation.contacts.every((member) => member === contact.id || workspace.contacts.get(member)?.archived !== false)) conversation.deletedAt ??= workspace.now;
  }
}

export function archive(workspace: Workspace, contact: Contact): void {
  contact.archived = true;
  contact.updatedAt = workspace.now;
  dropConversations(workspace, contact);
}

/** @throws Problem 400 where the contact became part of another */
export function unarchive(workspace: Workspace, contact: Contact): void {
  if (contact.mergedInto !== null) throw new Problem(400, 'client_error', 'User has been merged and is not restorable.');
  contact.archived = false;
  contact.updatedAt = workspace.now;
}

export function destroy(workspace: Workspace, contact: Contact): void {
  dropConversations(workspace, contact);
  reindex(workspace.byEmail, contact.id, contact.email?.toLowerCase() ?? null, null);
  reindex(workspace.byExternalId, contact.id, contact.externalId, null);
  for (const id of contact.companies) workspace.companies.get(id)?.members.delete(contact.id);
  workspace.contacts.delete(contact.id);
}

/** In a development workspace the oldest contacts above the cap are archived by themselves. */
function keepCap(workspace: Workspace): void {
  if (workspace.options.development !== true) return;
  const active = [...workspace.contacts.values()].filter(({ archived }) => !archived);
  for (const contact of active.slice(0, Math.max(0, active.length - developmentCap))) archive(workspace, contact);
}

type NewContact = Readonly<{ role: Contact['role']; email: string | null; externalId: string | null; name: string | null }>;

export function makeContact(workspace: Workspace, { role, email, externalId, name }: NewContact): Contact {
  const seq = workspace.count('record');
  const { now } = workspace;
  const contact: Contact = {
    id: workspace.objectId(seq), seq, role, externalId, email, emailVerified: false, phone: null, name, avatar: null, ownerId: null, unsubscribed: false, signedUpAt: null, lastSeenAt: null,
    createdAt: now, updatedAt: now, searchableFrom: workspace.searchableFrom, attributes: new Map(), tags: new Map(), companies: new Set(), archived: false, blocked: false, mergedInto: null,
  };
  workspace.contacts.set(contact.id, contact);
  reindex(workspace.byEmail, contact.id, null, email?.toLowerCase() ?? null);
  reindex(workspace.byExternalId, contact.id, null, externalId);
  keepCap(workspace);
  return contact;
}
