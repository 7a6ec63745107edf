import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { JsonObject } from '../connector/json.ts';
import { lineComments, type LineComments } from './line-comments.ts';
import { only } from './rows.ts';

export type ConsoleRole = 'owner' | 'operator' | 'reviewer' | 'viewer';
export interface ConsoleUser { readonly id: string; readonly name: string; readonly email: string; readonly role: ConsoleRole; readonly createdAt: string }
export interface ApiToken { readonly id: string; readonly name: string; readonly role: ConsoleRole; readonly madeBy: string; readonly createdAt: string; readonly expiresAt: string; readonly usedAt: string | null }
export interface AuditRow { readonly id: string; readonly at: string; readonly actor: string; readonly action: string; readonly project: string | null; readonly details: JsonObject }
/** One limit of a connection as its calls left it. */
export interface LimitState { readonly name: string; readonly window: Readonly<{ limit: number; left: number; endsAt: string }> | null; readonly pausedUntil: string | null }

/** People, API tokens and the audit log, as the console needs them. */
export interface ConsoleStore {
  /** For better-auth: a handle of its own, with dates as Date, on the schema of Portolan. */
  readonly database: Kysely<unknown>;
  /** Runs one piece of work while no other process does the same: making the first account. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  countUsers(): Promise<number>;
  listUsers(): Promise<readonly ConsoleUser[]>;
  /** Changes a role, unless that would leave nobody who is owner. false = it would, or there is no such user. */
  setRole(params: Readonly<{ id: string; role: ConsoleRole }>): Promise<boolean>;
  /** Removes a user with every session, unless it is the last owner. */
  removeUser(id: string): Promise<boolean>;
  addToken(params: Readonly<{ digest: string; name: string; role: ConsoleRole; madeBy: string; days: number }>): Promise<ApiToken>;
  /** The living token of a digest; its use is written down at most once a minute. */
  tokenOf(digest: string): Promise<ApiToken | null>;
  listTokens(): Promise<readonly ApiToken[]>;
  revokeToken(id: string): Promise<boolean>;
  /** What people remark about lines of plans. */
  readonly comments: LineComments;
  /** Newest first. `before` = id of the last row seen; null = from the newest. */
  auditLog(params: Readonly<{ project: string | null; before: string | null; limit: number }>): Promise<readonly AuditRow[]>;
  /** What is known of the limits of a connection: `<project id>:<role>`. */
  limits(connection: string): Promise<readonly LimitState[]>;
  close(): Promise<void>;
}

/** Any constant will do. */
const firstAccountLock = 7_067_040;
const tokenColumns = sql.raw('id, name, role, made_by as "madeBy", created_at as "createdAt", expires_at as "expiresAt", used_at as "usedAt"');

/** Opens the console's own few connections on the database of an open store. */
export function openConsoleStore(url: string): ConsoleStore {
  const pool = new pg.Pool({ connectionString: url, max: 3, application_name: 'portolan console', connectionTimeoutMillis: 30_000, keepAlive: true });
  pool.on('error', () => undefined); // an idle connection broke: the pool opens another
  const database = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  return {
    database, comments: lineComments(database),
    alone: (work) => database.connection().execute(async (connection) => {
      await sql`select pg_advisory_lock(${firstAccountLock}::bigint)`.execute(connection);
      try {
        return await work();
      } finally {
        await sql`select pg_advisory_unlock(${firstAccountLock}::bigint)`.execute(connection);
      }
    }),
    async countUsers() {
      return Number(only((await sql<{ readonly count: string }>`select count(*) from portolan.console_user`.execute(database)).rows).count);
    },
    async listUsers() {
      const { rows } = await sql<ConsoleUser>`select id, name, email, role, "createdAt" from portolan.console_user order by "createdAt", id`.execute(database);
      return rows.map(withTexts);
    },
    async setRole({ id, role }) {
      return database.transaction().execute(async (transaction) => {
        await sql`select from portolan.console_user where role = 'owner' for update`.execute(transaction);
        const { numAffectedRows } = await sql`update portolan.console_user set role = ${role}, "updatedAt" = clock_timestamp()
          where id = ${id} and (${role} = 'owner' or exists (select from portolan.console_user other where other.role = 'owner' and other.id <> ${id}))`.execute(transaction);
        return numAffectedRows === 1n;
      });
    },
    async removeUser(id) {
      return database.transaction().execute(async (transaction) => {
        await sql`select from portolan.console_user where role = 'owner' for update`.execute(transaction);
        const { numAffectedRows } = await sql`delete from portolan.console_user
          where id = ${id} and exists (select from portolan.console_user other where other.role = 'owner' and other.id <> ${id})`.execute(transaction);
        return numAffectedRows === 1n;
      });
    },
    async addToken({ digest, name, role, madeBy, days }) {
      const { rows } = await sql<ApiToken>`insert into portolan.api_token (id, digest, name, role, made_by, expires_at)
        values (${randomUUID()}, ${digest}, ${name}, ${role}, ${madeBy}, clock_timestamp() + make_interval(days => ${days})) returning ${tokenColumns}`.execute(database);
      return withTexts(only(rows));
    },
    async tokenOf(digest) {
      const { rows } = await sql<ApiToken>`select ${tokenColumns} from portolan.api_token
        where digest = ${digest} and revoked_at is null and expires_at > clock_timestamp()`.execute(database);
      const [token] = rows;
      if (token === undefined) return null;
      await sql`update portolan.api_token set used_at = clock_timestamp()
        where id = ${token.id} and (used_at is null or used_at < clock_timestamp() - interval '1 minute')`.execute(database);
      return withTexts(token);
    },
    async listTokens() {
      const { rows } = await sql<ApiToken>`select ${tokenColumns} from portolan.api_token where revoked_at is null order by created_at desc`.execute(database);
      return rows.map(withTexts);
    },
    async revokeToken(id) {
      const { numAffectedRows } = await sql`update portolan.api_token set revoked_at = clock_timestamp() where id::text = ${id} and revoked_at is null`.execute(database);
      return numAffectedRows === 1n;
    },
    async auditLog({ project, before, limit }) {
      const { rows } = await sql<AuditRow>`select audit.id::text as id, at, actor, action, project.name as project, details
        from portolan.audit left join portolan.project on project.id = audit.project_id
        where (${project}::text is null or project.name = ${project}) and (${before}::bigint is null or audit.id < ${before}::bigint)
        order by audit.id desc limit ${limit}`.execute(database);
      return rows.map(withTexts);
    },
    async limits(connection) {
      const { rows } = await sql<{ readonly name: string; readonly limit: number | null; readonly left: number | null; readonly ends: Date | null; readonly paused: Date | null }>`
        select limit_name as name, window_limit as "limit", window_left as "left", window_ends as ends, case when paid_until > clock_timestamp() then paid_until end as paused
        from portolan.api_budget where connection = ${connection} order by limit_name`.execute(database);
      return rows.map(({ name, limit, left, ends, paused }) => ({ name, window: limit === null || left === null || ends === null ? null : { limit, left, endsAt: ends.toISOString() }, pausedUntil: paused?.toISOString() ?? null }));
    },
    close: () => database.destroy(),
  };
}

/** Dates as ISO texts, as everywhere else outside better-auth. */
function withTexts<Row extends object>(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value])) as Row;
}
