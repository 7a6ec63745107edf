import type { DestinationConnection } from '../../connector/destination.ts';
import type { OwnerAssignment, OwnerLookup } from '../../plan/changes/assign-owners.ts';
import { defaultBackoffMs, withRetries } from '../retry.ts';
import type { OwnerRow } from './owner-table.ts';

/** One line of a filled-in owners file. */
export interface OwnerLine { readonly line: number; readonly owner: string; readonly login: string }
export interface RefusedOwnerLine extends OwnerLine { readonly code: 'unknown-owner' | 'repeated-owner' | 'unknown-login' | 'ambiguous-login'; readonly message: string; readonly remedy: string }

export interface ReadOwnerLines {
  readonly assignments: readonly (OwnerAssignment & Readonly<{ owner: string; sourceIds: readonly string[] }>)[];
  readonly refused: readonly RefusedOwnerLine[];
  readonly unchanged: number; // lines whose owner has that user already
}

/** What a person writes to take an owner's user away again, besides the route's own word for it. */
const NOBODY = new Set(['-', 'nobody']);

/**
 * Settles each filled-in line: the owner must be one of the source's, and the login that of exactly one user. What is wrong is
 * named by its line and left out; the rest holds. Reads only.
 */
export async function readOwnerLines(params: Readonly<{ lines: readonly OwnerLine[]; table: readonly OwnerRow[]; owners: OwnerLookup; object: string; destination: DestinationConnection }>): Promise<ReadOwnerLines> {
  const { table, owners, object, destination } = params;
  const known = new Map(table.map((row) => [row.owner.toLowerCase(), row]));
  // An empty login says nothing about an owner; about somebody who is none it is a mistake all the same.
  const lines = params.lines.filter((line) => line.login.trim() !== '' || (line.owner.trim() !== '' && !known.has(line.owner.trim().toLowerCase())));
  const isNobody = (login: string): boolean => login.trim() === owners.unassigned || NOBODY.has(login.trim().toLowerCase());
  const logins = [...new Set(lines.filter((line) => line.login.trim() !== '' && !isNobody(line.login)).map((line) => line.login.trim()))];
  const hits = logins.length === 0 ? [] : await withRetries({ call: () => destination.match({ object, field: owners.field, values: logins, ignoreCase: true, fields: [owners.field] }), backoffMs: defaultBackoffMs, signal: new AbortController().signal });
  const refused: RefusedOwnerLine[] = [];
  const assignments: (OwnerAssignment & { owner: string; sourceIds: readonly string[] })[] = [];
  const seen = new Map<string, number>();
  let unchanged = 0;
  for (const line of lines) {
    const refuse = (code: RefusedOwnerLine['code'], message: string, remedy: string): void => void refused.push({ ...line, code, message, remedy });
    const key = line.owner.trim().toLowerCase();
    const row = known.get(key);
    const login = line.login.trim();
    const earlier = seen.get(key);
    const found = [...new Set(hits.filter((hit) => hit.value.toLowerCase() === login.toLowerCase()).map((hit) => hit.id))];
    if (row === undefined) refuse('unknown-owner', `The source has no owner "${line.owner}".`, 'Keep the addresses of the exported file: `portolan owners export`.');
    else if (earlier !== undefined) refuse('repeated-owner', `The owner "${line.owner}" stands in line ${earlier} already.`, 'Keep one line per owner.');
    else if (!isNobody(login) && found.length === 0) refuse('unknown-login', `The destination has no user with the ${owners.field} "${login}".`, 'Make the user there first, or correct the spelling.');
    else if (found.length > 1) refuse('ambiguous-login', `${found.length} users of the destination have the ${owners.field} "${login}".`, 'Give a login that only one user has.');
    else {
      seen.set(key, line.line);
      const value = isNobody(login) ? owners.unassigned : String(hits.find((hit) => hit.value.toLowerCase() === login.toLowerCase())?.values[owners.field] ?? login);
      if ((row.currentUser ?? owners.unassigned).toLowerCase() === value.toLowerCase()) unchanged += 1;
      else assignments.push({ owner: row.owner, sourceIds: row.sourceIds, spellings: row.spellings, login: value });
    }
  }
  return { assignments, refused, unchanged };
}
