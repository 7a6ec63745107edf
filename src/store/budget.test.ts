import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { withTestStore } from '../../test/support/store.ts';

const test = withTestStore();
const rates = { calls: { perSecond: 20, burst: 5 } };
const elapsed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

// Lower bounds only: they are what the budget promises; upper ones would measure the machine.
describe('a shared budget', () => {
  it('lets the burst go at once and the rest at the rate', async () => {
    const budget = test.store.budget({ connection: 'one', rates });
    const start = performance.now();
    await Promise.all(Array.from({ length: 15 }, () => budget.acquire('calls')));
    expect(performance.now() - start).toBeGreaterThan(490); // 10 of 15 at 20 a second
    await budget.acquire('calls', 4);
    expect(performance.now() - start).toBeGreaterThan(690); // 14 of 19
  });

  it('does not hold back limits that were never stated', async () => {
    const budget = test.store.budget({ connection: 'free', rates });
    await Promise.all(Array.from({ length: 50 }, () => budget.acquire('other', 100)));
    expect(await test.query(`select from portolan.api_budget where connection = 'free'`)).toEqual([]);
  });

  it('makes everybody wait after a penalty, those who wait already too', async () => {
    const [one, other] = [test.store, await test.another()].map((store) => store.budget({ connection: 'two', rates }));
    const waiting = elapsed(() => one!.acquire('calls', 11)); // six short: 0.3 s
    await new Promise((resolve) => setTimeout(resolve, 50));
    await other!.penalise('calls', 900);
    await other!.penalise('calls', 100); // never shortens
    expect(await elapsed(() => Promise.all([one!.acquire('calls'), other!.acquire('calls'), other!.acquire('unstated')]))).toBeGreaterThan(850);
    expect(await waiting).toBeGreaterThan(850);
  });

  it('follows the window that the platform states, shared by all, and begins anew with it', async () => {
    const [one, other] = [test.store, await test.another()].map((store) => store.budget({ connection: 'window', rates: {} }));
    const start = performance.now();
    await one!.observe!('calls', { limit: 6, remaining: 5, resetsInMs: 400 });
    const times = (await Promise.all(Array.from({ length: 10 }, async (_, at) => { await (at % 2 === 0 ? one : other)!.acquire('calls'); return performance.now() - start; }))).toSorted((left, right) => left - right);
    expect(times[4]).toBeLessThan(times[5]!);
    for (const time of times.slice(5)) expect(time).toBeGreaterThan(390); // the sixth call waits for the next window
    const again = performance.now();
    await other!.observe!('calls', { limit: 6, remaining: 4, resetsInMs: 350 }); // by our count one is left: the answer was overtaken
    await one!.acquire('calls');
    await one!.acquire('calls');
    expect(performance.now() - again).toBeGreaterThan(340);
  });

  it('takes no notice of an answer from a window that is over', async () => {
    const budget = test.store.budget({ connection: 'stale', rates: {} });
    await budget.observe!('calls', { limit: 100, remaining: 0, resetsInMs: 0 });
    expect(await test.query(`select from portolan.api_budget where connection = 'stale'`)).toEqual([]);
    await budget.acquire('calls');
  });

  it('is one for two processes', async () => {
    const script = new URL('../../test/support/spend-budget.ts', import.meta.url).pathname;
    const spend = async (): Promise<void> => {
      const child = spawn(process.execPath, [script, test.store.url, 'shared', '15'], { stdio: ['ignore', 'inherit', 'inherit'] });
      const [code] = await once(child, 'exit');
      expect(code).toBe(0);
    };
    await Promise.all([spend(), spend()]);
    const [row] = await test.query<{ seconds: number }>(`select extract(epoch from max(at) - min(at))::float8 as seconds from spent`);
    expect(row!.seconds).toBeGreaterThan(1.2); // 30 calls, 5 at once, 25 at 20 a second
  });
});
