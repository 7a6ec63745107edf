import { expect, test } from 'vitest';
import { readCases } from '../bench/proposal/cases.ts';
import { benchmarkReport } from '../bench/proposal/report.ts';
import { partOf } from '../bench/proposal/split.ts';

test('the published figures of the field matcher are what it reaches', async () => {
  await expect(benchmarkReport(readCases())).toMatchFileSnapshot('../docs/reference/proposal-benchmark.md');
});

test('no vendor is both learned from and scored', () => {
  const parts = new Map<string, Set<string>>();
  for (const { vendor } of readCases()) parts.set(vendor, (parts.get(vendor) ?? new Set<string>()).add(partOf(vendor)));
  expect([...parts].filter(([, of]) => of.size > 1)).toEqual([]);
  expect(new Set([...parts.values()].flatMap((of) => [...of]))).toEqual(new Set(['learn', 'calibrate', 'test']));
});
