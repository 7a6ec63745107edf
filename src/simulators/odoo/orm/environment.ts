import type { OdooVersion } from '../options.ts';
import type { Door } from '../options.ts';
import type { Database } from '../store/database.ts';
import type { FileStore } from '../store/file-store.ts';
import type { Table } from '../store/table.ts';
import type { Row } from '../store/row.ts';
import type { Model, Registry } from './registry.ts';
import { userError } from '../python-errors.ts';

/** One e-mail that left the simulated server. */
export interface SentMail { readonly reason: string; readonly to: string; readonly model: string; readonly resId: number }

/** A mail that a call made; `reason`: 'assignment', 'activity', 'invitation', 'date updated', 'message', 'stage', 'automation'. */
export type CausedMail = SentMail;

export interface SearchOptions {
  readonly offset?: number;
  readonly limit?: number | null;
  readonly order?: string | null;
  /** Archived rows are left out unless the domain speaks of `active`; default: what the context says. */
  readonly activeTest?: boolean;
}

/** The operations that call each other: a create may create, write and delete further records. `orm/records.ts` has them. */
export interface RecordOperations {
  readonly create: (env: Environment, model: string, list: readonly Readonly<Record<string, unknown>>[]) => number[];
  readonly write: (env: Environment, model: string, ids: readonly number[], values: Readonly<Record<string, unknown>>) => void;
  readonly unlink: (env: Environment, model: string, ids: readonly number[]) => void;
  readonly search: (env: Environment, model: string, domain: unknown, options?: SearchOptions) => number[];
}

/** What all calls of one server share. */
export interface ServerState {
  readonly version: OdooVersion;
  readonly database: Database;
  readonly files: FileStore;
  readonly registry: Registry;
  readonly records: RecordOperations;
  readonly sentMails: SentMail[];
  /** Everything that was queued or sent because of a call, in order. */
  readonly causedMails: CausedMail[];
  readonly mailServer: boolean;
  readonly now: () => Date;
  /** Passwords and keys, kept out of the tables: no call can read them. */
  readonly secrets: Map<number, UserSecret>;
  readonly revokedKeys: Set<string>;
  /** Set when the disk is 'full': writes fail as PostgreSQL's would. */
  diskFull: boolean;
  /** Records that fail when they are read, by model: a fault for the call at hand. */
  brokenRecords: ReadonlyMap<string, ReadonlySet<number>>;
  /** The fields of a model changed: the registry must be rebuilt if the call is undone. */
  schemaChanged: boolean;
  /** Leads won and lost so far: the base of automatic probabilities. */
  readonly leadScore: { won: number; lost: number };
  readonly automationWrites: Map<number, Readonly<Record<string, string | number | boolean>>>;
  /** Rules that mail somebody when they fire. */
  readonly automationMails: Set<number>;
}
export interface UserSecret { password: string; apiKey: string }

export type Context = Readonly<Record<string, unknown>>;

/** Who calls, with what context, at what time; given to everything that touches records. */
export class Environment {
  readonly server: ServerState;
  readonly uid: number;
  readonly context: Context;
  /** No rights are checked: the server acts for itself. */
  readonly superuser: boolean;
  readonly door: Door;
  /** Time of the transaction with microseconds, as columns store it: '2026-01-31 10:00:00.123456'. */
  readonly timestamp: string;

  constructor(server: ServerState, uid: number, context: Context, door: Door, superuser = false, timestamp = stampOf(server.now())) {
    this.server = server;
    this.uid = uid;
    this.context = context;
    this.superuser = superuser;
    this.door = door;
    this.timestamp = timestamp;
  }

  get version(): OdooVersion {
    return this.server.version;
  }

  get records(): RecordOperations {
    return this.server.records;
  }

  /** Now, without fractions, as a datetime value: '2026-01-31 10:00:00'. */
  get now(): string {
    return this.timestamp.slice(0, 19);
  }

  get today(): string {
    return this.timestamp.slice(0, 10);
  }

  sudo(): Environment {
    return this.superuser ? this : new Environment(this.server, this.uid, this.context, this.door, true, this.timestamp);
  }

  with(context: Context): Environment {
    return new Environment(this.server, this.uid, { ...this.context, ...context }, this.door, this.superuser, this.timestamp);
  }

  flag(name: string): boolean {
    return Boolean(this.context[name]);
  }

  model(name: string): Model {
    const model = this.server.registry.get(name);
    if (!model) throw userError(`Object ${name} doesn't exist`);
    return model;
  }

  hasModel(name: string): boolean {
    return this.server.registry.get(name) !== undefined;
  }

  table(model: string): Table {
    return this.server.database.table(model);
  }

  row(model: string, id: unknown): Row | undefined {
    return typeof id === 'number' ? this.table(model).get(id) : undefined;
  }

  /** The caller's own user row. */
  user(): Row {
    return this.table('res.users').get(this.uid)!;
  }

  partnerId(uid: number = this.uid): number {
    return this.table('res.users').get(uid)!['partner_id'] as number;
  }
}

function stampOf(date: Date): string {
  return `${date.toISOString().slice(0, 23).replace('T', ' ')}000`;
}
