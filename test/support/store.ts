import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import type { Store } from '../../src/engine/ports/store.ts';
import type { EmbeddedServer } from '../../src/store/embedded/embedded.ts';
import { openEmbedded } from '../../src/store/embedded/embedded.ts';
import { openStore } from '../../src/store/postgres-store.ts';

export interface TestStore {
  /** The file's store, on a fresh database. Only inside tests and hooks. */
  readonly store: Store & { readonly url: string };
  /** With which secrets are sealed: for a process of its own on the same store. */
  readonly encryptionKey: Buffer;
  /** A further store on the same database, as another process would have; closed with the file. */
  another(): Promise<Store & { readonly url: string }>;
  /** Runs a statement on the file's database, for looking behind the port. */
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

const encryptionKey = randomBytes(32);
const template = 'portolan_template';
const templateLock = 7_067_017;

/**
 * Gives a test file its own database, made before its tests and dropped after them. A connection that is still open
 * then fails the file: something was not closed.
 */
export function withTestStore(): TestStore {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const open: (Store & { readonly url: string })[] = [];
  let server: EmbeddedServer | null = null;
  let client: pg.Client | null = null;

  beforeAll(async () => {
    server = await openEmbedded(inject('storeFolder'));
    await prepareTemplate(server);
    await server.admin.query(`create database ${name} template ${template}`);
    open.push(await openStore({ dataFolder: '/nonexistent', databaseUrl: server.url(name), encryptionKey }));
    client = new pg.Client({ connectionString: server.url(name), application_name: 'test' });
    await client.connect();
  });

  afterAll(async () => {
    await client?.end();
    await Promise.all(open.map((store) => store.close()));
    if (server === null) return;
    try {
      await refuseLeaks(server.admin, name);
    } finally {
      await server.admin.query(`drop database if exists ${name} with (force)`);
      await server.close();
    }
  });

  return {
    encryptionKey,
    get store() {
      return open[0] ?? notYet();
    },
    async another() {
      const store = await openStore({ dataFolder: '/nonexistent', databaseUrl: (server ?? notYet()).url(name), encryptionKey });
      open.push(store);
      return store;
    },
    async query(text, values = []) {
      return (await (client ?? notYet()).query<never>(text, [...values])).rows;
    },
  };
}

function notYet(): never {
  throw new Error('The test store is there only inside tests and hooks.');
}

/** A migrated database to copy: 40 ms a file instead of running every migration again. */
async function prepareTemplate(server: EmbeddedServer): Promise<void> {
  const { admin } = server;
  await admin.query('select pg_advisory_lock($1)', [templateLock]);
  try {
    const { rows } = await admin.query('select from pg_database where datname = $1 and datistemplate', [template]);
    if (rows.length > 0) return;
    await admin.query('alter system set fsync = off'); // a test's data need not outlive a power cut
    await admin.query('select pg_reload_conf()');
    await admin.query(`drop database if exists ${template} with (force)`);
    await admin.query(`create database ${template}`);
    const store = await openStore({ dataFolder: '/nonexistent', databaseUrl: server.url(template), encryptionKey });
    await store.close();
    await admin.query(`alter database ${template} is_template true`);
  } finally {
    await admin.query('select pg_advisory_unlock($1)', [templateLock]);
  }
}

async function refuseLeaks(admin: pg.Client, name: string): Promise<void> {
  let left: readonly { readonly application_name: string }[] = [];
  for (let attempt = 0; attempt < 100; attempt += 1) { // a closed connection's backend lives some milliseconds longer
    const { rows } = await admin.query<{ application_name: string }>('select application_name from pg_stat_activity where datname = $1', [name]);
    left = rows;
    if (left.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`The test left ${left.length} database connections open: ${left.map((row) => row.application_name).join(', ')}.`);
}
