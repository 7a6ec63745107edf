import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const root = path.join(import.meta.dirname, '../..');

export interface Peak { readonly megabytes: number; readonly seconds: number; readonly code: number | null; readonly out: string; readonly errors: string }

/** A help desk Odoo and a workspace, each a simulator in a process of its own, and the product between them. */
export interface Installation {
  /** Runs a command of the product to its end, watching the highest resident size that the kernel sees. */
  command(...args: readonly string[]): Promise<Peak>;
  /** An answer of Intercom's control port. */
  intercom<Answer>(address: string): Promise<Answer>;
  /** Highest resident sizes of the simulators in MB. */
  simulators(): { readonly odoo: number; readonly intercom: number };
  stop(): Promise<void>;
}

/** Highest resident size in MB; null = the process is gone. */
function peakMb(pid: number | undefined): number | null {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
  } catch {
    return null;
  }
}

async function simulator(name: 'odoo' | 'intercom', args: readonly string[]): Promise<{ readonly child: ChildProcess; readonly started: Readonly<Record<string, string>> }> {
  const child = spawn(process.execPath, [path.join(root, `src/simulators/${name}/main.ts`), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const line = await new Promise<string>((found) => { createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', found); });
  return { child, started: JSON.parse(line) };
}

/** Everything up to the confirmed plan. @param params.perMinute the workspace's limit of calls */
export async function installation(params: Readonly<{ tickets: number; perMinute: number }>): Promise<Installation> {
  const folder = mkdtempSync(path.join(tmpdir(), 'portolan-desk-bench-'));
  mkdirSync(path.join(folder, 'attachments'));
  const agents = Array.from({ length: 12 }, (_none, at) => `agent.${at + 1}@helpdesk.example`);
  const odoo = await simulator('odoo', ['--version', '17', '--helpdesk', 'enterprise', '--tickets', String(params.tickets), '--seed', '3']);
  const intercom = await simulator('intercom', [
    '--per-minute', String(params.perMinute), '--workspace-per-minute', String(params.perMinute * 10), '--replies-per-15-s', '100000', '--search-lag-ms', '0',
    '--admins', ['migration@desk.example', ...agents].join(','), '--teams', 'Support,Billing', '--attachment-folder', path.join(folder, 'attachments'),
  ]);
  const environment = { PORTOLAN_HOME: path.join(folder, 'data'), ODOO_PASSWORD: odoo.started['password'] ?? '', INTERCOM_TOKEN: intercom.started['token'] ?? '' };
  const command: Installation['command'] = async (...args) => {
    const begun = performance.now();
    const child = spawn(path.join(root, 'bin/portolan'), args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
    let [megabytes, out, errors] = [0, '', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
    child.stderr.setEncoding('utf8').on('data', (text: string) => { errors = (errors + text).slice(-2000); });
    const timer = setInterval(() => { megabytes = Math.max(megabytes, peakMb(child.pid) ?? 0); }, 200);
    const code = await new Promise<number | null>((done) => { child.once('close', done); });
    clearInterval(timer);
    return { megabytes, seconds: (performance.now() - begun) / 1000, code, out, errors };
  };
  for (const args of [
    ['init', 'desk', '--route', 'odoo-helpdesk-to-intercom'],
    ['connect', 'desk', 'source', '--set', `url=${odoo.started['url']}`, '--set', `database=${odoo.started['database']}`, '--set', `user=${odoo.started['user']}`, '--secret-env', 'password=ODOO_PASSWORD'],
    ['connect', 'desk', 'destination', '--set', `url=${intercom.started['url']}`, '--secret-env', 'token=INTERCOM_TOKEN'],
    ['discover', 'desk'], ['propose', 'desk'], ['decide', 'desk', '--set', 'workflows-off=off', '--set', 'partner-without-email=import'], ['plan', 'confirm', 'desk', '--accept-recommendations'],
  ]) {
    const { code, errors } = await command(...args);
    if (code !== 0) throw new Error(`portolan ${args.join(' ')} ended with ${String(code)}:\n${errors}`);
  }
  return {
    command,
    intercom: async (address) => await (await fetch(`${intercom.started['controlUrl']}${address}`)).json() as never,
    simulators: () => ({ odoo: peakMb(odoo.child.pid) ?? 0, intercom: peakMb(intercom.child.pid) ?? 0 }),
    stop: async () => {
      await Promise.all([odoo, intercom].map(async ({ child }) => {
        child.stdin?.end();
        if (child.exitCode === null) await new Promise((done) => { child.once('exit', done); });
      }));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const runCommand = ['run', 'desk', '--mode', 'production', '--yes', '--confirm-destination', '127.0.0.1', '--json'] as const;
