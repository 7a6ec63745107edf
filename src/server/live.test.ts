import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Run } from '../engine/ports/runs.ts';
import type { Project } from '../engine/ports/projects.ts';
import { LiveHub, type LiveEvent } from './live.ts';
import type { ServerStore } from './parts.ts';

const project: Project = { id: 'p', name: 'acme', route: 'a-to-b', createdAt: '2026-01-01T00:00:00.000Z' };

/** A store with one run, and how often its figures were asked about. */
function watched() {
  const rig = { asked: 0, mark: 'one', status: 'running' as Run['status'] };
  const run = (): Run => ({ id: 'r', projectId: 'p', mode: 'production', planHash: 'h', settings: {}, status: rig.status, desired: 'run', startedAt: project.createdAt, finishedAt: null, error: null }) as unknown as Run;
  const store = { latestRun: async () => run(), phases: async () => [], gates: async () => [], figuresMark: async () => { rig.asked += 1; return rig.mark; } } as unknown as ServerStore;
  const hub = new LiveHub(store, () => new Map());
  const streams = Array.from({ length: 50 }, () => {
    const heard: LiveEvent['event'][] = [];
    hub.subscribe(project, ({ event }) => heard.push(event));
    return heard;
  });
  return { rig, hub, streams };
}

beforeEach(() => { vi.useFakeTimers({ now: 1_000_000 }); });
afterEach(() => { vi.useRealTimers(); });

test('fifty streams ask about the figures of a run once in three seconds, all of them together', async () => {
  const { rig, hub, streams } = watched();
  await vi.advanceTimersByTimeAsync(29_500);
  expect(rig.asked).toBeGreaterThanOrEqual(9);
  expect(rig.asked).toBeLessThanOrEqual(11);
  // Nothing has changed since the first look.
  expect(new Set(streams.map((heard) => heard.join()))).toEqual(new Set(['run,figures']));
  hub.close();
});

test('every stream hears of figures that changed, and of none once the run has ended', async () => {
  const { rig, hub, streams } = watched();
  await vi.advanceTimersByTimeAsync(5_000);
  rig.mark = 'two';
  await vi.advanceTimersByTimeAsync(4_000);
  expect(new Set(streams.map((heard) => heard.join()))).toEqual(new Set(['run,figures,figures']));
  rig.status = 'succeeded';
  await vi.advanceTimersByTimeAsync(1_500);
  const { asked } = rig;
  rig.mark = 'three';
  await vi.advanceTimersByTimeAsync(10_000);
  expect(rig.asked).toBe(asked);
  expect(new Set(streams.map((heard) => heard.join()))).toEqual(new Set(['run,figures,figures,run']));
  hub.close();
});
