import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readAhead } from './read-ahead.ts';

async function* numbers(count: number, asked: number[] = []): AsyncGenerator<number> {
  for (let at = 0; at < count; at += 1) {
    asked.push(at);
    yield at;
  }
}
async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

test('results come in the order of the items, however long each takes, and work goes on while one is handed out', async () => {
  let [busy, most] = [0, 0];
  const work = async (item: number): Promise<number> => {
    busy += 1;
    most = Math.max(most, busy);
    await sleep(item % 3 === 0 ? 15 : 1);
    busy -= 1;
    return item * 2;
  };
  expect(await all(readAhead(numbers(20), 3, work))).toEqual(Array.from({ length: 20 }, (_, at) => at * 2));
  expect(most).toBe(3);
});

test('no more than the depth is read ahead of a receiver that stops, and the list is closed', async () => {
  const asked: number[] = [];
  for await (const item of readAhead(numbers(100, asked), 3, async (one) => one)) if (item === 1) break;
  expect(asked.length).toBeLessThanOrEqual(6);
});

test('a failure is thrown in its turn, after what came before it', async () => {
  const seen: number[] = [];
  const reading = async (): Promise<void> => { for await (const item of readAhead(numbers(9), 4, async (one) => { if (one === 2) throw new Error('third'); return one; })) seen.push(item); };
  await expect(reading()).rejects.toThrow('third');
  expect(seen).toEqual([0, 1]);
});
