import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface StartedSimulator {
  /** What it printed: addresses and keys, by name. */
  readonly address: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/**
 * A simulator in a process of its own; it ends when its standard input closes, so also when this process dies. Ctrl-C in a terminal
 * does not reach it: what talks to it comes to rest first.
 */
export async function startSimulator(platform: 'odoo' | 'intercom' | 'customerio' | 'instream', args: readonly string[]): Promise<StartedSimulator> {
  const script = join(import.meta.dirname, '..', '..', 'simulators', platform, 'main.ts');
  const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const line = await new Promise<string>((found, failed) => {
    child.once('error', failed);
    child.once('exit', (code) => failed(new Error(`The simulated ${platform} ended with code ${String(code)}.`)));
    createInterface({ input: child.stdout }).once('line', found);
  });
  return {
    address: JSON.parse(line) as Record<string, string>,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

/** The parts of a simulator's address that are needed. */
export function placeOf<Name extends string>(address: Readonly<Record<string, string>>, names: readonly Name[]): Readonly<Record<Name, string>> {
  return Object.fromEntries(names.map((name) => [name, address[name] ?? ''])) as Record<Name, string>;
}
