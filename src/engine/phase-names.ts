import type { Plan } from '../plan/plan.ts';
import type { RunMode } from './ports/runs.ts';
import { wantedFields } from './steps/create-fields.ts';

/** Phases the engine adds around those of the plan. */
export const EXTRACT = 'extract';
export const INDEX = 'index';
export const PREPARE = 'prepare';
export const VERIFICATION = 'verification';
export const PROOF = 'proof';

export interface RunSettings {
  readonly records?: number; // sample: about how many records
  readonly skipExtract?: boolean; // retry: what is staged is what counts
  readonly only?: 'verify'; // read everything back, write nothing
  readonly approveGates?: boolean; // gates of balanced phases without mismatch open by themselves
  readonly dryRun?: boolean; // rollback: look and count only
  readonly deleteChanged?: boolean | readonly string[]; // rollback: also what people changed since
}

/** The phases of a run in their order. A rollback walks the plan's phases backwards and ends with the proof. */
export function phasesOf(params: Readonly<{ plan: Plan; mode: RunMode; settings: RunSettings }>): readonly string[] {
  const { plan, mode, settings } = params;
  const loading = plan.phases.map((phase) => phase.name);
  const fields = wantedFields(plan).length > 0 ? [PREPARE] : [];
  if (mode === 'rollback') return [...loading.toReversed(), PREPARE, PROOF];
  if (settings.only === 'verify') return [VERIFICATION];
  const extract = [settings.skipExtract === true ? INDEX : EXTRACT];
  if (mode === 'preview') return [...extract, ...fields, ...loading];
  return [...extract, ...fields, ...loading, VERIFICATION];
}
