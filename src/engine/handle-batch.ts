import { AmbiguousError, PortolanError, RateLimitedError, RetriableError } from '../connector/errors.ts';
import type { Json } from '../connector/json.ts';
import type { EngineDependencies } from './dependencies.ts';
import type { PlanOf } from './plans.ts';
import type { Batch } from './ports/runs.ts';
import { defaultBackoffMs } from './retry.ts';
import type { Sessions } from './sessions.ts';
import { FencedOff, Interrupted, type BatchWork } from './steps/batch-work.ts';
import { createDisplays, DISPLAYS_MAPPING } from './steps/create-displays.ts';
import { FIELDS_MAPPING } from './fields-mapping.ts';
import { createFields } from './steps/create-fields.ts';
import { deleteMapping } from './steps/delete-mapping.ts';
import { extractObject } from './steps/extract.ts';
import { indexObject } from './steps/index-records.ts';
import { retireMapping } from './steps/retire-mapping.ts';
import { loadOrdered } from './steps/load-ordered.ts';
import { loadRange } from './steps/load-range.ts';
import { verifyMapping } from './steps/verify-mapping.ts';

const handlers = {
  extract: extractObject,
  index: indexObject,
  load: (work: BatchWork) => (work.batch.subject === FIELDS_MAPPING ? createFields(work) : work.batch.subject === DISPLAYS_MAPPING ? createDisplays(work) : 'ordered' in (work.batch.work as object) ? loadOrdered(work) : loadRange(work)),
  verify: verifyMapping,
  delete: deleteMapping,
  retire: retireMapping,
} as const satisfies Record<Batch['kind'], (work: BatchWork) => Promise<void>>;

/** What a failed batch leaves for the driver and the report. `passing` = going on later may help. */
export interface BatchFailure { readonly passing: boolean; readonly code: string; readonly message: string; readonly remedy: string | null }

/** Claims a batch and carries it out. Never throws for what the data or a platform did: that is in the batch row. */
export async function handleBatch(params: Readonly<{
  dependencies: EngineDependencies; batchId: string; sessions: Sessions; planOf: PlanOf; signal: AbortSignal;
}>): Promise<void> {
  const { dependencies, sessions, signal } = params;
  const { store } = dependencies;
  const batch = await store.claimBatch({ batchId: params.batchId, worker: dependencies.worker });
  if (batch === null) return;
  const finish = (status: 'done' | 'failed' | 'waiting', error?: Json): Promise<boolean> => store.finishBatch({ batchId: batch.id, fence: batch.fence, status, ...(error === undefined ? {} : { error }) });
  try {
    const run = await store.run(batch.runId);
    if (run === null) return;
    const work: BatchWork = {
      dependencies, sessions, run, batch, signal,
      project: await store.projectById(run.projectId), plan: await params.planOf(run),
      backoffMs: dependencies.backoffMs ?? defaultBackoffMs,
    };
    await handlers[batch.kind](work);
    await sessions.flushCalls(run.id);
    await finish('done');
  } catch (error) {
    if (error instanceof FencedOff) return;
    if (error instanceof Interrupted || signal.aborted) {
      await finish('waiting');
      return;
    }
    await sessions.flushCalls(batch.runId);
    await finish('failed', { ...failureOf(error) });
  }
}

/** An error as a batch or run keeps it: never with a stack, which could hold values. */
export function failureOf(error: unknown): BatchFailure {
  if (error instanceof PortolanError) {
    const passing = error instanceof RetriableError || error instanceof AmbiguousError || error instanceof RateLimitedError;
    return { passing, code: error.code, message: error.message, remedy: error.remedy };
  }
  return { passing: false, code: 'unexpected', message: error instanceof Error ? error.message : String(error), remedy: 'This is a mistake in Portolan: please report it with the run id. The run can be resumed.' };
}
