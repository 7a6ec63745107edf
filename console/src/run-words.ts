import type { RunLine } from '../../src/server/schemas/projects.ts';
import { texts } from './texts.ts';

/** A run that looks and counts only: what it tells is what would be. */
export function looksOnly({ mode, dryRun }: Pick<RunLine, 'mode' | 'dryRun'>): boolean {
  return mode === 'preview' || dryRun;
}

/** The state of a run in words. */
export function statusOf(run: Pick<RunLine, 'mode' | 'dryRun' | 'status'>): string {
  return run.status === 'withQuarantine' && looksOnly(run) ? texts.preview.withHeld : texts.run.status[run.status];
}
