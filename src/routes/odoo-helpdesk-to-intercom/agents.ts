import type { Catalog } from '../../connector/catalog.ts';
import type { Condition } from '../../plan/plan.ts';
import { factRows } from './lines.ts';

/** An internal user of Odoo. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly login: string;
  readonly email: string; // the login where Odoo has none
  readonly active: boolean;
  readonly assigned: boolean; // a ticket is or was his
}

/** Stands for nobody in the answer of a decision; no address is written like that. */
export const NOBODY = '(nobody)';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export function agentsOf(source: Catalog): readonly Agent[] {
  return factRows(source, 'agents').map((row) => ({ id: text(row['id']), name: text(row['name']), login: text(row['login']), email: (text(row['email']) || text(row['login'])).toLowerCase(), active: row['active'] === true, assigned: row['assigned'] !== false }));
}

/** Addresses of Intercom's admins, in lower case. */
export function adminAddresses(destination: Catalog): ReadonlySet<string> {
  return new Set(factRows(destination, 'admins').map((admin) => text(admin['email']).toLowerCase()).filter((email) => email !== ''));
}

/** Agents whom no admin's address names. */
export function openAgentsOf(source: Catalog, destination: Catalog): readonly Agent[] {
  const known = adminAddresses(destination);
  return agentsOf(source).filter((agent) => !known.has(agent.email));
}

/**
 * He waits for an admin of his own: that was decided, and nobody was named in his place. Once there is one under his address, he is
 * that admin. Judged when the plan runs: lines that a person has confirmed stay as they are in a later proposal.
 */
export function waitsForHimself(agent: Agent): Condition {
  return { all: [{ decision: 'unmatched-people', is: 'hold' }, ...(agent.assigned ? [{ decision: `admin:${agent.login}`, is: NOBODY }] : [])] };
}

/** The value of the field is one of these. */
export function isOneOf(field: string, values: readonly string[]): Condition {
  return { any: values.map((value): Condition => ({ field, equals: value })) };
}
