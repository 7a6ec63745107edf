import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync, readSync, rmSync, statSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError } from '../../connector/errors.ts';
import type { Cluster } from './cluster.ts';
import { asAccount, folderForChild, isAlive } from './cluster.ts';
import { folderError, troubleInLog } from './trouble.ts';

/** What PostgreSQL itself says about the server of a folder, in its lock file. */
export interface RunningServer { readonly pid: number; readonly port: number; readonly status: string }

/** Recovery after an unclean stop replays at most 1 GB of log: seconds on a laptop's disk, a minute on the slowest. */
const startTimeoutMs = 120_000;

const settings: readonly string[] = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=', // no socket, so no limit of 107 bytes on the path
  'max_connections=100', 'shared_buffers=128MB', 'max_wal_size=1GB',
  'wal_level=minimal', 'max_wal_senders=0', 'checkpoint_timeout=15min',
  'jit=off', // our statements are short; compiling them took longer than running them
  'max_parallel_workers_per_gather=0', // parallel plans need /dev/shm, which containers keep at 64 MB
  'log_checkpoints=off', 'log_line_prefix=%m [%p] ',
  // Customer data stays out of the log: no statements, no details, no parameters.
  'log_min_error_statement=panic', 'log_error_verbosity=terse',
];

/** After so long an empty lock file is a remnant. Milliseconds. */
const emptyLockMs = 10_000;

/** Reads the lock file of a folder; null = no server, or the file is left over from one that was killed. */
export function findServer(cluster: Cluster): RunningServer | null {
  const file = join(cluster.folder, 'postmaster.pid');
  let lines: readonly string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch {
    return null;
  }
  if (lines.join('').trim() === '') {
    // A server writes into its lock file at once; one that was killed in that moment would keep every other away.
    if (Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > emptyLockMs) rmSync(file, { force: true });
    return null;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return null;
  if (isPostgres(pid)) return { pid, port: Number(lines[3] ?? 0), status: (lines[7] ?? 'starting').trim() };
  // After a restart of the machine or container the old number may belong to somebody else; PostgreSQL itself would
  // then refuse to start for ever. Its shared memory still guards against two servers on one folder.
  rmSync(file, { force: true });
  return null;
}

function isPostgres(pid: number): boolean {
  if (process.platform !== 'linux') return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return false;
  }
}

/**
 * Starts a server on a free port of 127.0.0.1 and waits until it takes connections. It is a process of its own that
 * outlives us; the watcher stops it when the last process that holds the presence pipe is gone, however it went.
 * @returns null when another process started one at the same time (PostgreSQL's own lock decided).
 */
export async function startServer(cluster: Cluster): Promise<RunningServer | null> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const result = await tryStart(cluster, port);
    if (typeof result !== 'string') return result;
    if (result.includes('postmaster.pid" already exists') || result.includes('pre-existing shared memory block') || result.includes('postmaster.pid" is empty')) return null; // empty: the other has made it and not yet written into it
    const trouble = troubleInLog(result, cluster.folder, 'The server');
    if (trouble.code !== 'port-not-available' || attempt === 5) throw trouble; // somebody took the port in between
  }
}

/** @returns the server, or what its log says when it gave up. */
async function tryStart(cluster: Cluster, port: number): Promise<RunningServer | string> {
  let log: number;
  try {
    log = openSync(cluster.log, 'a+', 0o600);
    if (fstatSync(log).size > 10_000_000) truncateSync(cluster.log);
  } catch (cause) {
    throw folderError(cluster.folder, cause);
  }
  const from = fstatSync(log).size;
  const target = folderForChild(cluster.folder, cluster.account);
  try {
    const child = spawn(cluster.binaries.postgres, ['-D', target.name, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])], {
      ...asAccount(cluster.account), cwd: '/', detached: true, stdio: ['ignore', log, log, ...target.stdio],
    });
    let ended = false;
    let spawnError: Error | null = null;
    child.once('exit', () => { ended = true; });
    child.once('error', (error) => { spawnError = error; ended = true; });
    child.unref();
    for (const deadline = Date.now() + startTimeoutMs; Date.now() < deadline; await sleep(10)) {
      if (spawnError !== null) throw folderError(cluster.folder, spawnError);
      if (ended) return readFrom(log, from);
      const server = findServer(cluster);
      if (server !== null && server.pid === child.pid && server.status === 'ready') return server;
    }
    child.kill('SIGQUIT');
    throw new ConfigurationError({
      code: 'postgres-start-timeout', message: `The embedded PostgreSQL on ${cluster.folder} did not take connections within ${startTimeoutMs / 1000} s.`,
      remedy: `Read ${cluster.log}; a very slow disk needs another data folder.`,
    });
  } finally {
    closeSync(log);
    target.close();
  }
}

function readFrom(file: number, from: number): string {
  const buffer = Buffer.alloc(20_000);
  return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, from)).toString('utf8');
}

/** Stops the server (open transactions are rolled back) and waits until its process is gone. */
export async function stopServer(cluster: Cluster, server: RunningServer): Promise<void> {
  if (findServer(cluster)?.pid !== server.pid) return;
  try {
    process.kill(server.pid, 'SIGINT');
  } catch {
    return; // gone already
  }
  await waitUntilGone(server.pid);
}

/** Waits until a process is gone; the final checkpoint may take a while. */
export async function waitUntilGone(pid: number): Promise<void> {
  for (const deadline = Date.now() + startTimeoutMs; Date.now() < deadline && isRunning(pid); await sleep(10));
}

/** A zombie (ended, not yet reaped by its parent) does not count as running. */
function isRunning(pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
