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

/** A run that passes records by about which nothing has changed since they were last settled. */
export function passesUnchanged(run: Pick<Run, 'mode' | 'settings'>): boolean {
  return run.mode === 'delta' && (run.settings as RunSettings).thorough !== true;
}
