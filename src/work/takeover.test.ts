import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { withTestStore } from '../../test/support/store.ts';
import { openQueue } from './queue.ts';

const test = withTestStore();
// A worker that is stopped the moment its batch is done announces it again.
afterEach(() => test.query('delete from portolan_work.job'));

/** A worker process takes the batch and is killed with it in its hands. */
async function killWorkerWith(id: string): Promise<void> {
  const child = spawn(process.execPath, [new URL('../../test/support/stuck-worker.ts', import.meta.url).pathname, test.store.url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  try {
    const [line] = await once(child.stdout, 'data') as [Buffer];
    expect(line.toString().trim()).toBe(id);
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
}

it('gives a batch at once to another worker when its own is known to be dead', { timeout: 8000 }, async () => { // its heartbeat counts for 10 s
  const id = randomUUID();
  const queue = await openQueue({ store: test.store });
  try {
    await queue.send([id]);
    await killWorkerWith(id);
    await queue.release([id]);
    await queue.send([id]);
    const taken = new Promise<string>((resolve) => {
      void queue.work({ concurrency: 1, handle: async (batchId) => resolve(batchId) });
    });
    expect(await taken).toBe(id);
  } finally {
    await queue.close();
  }
});

it('gives the batch of a killed worker process to another one', async () => {
  const id = randomUUID();
  const queue = await openQueue({ store: test.store });
  try {
    await queue.send([id]);
    await killWorkerWith(id);
    const taken = new Promise<string>((resolve) => {
      void queue.work({ concurrency: 1, handle: async (batchId) => resolve(batchId) });
    });
    expect(await taken).toBe(id); // 13.5 s: 10 s of heartbeat, up to 4 s of looking
  } finally {
    await queue.close();
  }
});
