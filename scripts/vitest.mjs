import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');

/**
 * Runs vitest on this Node with the readable reporter and the counting one.
 * @param args further arguments of `vitest run` · @param env additions to the environment
 * @returns counts; a vitest that died without a report, or failed in a way no count shows, has at least one failure.
 */
export async function runVitest(args, env = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'portolan-counts-'));
  const file = path.join(folder, 'counts.json');
  try {
    const child = spawn(process.execPath, [
      path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=default', `--reporter=${path.join(root, 'scripts/counts-reporter.mjs')}`, ...args,
    ], { cwd: root, stdio: 'inherit', env: { ...process.env, ...env, PORTOLAN_COUNTS_FILE: file } });
    // A signal for this process alone (a time limit in CI) has to reach vitest; it ends its workers and reports.
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (status, signal) => resolve(signal === null ? status : 1));
    });
    const counts = readCounts(file);
    if (code !== 0 && counts.failed === 0) counts.failed = 1;
    return counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
