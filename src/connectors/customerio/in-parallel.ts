/** Calls that go out together. Eight keep 8 calls a second in use as long as an answer takes less than a second. */
const together = 8;

/** Does the work for every item, a few at a time, and gives the results in the order of the items. */
export async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = Array.from({ length: items.length });
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as T);
  };
  await Promise.all(Array.from({ length: Math.min(together, items.length) }, worker));
  return results;
}
