import { setTimeout as sleep } from 'node:timers/promises';
import type { CustomerioCall, CustomerioClient } from '../src/connectors/customerio/client.ts';
import { people } from '../src/connectors/customerio/objects/people.ts';
import { readPages } from '../src/connectors/customerio/read-pages.ts';
import type { JsonObject } from '../src/connector/json.ts';

/**
 * `node bench/customerio-pipeline.ts [latency ms] [staging ms] [pages]`: how much of 8 calls a second the reading of people uses where each answer takes
 * `latency` (default 300) and each page of 1,000 people takes `staging` (default 700) to be stored: what a busy machine and a far workspace do to it, without
 * either. Real time: 1.4 s a page (default 30).
 */
const [latency = 300, staging = 700, pages = 30] = process.argv.slice(2).map(Number);
const perSecond = 8;
const asked: number[] = [];
let due = 0;

/** A bucket without a burst: a call goes out when its turn has come. */
async function turn(): Promise<void> {
  const now = performance.now();
  due = Math.max(due, now - 1000 / perSecond) + 1000 / perSecond;
  if (due > now) await sleep(due - now);
  asked.push(performance.now());
}

async function call({ path, query, body }: CustomerioCall): Promise<JsonObject> {
  await turn();
  await sleep(latency);
  if (path !== '/customers') return { customers: (body as { readonly ids: readonly string[] }).ids.map((id) => ({ identifiers: { cio_id: id }, attributes: { plan: 'free' } })) };
  const page = Number(query?.['start'] ?? 0);
  return { identifiers: Array.from({ length: 1000 }, (_, at) => ({ cio_id: `${page}x${at}` })), next: page + 1 < pages ? String(page + 1) : '' };
}

const client: CustomerioClient = { region: 'us', origin: '', slowed: () => 0, call, ask: async (one) => ({ body: await call(one), headers: new Headers() }) };
const pageSize = 500;
let read = 0;
for await (const page of readPages(people(client), { object: 'person', cursor: null, pageSize, answers: {} })) {
  read += page.records.length;
  await sleep(staging * pageSize / 1000);
}
const seconds = ((asked.at(-1) ?? 0) - (asked[0] ?? 0)) / 1000;
console.log(`${read} people, answers of ${latency} ms, ${staging} ms to store 1,000: ${asked.length} calls in ${seconds.toFixed(1)} s = ${(100 * (asked.length - 1) / seconds / perSecond).toFixed(1)} % of ${perSecond} a second`);
