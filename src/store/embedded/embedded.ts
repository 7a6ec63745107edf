import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ConfigurationError } from '../../connector/errors.ts';
import type { Cluster } from './cluster.ts';
import { openCluster, superuser } from './cluster.ts';
import { announcePresence, watchServer } from './presence.ts';
import type { RunningServer } from './server.ts';
import { findServer, startServer, stopServer, waitUntilGone } from './server.ts';

/** Lock that every user of a server shares, and that the one who stops it takes alone. Any constant will do. */
const presenceLock = 7_067_015;

export interface EmbeddedServer {
  /** URL of a database on this server. */
  readonly url: (database: string) => string;
  /** A connection to the database `postgres`, for creating databases. */
  readonly admin: pg.Client;
  /** Lets go of the server and stops it if nobody else uses it. */
  close(): Promise<void>;
}

/**
 * Finds or starts the one server of a data folder.
 *
 * A server is *absent*, *starting*, *ready* or *stopping*. Absent → we start it; starting, stopping → we wait; ready →
 * we connect and take the shared lock. Whoever leaves last gets the lock alone and stops the server; a newcomer that
 * connects in that moment waits for the lock, loses its connection with the server, and begins again.
 * @throws ConfigurationError when folder, disk, port, account or version are the trouble.
 */
export async function openEmbedded(dataFolder: string): Promise<EmbeddedServer> {
  const cluster = openCluster(dataFolder);
  const leave = announcePresence(cluster);
  try {
    for (const deadline = Date.now() + 180_000; Date.now() < deadline;) {
      const server = await readyServer(cluster);
      const admin = server === null ? null : await join(cluster, server);
      if (server !== null && admin !== null) return embeddedServer(cluster, server, admin, leave);
      await sleep(20);
    }
  } catch (error) {
    leave();
    throw error;
  }
  leave();
  throw new ConfigurationError({
    code: 'postgres-not-ready', message: `The embedded PostgreSQL of ${dataFolder} neither starts nor stops.`,
    remedy: `Read ${cluster.log}; if the process ${findServer(cluster)?.pid ?? ''} hangs, end it and start again.`,
  });
}

async function readyServer(cluster: Cluster): Promise<RunningServer | null> {
  const found = findServer(cluster);
  if (found?.status === 'ready') return found;
  if (found?.status === 'stopping') await waitUntilGone(found.pid);
  if (found !== null) return null; // starting: look again
  const started = await startServer(cluster);
  if (started !== null) watchServer(cluster, started.pid);
  return started;
}

/** Connects and takes the shared lock; null = the server went away meanwhile. */
async function join(cluster: Cluster, server: RunningServer): Promise<pg.Client | null> {
  const client = new pg.Client({ host: '127.0.0.1', port: server.port, user: superuser, password: cluster.password, database: 'postgres', application_name: 'portolan presence', keepAlive: true });
  client.on('error', () => undefined); // the server was stopped by force: the next statement says so
  try {
    await client.connect();
    await client.query('select pg_advisory_lock_shared($1)', [presenceLock]);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    const code = (error as { code?: string }).code ?? '';
    if (code === '28P01') {
      throw new ConfigurationError({
        code: 'postgres-password', message: `The server on port ${server.port} does not take the password kept in ${cluster.folder}.`,
        remedy: 'Another PostgreSQL may have taken the port; end it, or restore the file portolan.password.', cause: error,
      });
    }
    // 57P01 stopped, 57P03 starting or stopping, 53300 too many connections for the moment; the rest are broken sockets.
    if (code.startsWith('57P') || code === '53300' || code.startsWith('E') || /terminated|ended/.test(String(error))) return null;
    throw error;
  }
}

function embeddedServer(cluster: Cluster, server: RunningServer, admin: pg.Client, leave: () => void): EmbeddedServer {
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    if (await isLastOne(admin)) {
      await stopServer(cluster, server);
      leave();
    } else if (await othersOnly(admin)) leave();
    // else: connections of this very process are still open (a queue). The pipe closes with the process, and the
    // watcher stops the server then.
    await admin.end().catch(() => undefined);
  };
  return {
    admin,
    url: (database) => `postgres://${superuser}:${cluster.password}@127.0.0.1:${server.port}/${database}`,
    close: () => (closing ??= close()),
  };
}

/** True when no other Portolan process shares the server and no other client is connected. */
async function isLastOne(admin: pg.Client): Promise<boolean> {
  try {
    await admin.query('select pg_advisory_unlock_shared($1)', [presenceLock]);
    const { rows } = await admin.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [presenceLock]);
    if (rows[0]?.alone !== true) return false;
    // Our own pools were closed a moment ago; their backends need some milliseconds to end.
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const { rows: clients } = await admin.query(`select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`);
      if (clients.length === 0) return true;
      await sleep(10);
    }
    await admin.query('select pg_advisory_unlock($1)', [presenceLock]);
    return false;
  } catch {
    return true; // the server is gone or going
  }
}

/** True when another Portolan process holds the shared lock. */
async function othersOnly(admin: pg.Client): Promise<boolean> {
  try {
    const { rows } = await admin.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [presenceLock]);
    return rows[0]?.alone !== true;
  } catch {
    return true;
  }
}
