import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../src/store/postgres-store.ts';

/** Measures the store at the size it is built for: `node bench/store.ts [contacts]`, 200,000 by default. One JSON document. */
const total = Number(process.argv[2] ?? 200_000);
const page = 500;
const dataFolder = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
const results: { [name: string]: number } = { contacts: total };
const round = (value: number): number => Math.round(value * 10) / 10;
async function timed<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  const result = await work();
  results[name] = round(performance.now() - start);
  return result;
}

const store = await timed('firstOpenMs', () => openStore({ dataFolder, databaseUrl: null, encryptionKey: randomBytes(32) }));
try {
  const project = await store.createProject({ name: 'bench', route: 'bench' });
  const projectId = project.id;
  const run = await store.createRun({ projectId, mode: 'production', planHash: 'x', settings: {}, phases: ['load'] });
  const runId = run.id;
  const contact = (n: number): { object: string; id: string; data: { [field: string]: string }; modifiedAt: null; position: string; hash: string } => ({
    object: 'contact', id: `c${n}`, modifiedAt: null, position: `contacts.csv line ${n}`, hash: `h${n}`,
    data: Object.fromEntries(Array.from({ length: 25 }, (_, field) => [`Field number ${field}`, `value ${n} of ${field} for some person`])),
  });
  const numbers = (start: number): readonly number[] => Array.from({ length: Math.min(page, total - start) }, (_, n) => start + n);
  await timed('stageAllMs', async () => {
    for (let start = 0; start < total; start += page) await store.stageRecords({ projectId, runId, records: numbers(start).map(contact) });
  });
  await timed('restageAllUnchangedMs', async () => {
    for (let start = 0; start < total; start += page) await store.stageRecords({ projectId, runId, records: numbers(start).map(contact) });
  });
  await timed('indexAllMs', async () => {
    for (let start = 0; start < total; start += page) {
      const ids = numbers(start);
      await store.indexRecords({
        projectId, object: 'contact', sourceIds: ids.map((n) => `c${n}`), sortKeys: new Map(ids.map((n) => [`c${n}`, String(n % 1000)])),
        keys: ids.flatMap((n) => [{ object: 'contact', sourceId: `c${n}`, kind: 'id', value: `c${n}` }, { object: 'contact', sourceId: `c${n}`, kind: 'email', value: `p${n}@example.com` }, { object: 'contact', sourceId: `c${n}`, kind: 'name', value: `name ${n % 5000}` }]),
        links: ids.flatMap((n) => ['id', 'email', 'name'].map((kind, rank) => ({ fromObject: 'contact', fromId: `c${n}`, name: 'friend', ordinal: 0, toObject: 'contact', rank, kind, value: kind === 'id' ? `c${(n * 7) % (total * 2)}` : kind === 'email' ? `p${(n * 3) % (total * 2)}@example.com` : `name ${n % 9000}`, label: 'open' }))),
      });
    }
  });
  await timed('resolveLinksMs', () => store.resolveLinks({ projectId, fromObject: 'contact', name: 'friend' }));
  const ranges = await timed('rangesMs', () => store.ranges({ projectId, object: 'contact', size: page, selectionRunId: null }));
  await timed('inboundCountsOf500Ms', () => store.inboundCounts({ projectId, object: 'contact', sourceIds: numbers(0).map((n) => `c${n}`), facts: [{ name: 'open', ofObject: 'contact', link: 'friend', labels: ['open'] }] }));
  await store.addBatches({ runId, batches: ranges.map((work, position) => ({ phase: 'load', kind: 'load' as const, subject: 'contacts', position, work: { ...work } })) });
  const batches = await store.batches({ runId, phase: 'load', kinds: null });
  const durations = { claim: [] as number[], page: [] as number[], intents: [] as number[], commit: [] as number[], merge: [] as number[] };
  const measure = async <Result>(list: number[], work: () => Promise<Result>): Promise<Result> => {
    const start = performance.now();
    const result = await work();
    list.push(performance.now() - start);
    return result;
  };
  await timed('loadAllMs', async () => {
    for (const [index, batch] of batches.entries()) {
      const claim = await measure(durations.claim, () => store.claimBatch({ batchId: batch.id, worker: 'bench' }));
      const range = ranges[index];
      if (claim === null || range === undefined) throw new Error('A batch of the benchmark is gone.');
      const records = await measure(durations.page, () => store.pageRange({ projectId, object: 'contact', range, selectionRunId: null, after: null, limit: page }));
      const { fence } = claim;
      await measure(durations.merge, () => store.crosswalkByPayload({ projectId, mapping: 'contacts', field: 'email', foldedValues: records.map(({ sourceId }) => `${sourceId}@example.com`) }));
      await measure(durations.intents, () => store.writeIntents({ projectId, runId, batchId: batch.id, fence, intents: records.map(({ sourceId }) => ({ key: `k:${sourceId}`, mapping: 'contacts', sourceId, action: 'create' as const, destinationObject: 'res.partner', destinationId: null, payloadHash: 'abc', previous: null })) }));
      await measure(durations.commit, () => store.commitLoadStep({
        projectId, runId, phase: 'load', mapping: 'contacts', sourceObject: 'contact', batchId: batch.id, fence, checkpoint: { done: records.length },
        losses: [], outcomes: records.map(({ sourceId }) => ({ sourceId, outcome: 'created' as const, reason: null })),
        crosswalk: records.map(({ sourceId, data }) => ({ mapping: 'contacts', sourceObject: 'contact', sourceId, destinationObject: 'res.partner', destinationId: `1${sourceId.slice(1)}`, how: 'created' as const, key: `k:${sourceId}`, payload: { ...data, email: `${sourceId}@example.com` }, payloadHash: 'abc', previous: null, version: null, contentHash: null, runId })),
        quarantine: [], resolvedQuarantine: [], closeIntents: records.map(({ sourceId }) => `k:${sourceId}`),
      }));
    }
  });
  for (const [name, list] of Object.entries(durations)) {
    list.sort((a, b) => a - b);
    results[`${name}MedianMs`] = round(list[Math.floor(list.length / 2)] ?? Number.NaN);
    results[`${name}P95Ms`] = round(list[Math.floor(list.length * 0.95)] ?? Number.NaN);
  }
  await timed('outcomeCountsMs', () => store.outcomeCounts(runId));
  await timed('purgeMs', () => store.purge(projectId));
  results['memoryMb'] = Math.round(process.resourceUsage().maxRSS / 1024);
} finally {
  await store.close();
  rmSync(dataFolder, { recursive: true, force: true });
}
console.log(JSON.stringify(results, null, 2));
