import { setTimeout as pause } from 'node:timers/promises';
import { ConfigurationError } from '../../connector/errors.ts';
import type { PhaseWork } from '../phases/phase-work.ts';

/** Longer than a driver's lease (8 s) and a worker's heartbeat (10 s and 4 s of looking): who has died is known to be dead by then. */
const PUT_DOWN_WAIT_MS = 15_000;
const LOOK_MS = 250;

/**
 * Makes sure that nobody else writes into the project: waits for drivers and workers that are putting their work down after a
 * cancel, and takes batches away from those that are dead. A rollback that began earlier would look for records which are
 * still being created, and leave them behind.
 * @throws ConfigurationError 'project-at-work' naming who writes
 */
export async function waitForQuiet(work: PhaseWork): Promise<void> {
  const { store, queue, isGone, putDownWaitMs } = work.dependencies;
  const isDead = (worker: string | null | undefined): boolean => typeof worker === 'string' && isGone?.(worker) === true;
  for (let waitedMs = 0; ; waitedMs += LOOK_MS) {
    const { drivers, batches } = await store.othersAtWork({ projectId: work.project.id, exceptRunId: work.run.id });
    const driving = drivers.filter(({ driver }) => !isDead(driver.slice(0, driver.lastIndexOf('/'))));
    const beating = batches.length === 0 ? new Set() : await queue.inWork(batches.map((batch) => batch.id));
    const writing = batches.filter((batch) => beating.has(batch.id) && !isDead(batch.worker));
    if (driving.length === 0 && writing.length === 0) return store.fenceOff(batches.map((batch) => batch.id));
    if (waitedMs >= (putDownWaitMs ?? PUT_DOWN_WAIT_MS)) {
      const who = [...driving.map((run) => `${run.driver} drives ${run.mode} run ${run.runId}`), ...writing.map((batch) => `${batch.worker ?? 'a worker'} is at ${batch.kind} ${batch.subject} of run ${batch.runId}`)];
      throw new ConfigurationError({
        code: 'project-at-work', message: `Others still write into project ${work.project.name}: ${who.slice(0, 3).join('; ')}${who.length > 3 ? `; and ${who.length - 3} more` : ''}.`,
        remedy: `Cancel the run (\`portolan cancel ${work.project.name}\`) and wait until it has put its work down, or end these processes; then go on with the rollback: \`portolan resume ${work.project.name}\``,
      });
    }
    await pause(LOOK_MS, undefined, { signal: work.signal });
  }
}
