import { startCustomerioSimulator } from '../src/simulators/customerio/start.ts';

/**
 * How the Customer.io simulator answers for a large workspace: all ids, then all attributes, four requests at a time, without its limit of
 * ten a second. `node bench/customerio-simulator.ts [people, default 1000000]`. Prints calls, seconds, and the highest resident memory.
 */
const people = Number(process.argv[2] ?? 1_000_000);
const simulator = await startCustomerioSimulator({ people, perSecond: 1_000_000 });
let highest = 0;
const memory = (): void => { highest = Math.max(highest, process.memoryUsage.rss()); };

async function post(path: string, body: object): Promise<{ readonly [name: string]: unknown }> {
  const response = await fetch(simulator.url + path, { method: 'POST', headers: { 'Authorization': `Bearer ${simulator.apiKey}`, 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  memory();
  return (await response.json()) as { readonly [name: string]: unknown };
}

memory();
const before = highest;
const started = performance.now();
let [next, ids, profiles, texts] = ['', 0, 0, 0];
do {
  const page = await post(`/v1/customers?limit=1000${next === '' ? '' : `&start=${encodeURIComponent(next)}`}`, { filter: { and: [{ attribute: { field: 'cio_id', operator: 'exists' } }] } });
  const found = (page['identifiers'] as readonly { readonly cio_id: string }[] | null ?? []).map(({ cio_id: id }) => id);
  ids += found.length;
  const batches = Array.from({ length: Math.ceil(found.length / 100) }, (_, at) => found.slice(at * 100, (at + 1) * 100));
  for (let at = 0; at < batches.length; at += 4) {
    const answers = await Promise.all(batches.slice(at, at + 4).map((batch) => post('/v1/customers/attributes?id_type=cio_id', { ids: batch })));
    for (const answer of answers) for (const { attributes } of answer['customers'] as readonly { readonly attributes: object }[]) {
      profiles += 1;
      texts += Object.keys(attributes).length;
    }
  }
  next = String(page['next'] ?? '');
} while (next !== '');

const seconds = (performance.now() - started) / 1_000;
const calls = Object.values(simulator.state.answers()).reduce((sum, count) => sum + count, 0);
await simulator.stop();
console.log(JSON.stringify({ people, ids, profiles, attributes: texts, calls, seconds: Math.round(seconds * 10) / 10, callsPerSecond: Math.round(calls / seconds), rssStartMb: Math.round(before / 1e6), rssHighestMb: Math.round(highest / 1e6) }));
