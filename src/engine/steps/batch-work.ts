import type { CompiledPlan } from '../../plan/compiled/compile.ts';
import type { EngineDependencies } from '../dependencies.ts';
import type { CrosswalkRow } from '../ports/ledger.ts';
import type { Project } from '../ports/projects.ts';
import type { Batch, Run } from '../ports/runs.ts';
import type { Sessions } from '../sessions.ts';

/** All that the handler of one claimed batch works with. */
export interface BatchWork {
  readonly dependencies: EngineDependencies;
  readonly sessions: Sessions;
  readonly project: Project;
  readonly run: Run;
  readonly batch: Batch; // as claimed: with its fence and checkpoint
  readonly plan: CompiledPlan;
  readonly signal: AbortSignal;
  readonly backoffMs: (attempt: number) => number;
}

/** Another worker holds the batch now: stop silently, it goes on there. */
export class FencedOff extends Error {
  constructor(batchId: string) {
    super(`Batch ${batchId} was taken over by another worker.`);
    this.name = 'FencedOff';
  }
}

/** The run is not to go on (pause, cancel, stop): the batch goes back with its checkpoint. */
export class Interrupted extends Error {
  constructor() {
    super('The run was told to stop.');
    this.name = 'Interrupted';
  }
}

/** @throws FencedOff when the store refused the write because the fence has moved on. */
export function insist(written: boolean, batch: Batch): void {
  if (!written) throw new FencedOff(batch.id);
}

/** Between two steps of a batch: flushes call counts and looks whether the run may go on. @throws Interrupted */
export async function mayGoOn(work: BatchWork): Promise<void> {
  await work.sessions.flushCalls(work.run.id);
  if (work.signal.aborted || (await work.dependencies.store.desiredOf(work.run.id)) !== 'run') throw new Interrupted();
}

/** The first rows of a page that live in one destination object: only what shows fields lives in several. */
export function ofOneObject(page: readonly CrosswalkRow[]): readonly CrosswalkRow[] {
  const other = page.findIndex((row) => row.destinationObject !== page[0]?.destinationObject);
  return other === -1 ? page : page.slice(0, other);
}
