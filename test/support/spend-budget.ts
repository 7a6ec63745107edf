import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openStore } from '../../src/store/postgres-store.ts';

/** Spends calls of a budget of 20 a second, burst 5, and notes the time of each. Arguments: database URL, connection, calls. */
const [, , url = '', connection = '', calls = '0'] = process.argv;
const store = await openStore({ dataFolder: '/nonexistent', databaseUrl: url, encryptionKey: randomBytes(32) });
const client = new pg.Client({ connectionString: url });
await client.connect();
await client.query('select pg_advisory_lock(1)');
await client.query('create table if not exists spent (at timestamptz not null default clock_timestamp())');
await client.query('select pg_advisory_unlock(1)');
const budget = store.budget({ connection, rates: { calls: { perSecond: 20, burst: 5 } } });
for (let call = 0; call < Number(calls); call += 1) {
  await budget.acquire('calls');
  await client.query('insert into spent default values');
}
await client.end();
await store.close();
