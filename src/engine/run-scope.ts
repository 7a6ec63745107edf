import type { RunSettings } from './phase-names.ts';
import type { Run } from './ports/runs.ts';

/** Under which run the chosen records stand that this run is limited to; null = everything. */
export function selectionOf(run: Pick<Run, 'id' | 'mode' | 'settings'>): string | null {
  return run.mode === 'sample' || (run.settings as RunSettings).selection === true ? run.id : null;
}

/** A run that looks and counts only: nothing is sent to the destination, nothing enters the crosswalk. */
export function isDry(run: Pick<Run, 'mode' | 'settings'>): boolean {
  return run.mode === 'preview' || (run.mode === 'delta' && (run.settings as RunSettings).dryRun === true);
}

/** Records of a step of such a run, which would take `size` otherwise: one changed record in a hundred must not cost a call for each hundred (22.9 % of the full run's calls at once the length, simulated Odoo 17, 2,500 contacts). At most 8,000 are in memory. */
export function deltaStep(size: number): number {
  return Math.max(size, Math.min(8 * size, 8_000));
}

/** A run that passes records by about which nothing has changed since they were last settled. */
export function passesUnchanged(run: Pick<Run, 'mode' | 'settings'>): boolean {
  return run.mode === 'delta' && (run.settings as RunSettings).thorough !== true;
}
