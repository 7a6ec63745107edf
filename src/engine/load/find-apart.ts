import type { DestinationConnection } from '../../connector/destination.ts';
import type { JsonObject } from '../../connector/json.ts';
import { withRetries } from '../retry.ts';
import type { Store } from '../ports/store.ts';

/** Which of these ids are places of other records. */
export type Taken = (ids: readonly string[]) => Promise<ReadonlySet<string>>;

/** Whether two records of the object may be equal in all values (`capabilities.twins`). */
export function hasTwins({ capabilities }: DestinationConnection, object: string): boolean {
  return capabilities.twins?.includes(object) === true;
}

/** Ids at which the ledger has placed a record that none of these keys stands for. */
export function takenInLedger(store: Pick<Store, 'createdAt'>, at: Readonly<{ projectId: string; object: string; keys: readonly string[] }>): Taken {
  const own = new Set(at.keys);
  return async (ids) => new Set((await store.createdAt({ projectId: at.projectId, object: at.object, ids })).filter(({ key }) => key === null || !own.has(key)).map(({ destinationId }) => destinationId));
}

/**
 * Where values alone are the evidence and two records may have the same (two tickets of one customer in one second), what was found
 * for one of them may be the other's: no two get one place. For those that lose theirs the destination is asked for another one.
 * @param params.found ids by key, as a first look-up gave them
 * @returns ids by key, each at most once and none of another record
 */
export async function findApart(params: Readonly<{
  destination: DestinationConnection; object: string; found: ReadonlyMap<string, string>; valuesOf: (key: string) => JsonObject; taken: Taken; backoffMs: (attempt: number) => number; signal: AbortSignal;
}>): Promise<ReadonlyMap<string, string>> {
  const { destination, object, valuesOf, backoffMs, signal } = params;
  const places = new Map<string, string>();
  const except = new Set<string>();
  for (let open = [...params.found]; open.length > 0;) {
    const taken = await params.taken(open.map(([, id]) => id));
    const losers: string[] = [];
    for (const [key, id] of open) {
      if (taken.has(id) || except.has(id)) losers.push(key);
      else places.set(key, id);
      except.add(id);
    }
    if (losers.length === 0) break;
    open = [...await withRetries({ call: () => destination.lookup({ object, keys: losers, values: losers.map(valuesOf), except: [...except] }), backoffMs, signal })];
  }
  return places;
}
