import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../database.ts';
import { troubleInLog } from './trouble.ts';

const script = new URL('../../../test/support/open-store.ts', import.meta.url).pathname;
const isRoot = process.getuid?.() === 0;
const nobody = 65534;

let folder = '';
let children: ChildProcessByStdio<Writable, Readable, null>[] = [];
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'portolan-pg-')); });
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  await serverGone(join(folder, 'data'));
  rmSync(folder, { recursive: true, force: true });
});

const serverPid = (dataFolder: string): number | null => {
  try {
    return Number(readFileSync(join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return null;
  }
};
const alive = (pid: number): boolean => existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
/** Processes of this folder's server, told by their command line: server and watcher. */
const leftOver = (dataFolder: string): string[] => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
  try {
    const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return line.includes(dataFolder) && !line.includes(script) ? [line] : [];
  } catch {
    return [];
  }
});
async function serverGone(dataFolder: string): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const pid = serverPid(dataFolder);
    if ((pid === null || !alive(pid)) && leftOver(dataFolder).length === 0) return;
    await sleep(20);
  }
  throw new Error(`The server of ${dataFolder} is still there: ${serverPid(dataFolder)} ${leftOver(dataFolder).join(' | ')}`);
}

interface Opened { readonly child: ChildProcessByStdio<Writable, Readable, null>; readonly line: string }
async function openChild(dataFolder: string, uid?: number): Promise<Opened> {
  const child = spawn(process.execPath, [script, dataFolder, ...(uid === undefined ? [] : [String(uid)])], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  let line = '';
  for await (const chunk of child.stdout) {
    line += String(chunk);
    if (line.includes('\n')) break;
  }
  return { child, line: line.trim() };
}
async function closeChild({ child }: Opened): Promise<void> {
  const exited = once(child, 'exit');
  child.stdin.end();
  expect((await exited)[0]).toBe(0);
}
const port = (url: string): string => new URL(url).port;

describe('the embedded server', () => {
  it('starts with the first that opens a folder, is shared, and stops with the last that closes it, whoever started it', async () => {
    const dataFolder = join(folder, 'data');
    const [first, second] = await Promise.all([openChild(dataFolder), openChild(dataFolder)]); // a race for folder and server
    expect(first.line).toMatch(/^postgres:\/\/portolan:.+@127\.0\.0\.1:\d+\/portolan$/);
    expect(second.line).toBe(first.line);
    await closeChild(first);
    const here = await openDatabase({ dataFolder, databaseUrl: null });
    expect(port(here.url)).toBe(port(first.line));
    await closeChild(second);
    expect(alive(serverPid(dataFolder)!)).toBe(true);
    await here.close();
    await here.close(); // harmless
    expect(serverPid(dataFolder)).toBeNull();
    await serverGone(dataFolder);
  });

  it('survives a kill of its process, with all that was committed', async () => {
    const dataFolder = join(folder, 'data');
    const first = await openChild(dataFolder);
    const one = await openDatabase({ dataFolder, databaseUrl: null });
    const { sql } = await import('kysely');
    await sql`create table kept (a int)`.execute(one.database);
    await sql`insert into kept values (1)`.execute(one.database);
    process.kill(serverPid(dataFolder)!, 'SIGKILL');
    await closeChild(first);
    await one.close();
    const again = await openDatabase({ dataFolder, databaseUrl: null });
    expect((await sql<{ a: number }>`select a from kept`.execute(again.database)).rows).toEqual([{ a: 1 }]);
    await again.close();
    await serverGone(dataFolder);
  });

  it('is stopped when the last process was killed, and leaves nothing behind', async () => {
    const dataFolder = join(folder, 'data');
    const opened = await openChild(dataFolder);
    expect(leftOver(dataFolder).length).toBeGreaterThan(0);
    const exited = once(opened.child, 'exit');
    opened.child.kill('SIGKILL');
    await exited;
    await serverGone(dataFolder);
  });

  it('starts over a lock file whose number now belongs to another program', async () => {
    const dataFolder = join(folder, 'data');
    const first = await openDatabase({ dataFolder, databaseUrl: null });
    await first.close();
    writeFileSync(join(dataFolder, 'postgres', 'postmaster.pid'), `${process.pid}\n${dataFolder}/postgres\n1\n1\n\n127.0.0.1\n\nready   \n`);
    const second = await openDatabase({ dataFolder, databaseUrl: null });
    await second.close();
  });

  it('waits for one that has only just made its lock file, and starts over an empty one that was left behind', async () => {
    const dataFolder = join(folder, 'data');
    const first = await openDatabase({ dataFolder, databaseUrl: null });
    await first.close();
    const lock = join(dataFolder, 'postgres', 'postmaster.pid');
    writeFileSync(lock, '');
    const almost = (Date.now() - 8_000) / 1000; // a remnant from 10 s on
    utimesSync(lock, almost, almost);
    const begun = Date.now();
    const again = await openDatabase({ dataFolder, databaseUrl: null });
    expect(Date.now() - begun).toBeGreaterThan(1_000);
    await again.close();
  }, 60_000);

  it('keeps password and data from other users', async () => {
    const dataFolder = join(folder, 'data');
    const open = await openDatabase({ dataFolder, databaseUrl: null });
    try {
      expect(statSync(dataFolder).mode & 0o777).toBe(0o700);
      expect(statSync(join(dataFolder, 'postgres')).mode & 0o777).toBe(0o700);
      expect(statSync(join(dataFolder, 'postgres', 'portolan.password')).mode & 0o777).toBe(0o600);
      const wrong = open.url.replace(/:[^:@]+@/, ':wrong@');
      await expect(openDatabase({ dataFolder, databaseUrl: wrong })).rejects.toMatchObject({ code: 'database-unreachable' });
    } finally {
      await open.close();
    }
  });

  it.runIf(isRoot)('runs for root, whose folders others cannot enter, and for an ordinary user', async () => {
    chmodSync(folder, 0o700);
    const root = await openChild(join(folder, 'data'));
    expect(root.line).toMatch(/^postgres:/);
    expect(statSync(join(folder, 'data', 'postgres')).uid).not.toBe(0);
    await closeChild(root);

    chmodSync(folder, 0o777);
    const ordinary = await openChild(join(folder, 'own'), nobody);
    expect(ordinary.line).toMatch(/^postgres:/);
    expect(statSync(join(folder, 'own', 'postgres')).uid).toBe(nobody);
    await closeChild(ordinary);
    await serverGone(join(folder, 'own'));
  });

  it.runIf(isRoot)('says what to do about a folder that may not be written', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    chmodSync(folder, 0o755);
    for (const dataFolder of [closed, join(closed, 'deeper')]) {
      const { line } = await openChild(dataFolder, nobody);
      expect(JSON.parse(line)).toMatchObject({ code: 'data-folder-not-writable', message: expect.stringContaining(closed), remedy: expect.stringContaining('chown') });
    }
  });

  it('says what to do about a folder that is a file, a cluster of another version, or a too long path', async () => {
    const failure = (dataFolder: string): Promise<unknown> => openDatabase({ dataFolder, databaseUrl: null }).then(() => null, (error: unknown) => error);
    writeFileSync(join(folder, 'file'), '');
    expect(await failure(join(folder, 'file'))).toMatchObject({ name: 'ConfigurationError', code: 'data-folder-not-a-folder' });
    mkdirSync(join(folder, 'old', 'postgres'), { recursive: true });
    writeFileSync(join(folder, 'old', 'postgres', 'PG_VERSION'), '15\n');
    expect(await failure(join(folder, 'old'))).toMatchObject({ name: 'ConfigurationError', code: isRoot ? expect.stringMatching(/other-postgres-version|no-server-account/) : 'other-postgres-version' });
    expect(await failure(join(folder, 'x'.repeat(300)))).toMatchObject({ name: 'ConfigurationError', code: 'data-folder-too-long' });
  });

  it('reads a full disk and a taken port from the words of PostgreSQL', () => {
    expect(troubleInLog('FATAL:  could not write to file "pg_wal/x": No space left on device', '/data', 'The server')).toMatchObject({ name: 'ConfigurationError', code: 'disk-full', remedy: expect.stringContaining('Free some space') });
    expect(troubleInLog('LOG:  could not bind IPv4 address "127.0.0.1": Address already in use\nFATAL:  could not create any TCP/IP sockets', '/data', 'The server')).toMatchObject({ code: 'port-not-available' });
    expect(troubleInLog('', '/data', 'The server')).toMatchObject({ code: 'postgres-did-not-start', remedy: expect.stringContaining('postgres.log') });
  });
});
