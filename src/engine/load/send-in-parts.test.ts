import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecordRejectedError, RetriableError } from '../../connector/errors.ts';
import { sendInParts } from './send-in-parts.ts';

/** A platform that takes a call whole or not at all, and may or may not name who is to blame. */
function platform(bad: ReadonlySet<number>, names: boolean): { readonly stored: number[]; readonly calls: number[]; readonly send: (records: readonly number[]) => Promise<readonly number[]> } {
  const stored: number[] = [];
  const calls: number[] = [];
  return {
    stored, calls,
    send: async (records) => {
      calls.push(records.length);
      const rejections = records.flatMap((record, index) => (bad.has(record) ? [{ index, code: 'bad', message: `record ${record}` }] : []));
      if (rejections.length > 0) throw new RecordRejectedError({ code: 'refused', message: 'refused', rejections: names ? rejections : [] });
      stored.push(...records);
      return records;
    },
  };
}

test('every good record goes in once, every bad one is refused once, whatever the platform says', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 60 }), fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { maxLength: 8 }), fc.boolean(), async (count, badOnes, names) => {
    const records = Array.from({ length: count }, (_, index) => index);
    const bad = new Set(badOnes);
    const there = platform(bad, names);
    const result = await sendInParts(records, there.send);
    expect(there.stored.toSorted((a, b) => a - b)).toEqual(records.filter((record) => !bad.has(record)));
    expect(result.done.toSorted((a, b) => a - b)).toEqual(records.filter((record) => !bad.has(record)));
    expect(result.refused.map((one) => one.record).toSorted((a, b) => a - b)).toEqual(records.filter((record) => bad.has(record)));
  }));
});

test('one bad record among 512 is found in at most 2 × 9 + 1 calls when nobody names it', async () => {
  const there = platform(new Set([300]), false);
  await sendInParts(Array.from({ length: 512 }, (_, index) => index), there.send);
  expect(there.calls.length).toBeLessThanOrEqual(19);
});

test('an error that is no refusal passes through', async () => {
  await expect(sendInParts([1], async () => { throw new RetriableError({ code: 'down', message: 'down' }); })).rejects.toThrow(RetriableError);
});
