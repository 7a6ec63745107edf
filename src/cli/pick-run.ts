import { ConfigurationError } from '../connector/errors.ts';
import type { Project } from '../engine/ports/projects.ts';
import type { Run, RunStatus } from '../engine/ports/runs.ts';
import type { CliStore } from './workspace.ts';

/** A run in one of these can go on. */
export const unfinished: ReadonlySet<RunStatus> = new Set(['running', 'paused', 'waiting', 'interrupted', 'failed']);

/** What a command wants where no id is given: any run, one that can still go on, or one that moved records (no read-back, no rollback). */
export type RunWish = 'any' | 'unfinished' | 'loading';

/**
 * The run a command means: the one given by id; else the latest of the wished kind; else the latest of all.
 * @throws ConfigurationError 'no-run' with the command that makes one
 */
export async function pickRun(store: CliStore, project: Project, runId: string | undefined, wish: RunWish): Promise<Run> {
  const runs = [...await store.listRuns(project.id)].sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
  const run = runId === undefined ? runs.find((candidate) => isWished(candidate, wish)) ?? runs[0] : runs.find((candidate) => candidate.id === runId);
  if (run !== undefined) return run;
  throw runId === undefined
    ? new ConfigurationError({ code: 'no-run', message: `Project '${project.name}' has no run yet`, remedy: `start one: portolan sample ${project.name} --records 200` })
    : new ConfigurationError({ code: 'no-run', message: `Project '${project.name}' has no run '${runId}'`, remedy: `see its runs: portolan status ${project.name}` });
}

function isWished(run: Run, wish: RunWish): boolean {
  if (wish === 'unfinished') return unfinished.has(run.status) && run.status !== 'failed';
  return wish === 'any' || (isLoading(run) && run.mode !== 'preview');
}

/** Whether a run moves records from source to destination, as a rollback and a mere read-back do not. */
export function isLoading(run: Run): boolean {
  return run.mode !== 'rollback' && run.settings['only'] !== 'verify';
}

/** @throws ConfigurationError 'run-unfinished': two runs of one project would write over each other. */
export async function refuseUnfinished(store: CliStore, project: Project): Promise<void> {
  const open = (await store.listRuns(project.id)).find((run) => unfinished.has(run.status) && run.status !== 'failed');
  if (open === undefined) return;
  throw new ConfigurationError({
    code: 'run-unfinished', message: `Run ${open.id} (${open.mode}) of project '${project.name}' is ${open.status}`,
    remedy: `${open.status === 'running' ? `wait for its end: portolan wait ${project.name}` : `go on with it: portolan resume ${project.name}`}; or give it up: portolan cancel ${project.name}`,
  });
}
