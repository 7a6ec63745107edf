import type { Call } from '../call.ts';
import type { Company, Contact, DataAttribute, Note, Tag } from '../model.ts';
import { plainObject } from './plain-object.ts';
import { atLeast } from '../versions.ts';
import type { Workspace } from '../workspace.ts';

type View = { readonly [name: string]: unknown };
/** A contact shows at most ten of each; the rest is behind the address. */
const mostEmbedded = 10;

function embedded(url: string, items: readonly View[]): View {
  return { type: 'list', data: items.slice(0, mostEmbedded), url, total_count: items.length, has_more: items.length > mostEmbedded };
}

export function contactView(call: Call, contact: Contact): View {
  const { workspace, version } = call;
  const url = `/contacts/${contact.id}`;
  const notes = workspace.notesOf.get(contact.id) ?? [];
  const owner = contact.ownerId;
  const nothing = Object.fromEntries(['last_replied_at', 'last_contacted_at', 'last_email_opened_at', 'last_email_clicked_at', 'language_override', 'browser', 'browser_version', 'browser_language', 'os',
    'android_app_name', 'android_app_version', 'android_device', 'android_os_version', 'android_sdk_version', 'android_last_seen_at',
    'ios_app_name', 'ios_app_version', 'ios_device', 'ios_os_version', 'ios_sdk_version', 'ios_last_seen_at'].map((name) => [name, null]));
  return {
    type: 'contact', id: contact.id, workspace_id: workspace.idCode, external_id: contact.externalId, role: contact.role, email: contact.email, email_domain: contact.email?.split('@')[1] ?? null,
    phone: contact.phone, name: contact.name, avatar: contact.avatar === null ? null : { type: 'avatar', image_url: contact.avatar },
    owner_id: owner === null ? null : atLeast(version, '2.16') ? owner : Number(owner),
    social_profiles: { type: 'list', data: [] }, has_hard_bounced: false, marked_email_as_spam: false, unsubscribed_from_emails: contact.unsubscribed,
    created_at: contact.createdAt, updated_at: contact.updatedAt, signed_up_at: contact.signedUpAt, last_seen_at: contact.lastSeenAt, ...nothing,
    location: { type: 'location', country: null, region: null, city: null }, custom_attributes: plainObject(contact.attributes),
    tags: embedded(`${url}/tags`, [...contact.tags.keys()].map((id) => ({ type: 'tag', id, url: `/tags/${id}` }))),
    notes: embedded(`${url}/notes`, notes.map((note) => ({ type: 'note', id: String(note.id), url: `/notes/${note.id}` }))),
    companies: embedded(`${url}/companies`, [...contact.companies].map((id) => ({ type: 'company', id, url: `/companies/${id}` }))),
    ...(atLeast(version, '2.16') ? { email_verified: contact.emailVerified } : {}),
  };
}

export const contactReference = ({ id, externalId }: Contact, more: View = {}): View => ({ type: 'contact', id, external_id: externalId, ...more });

export function tagView(tag: Tag, applied?: Readonly<{ at: number; by: string }>): View {
  return { type: 'tag', id: tag.id, name: tag.name, ...(applied === undefined ? {} : { applied_at: applied.at, applied_by: { type: 'admin', id: applied.by } }) };
}

export function visibleMembers(workspace: Workspace, company: Company): number {
  return [...company.members].filter((id) => workspace.contacts.get(id)?.archived === false).length;
}

export function companyView(workspace: Workspace, company: Company): View {
  const users = visibleMembers(workspace, company);
  return {
    type: 'company', company_id: company.companyId, id: company.id, app_id: workspace.idCode, name: company.name, remote_created_at: company.remoteCreatedAt ?? company.createdAt, created_at: company.createdAt,
    updated_at: company.updatedAt, monthly_spend: company.monthlySpend, session_count: 0, user_count: users, ...(company.size === null ? {} : { size: company.size }),
    ...(company.website === null ? {} : { website: company.website }), ...(company.industry === null ? {} : { industry: company.industry }),
    tags: { type: 'tag.list', tags: [...company.tags.keys()].map((id) => tagView(workspace.tags.get(id) ?? { id, name: '' })) }, segments: { type: 'segment.list', segments: [] },
    plan: company.plan === null ? {} : { type: 'plan', id: company.plan.toLowerCase(), name: company.plan }, custom_attributes: plainObject(company.attributes),
  };
}

export function noteView(workspace: Workspace, note: Note): View {
  const admin = workspace.admins.find(({ id }) => id === note.adminId);
  return {
    type: 'note', id: String(note.id), created_at: note.createdAt, ...(note.contact === null ? { company: { type: 'company', id: note.company } } : { contact: { type: 'contact', id: note.contact } }),
    author: { type: 'admin', id: String(note.adminId), name: admin?.name ?? '', email: admin?.email ?? '', away_mode_enabled: false, away_mode_reassign: false, has_inbox_seat: admin?.hasInboxSeat ?? false, team_ids: admin?.teamIds ?? [] },
    body: note.body,
  };
}

export function dataAttributeView(attribute: DataAttribute): View {
  return {
    type: 'data_attribute', id: attribute.id, model: attribute.model, name: attribute.name, full_name: `custom_attributes.${attribute.name}`, label: attribute.name,
    ...(attribute.description === '' ? {} : { description: attribute.description }), data_type: attribute.dataType, ...(attribute.options === null ? {} : { options: attribute.options }),
    api_writable: true, ui_writable: false, messenger_writable: attribute.messengerWritable, custom: true, archived: attribute.archived, admin_id: String(attribute.adminId), created_at: attribute.createdAt, updated_at: attribute.updatedAt,
  };
}
