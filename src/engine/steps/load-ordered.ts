import type { CompiledMapping } from '../../plan/compiled/compile.ts';
import { inLanes } from '../load/in-lanes.ts';
import { inTurns, type Placed } from '../load/in-turns.ts';
import { lookAhead, type LookedUp } from '../load/look-ahead.ts';
import type { StagedRange, StagedRecord } from '../ports/staging.ts';
import { isDry, passesUnchanged, selectionOf } from '../run-scope.ts';
import { insist, type BatchWork } from './batch-work.ts';
import { recordLoader } from './load-records.ts';

/** What a batch of several mappings is told: the range of each, in the order of the plan. */
export interface OrderedWork { readonly ordered: readonly Readonly<{ mapping: string; range: StagedRange }>[] }

type Position = Readonly<{ sort: string; seq: string }>;
/** Where the window begins in each mapping. What of the window is done when a batch is taken up again, the ledger says. */
interface OrderedCheckpoint { readonly at: Readonly<Record<string, Position>> }

/** Records of one window. Larger: fewer, fuller calls; the records of a window and one page of each mapping are in memory. */
const WINDOW = 1000;
/** The window of a delta, which passes nearly all records by. */
const DELTA_WINDOW = 4000;
/** Lanes of a window worked at once: two keep Odoo at work while one is between its calls (messages into a real Odoo 14: 1.73 times the bare calls' time with one, 1.61 with two). */
const LANES = 2;

/** What one mapping has read ahead of the window. */
interface Part { readonly mapping: CompiledMapping; readonly range: StagedRange; readonly queue: StagedRecord[]; ended: boolean }

/**
 * Loads several mappings into one object that shows its records in order of creation (notes, e-mails and calls in the
 * chatter of a record) as one history: oldest first over all of them. A window of records is put in the order of their sort
 * values and divided into lanes that share no parent (`inLanes`); each lane is worked in turns, each with records of one
 * mapping (`inTurns`), so that calls stay full.
 */
export async function loadOrdered(work: BatchWork): Promise<void> {
  const { dependencies: { store }, project, sessions, batch } = work;
  const size = passesUnchanged(work.run) ? DELTA_WINDOW : WINDOW;
  const destination = await sessions.destination(project.id);
  const parts = (batch.work as unknown as OrderedWork).ordered.map(({ mapping, range }): Part => ({ mapping: mappingOf(work, mapping), range, queue: [], ended: false }));
  const mappings = parts.map(({ mapping }) => mapping);
  const at: Record<string, Position> = { ...(batch.checkpoint as unknown as OrderedCheckpoint | null)?.at };
  const ahead = readerAhead(work, { ...at });
  for (;;) {
    for (const part of parts) await ahead(part, size);
    const window = parts.flatMap((part, place) => part.queue.slice(0, size).map((record) => ({ record, place }))).toSorted(bySort).slice(0, size);
    if (window.length === 0) return;
    const placed = await freeOfKnown(work, mappings, await withParents(work, mappings, window, destination.capabilities.orderedWithin));
    // A delta has few records to send: a second lane would only make more calls of them.
    const lanes = inLanes(placed, passesUnchanged(work.run) ? 1 : Math.min(LANES, destination.capabilities.concurrency));
    const records = window.map(({ record, place }) => ({ mapping: mappings[place]?.id ?? '', sourceId: record.sourceId }));
    const lookedUp = passesUnchanged(work.run) || isDry(work.run) ? null : await lookAhead({ store, project, destination, object: mappings[0]?.destination ?? '', records, backoffMs: work.backoffMs, signal: work.signal });
    await loadLanes(work, mappings, lanes, lookedUp);
    for (const { record, place } of window) at[mappings[place]?.id ?? ''] = positionOf(record);
    insist(await store.checkpointBatch({ batchId: batch.id, fence: batch.fence, checkpoint: { at } satisfies OrderedCheckpoint }), batch);
    for (const [place, part] of parts.entries()) part.queue.splice(0, window.filter((each) => each.place === place).length);
  }
}

/** Works the lanes side by side, the turns of each one after the other. When one fails, the others end their turn: nothing is sent after this comes back. */
async function loadLanes(work: BatchWork, mappings: readonly CompiledMapping[], lanes: readonly (readonly Placed<StagedRecord>[])[], lookedUp: LookedUp | null): Promise<void> {
  let failed = false;
  const ends = await Promise.allSettled(lanes.map(async (lane) => {
    const loader = recordLoader(work);
    try {
      for (const { place, records } of inTurns(lane, mappings.length)) {
        const mapping = mappings[place];
        if (failed || mapping === undefined) return;
        await loader.load(mapping, records, null, lookedUp);
      }
    } catch (error) {
      failed = true;
      throw error;
    }
  }));
  const broken = ends.find((end) => end.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
}

/**
 * Fills a mapping's queue up to a size. When a batch is taken up again, its first window may be done in part: what the run has
 * decided already is left out, since doing it again would count it as unchanged.
 */
function readerAhead(work: BatchWork, read: Record<string, Position>): (part: Part, size: number) => Promise<void> {
  const { dependencies: { store }, project, run, batch } = work;
  const loader = recordLoader(work);
  const begun = new Set<Part>();
  return async (part, size) => {
    while (!part.ended && part.queue.length < size) {
      const { id, source } = part.mapping;
      const page = await store.pageRange({ projectId: project.id, object: source, range: part.range, selectionRunId: selectionOf(run), after: read[id] ?? null, limit: size });
      const last = page.at(-1);
      if (last === undefined) part.ended = true;
      else read[id] = positionOf(last);
      const decided = begun.has(part) || page.length === 0 ? new Set<string>() : await store.decidedIn({ runId: run.id, phase: batch.phase, mapping: id, sourceIds: page.map(({ sourceId }) => sourceId) });
      begun.add(part);
      part.queue.push(...await loader.sift(part.mapping, page.filter(({ sourceId }) => !decided.has(sourceId))));
    }
  };
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
