import type { Catalog } from '../connector/catalog.ts';
import { DELETIONS, PREPARE } from '../engine/phase-names.ts';
import { sourceObjects } from '../engine/phases/extract-phase.ts';
import type { RunReport } from '../engine/run-report.ts';
import type { Plan } from '../plan/plan.ts';
import type { RunFlow } from './schemas/runs.ts';

/** A source record that its mapping passes by because nothing has changed is not one that the plan leaves out. */
const unchangedReason = 'unchanged';

/**
 * Where the records of a run went, one row per mapping and outcome; nothing is estimated. A source record that becomes two records
 * counts once for each. Objects of the source that the plan does not read are told beside, with the count of discovery.
 * @param catalog of the source; null = never discovered
 */
export function flowOf(report: Pick<RunReport, 'phases'>, plan: Plan | null, catalog: Catalog | null): RunFlow {
  const rows = report.phases.filter(({ phase }) => phase !== PREPARE).flatMap((row) => {
    const of = (outcome: RunFlow['rows'][number]['outcome'], records: number, reason: string | null = null) => ({ mapping: row.mapping, object: row.object, destinationObject: row.destinationObject, outcome, reason, records });
    return [
      of('created', row.created), of('updated', row.updated), of('matched', row.matched), of('merged', row.merged),
      ...reasons(row.skipped).map(([reason, count]) => (reason === unchangedReason ? of('unchanged', count) : of('skipped', count, reason))),
      ...reasons(row.quarantined).map(([code, count]) => of('quarantined', count, code)),
      ...reasons(row.failed).map(([code, count]) => of('failed', count, code)),
      ...(row.phase === DELETIONS ? [of('deleted', row.deleted), of('archived', row.archived), ...reasons(row.kept).map(([reason, count]) => of('kept', count, reason))] : []),
    ].filter(({ records }) => records > 0);
  });
  const read = new Set(plan === null ? [] : sourceObjects(plan));
  const moved = new Set(plan?.mappings.filter(({ status }) => status !== 'rejected').map(({ source }) => source));
  const mapped = new Set(plan?.mappings.map(({ source }) => source));
  const leftOut = plan === null ? [] : (catalog?.objects ?? []).filter(({ name, count }) => (count ?? 0) > 0 && (!read.has(name) || (mapped.has(name) && !moved.has(name)))).map(({ name, count }) => ({ object: name, records: count ?? 0 }));
  return { rows, leftOut };
}

const reasons = (counts: Readonly<Record<string, number>>): readonly (readonly [string, number])[] => Object.entries(counts);
