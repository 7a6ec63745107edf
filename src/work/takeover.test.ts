import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { withTestStore } from '../../test/support/store.ts';
import { openQueue } from './queue.ts';

const test = withTestStore();

it('gives the batch of a killed worker process to another one', async () => {
  const id = randomUUID();
  const queue = await openQueue({ store: test.store });
  try {
    await queue.send([id]);
    const child = spawn(process.execPath, [new URL('../../test/support/stuck-worker.ts', import.meta.url).pathname, test.store.url], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    try {
      const [line] = await once(child.stdout, 'data') as [Buffer];
      expect(line.toString().trim()).toBe(id);
    } finally {
      child.kill('SIGKILL');
      await exited;
    }
    const taken = new Promise<string>((resolve) => {
      void queue.work({ concurrency: 1, handle: async (batchId) => resolve(batchId) });
    });
    expect(await taken).toBe(id); // 13.5 s: 10 s of heartbeat, up to 4 s of looking
  } finally {
    await queue.close();
  }
});
