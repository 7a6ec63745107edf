import type { Store } from '../ports/store.ts';

/** Reason of the outcomes of records that the step brought back from an archive: since then the destination counts them. */
export const BROUGHT_BACK = 'brought-back';

type Places = Readonly<{ projectId: string; object: string; ids: readonly string[] }>;
const factOf = (object: string, id: string): string => `brought-back:${object}:${id}`;

/**
 * Writes down that records were archived before the project brought them back. Directly after the call, not with the step: a
 * process that dies in between must not leave a record that nobody knows was archived.
 */
export async function markBroughtBack(store: Store, { projectId, object, ids }: Places): Promise<void> {
  for (const id of ids) await store.setFact(projectId, factOf(object, id), true);
}

/** Those of the records that the project has brought back. */
export async function broughtBackAmong(store: Store, { projectId, object, ids }: Places): Promise<ReadonlySet<string>> {
  const names = new Map(ids.map((id) => [factOf(object, id), id]));
  const facts = names.size === 0 ? [] : await store.factsNamed({ projectId, names: [...names.keys()] });
  return new Set(facts.map((name) => names.get(name) as string));
}
