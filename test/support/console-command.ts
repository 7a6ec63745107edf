import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildConsole } from '../../scripts/build-console.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** `portolan serve` as a person starts it, on an empty installation. */
export interface ServeCommand {
  readonly url: string;
  readonly firstRunCode: string;
  readonly home: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts it with the console built, on a free port. The installation goes with `stop`. */
export async function startServe(): Promise<ServeCommand> {
  await buildConsole({ ifNeeded: true });
  const home = mkdtempSync(path.join(tmpdir(), 'portolan-console-'));
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:PORTOLAN_|DATABASE_URL|VITEST|NODE_OPTIONS|PG)/.test(name)));
  const child = spawn(path.join(root, 'bin/portolan'), ['serve', '--port', '0', '--json'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...inherited, PORTOLAN_NODE: process.execPath, PORTOLAN_HOME: home } });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text; });
  const ended = once(child, 'close');
  const line = await Promise.race([
    new Promise<string>((resolve) => { child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text)); }),
    ended.then(() => { throw new Error(`portolan serve ended at once:\n${err}`); }),
  ]);
  const { url, firstRunCode } = JSON.parse(line) as { url?: string; firstRunCode?: string };
  if (url === undefined || firstRunCode === undefined) throw new Error(`portolan serve did not start: ${line}\n${err}`);
  return {
    url, firstRunCode, home, pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}
