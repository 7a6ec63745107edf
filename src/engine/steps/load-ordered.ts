import type { CompiledMapping } from '../../plan/compile.ts';
import { inTurns, type Placed } from '../load/in-turns.ts';
import type { StagedRange, StagedRecord } from '../ports/staging.ts';
import { passesUnchanged, selectionOf } from '../run-scope.ts';
import type { BatchWork } from './batch-work.ts';
import { recordLoader } from './load-records.ts';

/** What a batch of several mappings is told: the range of each, in the order of the plan. */
export interface OrderedWork { readonly ordered: readonly Readonly<{ mapping: string; range: StagedRange }>[] }

type Position = Readonly<{ sort: string; seq: string }>;
/** Where the window begins in each mapping, and how many of its turns are done; of a delta none: what is done is sifted out when the window is read again. */
interface OrderedCheckpoint { readonly at: Readonly<Record<string, Position>>; readonly turns: number }

/** Records of one window. Larger: fewer, fuller calls; the records of a window and one page of each mapping are in memory. */
const WINDOW = 1000;
/** The window of a delta, which passes nearly all records by. */
const DELTA_WINDOW = 4000;

/**
 * Loads several mappings into one object that shows its records in order of creation (notes, e-mails and calls in the
 * chatter of a record) as one history: oldest first over all of them. A window of records is put in the order of their sort
 * values and worked in turns, each with records of one mapping (`inTurns`), so that calls stay full.
 */
export async function loadOrdered(work: BatchWork): Promise<void> {
  const { dependencies: { store }, project, run, sessions } = work;
  const delta = passesUnchanged(run);
  const size = delta ? DELTA_WINDOW : WINDOW;
  const destination = await sessions.destination(project.id);
  const loader = recordLoader(work);
  const parts = (work.batch.work as unknown as OrderedWork).ordered.map(({ mapping, range }) => ({ mapping: mappingOf(work, mapping), range, queue: [] as StagedRecord[], ended: false }));
  const checkpoint = work.batch.checkpoint as unknown as OrderedCheckpoint | null;
  const at: Record<string, Position> = { ...checkpoint?.at };
  const read: Record<string, Position> = { ...at };
  for (let done = checkpoint?.turns ?? 0; ; done = 0) {
    for (const part of parts) {
      while (!part.ended && part.queue.length < size) {
        const page = await store.pageRange({ projectId: project.id, object: part.mapping.source, range: part.range, selectionRunId: selectionOf(run), after: read[part.mapping.id] ?? null, limit: size });
        const last = page.at(-1);
        if (last === undefined) part.ended = true;
        else read[part.mapping.id] = positionOf(last);
        part.queue.push(...await loader.sift(part.mapping, page));
      }
    }
    const window = parts.flatMap((part, place) => part.queue.slice(0, size).map((record) => ({ record, place }))).toSorted(bySort).slice(0, size);
    if (window.length === 0) return;
    const placed = await freeOfKnown(work, parts.map(({ mapping }) => mapping), await withParents(work, parts.map(({ mapping }) => mapping), window, destination.capabilities.orderedWithin));
    const turns = inTurns(placed, parts.length);
    const next: Record<string, Position> = { ...at };
    for (const { record, place } of window) next[parts[place]?.mapping.id ?? ''] = positionOf(record);
    for (const [index, { place, records }] of turns.entries()) {
      const part = parts[place];
      if (index < done || part === undefined) continue;
      const over = index === turns.length - 1;
      await loader.load(part.mapping, records, (over ? { at: next, turns: 0 } : { at: { ...at }, turns: delta ? 0 : index + 1 }) satisfies OrderedCheckpoint);
    }
    Object.assign(at, next);
    for (const [place, part] of parts.entries()) part.queue.splice(0, window.filter((each) => each.place === place).length);
  }
}

/** Ties keep the order of the plan's mappings, then that of the source. */
function bySort(left: Placed<StagedRecord>, right: Placed<StagedRecord>): number {
  if (left.record.sort !== right.record.sort) return left.record.sort < right.record.sort ? -1 : 1;
  return left.place - right.place || (left.record.seq < right.record.seq ? -1 : 1);
}

/** The records on which each may hang: everything that the links behind the parent's fields lead to, which says at least enough. */
async function withParents(work: BatchWork, mappings: readonly CompiledMapping[], window: readonly Placed<StagedRecord>[], within: Readonly<Record<string, readonly string[]>> | undefined): Promise<readonly Placed<StagedRecord>[]> {
  const { store } = work.dependencies;
  const parentsOf = await Promise.all(mappings.map(async (mapping, place) => {
    const fields = within?.[mapping.destination];
    const names = new Set(mapping.lines.flatMap(({ line }) => (line.link !== undefined && (fields === undefined || fields.includes(line.to)) ? [line.link] : [])));
    const sourceIds = window.filter((each) => each.place === place).map(({ record }) => record.sourceId);
    const links = sourceIds.length === 0 ? [] : await store.resolvedLinks({ projectId: work.project.id, object: mapping.source, sourceIds });
    const to = new Map(work.plan.plan.links.filter((link) => link.object === mapping.source).map((link) => [link.name, link.to]));
    return Map.groupBy(links.filter((link) => names.has(link.name) && link.targetId !== null).map((link) => ({ of: link.fromId, parent: `${to.get(link.name)}\u0000${link.targetId}` })), ({ of }) => of);
  }));
  return window.map((each) => ({ ...each, parents: (parentsOf[each.place]?.get(each.record.sourceId) ?? []).map(({ parent }) => parent) }));
}

/**
 * What was loaded before has its place and keeps it, whatever is sent now: in a delta only new records have an order to keep. Without
 * this every changed record stood in a turn of its own, one call each.
 */
async function freeOfKnown(work: BatchWork, mappings: readonly CompiledMapping[], placed: readonly Placed<StagedRecord>[]): Promise<readonly Placed<StagedRecord>[]> {
  if (!passesUnchanged(work.run)) return placed;
  const known = await Promise.all(mappings.map(async (mapping, place) => {
    const sourceIds = placed.filter((each) => each.place === place).map(({ record }) => record.sourceId);
    const rows = sourceIds.length === 0 ? [] : await work.dependencies.store.crosswalk({ projectId: work.project.id, mappings: [mapping.mapping.id], sourceIds });
    return new Set(rows.map((row) => row.sourceId));
  }));
  return placed.map((each) => (known[each.place]?.has(each.record.sourceId) === true ? { ...each, parents: [] } : each));
}

const positionOf = (record: StagedRecord): Position => ({ sort: record.sort, seq: String(record.seq) });

function mappingOf(work: BatchWork, id: string): CompiledMapping {
  const mapping = work.plan.mappings.get(id);
  if (mapping === undefined) throw new Error(`No mapping ${id} in plan ${work.run.planHash}`);
  return mapping;
}
