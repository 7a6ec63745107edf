import type { Project } from '../engine/ports/projects.ts';
import type { Run, RunStatus } from '../engine/ports/runs.ts';
import type { RunReport } from '../engine/run-report.ts';
import type { LiveHub } from './live.ts';
import type { ServerParts } from './parts.ts';
import { refusal } from './problem.ts';

/** The project fact that says which run this installation's server drives, so that a restarted one goes on with it. */
const drivenFact = 'console-driven-run';
/** How long runs may take to come to rest when the server stops, in milliseconds; then their calls are broken off. */
const restMs = 8_000;

/** A run in one of these can go on. */
const unfinished: ReadonlySet<RunStatus> = new Set(['running', 'paused', 'waiting', 'interrupted', 'failed']);

/** Hears of a run that ended, waits, or was put down. */
export type RestListener = (project: Project, run: Run) => Promise<void>;

interface Driving { readonly abort: AbortController; readonly done: Promise<void> }

/**
 * Drives the runs that people start in the console. A run is *driven* from `drive` until it ends, waits at a gate or
 * is paused; nothing is kept in memory that the store does not know, so a browser that closes, or a server that
 * restarts, loses nothing.
 */
export class RunDriver {
  readonly #parts: ServerParts;
  readonly #live: LiveHub;
  readonly #driving = new Map<string, Driving>();
  /** Runs that somebody wants driven on while they are coming to rest. */
  readonly #again = new Set<string>();
  readonly #listeners: RestListener[] = [];
  #closing = false;

  constructor(parts: ServerParts, live: LiveHub) {
    this.#parts = parts;
    this.#live = live;
  }

  /** Calls the listener whenever a run that was driven here comes to rest; not when the server stops. */
  onRest(listener: RestListener): void {
    this.#listeners.push(listener);
  }

  get running(): number {
    return this.#driving.size;
  }

  isDriving(runId: string): boolean {
    return this.#driving.has(runId);
  }

  /**
   * Starts driving in the background. A run that is driven already is driven on after it came to rest: its gate may have been opened,
   * or its pause ended, between its last look at the store and its end here.
   */
  drive(project: Project, run: Pick<Run, 'id' | 'settings' | 'mode'>, by: string): void {
    if (this.#closing) return;
    if (this.#driving.has(run.id)) {
      this.#again.add(run.id);
      return;
    }
    const abort = new AbortController();
    const done = this.#work(project, run, by, abort.signal)
      .catch((error: unknown) => this.#parts.log('warning', `run ${run.id}: ${error instanceof Error ? error.message : String(error)}`))
      .finally(() => {
        this.#driving.delete(run.id);
        this.#live.forgetProgress(run.id);
      })
      .then(() => this.#rested(project, run, by));
    this.#driving.set(run.id, { abort, done });
  }

  /** Goes on with what an earlier server of this installation was driving when it stopped. */
  async resumeAll(): Promise<void> {
    const { store } = this.#parts;
    for (const project of await store.listProjects()) {
      const id = await store.getFact(project.id, drivenFact);
      const run = typeof id === 'string' ? await store.run(id) : null;
      if (run === null || run.desired !== 'run' || (run.status !== 'running' && run.status !== 'interrupted')) continue;
      this.#parts.log('info', `going on with run ${run.id} of project ${project.name}`);
      this.drive(project, run, 'portolan serve');
    }
  }

  /** Stops driving; runs are left as interrupted and go on with the next start. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const { abort } of this.#driving.values()) abort.abort();
    const rest = Promise.all([...this.#driving.values()].map(({ done }) => done));
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([rest, new Promise<void>((resolve) => { timer = setTimeout(resolve, restMs); })]);
    clearTimeout(timer);
  }

  async #rested(project: Project, { id }: Pick<Run, 'id'>, by: string): Promise<void> {
    const again = this.#again.delete(id);
    if (this.#closing) return;
    try {
      const run = await this.#parts.store.run(id);
      if (again && run !== null && run.desired === 'run' && unfinished.has(run.status)) return this.drive(project, run, by);
      if (run !== null) for (const listener of this.#listeners) await listener(project, run);
    } catch (error) {
      this.#parts.log('warning', `after run ${id}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #work(project: Project, run: Pick<Run, 'id' | 'settings' | 'mode'>, by: string, signal: AbortSignal): Promise<void> {
    const { store, engine } = this.#parts;
    await store.setFact(project.id, drivenFact, run.id);
    const clean = run.settings['approveGates'] === true || run.mode === 'sample' || run.mode === 'rollback';
    let report = await engine.driveRun({ runId: run.id, signal, onProgress: (progress) => this.#live.progress(project.name, progress) });
    while (report.status === 'waiting' && clean && !signal.aborted) {
      const opened = await this.#openClean(report, by);
      if (opened === 0) break;
      report = await engine.driveRun({ runId: run.id, signal, onProgress: (progress) => this.#live.progress(project.name, progress) });
    }
    if (!this.#closing) await store.setFact(project.id, drivenFact, null);
    if (report.finishedAt !== null) await this.#parts.writeReports(report);
  }

  /** Opens the gates that nothing speaks against. @returns how many */
  async #openClean(report: RunReport, by: string): Promise<number> {
    const open = (await this.#parts.store.gates(report.run)).filter((gate) => gate.approvedAt === null);
    const objections = await this.#parts.gateObjections(report, open.map((gate) => gate.phase));
    if (objections.size > 0) return 0;
    for (const gate of open) await this.#parts.engine.approve({ runId: report.run, phase: gate.phase, by });
    return open.length;
  }
}

/** @throws ApiError 'run-unfinished': two runs of one project would write over each other. */
export async function refuseUnfinished(parts: Pick<ServerParts, 'store'>, project: Project): Promise<void> {
  const open = (await parts.store.listRuns(project.id)).find((run) => unfinished.has(run.status) && run.status !== 'failed');
  if (open !== undefined) throw refusal(409, 'run-unfinished', `A run (${open.mode}) of project '${project.name}' is ${open.status}.`, 'Go on with it or cancel it, on the page Run.');
}
