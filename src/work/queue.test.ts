import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { withTestStore } from '../../test/support/store.ts';
import type { WorkQueue } from '../engine/ports/work.ts';
import { openQueue } from './queue.ts';

const test = withTestStore();

async function withQueues(count: number, body: (queues: readonly WorkQueue[]) => Promise<void>): Promise<void> {
  const queues: WorkQueue[] = [];
  try {
    for (let number = 0; number < count; number += 1) queues.push(await openQueue({ store: test.store }));
    await body(queues);
  } finally {
    await Promise.all(queues.map((queue) => queue.close()));
  }
}

async function until(condition: () => boolean | Promise<boolean>, what: string, timeoutMs = 20_000): Promise<void> {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await sleep(20)) if (await condition()) return;
  throw new Error(`Not within ${timeoutMs} ms: ${what}`);
}

const queued = async (): Promise<number> => (await test.query<{ count: string }>(`select count(*) from portolan_work.job where state < 'completed'`)).map(({ count }) => Number(count))[0]!;

describe('the work queue', () => {
  it('delivers each announced batch once, however often it is announced', async () => {
    await withQueues(2, async ([first, second]) => {
      const ids = Array.from({ length: 30 }, () => randomUUID());
      const delivered: string[] = [];
      await first!.send(ids);
      await second!.send([...ids, ids[0]!]);
      const handle = async (id: string): Promise<void> => { delivered.push(id); await sleep(1); };
      await first!.work({ concurrency: 2, handle });
      await second!.work({ concurrency: 2, handle });
      await until(async () => await queued() === 0, 'all batches are done');
      expect(delivered.toSorted()).toEqual(ids.toSorted());
    });
  });

  it('delivers a batch again whose handler threw', async () => {
    await withQueues(1, async ([queue]) => {
      const id = randomUUID();
      let deliveries = 0;
      await queue!.work({ concurrency: 1, handle: async () => { deliveries += 1; if (deliveries === 1) throw new Error('the destination is away'); } });
      await queue!.send([id]);
      await until(() => deliveries === 2, 'the second delivery');
    });
  });

  it('keeps an announcement that meets its batch in work, and delivers it afterwards', async () => {
    await withQueues(1, async ([queue]) => {
      const id = randomUUID();
      let deliveries = 0;
      let putDown = (): void => undefined;
      const atWork = new Promise<void>((resolve) => { putDown = resolve; });
      await queue!.work({ concurrency: 2, handle: async () => { deliveries += 1; if (deliveries === 1) await atWork; } });
      await queue!.send([id]);
      await until(() => deliveries === 1, 'the first delivery');
      await queue!.send([id]);
      await sleep(1500);
      expect(deliveries).toBe(1); // never to two workers at once
      putDown();
      await until(() => deliveries === 2, 'the second delivery');
    });
  });

  it('loses no announcement that meets the end of its batch', async () => {
    await withQueues(1, async ([queue]) => {
      const ids = Array.from({ length: 40 }, () => randomUUID());
      const deliveries = new Map<string, number>();
      // Announced from inside the handler at its very end: some meet the batch in work, some meet it just ended.
      const sends: Promise<void>[] = [];
      await queue!.work({ concurrency: 2, handle: async (id) => {
        const times = (deliveries.get(id) ?? 0) + 1;
        deliveries.set(id, times);
        if (times === 1) sends.push(queue!.send([id]));
      } });
      await queue!.send(ids);
      await until(() => ids.every((id) => (deliveries.get(id) ?? 0) >= 2), 'every second delivery');
      await Promise.all(sends);
    });
  });

  it('tells the handler when the worker is stopped, and gives the batch to another', async () => {
    await withQueues(2, async ([first, second]) => {
      const id = randomUUID();
      let told = false;
      const worker = await first!.work({ concurrency: 1, handle: (_, signal) => new Promise((resolve) => signal.addEventListener('abort', () => { told = true; resolve(); })) });
      await first!.send([id]);
      await until(async () => (await test.query(`select from portolan_work.job where state = 'active'`)).length === 1, 'the batch is in work');
      await worker.stop();
      expect(told).toBe(true);
      const taken: string[] = [];
      await second!.work({ concurrency: 1, handle: async (batchId) => { taken.push(batchId); } });
      await until(() => taken.length === 1, 'the other worker has it');
      expect(taken).toEqual([id]);
    });
  });

  it('refreshes the heartbeat, so that a long batch stays with its worker', async () => {
    await withQueues(2, async ([first, second]) => {
      const id = randomUUID();
      let deliveries = 0;
      const handle = async (): Promise<void> => { deliveries += 1; await sleep(13_000); };
      await first!.work({ concurrency: 1, handle });
      await first!.send([id]);
      await second!.work({ concurrency: 1, handle });
      await until(async () => await queued() === 0, 'the batch is done', 30_000);
      expect(deliveries).toBe(1);
    });
  });
});
