import { hostname } from 'node:os';

/** Name of this process among drivers and workers: `host:pid`. */
export function processIdentity(): string {
  return `${hostname()}:${process.pid}`;
}

/**
 * Whether the process of an identity is certainly dead: it ran on this host, and no process has its number.
 * A number that was given again, or another host, counts as alive: then the lease or the heartbeat decides.
 * Two containers that share a host name but not their processes can be misjudged; fences make that harmless.
 */
export function isProcessGone(identity: string): boolean {
  const at = identity.lastIndexOf(':');
  const pid = Number(identity.slice(at + 1));
  if (identity.slice(0, at) !== hostname() || !Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'; // EPERM: it lives, under another account
  }
}
