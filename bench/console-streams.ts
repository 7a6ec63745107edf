/**
 * `node bench/console-streams.ts [rounds]`: what 50 open streams of progress cost a run. The InStream demo is loaded and rolled back
 * in turns, with and without the streams; processor time of the server and time on the clock, as ratios of their medians. Processor
 * time says it on a busy machine too. `portolan serve` runs as a process of its own, the simulators as others.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { startServe } from '../test/support/console-command.ts';

const account = { name: 'Ada Okoro', email: 'ada@example.com', password: 'a long enough sentence' };
const rounds = Number(process.argv[2] ?? 3);
const watchers = 50;
const project = '/api/projects/demo-instream-to-odoo-crm';

interface Cost { readonly processorMs: number; readonly clockMs: number }
const serve = await startServe();
/** Processor time of the server so far, in milliseconds (the kernel counts in hundredths of a second). */
const processorMs = (): number => readFileSync(`/proc/${serve.pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11, 13).reduce((sum, one) => sum + Number(one) * 10, 0) ?? 0;
const median = (values: readonly number[]): number => values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

let cookie = '';
let csrf = '';
async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${serve.url}${path}`, { method, headers: { cookie, 'x-portolan-csrf': csrf, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return await response.json() as Answer;
}

async function run(body: object): Promise<Cost> {
  const [startedMs, started] = [processorMs(), performance.now()];
  const { id } = await call<{ id: string }>('POST', `${project}/runs`, body);
  for (;;) {
    await pause(500);
    const { runs } = await call<{ runs: readonly { readonly id: string; readonly status: string }[] }>('GET', `${project}/runs`);
    const status = runs.find((one) => one.id === id)?.status ?? '';
    if (status === 'succeeded' || status === 'withQuarantine') return { processorMs: processorMs() - startedMs, clockMs: performance.now() - started };
    if (status !== 'running') throw new Error(`the run is ${status}`);
  }
}

/** A load with so many streams open, each read as a browser reads it; then everything is taken back. */
async function load(streams: number): Promise<Cost> {
  const abort = new AbortController();
  const open = await Promise.all(Array.from({ length: streams }, () => fetch(`${serve.url}${project}/live`, { headers: { cookie }, signal: abort.signal })));
  let events = 0;
  const reading = open.map(async ({ body }) => { for await (const chunk of body ?? []) events += chunk.length > 0 ? 1 : 0; });
  const cost = await run({ mode: 'production', approveGates: true, confirmDestination: '127.0.0.1' });
  abort.abort();
  await Promise.allSettled(reading);
  console.log(`${streams} streams: ${(cost.processorMs / 1000).toFixed(1)} s of processor, ${(cost.clockMs / 1000).toFixed(1)} s on the clock, ${events} pieces read`);
  await run({ mode: 'rollback', confirmDestination: '127.0.0.1' });
  return cost;
}

try {
  await fetch(`${serve.url}/api/first-run`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...account, code: serve.firstRunCode }) });
  const door = await fetch(`${serve.url}/api/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: account.email, password: account.password }) });
  cookie = door.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  ({ csrf } = await call<{ csrf: string }>('GET', '/api/session'));
  await call('POST', '/api/demos', { route: 'instream-to-odoo-crm' });
  await call('POST', `${project}/discovery`, { roles: ['source', 'destination'] });
  const { hash } = await call<{ hash: string }>('POST', `${project}/plan`);
  await call('POST', `${project}/plan/confirmation`, { base: hash, acceptRecommendations: true });
  await load(0); // warms up
  const costs: { readonly none: Cost; readonly watched: Cost }[] = [];
  for (let round = 0; round < rounds; round += 1) costs.push({ none: await load(0), watched: await load(watchers) });
  const ratio = (pick: (cost: Cost) => number): string => (median(costs.map(({ watched }) => pick(watched))) / median(costs.map(({ none }) => pick(none)))).toFixed(3);
  console.log(`a run with ${watchers} streams against one without, medians of ${rounds}: ${ratio((cost) => cost.processorMs)} of the server's processor time, ${ratio((cost) => cost.clockMs)} of the time on the clock`);
} finally {
  await serve.stop();
}
