import type { Engine } from '../engine/api.ts';
import type { Run } from '../engine/ports/runs.ts';
import type { RunReport } from '../engine/run-report.ts';

/** Pages read the report of a run that is going on again and again; it is counted once in so many milliseconds, however many ask. */
const freshMs = 2_000;
/** Nor more often than this many times as long as counting took: a long run's figures must not slow it down. */
const restFactor = 20;
/** Runs that are at work at once; the oldest goes first. */
const mostKept = 50;

interface Kept { readonly report: Promise<RunReport>; readonly begun: number; tookMs: number }

/** Reports of runs. Of one that is going on the last count serves everybody who asks within a moment; of any other it is counted anew. */
export class RunReports {
  readonly #engine: Pick<Engine, 'report'>;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();

  constructor(engine: Pick<Engine, 'report'>, now: () => number = () => performance.now()) {
    this.#engine = engine;
    this.#now = now;
  }

  of(run: Pick<Run, 'id' | 'status'>): Promise<RunReport> {
    if (run.status !== 'running') {
      this.#kept.delete(run.id);
      return this.#engine.report(run.id);
    }
    const known = this.#kept.get(run.id);
    if (known !== undefined && this.#now() - known.begun < Math.max(freshMs, restFactor * known.tookMs)) return known.report;
    const [oldest] = this.#kept.keys();
    if (known === undefined && this.#kept.size >= mostKept && oldest !== undefined) this.#kept.delete(oldest);
    const begun = this.#now();
    const kept: Kept = { report: this.#engine.report(run.id), begun, tookMs: 0 };
    this.#kept.set(run.id, kept);
    void this.#time(run.id, kept);
    return kept.report;
  }

  async #time(id: string, kept: Kept): Promise<void> {
    try {
      await kept.report;
      kept.tookMs = this.#now() - kept.begun;
    } catch {
      if (this.#kept.get(id) === kept) this.#kept.delete(id); // who asked is told; the next one asks anew
    }
  }
}
