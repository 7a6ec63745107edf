import type { Catalog } from '../../connector/catalog.ts';
import type { Decision } from '../../plan/plan.ts';
import { proposeOwners } from '../../proposal/values-and-people/propose-owners.ts';
import type { OwnerProposal } from '../../proposal/values-and-people/propose-owners.ts';

/** Answers of the decision on an owner besides the login of another user; no login is written like that. */
export const UNASSIGNED = '(unassigned)';
export const PLACEHOLDER = '(placeholder)';
export const PROVISION = '(provision)';

/** Owner addresses of the export that no user's login has. Without the list of users nothing is asked: the run says what it found. */
export function openOwners(source: Catalog, destination: Catalog): readonly string[] {
  const logins = destination.facts['logins'];
  if (!Array.isArray(logins)) return [];
  const known = new Set((logins as readonly string[]).map((login) => login.toLowerCase()));
  return Object.keys(ownerCounts(source)).filter((email) => !known.has(email.toLowerCase()));
}

function ownerCounts(source: Catalog): Readonly<Record<string, number>> {
  return (source.facts['ownerEmails'] ?? {}) as Record<string, number>;
}

/** IO-12: who stands for each owner without a user, and which user holds the records of those who wait. */
export function ownerDecisions(source: Catalog, destination: Catalog): Decision[] {
  const open = openOwners(source, destination);
  const logins = (destination.facts['logins'] ?? []) as readonly string[];
  const names = (source.facts['ownerNames'] ?? {}) as Record<string, string>;
  const named = new Map(Object.entries(names).map(([email, name]) => [email.toLowerCase(), name]));
  const users = ((destination.facts['users'] ?? []) as unknown as readonly { readonly login: string; readonly name: string }[]).map(({ login, name }) => ({ id: login, name, email: login }));
  const proposals = proposeOwners({ owners: open.map((email) => ({ id: email, name: named.get(email.toLowerCase()) ?? null, email })), users });
  return [
    ...open.map((email, at) => ownerDecision(email, ownerCounts(source)[email] ?? 0, proposals[at])),
    ...(open.length === 0 ? [] : [{
      id: 'owner-placeholder', question: 'Which user holds the records of owners whose answer is "placeholder"?',
      options: [{ value: UNASSIGNED, label: 'None', effect: 'No owner waits under a placeholder.' }, ...logins.slice(0, 20).map((login) => ({ value: login, label: login, effect: 'Holds such records until `portolan owners apply` gives them to their owners.' }))], free: 'text' as const,
      recommendation: UNASSIGNED, answer: null, reason: 'Only asked for owners whose answer is "placeholder".',
    }]),
  ];
}

/** From this probability on a user of the same name is recommended; below, only shown. */
const SURE = 0.85;

function ownerDecision(email: string, count: number, proposal: OwnerProposal | undefined): Decision {
  const user = proposal?.user ?? null;
  const words = user === null || proposal === undefined ? '' : `${user.name ?? user.id} (${user.id}) has the ${proposal.reason} (${Math.round(proposal.probability * 100)} %). `;
  return {
    id: `owner:${email}`, question: `No user has the login "${email}". Who owns the ${count} records?`,
    options: [
      ...(user === null ? [] : [{ value: user.id, label: `${user.name ?? user.id} (${user.id})`, effect: `${count} records belong to that user.` }]),
      { value: UNASSIGNED, label: 'Nobody for the time being', effect: `${count} records stay unassigned; the address is kept in x_instream_owner. \`portolan owners apply\` assigns them later without another run.` },
      { value: PLACEHOLDER, label: 'The placeholder user', effect: `${count} records go to the user of decision owner-placeholder and are given to their owner later by \`portolan owners apply\`.` },
      { value: PROVISION, label: 'Make the user', effect: 'A user with this login is made, without password and without invitation. On Odoo Enterprise and Online a user costs a seat.' },
    ], free: 'text',
    recommendation: user !== null && (proposal?.probability ?? 0) >= SURE ? user.id : UNASSIGNED, answer: null, reason: `${words}Give the login of another user to map the owner.`,
  };
}
