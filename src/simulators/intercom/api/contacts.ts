import { customAttributes } from '../attributes.ts';
import { optionalFlag, optionalNumber, optionalText, param, text } from '../call.ts';
import type { Body, Call, Handler } from '../call.ts';
import { archive, destroy, makeContact, refuseTwin, unarchive } from '../contact-life.ts';
import type { Contact } from '../model.ts';
import { listed } from '../paging.ts';
import { invalid, notFound, Problem } from '../problem.ts';
import { adminOf, contactOf, findContact } from '../records.ts';
import { contactReference, contactView } from '../views/contact-view.ts';
import { atLeast } from '../versions.ts';
import { reindex } from '../workspace.ts';
import type { Workspace } from '../workspace.ts';

const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const telephone = /^\+?[\d\s().-]{5,25}$/;

function roleOf(body: Body, before: Contact['role'] | null): Contact['role'] {
  const role = optionalText(body, 'role') ?? before ?? 'user';
  if (role !== 'user' && role !== 'lead') throw invalid(`role '${role}' is not valid`);
  return role;
}

function emailOf(body: Body, before: string | null): string | null {
  if (!('email' in body)) return before;
  const email = optionalText(body, 'email');
  if (email !== null && !address.test(email)) throw invalid('email is invalid');
  return email;
}

function phoneOf(workspace: Workspace, body: Body, before: string | null): string | null {
  if (!('phone' in body)) return before;
  const phone = optionalText(body, 'phone');
  if (phone === null || telephone.test(phone) || workspace.unknowns.invalidPhone === 'stored') return phone;
  if (workspace.unknowns.invalidPhone === 'rejected') throw invalid('phone is invalid');
  return before;
}

interface Changes {
  readonly role: Contact['role'];
  readonly email: string | null;
  readonly externalId: string | null;
  readonly apply: (contact: Contact) => void;
}

/** Reads and checks everything before anything is changed. */
function changesOf(call: Call, before: Contact | null): Changes {
  const { body, workspace, version } = call;
  const [role, email, phone] = [roleOf(body, before?.role ?? null), emailOf(body, before?.email ?? null), phoneOf(workspace, body, before?.phone ?? null)];
  const externalId = 'external_id' in body ? optionalText(body, 'external_id') : before?.externalId ?? null;
  const verified = atLeast(version, '2.16') ? optionalFlag(body, 'email_verified') : null;
  if (verified !== null && optionalText(body, 'email') === null) throw invalid('email_verified can only be set together with email');
  const owner = optionalText(body, 'owner_id');
  if (owner !== null) adminOf(workspace, owner);
  const [name, avatar, unsubscribed] = [optionalText(body, 'name'), body['avatar'], optionalFlag(body, 'unsubscribed_from_emails')];
  const [signedUp, lastSeen] = [optionalNumber(body, 'signed_up_at'), optionalNumber(body, 'last_seen_at')];
  const attributes = customAttributes(workspace, 'contact', body);
  refuseTwin(workspace, { role, email, externalId }, before?.id ?? null);
  return {
    role, email, externalId,
    apply: (contact) => {
      reindex(workspace.byEmail, contact.id, contact.email?.toLowerCase() ?? null, email?.toLowerCase() ?? null);
      reindex(workspace.byExternalId, contact.id, contact.externalId, externalId);
      Object.assign(contact, { role, email, externalId, phone, updatedAt: workspace.now });
      if ('name' in body) contact.name = name;
      if (typeof avatar === 'string') contact.avatar = avatar;
      if (verified !== null) contact.emailVerified = verified;
      if ('owner_id' in body) contact.ownerId = owner;
      if (unsubscribed !== null) contact.unsubscribed = unsubscribed;
      if ('signed_up_at' in body) contact.signedUpAt = signedUp;
      if ('last_seen_at' in body) contact.lastSeenAt = lastSeen;
      for (const [attribute, value] of attributes) {
        if (value === null) contact.attributes.delete(attribute);
        else contact.attributes.set(attribute, value);
      }
    },
  };
}

export const createContact: Handler = (call) => {
  const { body, workspace } = call;
  if (body['email'] === undefined && body['external_id'] === undefined && body['role'] === undefined) throw invalid('One of email, external_id or role is required');
  const { role, email, externalId, apply } = changesOf(call, null);
  const contact = makeContact(workspace, { role, email, externalId, name: null });
  apply(contact);
  return contactView(call, contact);
};

export const updateContact: Handler = (call) => {
  const contact = contactOf(call.workspace, call.version, param(call, 'id'));
  changesOf(call, contact).apply(contact);
  return contactView(call, contact);
};

export const getContact: Handler = (call) => contactView(call, contactOf(call.workspace, call.version, param(call, 'id')));

/** Users only: a lead with that external id is not found. */
export const findByExternalId: Handler = (call) => {
  const contact = findContact(call.workspace, 'externalId', param(call, 'external_id'));
  if (contact === null || contact.role !== 'user') throw notFound('User Not Found');
  return contactView(call, contactOf(call.workspace, call.version, contact.id));
};

export const listContacts: Handler = (call) => {
  const contacts = [...call.workspace.contacts.values()].filter(({ archived }) => !archived).toReversed();
  const { items, total, pages } = listed(call, contacts, 50);
  return { type: 'list', data: items.map((contact) => contactView(call, contact)), total_count: total, pages };
};

export const deleteContact: Handler = (call) => {
  const contact = contactOf(call.workspace, call.version, param(call, 'id'));
  destroy(call.workspace, contact);
  return contactReference(contact, { deleted: true });
};

export const archiveContact: Handler = (call) => {
  const contact = contactOf(call.workspace, call.version, param(call, 'id'));
  archive(call.workspace, contact);
  return contactReference(contact, { archived: true });
};

export const unarchiveContact: Handler = ({ workspace, params }) => {
  const contact = workspace.contacts.get(params['id'] ?? '');
  if (contact === undefined) throw notFound('User Not Found');
  unarchive(workspace, contact);
  return contactReference(contact, { archived: false });
};

export const blockContact: Handler = (call) => {
  const contact = contactOf(call.workspace, call.version, param(call, 'id'));
  contact.blocked = true;
  archive(call.workspace, contact);
  return contactReference(contact, { blocked: true });
};

/** A lead goes into a user, for good; two users never merge. From 2.16 on they must be duplicates, unless told otherwise. */
export const mergeContacts: Handler = (call) => {
  const { workspace, body, version } = call;
  const [from, into] = [contactOf(workspace, version, text(body, 'from')), contactOf(workspace, version, text(body, 'into'))];
  if (from.role !== 'lead' || into.role !== 'user') throw new Problem(400, 'invalid_merge', 'Contacts can only be merged from a lead into a user.');
  const duplicate = (from.email !== null && from.email.toLowerCase() === into.email?.toLowerCase()) || (from.phone !== null && from.phone === into.phone);
  if (!duplicate && atLeast(version, '2.16') && body['skip_duplicate_validation'] !== true) {
    throw new Problem(400, 'invalid_merge', 'Contacts can only be merged when they are duplicates (matching email or phone). Pass skip_duplicate_validation=true to override this check.');
  }
  from.mergedInto = into.id;
  from.archived = true;
  const ids = workspace.conversationsOf.get(into.id) ?? new Set<number>();
  for (const id of workspace.conversationsOf.get(from.id) ?? []) {
    const contacts = workspace.conversations.get(id)?.contacts;
    contacts?.splice(contacts.indexOf(from.id), 1, into.id);
    ids.add(id);
  }
  workspace.conversationsOf.set(into.id, ids);
  workspace.conversationsOf.delete(from.id);
  return contactView(call, into);
};
