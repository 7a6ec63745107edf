/**
 * `node bench/memory.ts [--attachment-mb <n>] [--notes-only] [contacts…]`: peak memory of a whole run (discover, propose, confirm, production run) against the Odoo
 * simulator, the product and the simulator in processes of their own. Prints the highest resident size of each command.
 * Messages, meetings and files are as many as the generator's defaults for so many contacts; --attachment-mb gives their files
 * that many MB in all (at most 1,073); --notes-only leaves out e-mails, calls, tasks, meetings and files.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { generateBundle } from '../src/simulators/instream/bundle.ts';

const root = path.join(import.meta.dirname, '..');
const { values: { 'attachment-mb': megabytes, 'notes-only': notesOnly = false }, positionals } = parseArgs({ options: { 'attachment-mb': { type: 'string' }, 'notes-only': { type: 'boolean' } }, allowPositionals: true });
const sizes = positionals.map(Number);

/** Highest resident size in MB that the kernel saw; null = the process is gone. */
function peakMb(pid: number | undefined): number | null {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
  } catch {
    return null;
  }
}

async function command(folder: string, args: readonly string[], environment: Record<string, string>): Promise<void> {
  const started = performance.now();
  const child = spawn(path.join(root, 'bin/portolan'), args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PORTOLAN_HOME: path.join(folder, 'data'), ...environment } });
  let peak = 0;
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => { errors = (errors + text).slice(-2000); });
  child.stdout.resume();
  const timer = setInterval(() => { peak = Math.max(peak, peakMb(child.pid) ?? 0); }, 200);
  const code = await new Promise<number | null>((done) => { child.once('close', done); });
  clearInterval(timer);
  console.log(`  ${args.slice(0, 2).join(' ').padEnd(18)} ${String(peak).padStart(5)} MB  ${((performance.now() - started) / 1000).toFixed(0)} s  exit ${String(code)}${code === 0 || code === 6 ? '' : `\n${errors}`}`);
}

async function simulator(): Promise<{ readonly child: ChildProcess; readonly address: { url: string; database: string; user: string; password: string } }> {
  const child = spawn(process.execPath, [path.join(root, 'src/simulators/odoo/main.ts'), '--version', '17', '--currency', 'PLN'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const line = await new Promise<string>((found) => { createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', found); });
  return { child, address: JSON.parse(line) };
}

for (const contacts of sizes.length > 0 ? sizes : [20_000, 200_000]) {
  const folder = mkdtempSync(path.join(tmpdir(), 'portolan-memory-'));
  const odoo = await simulator();
  try {
    await generateBundle({ folder: path.join(folder, 'export'), seed: 5, contacts, companies: Math.round(contacts * 0.1), deals: Math.round(contacts * 0.1), notes: Math.round(contacts * (contacts > 5000 ? 0.1 : 1.5)), lists: 2, ...(notesOnly ? { emails: 0, calls: 0, tasks: 0, meetings: 0, files: 0 } : {}), ...(megabytes === undefined ? {} : { attachmentBytes: Math.round(Number(megabytes) * 1e6) }) });
    console.log(`${contacts.toLocaleString('en')} contacts${notesOnly ? ', notes only' : ''}${megabytes === undefined ? '' : `, ${megabytes} MB of attachments`}`);
    const environment = { ODOO_PASSWORD: odoo.address.password };
    await command(folder, ['init', 'bench', '--route', 'instream-to-odoo-crm'], environment);
    await command(folder, ['connect', 'bench', 'source', '--set', `path=${path.join(folder, 'export')}`], environment);
    await command(folder, ['connect', 'bench', 'destination', '--set', `url=${odoo.address.url}`, '--set', `database=${odoo.address.database}`, '--set', `user=${odoo.address.user}`, '--secret-env', 'password=ODOO_PASSWORD'], environment);
    await command(folder, ['discover', 'bench'], environment);
    await command(folder, ['propose', 'bench'], environment);
    await command(folder, ['plan', 'confirm', 'bench', '--accept-recommendations'], environment);
    await command(folder, ['run', 'bench', '--mode', 'production', '--yes', '--confirm-destination', '127.0.0.1'], environment);
    console.log(`  simulator          ${String(peakMb(odoo.child.pid)).padStart(5)} MB`);
  } finally {
    odoo.child.stdin?.end();
    await new Promise((done) => { odoo.child.once('close', done); });
    rmSync(folder, { recursive: true, force: true });
  }
}
