import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { sql } from 'kysely';
import { ConfigurationError, FatalError } from '../connector/errors.ts';
import type { Database } from './database.ts';

export interface Migration { readonly number: number; readonly name: string; readonly text: string; readonly checksum: string }

/** Lock that only one migrating process holds. Any constant will do. */
const migrationLock = 7_067_016;

/** The numbered files of `migrations/`, in order. */
export function readMigrations(folder: URL = new URL('./migrations/', import.meta.url)): readonly Migration[] {
  return readdirSync(folder).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort().map((name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    return { number: Number(name.slice(0, 4)), name, text, checksum: createHash('sha256').update(text).digest('hex') };
  });
}

/**
 * Brings the database to the state of this code: each missing migration in its own transaction, one process at a time.
 * @throws ConfigurationError 'database-newer' when a newer Portolan has been here.
 * @throws FatalError 'migration-changed' when an applied file is not the one in the code.
 */
export async function migrate(database: Database, migrations: readonly Migration[] = readMigrations()): Promise<void> {
  await database.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${migrationLock}::bigint)`.execute(connection);
    try {
      await sql`create schema if not exists portolan`.execute(connection);
      await sql`create table if not exists portolan.migration (
        number int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`.execute(connection);
      const { rows } = await sql<Applied>`select number, name, checksum from portolan.migration order by number`.execute(connection);
      refuseUnknown(rows, migrations);
      for (const migration of migrations.filter(({ number }) => !rows.some((row) => row.number === number))) {
        await connection.transaction().execute(async (transaction) => {
          await sql.raw(migration.text).execute(transaction);
          await sql`insert into portolan.migration (number, name, checksum)
            values (${migration.number}, ${migration.name}, ${migration.checksum})`.execute(transaction);
        });
      }
    } finally {
      await sql`select pg_advisory_unlock(${migrationLock}::bigint)`.execute(connection);
    }
  });
}

interface Applied { readonly number: number; readonly name: string; readonly checksum: string }

function refuseUnknown(applied: readonly Applied[], migrations: readonly Migration[]): void {
  for (const row of applied) {
    const known = migrations.find(({ number }) => number === row.number);
    if (known === undefined) {
      throw new ConfigurationError({
        code: 'database-newer', message: `The database has the migration ${row.name}, which this version of Portolan does not know.`,
        remedy: 'Update Portolan to the version that was used last on this database, or use another data folder or DATABASE_URL.',
      });
    }
    if (known.checksum !== row.checksum) {
      throw new FatalError({
        code: 'migration-changed', message: `The migration ${row.name} was applied with another content than ${known.name} has now.`,
        remedy: 'Migrations are append-only: restore the file and put the change into a new one.',
      });
    }
  }
}
