import pg from 'pg';
import { Kysely, PostgresDialect } from 'kysely';
import { ConfigurationError, RetriableError } from '../connector/errors.ts';
import { openEmbedded } from './embedded/embedded.ts';
import { only } from './rows.ts';
import { escapeParameter, readTypes } from './text-escape.ts';

/** The store's own handle on PostgreSQL: statements are written with kysely's `sql` tag. */
export type Database = Kysely<unknown>;

export interface OpenDatabase {
  readonly url: string;
  readonly database: Database;
  readonly close: () => Promise<void>;
}

/** Connections of one process's store; pg-boss brings its own few. 100 are allowed on the embedded server. */
const poolSize = 8;

/**
 * Opens the database: one's own server where `databaseUrl` is given, else the embedded server of the data folder,
 * which is started if it does not run and stopped by the last one that closes it.
 * @param params.databaseUrl `postgres://user:password@host:port/database`; null = embedded.
 * @throws ConfigurationError that names what is wrong with folder, disk, port or address.
 */
export async function openDatabase(params: Readonly<{ dataFolder: string; databaseUrl: string | null }>): Promise<OpenDatabase> {
  if (params.databaseUrl !== null) {
    const database = connect(params.databaseUrl);
    try {
      await checkServer(params.databaseUrl);
    } catch (error) {
      await database.destroy();
      throw error;
    }
    return { url: params.databaseUrl, database, close: once(() => database.destroy()) };
  }
  const server = await openEmbedded(params.dataFolder);
  try {
    await createDatabase(server.admin, 'portolan');
  } catch (error) {
    await server.close();
    throw error;
  }
  const url = server.url('portolan');
  const database = connect(url);
  return { url, database, close: once(async () => { await database.destroy(); await server.close(); }) };
}

const once = (close: () => Promise<void>): (() => Promise<void>) => {
  let closing: Promise<void> | null = null;
  return () => (closing ??= close());
};

function connect(url: string): Database {
  const pool = new pg.Pool({ connectionString: url, max: poolSize, types: readTypes, application_name: 'portolan', connectionTimeoutMillis: 30_000, keepAlive: true });
  pool.on('error', () => undefined); // an idle connection broke: the pool opens another when it is needed
  return new Kysely<unknown>({ dialect: new PostgresDialect({ pool: escapingPool(pool) }) });
}

/** kysely's view of the pool, with every text parameter escaped at this one place. */
function escapingPool(pool: pg.Pool): ConstructorParameters<typeof PostgresDialect>[0]['pool'] & object {
  const wrapped = new WeakMap<pg.PoolClient, object>();
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect();
      const known = wrapped.get(client) ?? {
        query: (text: string, parameters: readonly unknown[]) => client.query(text, parameters.map(escapeParameter)).catch(throwKnown),
        release: (destroy?: boolean) => client.release(destroy),
      };
      wrapped.set(client, known);
      return known as never;
    },
  };
}

/** A full disk passes when somebody makes room: the run is interrupted, not broken. Everything else is thrown as it is. */
function throwKnown(error: unknown): never {
  if ((error as { readonly code?: unknown } | null)?.code !== '53100') throw error;
  throw new RetriableError({ code: 'disk-full', message: 'The disk that holds Portolan\'s database is full.', remedy: 'Free some space (1 GB for every 100,000 records is plenty), then go on: `portolan resume`. Nothing written so far is lost.', cause: error });
}

async function createDatabase(admin: pg.Client, name: string): Promise<void> {
  const { rows } = await admin.query('select from pg_database where datname = $1', [name]);
  if (rows.length > 0) return;
  try {
    await admin.query(`create database ${name}`);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== '42P04' && code !== '23505') throw error; // another process was faster
  }
}

async function checkServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number; encoding: string }>(
      `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`);
    const { version, encoding } = only(rows);
    if (version < 140_000) throw refused('database-too-old', `The server of DATABASE_URL is PostgreSQL ${Math.floor(version / 10_000)}.`, 'Use PostgreSQL 14 or newer.');
    if (encoding !== 'UTF8') throw refused('database-not-utf8', `The database of DATABASE_URL is encoded in ${encoding}.`, 'Create a database with encoding UTF8 and name it in DATABASE_URL.');
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw cause;
    throw refused('database-unreachable', `The server of DATABASE_URL cannot be used: ${reason(cause)}.`, 'Check host, port, user, password and database in DATABASE_URL; unset it to use the embedded server.', cause);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** An error of several addresses (::1 and 127.0.0.1) has an empty message of its own. */
const reason = (cause: unknown): string => cause instanceof AggregateError ? cause.errors.map(String).join('; ') : cause instanceof Error ? cause.message : String(cause);

const refused = (code: string, message: string, remedy: string, cause?: unknown): ConfigurationError => new ConfigurationError({ code, message, remedy, cause });
