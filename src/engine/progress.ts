import type { RunProgress } from './api.ts';
import type { Run } from './ports/runs.ts';
import type { Store } from './ports/store.ts';

const INTERVAL_MS = 1000; // one count query a second: 50 ms at 200,000 outcome rows

/** Reports what a run is doing once a second, with rate and time left; costs nothing when nobody listens. */
export function watchProgress(params: Readonly<{ store: Store; run: Run; now: () => number; onProgress?: (progress: RunProgress) => void }>): { readonly step: (phase: string, step: string) => void; readonly stop: () => void } {
  const { store, run, now, onProgress } = params;
  if (onProgress === undefined) return { step: () => undefined, stop: () => undefined };
  let current = { phase: '', step: '', since: now(), start: null as number | null };
  let busy = false;

  const tell = async (): Promise<void> => {
    if (busy || current.step === '') return;
    busy = true;
    const { phase, step, since } = current;
    try {
      const { done, total } = await counts(store, run, phase, step);
      if (current.step !== step) return;
      current.start ??= done;
      const seconds = (now() - since) / 1000;
      const perSecond = seconds > 2 && done > current.start ? (done - current.start) / seconds : null;
      onProgress({ runId: run.id, phase, step, done, total, perSecond, secondsLeft: perSecond === null || total === null ? null : Math.max(0, (total - done) / perSecond) });
    } finally {
      busy = false;
    }
  };
  // A lost connection to the store ends the run by itself; progress must not be what fails.
  const timer = setInterval(() => void tell().catch(() => undefined), INTERVAL_MS);
  return {
    step: (phase, step) => {
      current = { phase, step, since: now(), start: null };
      onProgress({ runId: run.id, phase, step, done: 0, total: null, perSecond: null, secondsLeft: null });
    },
    stop: () => clearInterval(timer),
  };
}

async function counts(store: Store, run: Run, phase: string, step: string): Promise<{ done: number; total: number | null }> {
  const subject = step.split(' ')[1] ?? '';
  if (step.startsWith('load ')) {
    const done = (await store.outcomeCounts(run.id)).filter((row) => row.phase === phase && row.mapping === subject).reduce((sum, row) => sum + row.count, 0);
    const batches = (await store.batches({ runId: run.id, phase, kinds: ['load'] })).filter((batch) => batch.subject === subject);
    const total = batches.reduce((sum, batch) => sum + Number((batch.work as { count?: number }).count ?? 0), 0);
    return { done, total: total === 0 ? null : total };
  }
  if (step.startsWith('verify')) {
    const done = (await store.verificationCounts(run.id)).filter((row) => row.phase === phase).reduce((sum, row) => sum + row.records, 0);
    return { done, total: null };
  }
  const batches = await store.batches({ runId: run.id, phase, kinds: null });
  return { done: batches.filter((batch) => batch.status === 'done').length, total: batches.length };
}
