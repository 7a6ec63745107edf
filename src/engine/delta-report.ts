import { DELETIONS, PREPARE } from './phase-names.ts';
import type { PhaseReport, RunReport } from './run-report.ts';

/** Most retired records within a report; all of them are counted. */
export const LISTED_RETIRED = 10_000;

/** Reasons under which a record that is in was left as it is, whether or not something about it changed. */
const CONFLICTS = ['changed-at-destination', 'gone-at-destination'];

/** What a delta saw, mapping by mapping, from the counts of its phases. Pure. */
export function deltaReport(phases: readonly PhaseReport[]): NonNullable<RunReport['delta']> {
  return phases.filter((phase) => phase.phase !== DELETIONS && phase.phase !== PREPARE).map((phase) => {
    const gone = phases.filter((other) => other.phase === DELETIONS && other.mapping === phase.mapping);
    const conflicts = CONFLICTS.reduce((total, code) => total + (phase.quarantined[code] ?? 0), 0);
    const equal = phase.skipped['already-equal'] ?? 0;
    return {
      mapping: phase.mapping, object: phase.object, destinationObject: phase.destinationObject,
      new: phase.created + phase.matched + phase.merged, changed: phase.updated + conflicts + equal, returned: phase.returned,
      deleted: gone.reduce((total, row) => total + row.read, 0), conflicts, unchanged: phase.skipped['unchanged'] ?? 0,
    };
  });
}
