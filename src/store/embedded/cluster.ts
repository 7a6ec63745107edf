import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigurationError } from '../../connector/errors.ts';
import type { ServerAccount } from './account.ts';
import { canReach, chooseAccount } from './account.ts';
import type { ServerBinaries } from './binaries.ts';
import { findBinaries } from './binaries.ts';
import { folderError, troubleInLog } from './trouble.ts';

/** Name of the database role that owns everything. */
export const superuser = 'portolan';

/** A database cluster on disk, ready to be served. All paths lie in the data folder. */
export interface Cluster {
  readonly folder: string; // PGDATA
  readonly password: string;
  readonly account: ServerAccount | null;
  readonly binaries: ServerBinaries;
  readonly log: string;
  readonly presence: string; // named pipe held open by every Portolan process of this folder
}

/**
 * Opens the cluster of a data folder, making folder and cluster on first use. Two processes may do so at once:
 * each prepares its own cluster beside the place, and the rename decides which one stays.
 * @throws ConfigurationError when folder, disk, account or version are the trouble.
 */
export function openCluster(dataFolder: string): Cluster {
  const root = resolve(dataFolder);
  const folder = join(root, 'postgres');
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw folderError(root, cause);
  }
  const account = chooseAccount(existsSync(folder) ? statSync(folder).uid : null);
  const binaries = findBinaries(account);
  if (!existsSync(join(folder, 'PG_VERSION'))) initialise({ root, folder, account, binaries });
  refuseOtherMajor(folder, binaries.major);
  let password: string;
  try {
    password = readFileSync(join(folder, 'portolan.password'), 'utf8').trim();
  } catch (cause) {
    throw folderError(folder, cause);
  }
  return { folder, password, account, binaries, log: join(root, 'postgres.log'), presence: join(root, 'postgres.alive') };
}

/**
 * The name under which the server's account can enter a folder. A folder below a closed one (root's home is mode 700)
 * is handed over as an open descriptor, number 3 of the child: `/proc/self/fd/3` needs no right on the way there.
 */
export function folderForChild(folder: string, account: ServerAccount | null): Readonly<{ name: string; stdio: readonly number[]; close: () => void }> {
  if (account === null || canReach(folder, account)) return { name: folder, stdio: [], close: () => undefined };
  if (process.platform !== 'linux') {
    throw new ConfigurationError({
      code: 'data-folder-not-reachable',
      message: `PostgreSQL does not run as root, and the user ${account.name} cannot enter ${folder}.`,
      remedy: 'Choose a data folder that every user may enter, or run Portolan as an ordinary user.',
    });
  }
  const descriptor = openSync(folder, 'r');
  return { name: '/proc/self/fd/3', stdio: [descriptor], close: () => closeSync(descriptor) };
}

/** Spawn options that drop root's rights. */
export const asAccount = (account: ServerAccount | null): { uid?: number; gid?: number } =>
  account === null ? {} : { uid: account.uid, gid: account.gid };

function initialise(params: Readonly<{ root: string; folder: string; account: ServerAccount | null; binaries: ServerBinaries }>): void {
  const { root, folder, account, binaries } = params;
  const draft = `${folder}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
  const passwordFile = `${draft}.password`;
  const password = randomBytes(24).toString('base64url');
  try {
    removeAbandonedDrafts(root);
    mkdirSync(draft, { mode: 0o700 });
    if (account !== null) chownSync(draft, account.uid, account.gid);
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (account !== null) chownSync(passwordFile, account.uid, account.gid);
    runInitdb({ draft, passwordFile, account, binaries });
    writeFileSync(join(draft, 'portolan.password'), password, { mode: 0o600 });
    if (account !== null) chownSync(join(draft, 'portolan.password'), account.uid, account.gid);
    chmodSync(draft, 0o700);
    if (existsSync(folder) && !existsSync(join(folder, 'PG_VERSION'))) rmSync(folder, { recursive: true });
    renameSync(draft, folder);
  } catch (cause) {
    if (existsSync(join(folder, 'PG_VERSION'))) return; // another process was faster
    throw cause instanceof ConfigurationError ? cause : folderError(root, cause);
  } finally {
    discard(draft);
    discard(passwordFile);
  }
}

/** Removes what may not be there, or may not even be looked for; the trouble was reported already. */
function discard(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // a folder that we may not enter holds nothing of ours
  }
}

function runInitdb(params: Readonly<{ draft: string; passwordFile: string; account: ServerAccount | null; binaries: ServerBinaries }>): void {
  const { draft, passwordFile, account, binaries } = params;
  const target = folderForChild(draft, account);
  // The password travels by descriptor as well: the account may not enter our folder. Its number follows the folder's.
  const password = openSync(passwordFile, 'r');
  const passwordName = process.platform === 'linux' ? `/proc/self/fd/${3 + target.stdio.length}` : passwordFile;
  try {
    const result = spawnSync(binaries.initdb, [
      '-D', target.name, '-U', superuser, `--pwfile=${passwordName}`, '--auth=scram-sha-256', '--encoding=UTF8',
      // Code point order and Unicode case mapping on every machine alike; the machine's own locales are never asked.
      '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions',
      '--no-sync', // an empty cluster is worth nothing yet; syncing its 1,000 files takes seconds on slow disks
    ], { ...asAccount(account), cwd: '/', encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe', ...target.stdio, password] });
    if (result.error !== undefined) throw result.error;
    if (result.status !== 0) throw troubleInLog(`${result.stdout}\n${result.stderr}`, draft, 'initdb');
  } finally {
    closeSync(password);
    target.close();
  }
}

/** Drafts of processes that were killed while they prepared a cluster. */
function removeAbandonedDrafts(root: string): void {
  for (const name of readdirSync(root)) {
    const pid = /^postgres\.new-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    rmSync(join(root, name), { recursive: true, force: true });
  }
}

/** Whether a process with this id exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function refuseOtherMajor(folder: string, major: number): void {
  const found = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (found === String(major)) return;
  throw new ConfigurationError({
    code: 'other-postgres-version',
    message: `The database in ${folder} was made by PostgreSQL ${found}; this Portolan brings PostgreSQL ${major}.`,
    remedy: `Start it once with the Portolan version that brought PostgreSQL ${found} and dump it (pg_dump), or choose another data folder.`,
  });
}
