/**
 * Builds the web console into console/dist, where `portolan serve` finds it. With `--if-needed` only when a source, or a
 * package it is made of, has changed since; about five seconds otherwise.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = path.join(root, 'console');
const stampFile = path.join(folder, 'dist', '.built-from');

/** What the built files depend on. */
function wantedStamp() {
  const hash = createHash('sha256');
  const sources = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(path.join(folder, 'dist')));
  for (const file of [...sources, path.join(root, 'package-lock.json')].sort()) hash.update(path.relative(root, file)).update(readFileSync(file));
  return hash.digest('hex');
}

const isBuilt = (stamp) => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;

/** One process builds at a time; a lock whose process died is taken over after a minute. */
async function locked(work) {
  const lock = path.join(root, 'node_modules', '.portolan-building-console');
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 60_000) rmSync(lock, { recursive: true, force: true });
      await pause(200);
    }
  }
  try {
    return work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** @returns whether anything had to be built */
export async function buildConsole({ ifNeeded }) {
  const stamp = wantedStamp();
  if (ifNeeded && isBuilt(stamp)) return false;
  return locked(() => {
    if (ifNeeded && isBuilt(stamp)) return false;
    // A process of its own: tests run with another NODE_ENV, which would build React for development.
    const done = spawnSync(process.execPath, [path.join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--config', path.join(folder, 'vite.config.ts'), '--logLevel', 'warn'], { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } });
    if (done.status !== 0) throw new Error(`The console could not be built:\n${done.stdout}${done.stderr}`);
    writeFileSync(stampFile, stamp);
    return true;
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = performance.now();
  if (await buildConsole({ ifNeeded: process.argv.includes('--if-needed') })) process.stderr.write(`portolan: console built in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}
