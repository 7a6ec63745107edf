import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../src/store/postgres-store.ts';
import { openQueue } from '../src/work/queue.ts';

/** Measures what lies between batches: from announcing one to its handler, and the cost of a row of 200 empty ones. */
const dataFolder = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
const store = await openStore({ dataFolder, databaseUrl: null, encryptionKey: randomBytes(32) });
const openedAt = performance.now();
const queue = await openQueue({ store });
const opening = performance.now() - openedAt;
try {
  let arrived = (_id: string): void => undefined;
  await queue.work({ concurrency: 2, handle: async (id) => arrived(id) });
  const latencies: number[] = [];
  for (let round = 0; round < 40; round += 1) {
    const start = performance.now();
    const delivery = new Promise<string>((resolve) => { arrived = resolve; });
    await queue.send([randomUUID()]);
    await delivery;
    latencies.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 20 + 10 * (round % 7)));
  }
  latencies.sort((a, b) => a - b);
  let left = 200;
  const start = performance.now();
  const all = new Promise<void>((resolve) => { arrived = () => { left -= 1; if (left === 0) resolve(); }; });
  await queue.send(Array.from({ length: 200 }, () => randomUUID()));
  await all;
  const perBatch = (performance.now() - start) / 200;
  console.log(JSON.stringify({ openMs: Math.round(opening), pickupMedianMs: latencies[20]?.toFixed(1), pickupWorstMs: latencies.at(-1)?.toFixed(1), msPerEmptyBatchWithTwoWorkers: perBatch.toFixed(1) }));
} finally {
  await queue.close();
  await store.close();
  rmSync(dataFolder, { recursive: true, force: true });
}
