import type { RunStatus } from './ports/runs.ts';

/**
 * A run is *running* while a driver holds it, *paused* by a person, *waiting* at a gate, and *interrupted* when its
 * driver died or the destination stayed away; all four may go on. The other four are final.
 */
const moves = {
  running: ['paused', 'waiting', 'succeeded', 'withQuarantine', 'failed', 'interrupted', 'cancelled'],
  paused: ['running', 'cancelled'],
  waiting: ['running', 'cancelled'],
  interrupted: ['running', 'cancelled'],
  failed: ['running', 'cancelled'],
  succeeded: [],
  withQuarantine: [],
  cancelled: [],
} as const satisfies Record<RunStatus, readonly RunStatus[]>;

/** The states from which a run may move to `to`. */
export function statesBefore(to: RunStatus): readonly RunStatus[] {
  return (Object.keys(moves) as RunStatus[]).filter((from) => (moves[from] as readonly RunStatus[]).includes(to));
}

/** Final states: nothing leads out of them. */
export function isFinal(status: RunStatus): boolean {
  return moves[status].length === 0;
}
