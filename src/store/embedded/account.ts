import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ConfigurationError } from '../../connector/errors.ts';

/** The unprivileged account under which root runs the server. */
export interface ServerAccount { readonly name: string; readonly uid: number; readonly gid: number }

/**
 * Chooses the account of the server. PostgreSQL refuses to run as root, so root lends it `postgres` or, without
 * that, `nobody`; everybody else runs it as themselves (null). A cluster that exists keeps its owner: PostgreSQL
 * insists on it.
 * @param owner uid of the existing cluster's folder; null = no cluster yet.
 * @throws ConfigurationError 'no-server-account', 'foreign-cluster'.
 */
export function chooseAccount(owner: number | null): ServerAccount | null {
  const uid = process.geteuid?.();
  if (uid === undefined) return null; // Windows
  if (uid !== 0) {
    if (owner !== null && owner !== uid) {
      throw new ConfigurationError({
        code: 'foreign-cluster',
        message: `The database in this data folder belongs to user ${owner}, but Portolan runs as user ${uid}.`,
        remedy: 'Run Portolan as the user who made the data folder, or choose another data folder.',
      });
    }
    return null;
  }
  const accounts = readAccounts();
  const found = owner !== null && owner !== 0
    ? accounts.find((account) => account.uid === owner) ?? null
    : accounts.find(({ name }) => name === 'postgres') ?? accounts.find(({ name }) => name === 'nobody') ?? null;
  if (found === null || found.uid === 0) {
    throw new ConfigurationError({
      code: 'no-server-account',
      message: owner === null ? 'PostgreSQL refuses to run as root, and this machine has neither a user `postgres` nor `nobody`.'
        : `The database in this data folder belongs to user ${owner}, who is not in /etc/passwd.`,
      remedy: 'Run Portolan as an ordinary user, or set DATABASE_URL to a PostgreSQL server of your own.',
    });
  }
  return found;
}

function readAccounts(): readonly ServerAccount[] {
  return readFileSync('/etc/passwd', 'utf8').split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

/** Whether the account may enter every folder on the way to the path (mode bits only; an ACL counts as closed). */
export function canReach(path: string, account: ServerAccount): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
