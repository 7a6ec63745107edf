import { randomUUID } from 'node:crypto';
import { PgBoss } from 'pg-boss';
import type { WorkerHandle, WorkQueue } from '../engine/ports/work.ts';

const schema = 'portolan_work';
const queueName = 'batch';

/**
 * Heartbeat of a batch in work: refreshed three times within its 10 s (pg-boss's least), so that a blocked event loop
 * of 6 s costs nothing. The supervisor looks every 2 s: a killed worker's batch goes to another within about 13 s.
 */
const heartbeatSeconds = 10;
const heartbeatRefreshSeconds = 3;
const superviseSeconds = 2;

const queueOptions = {
  policy: 'exclusive', // one job per batch, queued or in work
  notify: true,
  heartbeatSeconds,
  expireInSeconds: 23 * 3600, // liveness is the heartbeat's business; a batch behind a rate limit may take hours
  retryLimit: 100_000, // the engine decides when a batch has failed, not the queue
  retryDelay: 1, retryBackoff: true, retryDelayMax: 30,
  retentionSeconds: 30 * 24 * 3600,
  deleteAfterSeconds: 60, // finished jobs tell nothing that the store does not know
} as const;

/** A job is the announcement of a batch, or the wish to announce one again that was still in work. */
interface BatchJob { readonly batchId: string; readonly again?: true }

export interface OpenQueueParams {
  /** The store whose database carries the queue. */
  readonly store: { readonly url: string };
  /** Trouble of the queue's own connections and upkeep, which repairs itself. Default: not reported. */
  readonly onTrouble?: (error: Error) => void;
}

/**
 * Opens the work queue: pg-boss in the schema `portolan_work` of the store's database. Close it before the store.
 *
 * A batch is *announced* (queued), *in work* (one worker holds its job and refreshes the heartbeat) or gone. A handler
 * that throws, a worker that is stopped, a heartbeat that stays away: each puts the batch back to announced. An
 * announcement that meets the batch in work is kept and made again later, since the worker at it may just be
 * putting it down (a pause that was taken back).
 */
export async function openQueue(params: OpenQueueParams): Promise<WorkQueue> {
  const boss = new PgBoss({
    connectionString: params.store.url, application_name: 'portolan queue', schema, max: 5,
    useListenNotify: true, schedule: false,
    superviseIntervalSeconds: superviseSeconds, monitorIntervalSeconds: superviseSeconds, maintenanceIntervalSeconds: 60,
  });
  boss.on('error', (error) => params.onTrouble?.(error));
  try {
    await boss.start();
    await boss.createQueue(queueName, queueOptions);
  } catch (error) {
    await boss.stop({ graceful: false, close: true }).catch(() => undefined);
    throw error;
  }
  return queueOn(boss);
}

function queueOn(boss: PgBoss): WorkQueue {
  const workers = new Set<WorkerHandle>();
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    await Promise.all([...workers].map((worker) => worker.stop()));
    await boss.stop({ graceful: true, close: true, timeout: 30_000 });
  };
  return {
    send: (batchIds) => announce(boss, batchIds),
    release: async (batchIds) => {
      const jobs = await jobsInWork(boss, batchIds);
      if (jobs.length > 0) await boss.cancel(queueName, jobs.map(({ id }) => id));
    },
    inWork: (batchIds) => beating(boss, batchIds),
    async work({ concurrency, handle }) {
      const worker = await startWorker(boss, concurrency, handle);
      const handleOfWorker = { stop: () => worker.stop().finally(() => workers.delete(handleOfWorker)) };
      workers.add(handleOfWorker);
      return handleOfWorker;
    },
    close: () => (closing ??= close()),
  };
}

/** Announces batches; those in work at this moment are announced again afterwards. */
async function announce(boss: PgBoss, batchIds: readonly string[]): Promise<void> {
  const unique = [...new Set(batchIds)];
  for (let start = 0; start < unique.length; start += 1000) {
    const inWork = await queueUnlessInWork(boss, unique.slice(start, start + 1000));
    await insert(boss, inWork.map((batchId) => ({ batchId, again: true as const })));
  }
}

/**
 * Queues each batch that is neither queued nor in work.
 * @returns those in work
 */
async function queueUnlessInWork(boss: PgBoss, batchIds: readonly string[]): Promise<readonly string[]> {
  const inWork = new Set<string>();
  for (let wanted = batchIds; wanted.length > 0;) {
    const refused = (await insert(boss, wanted.map((batchId) => ({ batchId })))).map(({ batchId }) => batchId);
    const states = refused.length === 0 ? new Map<string, string>() : await statesOf(boss, refused);
    for (const [batchId, state] of states) if (state === 'active') inWork.add(batchId);
    // A job that ended between the two looks is neither: dropping its batch here would lose the announcement.
    wanted = refused.filter((batchId) => !states.has(batchId));
  }
  return [...inWork];
}

/** @returns the jobs that were not taken because there is one like them. */
async function insert(boss: PgBoss, jobs: readonly BatchJob[]): Promise<readonly BatchJob[]> {
  if (jobs.length === 0) return [];
  const rows = jobs.map((job) => ({ id: randomUUID(), job }));
  const taken = await boss.insert(queueName, rows.map(({ id, job }) => ({
    id, data: job, singletonKey: job.again === undefined ? job.batchId : `${job.batchId}:again`,
    ...(job.again === undefined ? {} : { startAfter: 1 }),
  })), { returnId: true });
  const ids = new Set(taken ?? []);
  return rows.filter(({ id }) => !ids.has(id)).map(({ job }) => job);
}

/** Of these batches, the ones that have a job which has not ended, with its state. */
async function statesOf(boss: PgBoss, batchIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await boss.getDb().executeSql(
    `select singleton_key as "batchId", state from ${schema}.job where name = $1 and state < 'completed' and singleton_key = any($2::text[])`, [queueName, batchIds]);
  return new Map((rows as readonly { readonly batchId: string; readonly state: string }[]).map(({ batchId, state }) => [batchId, state]));
}

async function jobsInWork(boss: PgBoss, batchIds: readonly string[]): Promise<readonly { readonly id: string; readonly batchId: string }[]> {
  const { rows } = await boss.getDb().executeSql(
    `select id, singleton_key as "batchId" from ${schema}.job where name = $1 and state = 'active' and singleton_key = any($2::text[])`, [queueName, batchIds]);
  return rows as readonly { readonly id: string; readonly batchId: string }[];
}

/** Of these batches, the ones whose worker has given a sign of life within its heartbeat, by the database's clock. */
async function beating(boss: PgBoss, batchIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await boss.getDb().executeSql(
    `select singleton_key as "batchId" from ${schema}.job where name = $1 and state = 'active' and singleton_key = any($2::text[])
      and (heartbeat_on is null or heartbeat_on > clock_timestamp() - heartbeat_seconds * interval '1 second')`, [queueName, batchIds]);
  return new Set((rows as readonly { readonly batchId: string }[]).map(({ batchId }) => batchId));
}

async function startWorker(boss: PgBoss, concurrency: number, handle: (batchId: string, signal: AbortSignal) => Promise<void>): Promise<WorkerHandle> {
  const stopping = new AbortController();
  const loops: string[] = [];
  for (let loop = 0; loop < concurrency; loop += 1) {
    let id: string | null = null;
    id = await boss.work<BatchJob, undefined, { readonly pollingIntervalSeconds: 0.5; readonly notifyPollingIntervalSeconds: 0.5; readonly heartbeatRefreshSeconds: number }>(
      queueName,
      // NOTIFY wakes us at once; the poll finds what became due by time: retries, and batches of killed workers.
      { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5, heartbeatRefreshSeconds },
      async ([job]) => {
        if (job === undefined) return undefined;
        try {
          await deliver(boss, job, stopping.signal, handle);
        } finally {
          if (id !== null) boss.notifyWorker(id); // fetch the next one without waiting for the poll
        }
        return undefined;
      });
    loops.push(id);
  }
  const stop = async (): Promise<void> => {
    stopping.abort();
    await Promise.all(loops.map((loop) => boss.offWork(queueName, { id: loop, wait: true })));
  };
  let stopped: Promise<void> | null = null;
  return { stop: () => (stopped ??= stop()) };
}

async function deliver(boss: PgBoss, job: { readonly data: BatchJob; readonly signal: AbortSignal }, stopping: AbortSignal, handle: (batchId: string, signal: AbortSignal) => Promise<void>): Promise<void> {
  const { batchId, again } = job.data;
  if (again === true) {
    if ((await queueUnlessInWork(boss, [batchId])).length > 0) throw new StillInWork();
    return;
  }
  // Stopped between fetch and here, or while the handler was at it: whether the batch is done only the store knows,
  // so it is announced again. A needless delivery costs one claim that finds it done.
  if (!stopping.aborted) await handle(batchId, AbortSignal.any([job.signal, stopping]));
  if (stopping.aborted) throw new WorkerStopped();
}

class StillInWork extends Error {}
class WorkerStopped extends Error {}
