import { setTimeout as pause } from 'node:timers/promises';
import { ConfigurationError } from '../connector/errors.ts';
import type { Json, JsonObject } from '../connector/json.ts';
import type { Mapping } from '../plan/plan.ts';
import type { RunProgress } from './api.ts';
import type { EngineDependencies } from './dependencies.ts';
import { destinationCounts, recordBaseline, rollbackProof } from './fingerprints.ts';
import { failureOf, handleBatch } from './handle-batch.ts';
import { DELETIONS, EXTRACT, INDEX, PREPARE, PROOF, VERIFICATION, type RunSettings } from './phase-names.ts';
import { refuseEmptiedColumns } from './phases/emptied-columns.ts';
import { extractPhase, indexStaged, sourceObjects } from './phases/extract-phase.ts';
import { deletionsPhase, goneOf } from './phases/deletions-phase.ts';
import { loadPhase, preparePhase, verificationPhase } from './phases/load-phase.ts';
import type { PhaseWork } from './phases/phase-work.ts';
import { rollbackPhase } from './phases/rollback-phase.ts';
import type { PlanOf } from './plans.ts';
import type { Run, RunStatus } from './ports/runs.ts';
import { watchProgress } from './progress.ts';
import { runReport } from './report.ts';
import { BatchFailed, StopDriving } from './run-error.ts';
import type { RunReport } from './run-report.ts';
import { isDry, selectionOf } from './run-scope.ts';
import { isFinal, statesBefore } from './run-states.ts';
import { Sessions } from './sessions.ts';

/** A driver renews its lease every third of this; when it dies, another may go on after it ran out. */
const LEASE_MS = 8000;

export interface DriveParams {
  readonly dependencies: EngineDependencies;
  readonly runId: string;
  readonly planOf: PlanOf;
  readonly onProgress?: (progress: RunProgress) => void;
  readonly signal?: AbortSignal;
  readonly workers?: number;
}

/**
 * Drives a run phase by phase until it is finished, waits at a gate, or is to stop. Everything it knows is in the store, so
 * any process may go on where another one died.
 * @throws ConfigurationError 'run-is-driven' when another driver is alive, 'no-run'.
 */
export async function driveRun(params: DriveParams): Promise<RunReport> {
  const { dependencies, runId } = params;
  const { store } = dependencies;
  const run = await store.run(runId);
  if (run === null) throw new ConfigurationError({ code: 'no-run', message: `There is no run ${runId}.`, remedy: 'The runs of a project are listed: `portolan status`.' });
  if (isFinal(run.status)) return runReport(store, run);
  const driver = `${dependencies.worker}/${Math.floor(performance.now())}`;
  await takeLease(params, driver);
  const stop = new AbortController();
  const signal = params.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, params.signal]);
  const leaseLost = renewLease(params, driver, stop);
  const sessions = new Sessions(dependencies, signal);
  const ended = new Wakeup();
  const worker = await dependencies.queue.work({
    concurrency: params.workers ?? 2,
    handle: async (batchId, batchSignal) => {
      await handleBatch({ dependencies, batchId, sessions, planOf: params.planOf, signal: AbortSignal.any([signal, batchSignal]) });
      ended.ring();
    },
  });
  const progress = watchProgress({ store, run, now: dependencies.now, ...(params.onProgress === undefined ? {} : { onProgress: params.onProgress }) });
  try {
    await store.setDesired({ runId, desired: 'run' });
    await store.moveRun({ runId, from: statesBefore('running'), to: 'running' });
    if (isFinal((await store.run(runId))?.status ?? 'cancelled')) throw new StopDriving('cancelled'); // while we waited for the lease
    const plan = await params.planOf(run);
    const project = await store.projectById(run.projectId);
    const settings = run.settings as RunSettings;
    if (!isDry(run) && run.mode !== 'rollback') await recordBaseline({ store, sessions, project, plan });
    let columnsLookedAt = run.mode === 'preview' || run.mode === 'rollback';
    for (const phase of await store.phases(runId)) {
      if (phase.status === 'done') continue;
      const work: PhaseWork = { dependencies, sessions, project, run, settings, plan, phase: phase.name, signal, step: (step) => progress.step(phase.name, step), batchEnded: (ms) => ended.wait(ms) };
      if (!columnsLookedAt && ![EXTRACT, INDEX, VERIFICATION].includes(phase.name)) {
        await refuseEmptiedColumns(work);
        columnsLookedAt = true;
      }
      if (phase.status === 'waiting') await store.movePhase({ runId, name: phase.name, to: 'running', before: { before: await countsOf(work), ...(phase.name === DELETIONS ? { gone: Object.fromEntries(await goneOf(work)) } : {}) } });
      if (phase.status !== 'gate') {
        await runPhase(work);
        const started = (await store.phases(runId)).find((each) => each.name === phase.name)?.before ?? {};
        await store.movePhase({ runId, name: phase.name, to: 'gate', before: { ...started, before: { ...started['before'] as JsonObject | undefined, ...await store.phaseCounts({ runId, phase: phase.name }) }, after: await countsOf(work), staged: await stagedOf(work), ...(await schemaObjectOf(work)) } });
      }
      await passGate(work);
      await store.movePhase({ runId, name: phase.name, to: 'done' });
    }
    await store.moveRun({ runId, from: ['running'], to: await finalStatus(params, run) });
  } catch (error) {
    await settle(params, error, leaseLost());
  } finally {
    progress.stop();
    await worker.stop();
    await sessions.flushCalls(runId);
    await sessions.close();
    stop.abort();
    await store.releaseRun({ runId, driver });
  }
  await honourCancel(params);
  const ended_ = await store.run(runId);
  return runReport(store, ended_ ?? run);
}

/** Which phases are what; everything else is a phase of the plan. */
async function runPhase(work: PhaseWork): Promise<void> {
  if (work.phase === PROOF) return rollbackProof(work);
  if (work.run.mode === 'rollback') return rollbackPhase(work);
  if (work.phase === EXTRACT) return extractPhase(work);
  if (work.phase === INDEX) return indexStaged(work, sourceObjects(work.plan.plan));
  if (work.phase === PREPARE) return preparePhase(work);
  if (work.phase === DELETIONS) return deletionsPhase(work);
  if (work.phase === VERIFICATION) return verificationPhase(work);
  return loadPhase(work);
}

/** Destination counts by object, for the second equation of the reconciliation. */
async function countsOf(work: PhaseWork): Promise<JsonObject> {
  if (isDry(work.run) || work.run.mode === 'rollback') return {};
  // A delta counts an object when it first changes it (countedBeforeChange), and then once more at the end.
  const objects = work.run.mode === 'delta' ? Object.keys(await work.dependencies.store.phaseCounts({ runId: work.run.id, phase: work.phase })) : (await mappingsWithRecords(work)).map((mapping) => mapping.destination);
  return destinationCounts(await work.sessions.destination(work.project.id), objects);
}

/** Mappings of the phase; of a run over chosen records only those that have any: the others need no count. */
async function mappingsWithRecords(work: PhaseWork): Promise<readonly Mapping[]> {
  const own = work.plan.plan.mappings.filter((mapping) => mapping.phase === work.phase && mapping.status !== 'rejected');
  const selectionRunId = selectionOf(work.run);
  if (selectionRunId === null) return own;
  const counts = await Promise.all(own.map((mapping) => work.dependencies.store.countStaged({ projectId: work.project.id, object: mapping.source, selectionRunId })));
  return own.filter((_, index) => (counts[index] ?? 0) > 0);
}

/** Under which object new fields stand at the destination, for the report of the phase that makes them. */
async function schemaObjectOf(work: PhaseWork): Promise<JsonObject> {
  if (work.phase !== PREPARE) return {};
  const { schemaObject } = (await work.sessions.destination(work.project.id)).capabilities;
  return schemaObject === null ? {} : { schemaObject };
}

/** Records read per mapping, counted in staging now: a later extraction must not change the report of this phase. */
async function stagedOf(work: PhaseWork): Promise<JsonObject> {
  const { store } = work.dependencies;
  const counts: Record<string, Json> = {};
  const selectionRunId = selectionOf(work.run);
  for (const mapping of work.plan.plan.mappings.filter((each) => each.phase === work.phase)) {
    counts[mapping.id] = await store.countStaged({ projectId: work.project.id, object: mapping.source, selectionRunId });
  }
  return counts;
}

/** Phases of the plan end at a gate in every run that writes, unless the run was started to pass balanced ones by itself. */
async function passGate(work: PhaseWork): Promise<void> {
  const { store } = work.dependencies;
  const gated = !isDry(work.run) && ['sandbox', 'production', 'delta'].includes(work.run.mode) && work.plan.plan.phases.some((phase) => phase.name === work.phase);
  if (!gated) return;
  const gate = await store.openGate({ runId: work.run.id, phase: work.phase });
  if (gate.approvedAt !== null) return;
  if (work.settings.approveGates === true) {
    const report = await runReport(store, work.run);
    const own = report.phases.filter((phase) => phase.phase === work.phase);
    if (own.every((phase) => phase.balanced) && report.verification.mismatch === 0 && report.verification.unreadable === 0) {
      await store.approveGate({ runId: work.run.id, phase: work.phase, by: 'automatic: balanced, no mismatch' });
      return;
    }
  }
  throw new StopDriving('gate');
}

async function finalStatus(params: DriveParams, run: Run): Promise<RunStatus> {
  const report = await runReport(params.dependencies.store, run);
  const held = report.phases.some((phase) => Object.keys(phase.quarantined).length > 0 || Object.keys(phase.failed).length > 0);
  return held ? 'withQuarantine' : 'succeeded';
}

/** Writes down why the drive ended; only the unforeseen is thrown on. */
async function settle(params: DriveParams, error: unknown, leaseLost: boolean): Promise<void> {
  const { dependencies: { store }, runId } = params;
  if (leaseLost) return; // another driver has the run: its state is not ours to write
  if (error instanceof StopDriving) {
    const to: RunStatus = { paused: 'paused', cancelled: 'cancelled', gate: 'waiting', aborted: 'interrupted', 'lease-lost': 'interrupted' }[error.why] as RunStatus;
    await store.moveRun({ runId, from: ['running'], to });
    return;
  }
  // Out of `running`, workers elsewhere put their batches down. What is desired stays `run`: nobody paused it, and a server that starts again goes on.
  if (params.signal?.aborted === true) {
    await store.moveRun({ runId, from: ['running'], to: 'interrupted' }); // the error is only the call that was broken off
    return;
  }
  const failure = error instanceof BatchFailed ? error.failure : failureOf(error);
  await store.moveRun({ runId, from: ['running'], to: failure.passing ? 'interrupted' : 'failed', error: { code: failure.code, message: failure.message, remedy: failure.remedy } });
}

/** A cancel that came while the drive was on its way to a gate, a pause or a failure: nobody else would carry it out. */
async function honourCancel({ dependencies: { store }, runId }: DriveParams): Promise<void> {
  if ((await store.run(runId))?.desired === 'cancel') await store.moveRun({ runId, from: statesBefore('cancelled').filter((from) => from !== 'running'), to: 'cancelled' });
}

async function takeLease(params: DriveParams, driver: string): Promise<void> {
  const { store } = params.dependencies;
  // A driver that died cannot give its lease back: wait it out once before saying that somebody else drives.
  for (let waited = 0; !(await store.holdRun({ runId: params.runId, driver, leaseMs: LEASE_MS, ...(await deadDriver(params)) })); waited += 250) {
    if (waited > LEASE_MS + 1000) throw new ConfigurationError({ code: 'run-is-driven', message: `Run ${params.runId} is being driven by another process.`, remedy: 'Watch it (`portolan wait`), or end the other process.' });
    await pause(250);
  }
}

/** The holder of the lease where its process is certainly dead: there is nothing to wait for. */
async function deadDriver({ dependencies, runId }: DriveParams): Promise<{ instead?: string }> {
  const holder = await dependencies.store.driverOf(runId);
  return holder !== null && dependencies.isGone?.(workerOf(holder)) === true ? { instead: holder } : {};
}

function workerOf(driver: string): string {
  return driver.slice(0, driver.lastIndexOf('/'));
}

function renewLease(params: DriveParams, driver: string, stop: AbortController): () => boolean {
  let lost = false;
  const renew = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await pause(LEASE_MS / 3, undefined, { signal: stop.signal }).catch(() => undefined);
      if (stop.signal.aborted) return;
      if (!(await params.dependencies.store.holdRun({ runId: params.runId, driver, leaseMs: LEASE_MS }))) {
        lost = true;
        stop.abort();
      }
    }
  };
  renew().catch(() => {
    lost = true;
    stop.abort();
  });
  return () => lost;
}

/** Lets the driver sleep until a batch of this process ended; an end between two sleeps is not missed. */
class Wakeup {
  #rung = false;
  #ring: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    this.#ring?.();
  }

  async wait(ms: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#ring = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#ring = null;
    this.#rung = false;
  }
}
