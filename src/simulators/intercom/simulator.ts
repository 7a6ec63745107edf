import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { WindowUse } from './rate-limits.ts';
import type { SideEffect } from './workspace.ts';

/** What a workspace has of one thing, as plain data for assertions. */
export type StateRow = { readonly [name: string]: unknown };

export type Collection = 'contacts' | 'companies' | 'conversations' | 'tickets' | 'tags' | 'notes' | 'data-attributes' | 'conversation-attributes' | 'ticket-types' | 'admins' | 'teams';

export interface IntercomState {
  /** Every record, archived and deleted ones included; `archived`, `deletedAt` say so. Maps are objects, attachments have their SHA-256. */
  rows(collection: Collection): readonly StateRow[];
  /** Records that are there: not archived, not deleted. */
  count(collection: Collection): number;
  /** Answers so far by route and status: `{ 'POST /contacts 200': 12, 'POST /contacts reset': 1, 'POST /contacts lost': 1 }`. */
  answers(): { readonly [answer: string]: number };
  /** Windows of ten seconds in which calls were made. */
  windows(): readonly WindowUse[];
  /** Messages to customers and workflows that calls have caused; a silent import leaves this empty. */
  sideEffects(): readonly SideEffect[];
  /** Requests that showed an access token to the host of attachments. */
  leakedTokens(): number;
}

/** A running stand-in for an Intercom workspace. */
export interface IntercomSimulator {
  /** The API: 'http://127.0.0.1:<port>' */
  readonly url: string;
  /** The host of attachments. */
  readonly downloadUrl: string;
  /** Faults, clock and state over HTTP, see `http/control.ts`. */
  readonly controlUrl: string;
  readonly token: string;
  readonly region: 'US' | 'EU' | 'AU';
  readonly clock: Clock;
  readonly faults: Faults;
  readonly state: IntercomState;
  /** Takes the token's right away and gives it back. */
  readonly tokens: { revoke(): void; restore(): void };
  /** Takes scopes of the token away. */
  readonly scopes: { remove(scope: string): void; add(scope: string): void };
  /** Makes a team, or an admin, as a person would in the settings: no call does. */
  readonly people: { addTeam(name: string): void; addAdmin(admin: Readonly<{ name: string; email: string }>): void };
  readonly listener: { stop(): Promise<void>; start(): Promise<void> };
  stop(): Promise<void>;
}
