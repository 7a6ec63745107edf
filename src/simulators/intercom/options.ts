import type { Clock } from './clock.ts';
import type { Unknowns } from './unknowns.ts';

export interface SimulatedAdmin {
  readonly name: string;
  readonly email: string;
  readonly hasInboxSeat?: boolean; // default true
}

export interface SimulatedTeam {
  readonly name: string;
  /** E-mails of its admins; default none. */
  readonly members?: readonly string[];
}

export interface IntercomSimulatorOptions {
  readonly port?: number; // default 0: any free port
  /** Where the workspace is kept from one start to the next: read at the start, where it is there, and written at the end. Default: nowhere. */
  readonly stateFile?: string;
  readonly seed?: number; // default 1
  /** Access token of the private app; default 'intercom-token'. */
  readonly token?: string;
  /** The e-mail of the admin that the token belongs to; default the first admin. */
  readonly tokenAdmin?: string;
  readonly admins?: readonly SimulatedAdmin[]; // default three
  readonly teams?: readonly SimulatedTeam[]; // default two
  readonly tags?: readonly string[]; // default none
  /** People, companies and conversations that are there beforehand; default 0 each. */
  readonly existing?: Readonly<{ contacts?: number; companies?: number; conversations?: number }>;
  readonly region?: 'US' | 'EU' | 'AU'; // default 'US'
  readonly timezone?: string; // default 'America/Los_Angeles'
  /** Calls of this app per minute, spread over windows of ten seconds; default 10,000. */
  readonly appPerMinute?: number;
  /** Calls of all apps of the workspace per minute; default 25,000. */
  readonly workspacePerMinute?: number;
  /** Calls per minute that other apps of the workspace make meanwhile; default 0. */
  readonly otherAppsPerMinute?: number;
  /** Replies to one conversation within `windowMs` before 400 'Too many recent replies'; default 60 in 15 s. */
  readonly conversationThrottle?: Readonly<{ replies: number; windowMs: number }>;
  /** How long a new record is missing from search; default 120,000 ms ('a few minutes'). */
  readonly searchLagMs?: number;
  /** Folder for the bytes of attachments; default: they are kept in memory. */
  readonly attachmentFolder?: string;
  /** Files whose bytes are held at once; the oldest give way and can be downloaded no more. Default: all. */
  readonly attachmentsHeld?: number;
  /** How long a link to an attachment works; default 1,800,000 ms. */
  readonly attachmentLifetimeMs?: number;
  /** Endings that may be downloaded (`.pdf`); default all. Others are stored and answer 403. */
  readonly downloadableTypes?: readonly string[];
  /** A development workspace holds 20 contacts: the oldest are archived by themselves. Default false. */
  readonly development?: boolean;
  /** The version for requests without `Intercom-Version`; default '2.11'. */
  readonly defaultVersion?: string;
  /** The newest stable version that answers; default '2.16'. */
  readonly newestVersion?: string;
  /** Whether the Preview version answers; default true. */
  readonly preview?: boolean;
  /** Paths (beginnings) that the plan does not include; default none. */
  readonly planRestricted?: readonly string[];
  /** Scopes that the token lacks; default only `delete_conversations_and_metrics`. */
  readonly missingScopes?: readonly string[];
  /** Workflows that answer, rate and close are switched on: they are counted in the state. Default false. */
  readonly workflows?: boolean;
  /** Largest request body in bytes, above it 413; default 100 MiB. */
  readonly maxBodyBytes?: number;
  readonly clock?: Clock; // default the machine's
  /** Time that every answer takes, by the clock; default 0. */
  readonly latencyMs?: number;
  readonly unknowns?: Partial<Unknowns>;
}
