import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { ConfigurationError } from '../connector/errors.ts';
import type { RunReport } from '../engine/run-report.ts';
import { generateBundle } from '../simulators/instream/bundle.ts';
import { mutate } from '../simulators/instream/later.ts';
import { exitCode } from './exit-codes.ts';
import type { CliIo } from './io.ts';
import { say, type Session } from './session.ts';

/** Marks a folder that a demo made, so that the next one may empty it and nothing else is ever deleted. */
const MARKER = '.portolan-demo';
const PROJECT = 'demo';

interface SimulatorAddress { readonly url: string; readonly database: string; readonly user: string; readonly password: string }

/**
 * A whole migration on this machine, by the very commands a person would type: a made-up export with a few dirty rows,
 * a simulated Odoo, sample, production run, verification, a second run, a delta, the hand-off, and a rollback with its proof.
 * @returns 0 when everything that was promised held, 1 otherwise.
 */
export async function runDemo(session: Session, options: Readonly<{ folder: string }>): Promise<number> {
  const folder = resolve(session.io.cwd, options.folder);
  await prepareFolder(folder);
  say(session, `demo in ${folder}\n\nA made-up export of a Polish company, and a simulated Odoo 17 to move it to.`);
  const bundle = join(folder, 'export.zip');
  const account = { zip: bundle, seed: 7, contacts: 300, companies: 45, deals: 80, notes: 300, language: 'pl', encoding: 'windows-1250', dirt: 0.03, knownOwners: [] } as const;
  await generateBundle(account);
  const exportAgain = async (): Promise<void> => {
    await rm(bundle);
    await generateBundle(mutate(account, { changed: 0.03, removed: 0.01, added: 0.02 }));
  };
  const simulator = await startSimulator();
  try {
    return await migrate(session, { folder, bundle, exportAgain, odoo: simulator.address });
  } finally {
    await simulator.stop();
  }
}

async function migrate(session: Session, params: Readonly<{ folder: string; bundle: string; exportAgain: () => Promise<void>; odoo: SimulatorAddress }>): Promise<number> {
  const { folder, bundle, exportAgain, odoo } = params;
  const host = new URL(odoo.url).hostname;
  const run = (args: readonly string[]): Promise<{ code: number; out: string }> => command(session, folder, odoo, args);
  const typed = async (...args: readonly string[]): Promise<number> => {
    say(session, `\n$ portolan ${args.join(' ')}`);
    const { code, out } = await run(args);
    session.io.out(out);
    return code;
  };
  const report = async (): Promise<RunReport> => JSON.parse((await run(['report', PROJECT, '--json'])).out) as RunReport;
  const promises: { readonly promise: string; readonly kept: boolean }[] = [];
  const promise = (text: string, kept: boolean): void => void promises.push({ promise: text, kept });

  await typed('init', PROJECT, '--route', 'instream-to-odoo-crm');
  await typed('connect', PROJECT, 'source', '--set', `path=${bundle}`);
  await typed('connect', PROJECT, 'destination', '--set', `url=${odoo.url}`, '--set', `database=${odoo.database}`, '--set', `user=${odoo.user}`, '--secret-env', 'password=ODOO_PASSWORD');
  promise('every readiness check passed or warned', (await typed('check', PROJECT)) === exitCode('clean'));
  await typed('discover', PROJECT);
  await typed('propose', PROJECT);
  promise('the plan was confirmed', (await typed('plan', 'confirm', PROJECT, '--accept-recommendations')) === exitCode('clean'));
  await typed('sample', PROJECT, '--records', '60');
  await typed('run', PROJECT, '--mode', 'production', '--yes', '--confirm-destination', host);
  const first = await report();
  promise('every phase adds up', first.phases.length > 0 && first.phases.every((phase) => phase.balanced));
  promise(`${first.verification.fields.toLocaleString('en')} fields read back, none differs`, first.verification.fields > 0 && first.verification.mismatch + first.verification.unreadable === 0);
  await typed('quarantine', 'list', PROJECT);
  await typed('run', PROJECT, '--mode', 'production', '--yes', '--confirm-destination', host);
  promise('a second run wrote nothing', (await report()).written === 0);
  say(session, '\nSome days later the company exports once more: a few records changed, a few new, a few gone.');
  await exportAgain();
  await typed('delta', PROJECT, '--yes');
  const delta = await report();
  promise(`the delta wrote ${delta.written} records and read them back, every phase adds up`, delta.written > 0 && delta.phases.every((phase) => phase.balanced) && delta.verification.mismatch + delta.verification.unreadable === 0);
  await typed('handoff', PROJECT, '--out', join(folder, 'handoff'));
  await typed('rollback', PROJECT, '--dry-run');
  await typed('rollback', PROJECT, '--yes');
  const undone = await report();
  promise(`the rollback took ${undone.rollback?.deleted ?? 0} records back and left the destination as it was`, undone.rollback?.identical === true && undone.rollback.kept === 0);

  say(session, `\n${promises.map(({ promise: text, kept }) => `${kept ? 'kept  ' : 'BROKEN'}  ${text}`).join('\n')}\n\nreports: ${join(folder, 'data', 'reports', PROJECT)}`);
  return promises.every(({ kept }) => kept) ? exitCode('clean') : exitCode('unexpected');
}

/** One command line in this process, with a data folder of its own; what it says goes through, what it prints is given back. */
async function command(session: Session, folder: string, odoo: SimulatorAddress, args: readonly string[]): Promise<{ code: number; out: string }> {
  let out = '';
  const io: CliIo = { ...session.io, canAsk: false, out: (text) => { out += text; }, env: { ...session.io.env, PORTOLAN_HOME: join(folder, 'data'), ODOO_PASSWORD: odoo.password } };
  const code = await session.runCommand(args, io);
  return { code, out };
}

/** @throws ConfigurationError when the folder holds something that no demo made. */
async function prepareFolder(folder: string): Promise<void> {
  if (existsSync(folder) && !existsSync(join(folder, MARKER))) {
    throw new ConfigurationError({ code: 'demo-folder-in-use', message: `${folder} exists and was not made by a demo.`, remedy: 'Name another folder: portolan demo --folder <folder>' });
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, MARKER), 'Made by portolan demo; the next demo empties this folder.\n');
}

/** The simulated Odoo in a process of its own; it ends when its standard input closes, so also when this process dies. */
async function startSimulator(): Promise<{ readonly address: SimulatorAddress; readonly stop: () => Promise<void> }> {
  const script = join(import.meta.dirname, '..', 'simulators', 'odoo', 'main.ts');
  const child: ChildProcess = spawn(process.execPath, [script, '--version', '17', '--currency', 'PLN'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const line = await new Promise<string>((found, failed) => {
    child.once('error', failed);
    child.once('exit', (code) => failed(new Error(`The simulated Odoo ended with code ${String(code)}.`)));
    if (child.stdout !== null) createInterface({ input: child.stdout }).once('line', found);
  });
  return {
    address: JSON.parse(line) as SimulatorAddress,
    stop: async () => {
      child.stdin?.end();
      await ended;
    },
  };
}
