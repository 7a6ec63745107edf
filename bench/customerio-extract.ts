/**
 * `node bench/customerio-extract.ts [people…]`: discovery and extraction of Customer.io workspaces (default 1,000, 10,000 and 50,000 people) at
 * the default of 8 calls a second, the product and both simulators in processes of their own, real time. Prints, for each size, the highest
 * resident size of either command, the calls for ids and attributes of people, and how much of the 8 a second the extraction used while
 * it asked: calls of whole seconds between its first and its last one, counted by the simulator. Four minutes for the default sizes.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const root = path.join(import.meta.dirname, '..');
const callsPerSecond = 8;
const sizes = process.argv.slice(2).map(Number);

interface Simulator { readonly child: ChildProcess; readonly started: Readonly<Record<string, string>> }
interface Second { readonly second: number; readonly used: number; readonly refused: number }

async function simulator(name: 'odoo' | 'customerio', args: readonly string[]): Promise<Simulator> {
  const child = spawn(process.execPath, [path.join(root, `src/simulators/${name}/main.ts`), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const line = await new Promise<string>((found) => { createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', found); });
  return { child, started: JSON.parse(line) as Simulator['started'] };
}

/** Highest resident size in MB, as the kernel saw it; 0 = the process is gone. */
function peakMb(pid: number | undefined): number {
  try {
    return Math.round(Number(/VmHWM:\s+(\d+) kB/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}

/** @param enough asked every second: true ends the command, as what is to be measured is over */
async function command(environment: NodeJS.ProcessEnv, args: readonly string[], enough?: () => Promise<boolean>): Promise<{ readonly megabytes: number; readonly seconds: number }> {
  const begun = performance.now();
  const child = spawn(path.join(root, 'bin/portolan'), args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...environment } });
  let [megabytes, errors] = [0, ''];
  child.stderr.setEncoding('utf8').on('data', (text: string) => { errors = (errors + text).slice(-2000); });
  const timer = setInterval(() => { megabytes = Math.max(megabytes, peakMb(child.pid)); }, 200);
  let ended = false;
  const look = async (): Promise<void> => { if (await enough?.() === true) ended = child.kill(); };
  const looking = enough === undefined ? null : setInterval(() => { void look(); }, 1000);
  const code = await new Promise<number | null>((done) => { child.once('close', done); });
  clearInterval(timer);
  if (looking !== null) clearInterval(looking);
  if (code !== 0 && !ended) throw new Error(`portolan ${args.join(' ')} ended with ${String(code)}:\n${errors}`);
  return { megabytes, seconds: (performance.now() - begun) / 1000 };
}

for (const people of sizes.length > 0 ? sizes : [1_000, 10_000, 50_000]) {
  const folder = mkdtempSync(path.join(tmpdir(), 'portolan-cio-bench-'));
  // As good as nothing but people: the calls for them are what grows.
  const customerio = await simulator('customerio', ['--people', String(people), '--companies', '5', '--events', '50', '--deliveries', '50', '--newsletters', '1', '--seed', '9']);
  const odoo = await simulator('odoo', ['--version', '17']);
  const environment = { PORTOLAN_HOME: path.join(folder, 'data'), ODOO_PASSWORD: odoo.started['password'] ?? '', CUSTOMERIO_KEY: customerio.started['apiKey'] ?? '' };
  const state = async <Answer>(address: string): Promise<Answer> => await (await fetch(`${customerio.started['controlUrl']}${address}`)).json() as Answer;
  const callsFor = (answers: Readonly<Record<string, number>>): number => (answers['POST /v1/customers 200'] ?? 0) + (answers['POST /v1/customers/attributes 200'] ?? 0);
  try {
    const since = new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 10);
    for (const args of [
      ['init', 'bench', '--route', 'customerio-to-odoo-crm'],
      ['connect', 'bench', 'source', '--set', `url=${customerio.started['url']}`, '--set', 'workspace=111222', '--set', `messagesSince=${since}`, '--set', 'relationshipAttributes=no', '--secret-env', 'appKey=CUSTOMERIO_KEY'],
      ['connect', 'bench', 'destination', '--set', `url=${odoo.started['url']}`, '--set', `database=${odoo.started['database']}`, '--set', `user=${odoo.started['user']}`, '--secret-env', 'password=ODOO_PASSWORD'],
    ]) await command(environment, args);
    const discovery = await command(environment, ['discover', 'bench']);
    const before = callsFor(await state('/state/answers'));
    await command(environment, ['propose', 'bench']);
    const seen = (await state<readonly Second[]>('/state/seconds')).at(-1)?.second ?? 0;
    // A preview reads everything and then works out what it would write: here only the reading counts, which is over when no call comes any more.
    const isOver = async (): Promise<boolean> => { const last = (await state<readonly Second[]>('/state/seconds')).at(-1)?.second ?? 0; return last > seen && Date.now() / 1000 - last > 15; };
    const run = await command(environment, ['preview', 'bench'], isOver);
    const answers = await state<Readonly<Record<string, number>>>('/state/answers');
    const seconds = (await state<readonly Second[]>('/state/seconds')).filter(({ second }) => second > seen);
    const whole = seconds.slice(1, -1);
    const span = (whole.at(-1)?.second ?? 0) - (whole[0]?.second ?? 0) + 1; // seconds without a call are not listed, and count as unused
    const used = whole.reduce((sum, one) => sum + one.used, 0);
    console.log(`${String(people).padStart(6)} people   discovery ${discovery.megabytes} MB, ${discovery.seconds.toFixed(0)} s, ${before} calls for people   extraction ${run.megabytes} MB, ${callsFor(answers) - before} calls for people   ${used} calls in ${span} s = ${(100 * used / (span * callsPerSecond)).toFixed(1)} % of ${callsPerSecond} a second, ${whole.reduce((sum, one) => sum + one.refused, 0)} refused`);
    if (process.env['BY_SECOND'] === '1') console.log(whole.map((one) => one.used).join(' '));
  } finally {
    await Promise.all([customerio, odoo].map(async ({ child }) => {
      child.stdin?.end();
      if (child.exitCode === null) await new Promise((done) => { child.once('exit', done); });
    }));
    rmSync(folder, { recursive: true, force: true });
  }
}
