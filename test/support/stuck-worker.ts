import { openQueue } from '../../src/work/queue.ts';

/** A worker process that takes a batch, prints its id and never finishes it: for being killed. Argument: database URL. */
const queue = await openQueue({ store: { url: process.argv[2] ?? '' } });
await queue.work({ concurrency: 1, handle: async (batchId) => { console.log(batchId); await new Promise(() => undefined); } });
