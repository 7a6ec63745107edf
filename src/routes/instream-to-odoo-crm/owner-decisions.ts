import type { Catalog } from '../../connector/catalog.ts';
import type { Decision } from '../../plan/plan.ts';

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
  return [
    ...open.map((email) => ownerDecision(email, ownerCounts(source)[email] ?? 0)),
    ...(open.length === 0 ? [] : [{
      id: 'owner-placeholder', question: 'Which user holds the records of owners whose answer is "placeholder"?',
      options: [{ value: UNASSIGNED, label: 'None', effect: 'No owner waits under a placeholder.' }, ...logins.slice(0, 20).map((login) => ({ value: login, label: login, effect: 'Holds such records until `portolan owners apply` gives them to their owners.' }))], free: 'text' as const,
      recommendation: UNASSIGNED, answer: null, reason: 'Only asked for owners whose answer is "placeholder".',
    }]),
  ];
}

function ownerDecision(email: string, count: number): Decision {
  return {
    id: `owner:${email}`, question: `No user has the login "${email}". Who owns the ${count} records?`,
    options: [
      { value: UNASSIGNED, label: 'Nobody for the time being', effect: `${count} records stay unassigned; the address is kept in x_instream_owner. \`portolan owners export\` and \`owners apply\` assign them later without another run.` },
      { value: PLACEHOLDER, label: 'The placeholder user', effect: `${count} records go to the user of decision owner-placeholder and are given to their owner later by \`portolan owners apply\`.` },
      { value: PROVISION, label: 'Make the user', effect: 'A user with this login is made, without password and without invitation. On Odoo Enterprise and Online a user costs a seat.' },
    ], free: 'text',
    recommendation: UNASSIGNED, answer: null, reason: 'Give the login of another user to map the owner.',
  };
}
