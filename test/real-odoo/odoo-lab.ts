import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, openSync, closeSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** The database that build.sh made, and the login Odoo gives a new database. */
const templateDatabase = 'template14';
const here = import.meta.dirname;

/** A running PostgreSQL with the template database, for one test run. Names of paths inside the tree start at `/`. */
export interface Lab {
  /** The Debian tree that build.sh made. */
  readonly root: string;
  /** Folder of this run inside the tree: `/runs/<id>`. */
  readonly run: string;
}

/** Starts `command` inside the tree as `user`; its output goes to `log`. The child's pid is the command's own. */
export function startInside(params: Readonly<{ root: string; user: string; command: readonly string[]; log: string }>): ChildProcess {
  const output = openSync(params.log, 'a');
  try {
    return spawn(path.join(here, 'enter.sh'), [params.root, params.user, ...params.command], { stdio: ['ignore', output, output] });
  } finally {
    closeSync(output);
  }
}

/** Asks a child to end with `signal` and waits; after 15 s it is killed. Resolves when the process is gone. */
export async function endChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await gone;
  clearTimeout(late);
}

/** A client of the run's PostgreSQL, through its unix socket (nothing listens on TCP). Close it with `end()`. */
export async function connectInside(lab: Lab, database: string): Promise<pg.Client> {
  const client = new pg.Client({ host: path.join(lab.root, lab.run, 'sock'), user: 'odoo', database });
  await client.connect();
  return client;
}

async function runSql(lab: Lab, statement: string): Promise<void> {
  const client = await connectInside(lab, 'postgres');
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Copies the template to a new database with its files. Takes about a second. */
export async function createDatabase(lab: Lab, name: string): Promise<void> {
  await runSql(lab, `create database "${name}" template "${templateDatabase}"`);
  const files = path.join(lab.root, lab.run, 'files', 'filestore');
  if (existsSync(path.join(files, templateDatabase))) copyTree(path.join(files, templateDatabase), path.join(files, name));
}

/** Drops the database with its files; connections that are still open are cut. */
export async function dropDatabase(lab: Lab, name: string): Promise<void> {
  await runSql(lab, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  await runSql(lab, `drop database if exists "${name}"`);
  rmSync(path.join(lab.root, lab.run, 'files', 'filestore', name), { recursive: true, force: true });
}

/** `cp -a` keeps the owners (postgres, odoo); Node's own copy does not. */
function copyTree(from: string, to: string): void {
  const done = spawnSync('cp', ['-a', '--reflink=auto', from, to], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`copying ${from} to ${to} failed: ${done.stderr}`);
}

/** Removes what runs left behind whose process is gone (a machine that lost power, a `kill -9`). */
function removeDeadRuns(runs: string): void {
  for (const name of readdirSync(runs)) {
    const owner = path.join(runs, name, 'owner');
    const pid = existsSync(owner) ? Number(readFileSync(owner, 'utf8')) : 0;
    if (pid > 0 && existsSync(`/proc/${pid}`)) continue;
    rmSync(path.join(runs, name), { recursive: true, force: true });
  }
}

/**
 * Starts a PostgreSQL of its own on a copy of the template cluster (130 MB, under a second), so that two test runs on one
 * machine never meet. `stop` ends it and removes the copy.
 */
export async function startLab(folder: string): Promise<Readonly<{ lab: Lab; stop: () => Promise<void> }>> {
  const root = path.join(folder, 'root');
  const runs = path.join(root, 'runs');
  mkdirSync(runs, { recursive: true });
  removeDeadRuns(runs);
  const id = `${process.pid}-${Math.random().toString(36).slice(2, 8)}`;
  const place = path.join(runs, id);
  mkdirSync(place);
  writeFileSync(path.join(place, 'owner'), String(process.pid));
  for (const part of ['pg', 'sock', 'files']) copyTree(path.join(root, 'template', part), path.join(place, part));
  const lab: Lab = { root, run: `/runs/${id}` };
  const server = startInside({
    root, user: 'postgres', log: path.join(place, 'postgres.log'),
    command: ['/usr/lib/postgresql/13/bin/postgres', '-D', `${lab.run}/pg`, '-k', `${lab.run}/sock`],
  });
  const stop = async (): Promise<void> => {
    await endChild(server, 'SIGINT'); // SIGINT is PostgreSQL's fast shutdown
    rmSync(place, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (server.exitCode !== null) break;
    try {
      await (await connectInside(lab, 'postgres')).end();
      return { lab, stop };
    } catch {
      await pause(100);
    }
  }
  const log = readFileSync(path.join(place, 'postgres.log'), 'utf8').split('\n').slice(-15).join('\n');
  await stop();
  throw new Error(`PostgreSQL of the real Odoo did not start:\n${log}`);
}
