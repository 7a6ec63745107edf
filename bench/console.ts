/**
 * `node bench/console.ts`: the console's figures. Memory of an idle server; processor time of 50 open progress streams; the
 * map of 1,000 lines in Chromium: time until it can be used after its data came, filtering, long tasks, 100 lines confirmed by
 * keyboard; size of the pages. `portolan serve` runs as a process of its own, on an empty installation.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { formatPlan } from '../src/plan/format.ts';
import { planHash } from '../src/plan/hash.ts';
import { openStore } from '../src/store/postgres-store.ts';
import { readEncryptionKey } from '../src/store/secrets.ts';
import { openBrowser, skipReason } from '../test/support/chromium.ts';
import { startServe } from '../test/support/console-command.ts';
import { largePlan } from '../test/support/large-plan.ts';

const account = { name: 'Ada Okoro', email: 'ada@example.com', password: 'a long enough sentence' };
const lines = 1000;
/** The map is loaded so often. */
const rounds = 7;

const serve = await startServe();
const residentMb = (): number => Math.round(Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${serve.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
/** Processor time of the server so far, in milliseconds (the kernel counts in hundredths of a second). */
const processorMs = (): number => readFileSync(`/proc/${serve.pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11, 13).reduce((sum, one) => sum + Number(one) * 10, 0) ?? 0;
const post = (route: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> => fetch(`${serve.url}${route}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });

try {
  await pause(5_000);
  console.log(`memory of the idle server after its start: ${residentMb()} MB`);
  await post('/api/first-run', { ...account, code: serve.firstRunCode });
  const cookie = (await post('/api/sign-in', { email: account.email, password: account.password })).headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  const { csrf } = await (await fetch(`${serve.url}/api/session`, { headers: { cookie } })).json() as { csrf: string };
  await post('/api/projects', { name: 'acme', route: 'instream-to-odoo-crm' }, { cookie, 'x-portolan-csrf': csrf });
  await putPlan();
  await streams(cookie);
  await pages();
  await pause(5_000);
  console.log(`memory of the idle server after all this: ${residentMb()} MB`);
  const assets = path.join(import.meta.dirname, '../console/dist/assets');
  const zipped = (of: readonly string[]): string => (of.reduce((sum, name) => sum + gzipSync(readFileSync(path.join(assets, name)), { level: 9 }).length, 0) / 1000).toFixed(0);
  const files = readdirSync(assets);
  const first = [...readFileSync(path.join(assets, '../index.html'), 'utf8').matchAll(/assets\/([\w.-]+\.js)/g)].map(([, name]) => name ?? '');
  console.log(`compressed: first load ${zipped(first)} kB of script, all pages together ${zipped(files.filter((name) => name.endsWith('.js')))} kB, style ${zipped(files.filter((name) => name.endsWith('.css')))} kB`);
} finally {
  await serve.stop();
}

async function putPlan(): Promise<void> {
  const store = await openStore({ dataFolder: serve.home, databaseUrl: null, encryptionKey: readEncryptionKey({ dataFolder: serve.home, environmentKey: null }) });
  try {
    const project = await store.findProject('acme');
    const { source, destination, plan } = largePlan({ project: 'acme', route: 'instream-to-odoo-crm', lines, hostile: false });
    await store.saveCatalog({ projectId: project?.id ?? '', role: 'source', catalog: source, hash: 'source' });
    await store.saveCatalog({ projectId: project?.id ?? '', role: 'destination', catalog: destination, hash: 'destination' });
    await store.savePlan({ projectId: project?.id ?? '', hash: planHash(plan), text: formatPlan(plan) });
  } finally {
    await store.close();
  }
}

async function streams(cookie: string): Promise<void> {
  const tenSeconds = async (): Promise<number> => {
    const before = processorMs();
    await pause(10_000);
    return processorMs() - before;
  };
  const quiet = await tenSeconds();
  const abort = new AbortController();
  const open = await Promise.all(Array.from({ length: 50 }, () => fetch(`${serve.url}/api/projects/acme/live`, { headers: { cookie }, signal: abort.signal })));
  await pause(1_000);
  const watched = await tenSeconds();
  console.log(`50 open streams: ${watched} ms of processor time in 10 s (none: ${quiet} ms); ${open.filter((one) => one.ok).length} are open, ${residentMb()} MB`);
  abort.abort();
}

/** Loads the map anew: how long until it can be used, the longest task until it is at rest, and how long filtering takes. */
async function oneLoad(page: Page): Promise<{ readonly usable: number; readonly longest: number; readonly firstFilter: number; readonly filters: readonly number[] }> {
  await page.goto(`${serve.url}/p/acme/map`);
  await page.locator('.map-row').first().waitFor();
  const usable = await page.evaluate<number>(`new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
    const data = performance.getEntriesByType('resource').find((one) => one.name.endsWith('/plan'));
    done(Math.round(performance.now() - data.responseEnd));
  })))`);
  await pause(2_000);
  const longest = await page.evaluate<number>('Math.max(0, ...window.longTasks)');
  const [firstFilter = 0, ...filters] = await page.evaluate<number[]>(`(async () => {
    const field = document.querySelector('input[type=text], .mantine-TextInput-input');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const times = [];
    for (const text of ['7', '77', '777', '', 'field_5', 'same name', '']) {
      const started = performance.now();
      set.call(field, text);
      field.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      times.push(Math.round(performance.now() - started));
    }
    return times;
  })()`);
  return { usable, longest, firstFilter, filters };
}

async function pages(): Promise<void> {
  if (skipReason !== null) return console.log(skipReason);
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.addInitScript('window.longTasks = []; new PerformanceObserver((list) => { for (const one of list.getEntries()) window.longTasks.push(Math.round(one.duration)); }).observe({ type: "longtask", buffered: true });');
    await page.goto(`${serve.url}/sign-in`);
    await page.getByLabel('E-mail address').fill(account.email);
    await page.locator('input[type=password]').fill(account.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Projects' }).waitFor();
    const loads: { readonly usable: number; readonly longest: number; readonly firstFilter: number; readonly filters: readonly number[] }[] = [];
    for (let round = 0; round < rounds; round += 1) loads.push(await oneLoad(page));
    const median = (values: readonly number[]): number => values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
    const told = (values: readonly number[]): string => `${median(values)} (${values.join(', ')})`;
    console.log(`map of ${lines} lines, median of ${rounds} loads: usable ${told(loads.map((load) => load.usable))} ms after its data came`);
    console.log(`longest task of a load: ${told(loads.map((load) => load.longest))} ms (0 = none over 50 ms)`);
    console.log(`first filter: ${told(loads.map((load) => load.firstFilter))} ms until the next picture stands; the others: ${told(loads.flatMap((load) => load.filters))} ms`);
    await page.getByRole('grid').focus();
    await page.evaluate('window.longTasks.length = 0');
    const started = performance.now();
    for (let index = 0; index < 100; index += 1) await page.keyboard.press('Enter');
    const pressed = performance.now();
    await page.getByText('All saved').waitFor({ timeout: 120_000 });
    console.log(`100 lines confirmed by keyboard in ${((pressed - started) / 1000).toFixed(1)} s, all saved after ${((performance.now() - started) / 1000).toFixed(1)} s`);
console.log(`longest task while confirming: ${await page.evaluate<number>('Math.max(0, ...window.longTasks)')} ms`);
  } finally {
    await browser.close();
  }
}
