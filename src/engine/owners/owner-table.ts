import type { OwnerLookup } from '../../plan/changes/assign-owners.ts';
import { ownerDecisionId } from '../../plan/changes/assign-owners.ts';
import { plainText } from '../../plan/values/plain-text.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Project } from '../ports/projects.ts';
import type { Store } from '../ports/store.ts';
import { defaultBackoffMs, withRetries } from '../retry.ts';
import type { Sessions } from '../sessions.ts';

/** One owner of the source, as a person sees it. */
export interface OwnerRow {
  readonly owner: string; // address as the source writes it
  readonly sourceIds: readonly string[]; // staged records of this owner, one per spelling
  readonly spellings: readonly string[];
  readonly name: string;
  readonly records: { readonly [object: string]: number }; // records that name the owner, by source object
  readonly currentUser: string | null; // what the user is found by; null = nobody stands for the owner
  readonly decision: string | null; // answer in the plan; null = the plan asked nothing about this owner
}

const PAGE = 500;

/** Every owner that the staged records name, with what became of it. Reads only. */
export async function ownerTable(params: Readonly<{ store: Store; sessions: Sessions; project: Project; plan: Plan; owners: OwnerLookup }>): Promise<readonly OwnerRow[]> {
  const { store, project, plan, owners } = params;
  const byAddress = new Map<string, { owner: string; sourceIds: string[]; spellings: string[]; name: string }>();
  for (let afterSeq = 0n; ;) {
    const page = await store.pageStaged({ projectId: project.id, object: owners.object, afterSeq, limit: PAGE });
    for (const { sourceId, data } of page) {
      const address = plainText(data[owners.email] ?? null) ?? '';
      if (address === '') continue;
      const key = address.trim().toLowerCase();
      const entry = byAddress.get(key) ?? { owner: address.trim(), sourceIds: [], spellings: [], name: '' };
      byAddress.set(key, entry);
      entry.sourceIds.push(sourceId);
      if (!entry.spellings.includes(address)) entry.spellings.push(address);
      if (entry.name === '' && owners.name !== null) entry.name = plainText(data[owners.name] ?? null) ?? '';
    }
    const last = page.at(-1);
    if (last === undefined) break;
    afterSeq = last.seq;
  }
  const entries = [...byAddress.values()].toSorted((left, right) => left.owner.localeCompare(right.owner));
  const sourceIds = entries.flatMap((entry) => entry.sourceIds);
  const counts = await store.inboundByObject({ projectId: project.id, object: owners.object, sourceIds });
  const users = await usersOf({ ...params, sourceIds });
  return entries.map((entry): OwnerRow => {
    const records: Record<string, number> = {};
    for (const count of counts) if (entry.sourceIds.includes(count.sourceId)) records[count.fromObject] = (records[count.fromObject] ?? 0) + count.count;
    const id = ownerDecisionId(plan, owners, entry.owner);
    const answer = id === null ? null : plan.decisions.find((decision) => decision.id === id)?.answer ?? null;
    return { ...entry, records, currentUser: entry.sourceIds.map((sourceId) => users.get(sourceId)).find((user) => user !== undefined) ?? null, decision: answer === null ? null : plainText(answer) };
  });
}

/** By source id: what the user who stands for the owner now is found by. */
async function usersOf({ store, sessions, project, plan, owners, sourceIds }: Readonly<{ store: Store; sessions: Sessions; project: Project; plan: Plan; owners: OwnerLookup; sourceIds: readonly string[] }>): Promise<ReadonlyMap<string, string>> {
  const object = plan.mappings.find((mapping) => mapping.id === owners.mapping)?.destination;
  const rows = sourceIds.length === 0 ? [] : await store.crosswalk({ projectId: project.id, mappings: owners.through, sourceIds });
  const users = new Map<string, string>();
  if (object === undefined || rows.length === 0) return users;
  const destination = await sessions.destination(project.id);
  const ids = [...new Set(rows.map((row) => row.destinationId))];
  const read = await withRetries({ call: () => destination.read({ object, ids, fields: [owners.field] }), backoffMs: defaultBackoffMs, signal: new AbortController().signal });
  const names = new Map(read.map((record) => [record.id, plainText(record.values[owners.field] ?? null) ?? '']));
  for (const mapping of owners.through.toReversed()) {
    for (const row of rows) if (row.mapping === mapping && (names.get(row.destinationId) ?? '') !== '') users.set(row.sourceId, names.get(row.destinationId) as string);
  }
  return users;
}
