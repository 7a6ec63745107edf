import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunReport } from '../../src/engine/run-report.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface Finished { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly out: string; readonly err: string }

/** `bin/portolan` as a person starts it, on an installation of its own. */
export interface Portolan {
  /** Runs a command to its end. */
  run(...args: readonly string[]): Promise<Finished>;
  /** The JSON document of a command, whatever its exit code. */
  json<Document = RunReport>(...args: readonly string[]): Promise<Document & { readonly exitCode: number | null }>;
  /** Starts a command; `ended` resolves with its end, however it came. */
  start(...args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Finished> };
}

/** @param env must hold PORTOLAN_HOME, and DATABASE_URL where the embedded database is not wanted; nothing else of an installation is inherited. */
export function portolan(env: Readonly<Record<string, string>>): Portolan {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:PORTOLAN_|DATABASE_URL|VITEST|NODE_OPTIONS|PG)/.test(name)));
  const start: Portolan['start'] = (...args) => {
    const child = spawn(path.join(root, 'bin/portolan'), args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...inherited, PORTOLAN_NODE: process.execPath, ...env } });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
    child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text; });
    const ended = once(child, 'close').then(([code, signal]) => ({ code: code as number | null, signal: signal as NodeJS.Signals | null, out, err }));
    return { child, ended };
  };
  const run: Portolan['run'] = (...args) => start(...args).ended;
  return {
    start, run,
    json: async (...args) => {
      const { code, out, err } = await run(...args, '--json');
      try {
        return { ...JSON.parse(out), exitCode: code };
      } catch {
        throw new Error(`portolan ${args.join(' ')} printed no JSON (exit code ${code}):\n${out}\n${err}`);
      }
    },
  };
}

/** Resolves when a run command has named its run on stderr: from here on it is driven. */
export function driven(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => { child.stderr?.on('data', (text: string) => { if (/^run [0-9a-f-]{36}$/m.test(text)) resolve(); }); });
}

/**
 * Starts the command and kills it with SIGKILL so long after it has named its run; resolves to how it ended.
 * @param delayMs from the moment that the run is driven
 */
export async function killedAfter(cli: Portolan, delayMs: number, args: readonly string[]): Promise<Finished> {
  const { child, ended } = cli.start(...args);
  const begun = driven(child);
  const timer = new AbortController();
  await Promise.race([ended, begun.then(() => pause(delayMs, undefined, { signal: timer.signal })).catch(() => undefined)]);
  timer.abort();
  child.kill('SIGKILL');
  return ended;
}

interface Controlled {
  /** The answer of the control port. */
  ask<Answer>(method: 'GET' | 'POST' | 'DELETE', address: string, body?: object): Promise<Answer>;
  stop(): Promise<void>;
}

export interface SimulatorProcess extends Controlled {
  readonly url: string;
  readonly controlUrl: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly version: number;
}

/** The Odoo simulator in a process of its own: it outlives every process that the test kills. */
export function odooProcess(...args: readonly string[]): Promise<SimulatorProcess> {
  return simulatorProcess<SimulatorProcess>('odoo', args);
}

export interface IntercomProcess extends Controlled { readonly url: string; readonly controlUrl: string; readonly token: string }

/** The Intercom simulator in a process of its own. */
export function intercomProcess(...args: readonly string[]): Promise<IntercomProcess> {
  return simulatorProcess<IntercomProcess>('intercom', args);
}

export interface CustomerioProcess extends Controlled { readonly url: string; readonly controlUrl: string; readonly apiKey: string }

/** The Customer.io simulator in a process of its own. */
export function customerioProcess(...args: readonly string[]): Promise<CustomerioProcess> {
  return simulatorProcess<CustomerioProcess>('customerio', args);
}

async function simulatorProcess<Started extends Controlled & { readonly controlUrl: string }>(name: 'odoo' | 'intercom' | 'customerio', args: readonly string[]): Promise<Started> {
  const child = spawn(process.execPath, [path.join(root, `src/simulators/${name}/main.ts`), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const line = await Promise.race([once(child.stdout, 'data').then(([chunk]) => String(chunk)), exited.then(() => { throw new Error('The simulator ended before it answered.'); })]);
  const started = JSON.parse(line) as Omit<Started, keyof Controlled>;
  const controlled: Controlled = {
    ask: async (method, address, body) => {
      const response = await fetch(`${String((started as { readonly controlUrl?: string }).controlUrl)}${address}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      const answer: unknown = await response.json();
      if (!response.ok) throw new Error(`${method} ${address}: ${JSON.stringify(answer)}`);
      return answer as never;
    },
    stop: async () => {
      child.stdin.end();
      await exited;
    },
  };
  return { ...started, ...controlled } as Started;
}
