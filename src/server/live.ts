import type { RunProgress } from '../engine/api.ts';
import type { Project } from '../engine/ports/projects.ts';
import type { ServerStore } from './parts.ts';
import { runLine } from './run-line.ts';
import type { LiveRun } from './schemas/runs.ts';

/** What a live stream tells: the state of the latest run, that its figures are other ones by now, how far it is, how far discovery is. */
export type LiveEvent =
  | { readonly event: 'run'; readonly data: LiveRun | null }
  | { readonly event: 'figures'; readonly data: Readonly<{ runId: string }> }
  | { readonly event: 'progress'; readonly data: RunProgress }
  | { readonly event: 'discovery'; readonly data: Readonly<{ role: string; subject: string; done: number }> };
export type LiveListener = (event: LiveEvent) => void;

/** How often the store is asked, in milliseconds: once for all who look at a project, however many they are. */
const lookMs = 1000;
/** How often the store is asked whether figures of a running run have changed, in milliseconds; the figures themselves are read by who shows them. */
const figuresMs = 3_000;
/** Progress lines passed on, one per so many milliseconds: people read no faster. */
const progressMs = 250;

interface Watch { readonly listeners: Set<LiveListener>; timer: NodeJS.Timeout | undefined; last: string | null; said: number; mark: string | null; marked: number }

/** Tells everybody who looks at a project what happens there, whichever process does it. */
export class LiveHub {
  readonly #store: ServerStore;
  readonly #labels: (route: string) => ReadonlyMap<string, string>;
  readonly #watches = new Map<string, Watch>();
  readonly #progress = new Map<string, RunProgress>();

  constructor(store: ServerStore, labels: (route: string) => ReadonlyMap<string, string>) {
    this.#store = store;
    this.#labels = labels;
  }

  /** Number of open streams, for the metrics. */
  get streams(): number {
    return [...this.#watches.values()].reduce((sum, watch) => sum + watch.listeners.size, 0);
  }

  /** @returns a function that ends it. The first `run` event comes within a second. */
  subscribe(project: Project, listener: LiveListener): () => void {
    const known = this.#watches.get(project.name);
    const watch = known ?? { listeners: new Set(), timer: undefined, last: null, said: 0, mark: null, marked: 0 };
    this.#watches.set(project.name, watch);
    watch.listeners.add(listener);
    watch.last = null; // the next look tells everybody
    if (known === undefined) this.#look(project, watch);
    return () => {
      watch.listeners.delete(listener);
      if (watch.listeners.size > 0 || this.#watches.get(project.name) !== watch) return;
      clearTimeout(watch.timer);
      this.#watches.delete(project.name);
    };
  }

  /** Progress of a run that this process drives. */
  progress(project: string, progress: RunProgress): void {
    this.#progress.set(progress.runId, progress);
    const watch = this.#watches.get(project);
    const now = performance.now();
    if (watch === undefined || now - watch.said < progressMs) return;
    watch.said = now;
    this.say(project, { event: 'progress', data: progress });
  }

  lastProgress(runId: string): RunProgress | null {
    return this.#progress.get(runId) ?? null;
  }

  forgetProgress(runId: string): void {
    this.#progress.delete(runId);
  }

  say(project: string, event: LiveEvent): void {
    for (const listener of this.#watches.get(project)?.listeners ?? []) listener(event);
  }

  close(): void {
    for (const watch of this.#watches.values()) clearTimeout(watch.timer);
    this.#watches.clear();
  }

  /** The latest run as streams tell it. */
  async state(project: Project): Promise<LiveRun | null> {
    const run = await this.#store.latestRun({ projectId: project.id, modes: null });
    if (run === null) return null;
    const [phases, gates] = await Promise.all([this.#store.phases(run.id), this.#store.gates(run.id)]);
    const labels = this.#labels(project.route);
    return {
      run: runLine(run),
      phases: phases.map(({ name, status, startedAt, finishedAt }) => ({ name, label: labels.get(name) ?? name, status, startedAt, finishedAt })),
      waitingGates: gates.filter((gate) => gate.approvedAt === null).map((gate) => gate.phase),
    };
  }

  async #tellFigures(project: Project, watch: Watch, runId: string): Promise<void> {
    const now = performance.now();
    if (now - watch.marked < figuresMs) return;
    watch.marked = now;
    const mark = `${runId} ${await this.#store.figuresMark(runId)}`;
    if (mark === watch.mark) return;
    watch.mark = mark;
    this.say(project.name, { event: 'figures', data: { runId } });
  }

  #look(project: Project, watch: Watch): void {
    const again = (): void => {
      if (this.#watches.get(project.name) === watch) watch.timer = setTimeout(() => this.#look(project, watch), lookMs);
    };
    const tell = async (): Promise<void> => {
      const state = await this.state(project);
      const text = JSON.stringify(state);
      if (text !== watch.last) {
        watch.last = text;
        this.say(project.name, { event: 'run', data: state });
      }
      if (state?.run.status === 'running') await this.#tellFigures(project, watch, state.run.id);
    };
    tell().catch(() => undefined).finally(again); // the store will answer the next look, or the requests say what is wrong
  }
}
