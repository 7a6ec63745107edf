import type { DestinationConnection } from '../../connector/destination.ts';
import { foreseenIn, type Foreseen } from '../load/foreseen.ts';
import type { LoadStepOutcome } from '../load/load-step.ts';
import type { LoadStepResult } from '../ports/ledger.ts';
import { isDry } from '../run-scope.ts';
import type { BatchWork } from './batch-work.ts';

/** What the run has seen so far, where it only looks. */
export function foreseenOf({ dependencies: { store }, run, plan }: BatchWork, { capabilities }: DestinationConnection): Foreseen | null {
  return isDry(run) ? foreseenIn({ store, runId: run.id, plan, naturalKeys: capabilities.naturalKeys ?? [] }) : null;
}

/** What a step of a run that only looks puts in the place of everything that would be kept of a load. */
export function onlySeen(mapping: string, outcome: LoadStepOutcome, foreseen: Foreseen | null): Partial<LoadStepResult> {
  return foreseen === null ? {} : { crosswalk: [], quarantine: [], resolvedQuarantine: [], closeIntents: [], inputs: [], forget: [], forgetPlaces: [], leftOut: [], takenBack: [], versions: [], seen: [], foreseen: foreseen.rowsOf(outcome.crosswalk), foreseenLeaving: [...outcome.leftOut.map((sourceId) => ({ mapping, sourceId, leaves: true })), ...outcome.takenBack.map((sourceId) => ({ mapping, sourceId, leaves: false }))] };
}
