import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSchemaTurns, schemaTurnsOf } from './schema-turns.ts';

describe('turns of calls at one Odoo', () => {
  test('a call that changes fields meets no other call, whatever the order; ordinary ones run together', async () => {
    let together = 0;
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ alone: fc.boolean(), steps: fc.integer({ min: 0, max: 3 }), fails: fc.boolean() }), { maxLength: 20 }), async (calls) => {
      const turns = createSchemaTurns();
      let [ordinary, alone] = [0, 0];
      const met: string[] = [];
      const one = (call: (typeof calls)[number]) => async (): Promise<void> => {
        if (call.alone) alone += 1;
        else ordinary += 1;
        if (alone > 1 || (alone === 1 && ordinary > 0)) met.push(`${alone} alone beside ${ordinary}`);
        together = Math.max(together, ordinary);
        for (let step = 0; step < call.steps; step += 1) await Promise.resolve();
        if (call.alone) alone -= 1;
        else ordinary -= 1;
        if (call.fails) throw new Error('refused');
      };
      const ends = await Promise.allSettled(calls.map((call) => (call.alone ? turns.alone(one(call)) : turns.ordinary(one(call)))));
      expect(ends.map((end) => end.status)).toEqual(calls.map((call) => (call.fails ? 'rejected' : 'fulfilled')));
      expect(met).toEqual([]);
    }), { numRuns: 200 });
    expect(together).toBeGreaterThan(1);
  });

  test('connections to one place share their turns', async () => {
    const order: string[] = [];
    const slow = schemaTurnsOf('http://one/acme').alone(async () => {
      await pause(20);
      order.push('fields');
    });
    await Promise.all([slow, schemaTurnsOf('http://one/acme').ordinary(async () => { order.push('check'); }), schemaTurnsOf('http://two/acme').ordinary(async () => { order.push('elsewhere'); })]);
    expect(order).toEqual(['elsewhere', 'fields', 'check']);
  });
});
