import { exitCode } from './exit-codes.ts';
import type { RunReport } from '../engine/run-report.ts';
import { gateObjections } from './gate-objections.ts';
import { createProgress, progressLine } from './progress.ts';
import { say, type Session } from './session.ts';

/** How long a run may take to come to rest after SIGINT before its calls are broken off, in milliseconds. */
const pauseGraceMs = 10_000;

export interface DriveParams {
  readonly runId: string;
  readonly project: string;
  /** Approves every gate of a phase whose counts add up and whose fields came back right. */
  readonly approveClean: boolean;
  readonly workers: number | null; // null = the engine's own choice
}

/**
 * Drives a run until it ends, waits at a gate that only a person may open, or is paused.
 * SIGINT and SIGTERM pause it; a second one leaves at once (the ledger is written before every call, so nothing is lost).
 */
export async function driveRun(session: Session, params: DriveParams): Promise<RunReport> {
  const { engine, store } = await session.workspace();
  const progress = createProgress(session.io);
  const abort = new AbortController();
  let grace: NodeJS.Timeout | undefined;
  const stopListening = session.io.onInterrupt(() => {
    if (grace !== undefined) process.exit(exitCode('interrupted'));
    grace = setTimeout(() => abort.abort(), pauseGraceMs);
    progress.end();
    say(session, 'pausing after the batches under way; once more leaves at once');
    engine.pause(params.runId).catch((error: unknown) => {
      say(session, `could not pause (${String(error)}); breaking off`);
      abort.abort();
    });
  });
  try {
    for (;;) {
      const report = await engine.driveRun({
        runId: params.runId, signal: abort.signal, ...(params.workers === null ? {} : { workers: params.workers }),
        onProgress: (one) => progress.show(progressLine(one), `${one.phase} ${one.step}`),
      });
      progress.end();
      if (report.status !== 'waiting' || grace !== undefined) return report;
      const open = (await store.gates(params.runId)).filter((gate) => gate.approvedAt === null);
      const objections = await gateObjections(store, report, open.map((gate) => gate.phase));
      const closed = params.approveClean ? open.filter((gate) => objections.has(gate.phase)) : open;
      if (open.length === 0 || closed.length > 0) {
        for (const gate of closed) sayGate(session, params.project, gate.phase, objections.get(gate.phase) ?? []);
        return report;
      }
      for (const gate of open) await engine.approve({ runId: params.runId, phase: gate.phase, by: session.by });
    }
  } finally {
    progress.end();
    if (grace !== undefined) clearTimeout(grace);
    stopListening();
  }
}

function sayGate(session: Session, project: string, phase: string, objections: readonly string[]): void {
  say(session, `gate: phase '${phase}' waits for an approval${objections.length === 0 ? '; its counts add up' : ''}`);
  for (const objection of objections) say(session, `  not clean: ${objection}`);
  say(session, `  look: portolan reconcile ${project}; portolan verify ${project}\n  then: portolan approve ${project} --phase ${phase} && portolan resume ${project}`);
}
