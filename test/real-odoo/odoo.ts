import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { QueryResultRow } from 'pg';
import { connectInside, createDatabase, dropDatabase, endChild, startInside } from './odoo-lab.ts';
import type { Lab } from './odoo-lab.ts';

/** A real Odoo 14 on a database of its own, as a test sees it. States: running (after `freshOdoo`, `start`, `restart`) or stopped. */
export interface RealOdoo {
  /** `http://127.0.0.1:<port>`; the same after `restart`. */
  readonly url: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Runs one statement inside the database, past Odoo: `await odoo.sql('select count(*)::int as n from mail_mail')`. */
  sql<Row extends QueryResultRow>(statement: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Ends the server in an orderly way: requests under way are finished. The database stays. */
  stop(): Promise<void>;
  /** Kills the server at once, as a power cut would: whatever it was doing is rolled back by PostgreSQL. */
  kill(): Promise<void>;
  /** Starts a stopped server on the same port; resolves when it answers. */
  start(): Promise<void>;
  restart(): Promise<void>;
  /** The server's log so far, for a failing assertion's message. */
  log(): string;
  /** Ends the server and drops the database. Call it in `afterAll`. */
  close(): Promise<void>;
}

/** How `npm run test:odoo` hands the running PostgreSQL to the tests. */
export const labVariable = 'PORTOLAN_ODOO_LAB';

function currentLab(): Lab {
  const text = process.env[labVariable];
  if (!text) throw new Error(`${labVariable} is not set: tests of the real Odoo run through "npm run test:odoo -- <file>", which builds and starts it`);
  return JSON.parse(text) as Lab;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/jsonrpc`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, signal: AbortSignal.timeout(20_000),
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'call', params: { service: 'common', method: 'version', args: [] } }),
    });
    return response.ok && JSON.stringify(await response.json()).includes('server_version');
  } catch {
    return false;
  }
}

/**
 * A fresh database (a copy of the initialised one: crm, contacts, calendar, mass_mailing, base_automation; no demo data)
 * with its own Odoo process on a free loopback port. About 4 s.
 *
 * @param params.cron scheduled actions run (needed to test that no mail leaves); default off, or on with CRON=1.
 * SMTP always points at a closed port.
 */
export async function freshOdoo(params: Readonly<{ cron?: boolean }> = {}): Promise<RealOdoo> {
  const lab = currentLab();
  const cron = params.cron ?? process.env['CRON'] === '1';
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const database = `test_${process.pid}_${port}`;
  const logFile = path.join(lab.root, lab.run, `${database}.log`);
  const log = (): string => readFileSync(logFile, 'utf8');
  let server: ChildProcess | null = null;

  const start = async (): Promise<void> => {
    if (server !== null) return;
    const child = startInside({
      root: lab.root, user: 'odoo', log: logFile,
      command: ['odoo', `--db_host=${lab.run}/sock`, '--db_user=odoo', '--db_password=odoo', `--data-dir=${lab.run}/files`,
        `--database=${database}`, `--db-filter=^${database}$`, '--http-interface=127.0.0.1', `--http-port=${port}`,
        '--workers=0', `--max-cron-threads=${cron ? 1 : 0}`, '--smtp=127.0.0.1', '--smtp-port=9',
        '--limit-time-real=600', '--limit-time-cpu=600', '--without-demo=all'],
    });
    server = child;
    const deadline = Date.now() + 60_000;
    while (!(await answers(url))) {
      if (child.exitCode !== null || Date.now() > deadline) {
        await stopWith('SIGKILL');
        throw new Error(`Odoo did not answer on ${url}:\n${log().split('\n').slice(-20).join('\n')}`);
      }
      await pause(150);
    }
  };
  const stopWith = async (signal: NodeJS.Signals): Promise<void> => {
    if (server === null) return;
    await endChild(server, signal);
    server = null;
  };

  const sql = async <Row extends QueryResultRow>(statement: string, values: readonly unknown[] = []): Promise<readonly Row[]> => {
    const client = await connectInside(lab, database);
    try {
      return (await client.query<Row>(statement, [...values])).rows;
    } finally {
      await client.end();
    }
  };

  await createDatabase(lab, database);
  try {
    // Odoo's own weekly digest to its administrator: due a week after the build, and then a mail in the queue that is nobody's.
    if (cron) await sql(`update digest_digest set state = 'deactivated'`);
    await start();
  } catch (error) {
    await dropDatabase(lab, database);
    throw error;
  }
  return {
    url, database, user: 'admin', password: 'admin', log, start, sql,
    stop: () => stopWith('SIGTERM'),
    kill: () => stopWith('SIGKILL'),
    restart: async () => { await stopWith('SIGTERM'); await start(); },
    close: async () => { await stopWith('SIGTERM'); await dropDatabase(lab, database); },
  };
}
