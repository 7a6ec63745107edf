import type { RunProgress } from '../engine/api.ts';
import { oneLine } from '../reports/safe-text.ts';
import type { CliIo } from './io.ts';

/** Pause between two plain progress lines where nobody watches, in milliseconds. */
const plainPauseMs = 5_000;
/** Pause between two redraws on a terminal: faster only flickers. */
const redrawPauseMs = 100;

export interface ProgressWriter {
  show(line: string, key: string): void;
  /** Ends the self-updating line, so that the next print begins on its own. */
  end(): void;
}

/** 'companies · load companies  1,200 of 3,000 (40%)  85/s  21 s left'. */
export function progressLine(progress: RunProgress): string {
  const { done, total, perSecond, secondsLeft } = progress;
  return [
    `${progress.phase} · ${progress.step}`,
    ...(total !== null || done > 0 ? [amount(done, total)] : []), // a step that has just begun has no count yet
    ...(perSecond === null ? [] : [`${perSecond >= 10 ? Math.round(perSecond).toLocaleString('en') : perSecond.toFixed(1)}/s`]),
    ...(secondsLeft === null ? [] : [`${durationText(secondsLeft)} left`]),
  ].join('  ');
}

function amount(done: number, total: number | null): string {
  if (total === null) return done.toLocaleString('en');
  return `${done.toLocaleString('en')} of ${total.toLocaleString('en')}${total > 0 ? ` (${Math.floor((100 * done) / total)}%)` : ''}`;
}

/** '42 s', '3 min 20 s', '2 h 5 min'. */
function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  return whole < 3600 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** One line that overwrites itself on a terminal; elsewhere a plain line at each new step and every few seconds. */
export function createProgress(io: CliIo): ProgressWriter {
  let last = -Infinity;
  let lastKey = '';
  let drawn = false;
  return {
    show(line, key) {
      const now = io.now();
      const isNew = key !== lastKey;
      if (!isNew && now - last < (io.isTerminal ? redrawPauseMs : plainPauseMs)) return;
      last = now;
      lastKey = key;
      const text = oneLine(line);
      if (!io.isTerminal) return io.err(`${text}\n`);
      drawn = true;
      io.err(`\r\u001B[2K${[...text].slice(0, Math.max(20, io.width() - 1)).join('')}`);
    },
    end() {
      if (drawn) io.err('\r\u001B[2K');
      drawn = false;
      lastKey = '';
    },
  };
}
