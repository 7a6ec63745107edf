import type { Run } from '../engine/ports/runs.ts';
import type { RunLine } from './schemas/projects.ts';

/** A run in one line, as lists show it. */
export function runLine(run: Run): RunLine {
  const error = run.error as { readonly code?: unknown; readonly message?: unknown; readonly remedy?: unknown } | null;
  return {
    id: run.id, mode: run.mode, status: run.status, desired: run.desired, dryRun: run.settings['dryRun'] === true, startedAt: run.startedAt, finishedAt: run.finishedAt,
    error: error === null ? null : { code: text(error.code) ?? 'unexpected', message: text(error.message) ?? '', remedy: text(error.remedy) },
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
