import { notFound, Problem } from './problem.ts';
import type { Admin, Company, Contact, Conversation, Tag, Team, Thread, Ticket } from './model.ts';
import { atLeast } from './versions.ts';
import type { Version } from './versions.ts';
import type { Workspace } from './workspace.ts';

/** Looking records up, with the refusals for those that are not there. */

/** @throws Problem 404, from 2.16 on 410 with the way to the contact that it became part of */
export function contactOf(workspace: Workspace, version: Version, id: string): Contact {
  const contact = workspace.contacts.get(id);
  if (contact === undefined) throw notFound('User Not Found');
  if (contact.mergedInto === null) return contact;
  if (!atLeast(version, '2.16')) throw notFound('User Not Found');
  throw new Problem(410, 'contact_merged', "This contact has been merged. See the 'Link' header for the canonical contact.", { headers: { Link: `</contacts/${contact.mergedInto}>; rel="canonical"` } });
}

export function companyOf(workspace: Workspace, id: string): Company {
  const company = workspace.companies.get(id);
  if (company === undefined || isGone(workspace, company)) throw notFound('Company Not Found', 'company_not_found');
  return company;
}

/** A deletion takes effect a little after it was asked for. */
export const isGone = (workspace: Workspace, company: Company): boolean => company.goneFrom !== null && company.goneFrom <= workspace.clock.now();

export function conversationOf(workspace: Workspace, id: string): Conversation {
  const conversation = id === 'last' ? [...workspace.conversations.values()].findLast(({ deletedAt }) => deletedAt === null) : workspace.conversations.get(Number(id));
  if (conversation === undefined || conversation.deletedAt !== null) throw notFound();
  return conversation;
}

export function ticketOf(workspace: Workspace, id: string): Ticket {
  const ticket = workspace.tickets.get(Number(id));
  if (ticket === undefined || ticket.deletedAt !== null) throw notFound('Ticket not found', 'ticket_not_found');
  return ticket;
}

/** The teammate that acts. */
export function adminOf(workspace: Workspace, id: string): Admin {
  const admin = workspace.admins.find((one) => String(one.id) === id);
  if (admin === undefined) throw notFound('Admin not found', 'admin_not_found');
  return admin;
}

export function teamOf(workspace: Workspace, id: string): Team {
  const team = workspace.teams.find((one) => String(one.id) === id);
  if (team === undefined) throw notFound('Team not found', 'team_not_found');
  return team;
}

export function tagOf(workspace: Workspace, id: string): Tag {
  const tag = workspace.tags.get(id);
  if (tag === undefined) throw notFound();
  return tag;
}

/** A user by address or external id, a lead by address: the first that is not archived. */
export function findContact(workspace: Workspace, by: 'email' | 'externalId', value: string): Contact | null {
  const ids = by === 'email' ? workspace.byEmail.get(value.toLowerCase()) : workspace.byExternalId.get(value);
  for (const id of ids ?? []) {
    const contact = workspace.contacts.get(id);
    if (contact !== undefined && !contact.archived) return contact;
  }
  return null;
}

export function touch(workspace: Workspace, thread: Thread): void {
  thread.updatedAt = workspace.now;
}
