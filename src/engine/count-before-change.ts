import type { DestinationConnection } from '../connector/destination.ts';
import type { BatchWork } from './steps/batch-work.ts';

/**
 * The connection with a count of an object taken, once per phase and before anything else of it is sent, when its first record is
 * created or deleted: the "before" of the phase's reconciliation where the driver took none. Whoever comes first writes the count
 * down, and only then sends.
 */
export function countedBeforeChange(destination: DestinationConnection, work: Pick<BatchWork, 'dependencies' | 'run' | 'batch'>): DestinationConnection {
  const { store } = work.dependencies;
  const counted = new Set<string>();
  const ensure = async (object: string): Promise<void> => {
    if (counted.has(object) || destination.capabilities.uncounted?.includes(object) === true) return;
    const known = await store.phaseCounts({ runId: work.run.id, phase: work.batch.phase });
    if (!(object in known)) await store.recordPhaseCount({ runId: work.run.id, phase: work.batch.phase, object, count: await destination.count({ object }) });
    counted.add(object);
  };
  return {
    ...destination,
    create: async (request) => {
      await ensure(request.object);
      return destination.create(request);
    },
    delete: async (request) => {
      await ensure(request.object);
      return destination.delete(request);
    },
  };
}
