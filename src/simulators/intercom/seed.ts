import { findOrMakeTag } from './api/tags.ts';
import { makeConversation } from './api/conversations.ts';
import { makeContact } from './contact-life.ts';
import { randomFrom } from './random.ts';
import { addPart, byAdmin } from './thread-parts.ts';
import type { Workspace } from './workspace.ts';

const usualAdmins = [{ name: 'Ada Lindqvist', email: 'ada@support.example' }, { name: 'Bruno Okafor', email: 'bruno@support.example' }, { name: 'Celine Moreau', email: 'celine@support.example' }];
const usualTeams = [{ name: 'Support', members: ['ada@support.example', 'bruno@support.example'] }, { name: 'Billing', members: ['celine@support.example'] }];
const firstNames = ['Noor', 'Theo', 'Marit', 'Ilse', 'Kofi', 'Rafa', 'Suki', 'Yara'];
const lastNames = ['Vandermeer', 'Osei', 'Takeda', 'Brandt', 'Quiroga', 'Lindholm', 'Achterberg'];
const questions = ['Where is my order?', 'The invoice has a wrong address.', 'I cannot log in any more.', 'Do you ship to islands?'];

function seedPeople(workspace: Workspace): void {
  const { admins = usualAdmins, teams = usualTeams, tokenAdmin, timezone } = workspace.options;
  for (const [index, admin] of admins.entries()) workspace.admins.push({ id: 991_267_459 + index, name: admin.name, email: admin.email, hasInboxSeat: !('hasInboxSeat' in admin) || admin.hasInboxSeat !== false, teamIds: [] });
  for (const [index, team] of teams.entries()) {
    const members = workspace.admins.filter(({ email }) => (team.members ?? []).includes(email));
    workspace.teams.push({ id: 5_017_691 + index, name: team.name, adminIds: members.map(({ id }) => id) });
    for (const member of members) member.teamIds.push(5_017_691 + index);
  }
  workspace.tokenAdmin = workspace.admins.find(({ email }) => email === tokenAdmin) ?? workspace.admins[0] ?? null;
  if (workspace.tokenAdmin === null) throw new Error('a workspace needs at least one admin: the one that the token belongs to');
  new Intl.DateTimeFormat('en', { timeZone: timezone ?? 'UTC' }).format(0); // a RangeError names a zone that does not exist
}

/** What stands in a workspace before anybody comes with an import. */
export function seed(workspace: Workspace): void {
  const random = randomFrom(workspace.options.seed ?? 1);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  seedPeople(workspace);
  const states = [['submitted', 'Submitted', 'Submitted'], ['in_progress', 'In progress', 'In progress'], ['waiting_on_customer', 'Waiting on customer', 'Waiting on you'], ['resolved', 'Resolved', 'Resolved']] as const;
  for (const [index, [category, internal, external]] of states.entries()) workspace.ticketStates.push({ id: String(8_269 + index), category, internal, external });
  for (const [index, role] of (['user', 'lead'] as const).entries()) workspace.segments.push({ id: workspace.objectId(900_000 + index), name: role === 'user' ? 'Active users' : 'New leads', role, createdAt: workspace.now });
  for (const name of workspace.options.tags ?? []) findOrMakeTag(workspace, name);
  const { contacts = 0, companies = 0, conversations = 0 } = workspace.options.existing ?? {};
  const people = Array.from({ length: contacts }, (_, index) => {
    const [first, last] = [pick(firstNames), pick(lastNames)];
    return makeContact(workspace, { role: random() < 0.85 ? 'user' : 'lead', email: `${first}.${last}.${index + 1}@existing.example`.toLowerCase(), externalId: random() < 0.5 ? `app-${index + 1}` : null, name: `${first} ${last}` });
  });
  for (let index = 0; index < companies; index += 1) {
    const seq = workspace.count('record');
    const company = { id: workspace.objectId(seq), seq, companyId: `existing-${index + 1}`, name: `${pick(lastNames)} ${index + 1}`, plan: null, size: null, website: null, industry: null, monthlySpend: 0, remoteCreatedAt: null,
      createdAt: workspace.now, updatedAt: workspace.now, attributes: new Map<string, unknown>(), tags: new Map(), members: new Set<string>(), goneFrom: null };
    workspace.companies.set(company.id, company);
    const member = people.length > 0 ? pick(people) : null;
    member?.companies.add(company.id);
    if (member !== null) company.members.add(member.id);
  }
  for (let index = 0; index < conversations && people.length > 0; index += 1) {
    const conversation = makeConversation(workspace, { contact: pick(people), body: pick(questions), subject: '', createdAt: workspace.now - Math.floor(random() * 86_400 * 90) });
    addPart(workspace, conversation, { type: 'comment', author: byAdmin(pick(workspace.admins)), body: '<p>We are looking into it.</p>', createdAt: conversation.createdAt + 600 });
  }
  // what was there long ago can be found at once
  for (const record of [...workspace.contacts.values(), ...workspace.conversations.values()]) Object.assign(record, { searchableFrom: 0 });
}
