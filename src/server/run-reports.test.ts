import { expect, test } from 'vitest';
import type { RunReport } from '../engine/run-report.ts';
import { RunReports } from './run-reports.ts';

/** A clock that is put, and an engine whose counting takes a while on it. */
function counted(tookMs = 0) {
  const rig = { at: 1_000, asked: 0, fails: false };
  const reports = new RunReports({ report: async (run) => {
    rig.asked += 1;
    rig.at += tookMs;
    if (rig.fails) throw new Error('away');
    return { run, written: rig.asked } as RunReport;
  } }, () => rig.at);
  const of = async (status: 'running' | 'succeeded' = 'running', id = 'a'): Promise<number> => {
    const { written } = await reports.of({ id, status });
    await Promise.resolve();
    return written;
  };
  return { rig, of };
}

test('of a run that is going on one count serves everybody who asks within two seconds', async () => {
  const { rig, of } = counted();
  expect(await Promise.all(Array.from({ length: 50 }, () => of()))).toEqual(Array.from({ length: 50 }, () => 1));
  expect(await of('running', 'b')).toBe(2);
  rig.at += 1_999;
  expect(await of()).toBe(1);
  rig.at += 1;
  expect(await of()).toBe(3);
});

test('a run that has ended is counted anew, whatever was counted a moment before', async () => {
  const { of } = counted();
  expect([await of(), await of('succeeded'), await of('succeeded'), await of()]).toEqual([1, 2, 3, 4]);
});

test('what takes long to count is counted less often', async () => {
  const { rig, of } = counted(1_000);
  expect(await of()).toBe(1);
  rig.at += 18_000;
  expect(await of()).toBe(1);
  rig.at += 2_000;
  expect(await of()).toBe(2);
});

test('a count that failed is not kept', async () => {
  const { rig, of } = counted();
  rig.fails = true;
  await expect(of()).rejects.toThrow('away');
  rig.fails = false;
  expect(await of()).toBe(2);
});
