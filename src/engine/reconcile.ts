import type { Outcome } from './ports/ledger.ts';
import type { PhaseReport } from './run-report.ts';

/** What the report of one mapping rests on: two independent counts (staged, destination) and the ledger's outcomes. */
export interface MappingCounts {
  readonly phase: string;
  readonly mapping: string;
  readonly object: string;
  readonly destinationObject: string;
  readonly staged: number; // records of the source object, counted in staging
  readonly unreadable: { readonly [code: string]: number }; // rows of the source that never became records
  readonly outcomes: readonly Readonly<{ outcome: Outcome; reason: string | null; count: number }>[];
  readonly destinationBefore: number | null;
  readonly destinationAfter: number | null;
  /** Created into the same destination object by every mapping of the phase, or brought back from its archive. */
  readonly createdInPhase: number;
  /** Deleted from the same destination object by every mapping of the phase. Default 0. */
  readonly deletedInPhase?: number;
  readonly durationMs: number;
}

/** Adds one mapping up. `balanced` is true only when both equations hold to the record. Pure. */
export function reconcileMapping(counts: MappingCounts): PhaseReport {
  const total = (outcome: Outcome): number => sum(counts.outcomes.filter((row) => row.outcome === outcome).map((row) => row.count));
  const reasons = (outcome: Outcome): Record<string, number> => {
    const result: Record<string, number> = {};
    for (const row of counts.outcomes) {
      if (row.outcome !== outcome) continue;
      const reason = row.reason ?? 'unstated';
      result[reason] = (result[reason] ?? 0) + row.count;
    }
    return result;
  };
  const quarantined = reasons('quarantined');
  for (const [code, count] of Object.entries(counts.unreadable)) quarantined[code] = (quarantined[code] ?? 0) + count;
  const unreadable = sum(Object.values(counts.unreadable));
  const read = counts.staged + unreadable;
  const accounted = sum(counts.outcomes.map((row) => row.count)) + unreadable;
  const destinationHolds = counts.destinationBefore === null || counts.destinationAfter === null
    || counts.destinationAfter === counts.destinationBefore + counts.createdInPhase - (counts.deletedInPhase ?? 0);
  return {
    phase: counts.phase, mapping: counts.mapping, object: counts.object, destinationObject: counts.destinationObject,
    read, created: total('created'), updated: total('updated'), matched: total('matched'), merged: total('merged'),
    skipped: reasons('skipped'), quarantined, failed: reasons('failed'),
    deleted: total('deleted'), archived: total('archived'), kept: reasons('kept'),
    returned: sum(counts.outcomes.filter((row) => row.outcome === 'updated' && row.reason === 'returned').map((row) => row.count)),
    destinationBefore: counts.destinationBefore, destinationAfter: counts.destinationAfter,
    balanced: read === accounted && destinationHolds,
    durationMs: counts.durationMs,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
