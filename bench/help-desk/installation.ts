import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const root = path.join(import.meta.dirname, '../..');

/** Highest resident size while the last line of progress began with these words, and how long it did. */
export interface Stage { readonly name: string; megabytes: number; seconds: number; progress: string }
export interface Peak { readonly megabytes: number; readonly seconds: number; readonly code: number | null; readonly out: string; readonly errors: string; readonly stages: readonly Stage[] }

/** A help desk Odoo and a workspace, each a simulator in a process of its own, and the product between them. */
export interface Installation {
  /** Runs a command of the product to its end, watching the highest resident size that the kernel sees. @param limits.minutes it is told to end after so long (exit 9) */
  command(args: readonly string[], limits?: Readonly<{ minutes: number }>): Promise<Peak>;
  /** An answer of Intercom's control port. */
  intercom<Answer>(address: string): Promise<Answer>;
  /** Highest resident sizes of the simulators in MB. */
  simulators(): { readonly odoo: number; readonly intercom: number };
  stop(): Promise<void>;
}

/** Resident size in MB, the highest so far or that of now; null = the process is gone. */
function residentMb(pid: number | undefined, which: 'VmHWM' | 'VmRSS'): number | null {
  try {
    const kilobytes = new RegExp(`${which}:\\s+(\\d+) kB`, 'u').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
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
    '--admins', ['migration@desk.example', ...agents].join(','), '--teams', 'Support,Billing', '--attachment-folder', path.join(folder, 'attachments'), '--attachments-held', '500', // each is read back at once; all of 50,000 tickets would be 8 GB
  ]);
  const environment = { PORTOLAN_HOME: path.join(folder, 'data'), ODOO_PASSWORD: odoo.started['password'] ?? '', INTERCOM_TOKEN: intercom.started['token'] ?? '' };
  const command: Installation['command'] = async (args, limits) => {
    const begun = performance.now();
    const child = spawn(path.join(root, 'bin/portolan'), args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
    let [megabytes, out, errors] = [0, '', ''];
    const stages: Stage[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
    createInterface({ input: child.stderr.setEncoding('utf8') }).on('line', (line) => {
      errors = `${errors}${line}\n`.slice(-2000);
      const name = /^(\S+ · .+?|writing the reports)(?: {2}|$)/u.exec(line)?.[1];
      const last = stages.at(-1);
      if (name === undefined) return;
      if (last?.name === name) last.progress = line;
      else stages.push({ name, megabytes: 0, seconds: 0, progress: line });
    });
    const step = 200;
    const timer = setInterval(() => {
      megabytes = Math.max(megabytes, residentMb(child.pid, 'VmHWM') ?? 0);
      const stage = stages.at(-1);
      if (stage === undefined) return;
      stage.seconds += step / 1000;
      stage.megabytes = Math.max(stage.megabytes, residentMb(child.pid, 'VmRSS') ?? 0);
    }, step);
    const end = limits === undefined ? undefined : setTimeout(() => { child.kill('SIGTERM'); }, limits.minutes * 60_000);
    const code = await new Promise<number | null>((done) => { child.once('close', done); });
    clearInterval(timer);
    clearTimeout(end);
    return { megabytes, seconds: (performance.now() - begun) / 1000, code, out, errors, stages };
  };
  for (const args of [
    ['init', 'desk', '--route', 'odoo-helpdesk-to-intercom'],
    ['connect', 'desk', 'source', '--set', `url=${odoo.started['url']}`, '--set', `database=${odoo.started['database']}`, '--set', `user=${odoo.started['user']}`, '--secret-env', 'password=ODOO_PASSWORD'],
    ['connect', 'desk', 'destination', '--set', `url=${intercom.started['url']}`, '--secret-env', 'token=INTERCOM_TOKEN'],
    ['discover', 'desk'], ['propose', 'desk'], ['decide', 'desk', '--set', 'workflows-off=off', '--set', 'partner-without-email=import'], ['plan', 'confirm', 'desk', '--accept-recommendations'],
  ]) {
    const { code, errors } = await command(args);
    if (code !== 0) throw new Error(`portolan ${args.join(' ')} ended with ${String(code)}:\n${errors}`);
  }
  return {
    command,
    intercom: async (address) => await (await fetch(`${intercom.started['controlUrl']}${address}`)).json() as never,
    simulators: () => ({ odoo: residentMb(odoo.child.pid, 'VmHWM') ?? 0, intercom: residentMb(intercom.child.pid, 'VmHWM') ?? 0 }),
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
