import { setTimeout as pause } from 'node:timers/promises';
import type { CompiledPlan } from '../../plan/compiled/compile.ts';
import type { EngineDependencies } from '../dependencies.ts';
import type { BatchFailure } from '../handle-batch.ts';
import type { RunSettings } from '../phase-names.ts';
import type { Project } from '../ports/projects.ts';
import type { Batch, BatchKind, Run } from '../ports/runs.ts';
import { BatchFailed, StopDriving } from '../run-error.ts';
import type { Sessions } from '../sessions.ts';

/** All that a driver works a phase with. */
export interface PhaseWork {
  readonly dependencies: EngineDependencies;
  readonly sessions: Sessions;
  readonly project: Project;
  readonly run: Run;
  readonly settings: RunSettings;
  readonly plan: CompiledPlan;
  readonly phase: string;
  readonly signal: AbortSignal;
  /** Tells the world what is being done; also wakes whoever shows progress. */
  readonly step: (name: string) => void;
  /** Resolves when a batch ended in this process, or after `ms`. */
  readonly batchEnded: (ms: number) => Promise<void>;
}

export interface NewBatch { readonly kind: BatchKind; readonly subject: string; readonly position: number; readonly work: object }

/**
 * Adds the batches (those already there stay as they are), has them delivered, and waits until all of this kind and these
 * subjects are done.
 * @throws BatchFailed when one failed; StopDriving when the run is to stop.
 */
export async function runBatches(work: PhaseWork, batches: readonly NewBatch[]): Promise<void> {
  const { store, queue } = work.dependencies;
  if (batches.length === 0) return;
  await store.addBatches({ runId: work.run.id, batches: batches.map((batch) => ({ ...batch, phase: work.phase, work: { ...(batch.work as Record<string, never>) } })) });
  const wanted = new Set(batches.map((batch) => `${batch.kind}\u0000${batch.subject}\u0000${batch.position}`));
  const kinds = [...new Set(batches.map((batch) => batch.kind))];
  // Fence of each batch when it was announced; null = not announced yet. A batch that failed before a resume still says so until it is claimed.
  let announced: ReadonlyMap<string, number> | null = null;
  const takenOver = new Set<string>();
  for (;;) {
    const own = (await store.batches({ runId: work.run.id, phase: work.phase, kinds })).filter((batch) => wanted.has(`${batch.kind}\u0000${batch.subject}\u0000${batch.position}`));
    const open = own.filter((batch) => batch.status !== 'done');
    if (open.length === 0) return;
    const orphans = open.filter((batch) => isOrphan(work, batch) && !takenOver.has(`${batch.id} ${batch.fence}`));
    if (orphans.length > 0) {
      for (const batch of orphans) takenOver.add(`${batch.id} ${batch.fence}`);
      await queue.release(orphans.map((batch) => batch.id));
      if (announced !== null) await queue.send(orphans.map((batch) => batch.id));
    }
    if (announced === null) {
      announced = new Map(open.map((batch) => [batch.id, batch.fence]));
      await queue.send(open.map((batch) => batch.id));
    } else {
      const fences: ReadonlyMap<string, number> = announced;
      const failed = open.find((batch) => batch.status === 'failed' && batch.fence > (fences.get(batch.id) ?? -1));
      if (failed !== undefined) throw new BatchFailed(failed.error as unknown as BatchFailure, failed.subject);
    }
    await mayDrive(work);
    await work.batchEnded(250);
  }
}

/** In the hands of a process of this machine that is dead: waiting for its heartbeat to stay away would cost 10 s and more; its fence keeps it out even if it lived. */
function isOrphan(work: PhaseWork, batch: Batch): boolean {
  return batch.status === 'running' && typeof batch.worker === 'string' && work.dependencies.isGone?.(batch.worker) === true;
}

/** @throws StopDriving when a person paused or cancelled the run, or this process is to end. */
async function mayDrive(work: PhaseWork): Promise<void> {
  if (work.signal.aborted) throw new StopDriving('aborted');
  const desired = await work.dependencies.store.desiredOf(work.run.id);
  if (desired === 'run') return;
  await waitForWorkers(work);
  throw new StopDriving(desired === 'pause' ? 'paused' : 'cancelled');
}

/** After a pause: batches under way end their step and give themselves back; waits for that, at most 60 s. */
async function waitForWorkers(work: PhaseWork): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 100) {
    const counts = await work.dependencies.store.batchCounts({ runId: work.run.id, phase: work.phase });
    if (counts.running === 0) return;
    await pause(100);
  }
}
