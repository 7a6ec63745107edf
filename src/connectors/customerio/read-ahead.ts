/**
 * Does the work for the items of a list that comes piece by piece, and gives the results in their order. While one result is handed out,
 * the work of the next `depth` items is under way, and the item after them asked for: so that a slow receiver, or one slow answer, leaves
 * no call of the budget unused. Memory holds `depth` + 1 results.
 */
export async function* readAhead<T, R>(items: AsyncIterable<T>, depth: number, work: (item: T) => Promise<R>): AsyncGenerator<R> {
  const iterator = items[Symbol.asyncIterator]();
  const underWay: Promise<R>[] = [];
  const ask = (): Promise<IteratorResult<T>> => quiet(iterator.next());
  let coming: Promise<IteratorResult<T>> | null = ask();
  try {
    for (;;) {
      const [head] = underWay;
      if (coming !== null && underWay.length < depth) {
        const found: IteratorResult<T> | null = await (head === undefined ? coming : Promise.race([coming, head.then(() => null)]));
        if (found !== null) {
          if (found.done !== true) underWay.push(quiet(work(found.value)));
          coming = found.done === true ? null : ask();
          continue;
        }
      }
      if (head === undefined) return;
      const result = await head;
      void underWay.shift();
      yield result;
    }
  } finally {
    await iterator.return?.();
  }
}

/** What fails is thrown where its turn comes; until then nobody waits for it. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
