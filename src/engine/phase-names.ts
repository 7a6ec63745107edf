import type { Plan } from '../plan/plan.ts';
import type { RunMode } from './ports/runs.ts';
import { wantedFields } from './steps/create-fields.ts';

/** Phases the engine adds around those of the plan. */
export const EXTRACT = 'extract';
export const INDEX = 'index';
export const PREPARE = 'prepare';
export const DELETIONS = 'deletions';
export const VERIFICATION = 'verification';
export const PROOF = 'proof';

export interface RunSettings {
  readonly records?: number; // sample: about how many records
  readonly ids?: readonly string[]; // sample: these records, each as 'object:source id'
  readonly where?: readonly string[]; // sample: records that fulfil all of these, each as 'object.field=value'
  readonly heldBack?: boolean; // sample: what is held back, tried again
  readonly alone?: boolean; // sample: without the notes, messages and deals that point to the chosen records
  readonly selection?: boolean; // only records that were chosen for this run
  readonly skipIndex?: boolean; // what is staged is indexed and joined already
  readonly skipPrepare?: boolean; // delta: every new field of the plan was made by an earlier run
  readonly thorough?: boolean; // delta: look at unchanged records as well
  readonly changedOnly?: boolean; // delta: ask the source for changed records only where it can; deletions are not seen
  readonly skipExtract?: boolean; // retry: what is staged is what counts
  readonly only?: 'verify'; // read everything back, write nothing
  readonly approveGates?: boolean; // gates of balanced phases without mismatch open by themselves
  readonly dryRun?: boolean; // rollback, delta: look and count only
  readonly deleteChanged?: boolean | readonly string[]; // rollback: also what people changed since
}

/** The phases of a run in their order. A rollback walks the plan's phases backwards and ends with the proof. */
export function phasesOf(params: Readonly<{ plan: Plan; mode: RunMode; settings: RunSettings }>): readonly string[] {
  const { plan, mode, settings } = params;
  const loading = plan.phases.map((phase) => phase.name);
  const fields = wantedFields(plan).length > 0 && settings.skipPrepare !== true ? [PREPARE] : [];
  if (mode === 'rollback') return [...loading.toReversed(), PREPARE, PROOF];
  if (settings.only === 'verify') return [VERIFICATION];
  const extract = settings.skipIndex === true ? [] : [settings.skipExtract === true ? INDEX : EXTRACT];
  if (mode === 'preview') return [...extract, ...fields, ...loading];
  if (mode === 'delta') return [...extract, ...fields, ...loading, ...(settings.selection === true || settings.changedOnly === true ? [] : [DELETIONS]), ...(settings.dryRun === true ? [] : [VERIFICATION])];
  return [...extract, ...fields, ...loading, VERIFICATION];
}
