import { describe, expect, it } from 'vitest';
import type { Project } from '../engine/ports/projects.ts';
import type { Run, RunStatus } from '../engine/ports/runs.ts';
import type { RunReport } from '../engine/run-report.ts';
import { LiveHub } from './live.ts';
import type { ServerParts } from './parts.ts';
import { RunDriver } from './run-driver.ts';

const project: Project = { id: 'p', name: 'acme', route: 'r', createdAt: '2026-01-01T00:00:00Z' };
const run = (status: RunStatus): Run => ({ id: 'r', projectId: 'p', mode: 'production', planHash: '', settings: {}, status, desired: 'run', error: null, startedAt: '', finishedAt: null } as unknown as Run);

/** A driver over an engine whose drives end when they are told to, with these states of the run one after the other. */
function rig(states: readonly RunStatus[]) {
  const drives: (() => void)[] = [];
  let now: RunStatus = 'running';
  const store = { setFact: async () => undefined, run: async () => run(now), gates: async () => [] };
  const engine = { driveRun: () => new Promise<RunReport>((resolve) => { drives.push(() => { now = states[drives.length - 1] ?? 'succeeded'; resolve({ run: 'r', status: now, finishedAt: null } as unknown as RunReport); }); }) };
  const parts = { store, engine, log: () => undefined, writeReports: async () => undefined, gateObjections: async () => new Map() } as unknown as ServerParts;
  const driver = new RunDriver(parts, new LiveHub(store as never, () => new Map()));
  const rested: RunStatus[] = [];
  driver.onRest(async (_, { status }) => { rested.push(status); });
  return { driver, drives, rested };
}

describe('the driver of runs', () => {
  it('drives a run on whose gate was opened while it was coming to rest', async () => {
    const { driver, drives, rested } = rig(['waiting', 'succeeded']);
    driver.drive(project, run('running'), 'ada');
    await expect.poll(() => drives.length).toBe(1);
    driver.drive(project, run('waiting'), 'ada'); // the approval comes before the first drive has ended
    drives[0]?.();
    await expect.poll(() => drives.length).toBe(2);
    drives[1]?.();
    await expect.poll(() => rested).toEqual(['succeeded']);
    await driver.close();
  });

  it('leaves a run that ended at that', async () => {
    const { driver, drives, rested } = rig(['succeeded']);
    driver.drive(project, run('running'), 'ada');
    await expect.poll(() => drives.length).toBe(1);
    driver.drive(project, run('running'), 'ada');
    drives[0]?.();
    await expect.poll(() => rested).toEqual(['succeeded']);
    expect(drives.length).toBe(1);
    await driver.close();
  });
});
