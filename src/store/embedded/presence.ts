import { spawn, spawnSync } from 'node:child_process';
import { closeSync, constants, existsSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from './cluster.ts';

/**
 * A named pipe that every Portolan process of a data folder holds open. The watcher, a shell of 1 MB, sleeps in a
 * read of it; the read ends when the last holder is gone, and that happens after `kill -9` too, since the kernel
 * closes the pipe. Only then, and only if the server is still the one it was started with, it stops the server.
 */
const watcherScript = `
cat <"$1" >/dev/null
[ "$(head -n 1 "$2" 2>/dev/null)" = "$3" ] && kill -INT "$3" 2>/dev/null
exit 0
`;

/** Holds the pipe open. @returns a function that lets go. */
export function announcePresence(cluster: Cluster): () => void {
  if (process.platform === 'win32') return () => undefined; // no named pipes of this kind: the last close() stops the server
  if (!existsSync(cluster.presence)) spawnSync('mkfifo', ['-m', '600', cluster.presence]);
  if (!existsSync(cluster.presence) || !statSync(cluster.presence).isFIFO()) return () => undefined; // a file system without pipes
  // Read and write, so that opening never waits for the other end.
  const descriptor = openSync(cluster.presence, constants.O_RDWR | constants.O_NONBLOCK);
  return () => closeSync(descriptor);
}

/** Starts the watcher of a server. */
export function watchServer(cluster: Cluster, pid: number): void {
  if (process.platform === 'win32' || !existsSync(cluster.presence)) return;
  const watcher = spawn('/bin/sh', ['-c', watcherScript, 'portolan-watcher', cluster.presence, join(cluster.folder, 'postmaster.pid'), String(pid)], {
    detached: true, stdio: 'ignore', cwd: '/',
  });
  watcher.once('error', () => undefined); // no shell: the last close() stops the server
  watcher.unref();
}
