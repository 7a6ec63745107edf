import type { Mapping } from '../../plan/plan.ts';
import type { StagedRange } from '../ports/staging.ts';
import { selectionOf } from '../run-scope.ts';
import type { NewBatch, PhaseWork } from './phase-work.ts';

/** All of an object: PostgreSQL's largest whole number. */
const ALL = 2 ** 31 - 1;

/**
 * Mappings of a phase in the plan's order; those that write in order into one object that shows its records in order of creation
 * belong together, at the place of the last of them: by then all that they may link to is in. Those ordered within a record are not
 * among them: several workers load them.
 */
export function asHistories(mappings: readonly Mapping[], ordersByCreation: readonly string[]): readonly (readonly Mapping[])[] {
  const isHistory = (mapping: Mapping): boolean => mapping.order !== undefined && mapping.orderWithin === undefined && ordersByCreation.includes(mapping.destination);
  return mappings.flatMap((mapping, place) => {
    if (!isHistory(mapping)) return [[mapping]];
    const later = mappings.slice(place + 1).some((other) => isHistory(other) && other.destination === mapping.destination);
    return later ? [] : [mappings.filter((other) => isHistory(other) && other.destination === mapping.destination)];
  });
}

/** One batch, and so one worker, for a whole history. */
export async function historyBatch(work: PhaseWork, mappings: readonly Mapping[]): Promise<NewBatch[]> {
  const { store } = work.dependencies;
  const subject = mappings[0]?.id ?? '';
  const known = (await store.batches({ runId: work.run.id, phase: work.phase, kinds: ['load'] })).filter((batch) => batch.subject === subject);
  if (known.length > 0) return known.map(({ kind, position, work: ordered }) => ({ kind, subject, position, work: ordered }));
  const ordered: { mapping: string; range: StagedRange }[] = [];
  for (const { id, source } of mappings) {
    const [range] = await store.ranges({ projectId: work.project.id, object: source, size: ALL, selectionRunId: selectionOf(work.run) });
    if (range !== undefined) ordered.push({ mapping: id, range });
  }
  return ordered.length === 0 ? [] : [{ kind: 'load', subject, position: 0, work: { ordered } }];
}
