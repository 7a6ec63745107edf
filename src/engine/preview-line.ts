import type { DestinationConnection } from '../connector/destination.ts';
import type { Json } from '../connector/json.ts';
import type { CompiledMapping } from '../plan/compiled/compile.ts';
import { compilePlan } from '../plan/compiled/compile.ts';
import type { FieldLine, Plan } from '../plan/plan.ts';
import { isEmpty } from '../plan/values/plain-text.ts';
import { transformRecord } from '../plan/compiled/transform-record.ts';
import { contentHash } from './canonical.ts';
import { destinationAsLastSeen } from './load/as-last-seen.ts';
import { gatherContexts } from './load/gather-context.ts';
import type { Project } from './ports/projects.ts';
import type { StagedRecord } from './ports/staging.ts';
import type { Store } from './ports/store.ts';
import type { Sessions } from './sessions.ts';

/** What one line makes of one real record. */
export interface LineSample {
  readonly sourceId: string;
  readonly position: string;
  readonly outcome: 'written' | 'empty' | 'notWritten' | 'quarantine'; // notWritten = its condition is not met
  readonly before: Json;
  readonly after: Json;
  readonly code: string | null; // of what would be held back
  readonly message: string | null; // why it is held back, or what is said about the value
  readonly remedy: string | null;
  readonly loss: string | null;
}

/** A line tried on real records, none of which is changed. */
export interface LinePreview {
  /** `staged` = records that were read in; `source` = the first ones of the source, whose links are not known yet. */
  readonly origin: 'staged' | 'source';
  readonly looked: number; // records that the mapping takes
  readonly counts: Readonly<Record<LineSample['outcome'], number>>;
  /** Different ones, those that would be held back first. */
  readonly samples: readonly LineSample[];
}

const LOOK = 120;
const SHOW = 12;
/** An expression may take a second per record: after this long, in milliseconds, no further record is begun. */
const PATIENCE_MS = 2_000;

/**
 * Runs one line of a plan over some real records: the same transform as the run's, without the mapping's other lines.
 * @param params.plan with the line as it is to be tried, saved or not
 * @throws PlanError where the line cannot be prepared
 */
export async function previewLine(params: Readonly<{ store: Store; sessions: Sessions; project: Project; plan: Plan; mapping: number; field: number; now: () => number }>): Promise<LinePreview> {
  const { store, sessions, project, now } = params;
  const given = params.plan.mappings[params.mapping];
  const to = given?.fields[params.field]?.to;
  const { origin, records } = given === undefined ? { origin: 'staged' as const, records: [] } : await someRecords(params, given.source);
  const plan = compilePlan(alone(params.plan, { ...params, everyRecord: origin === 'source' }));
  const mapping = [...plan.mappings.values()].find((candidate) => candidate.id === given?.id);
  if (mapping === undefined || to === undefined) return { origin: 'staged', looked: 0, counts: { written: 0, empty: 0, notWritten: 0, quarantine: 0 }, samples: [] };
  const asks = mapping.lines.some(({ line }) => line.lookup !== undefined);
  const destination = asks ? await destinationAsLastSeen({ store, sessions, project, plan }) : nobody;
  const contexts = await gatherContexts({ store, projectId: project.id, plan, mapping, records, destination, foreseen: 'everything', memory: null });
  const samples: LineSample[] = [];
  const until = now() + PATIENCE_MS;
  for (const record of records) {
    const context = contexts.get(record.sourceId);
    if (context === undefined) continue;
    if (now() > until) break;
    const sample = await sampleOf(mapping, record, context, to);
    if (sample !== null) samples.push(sample);
  }
  const count = (outcome: LineSample['outcome']): number => samples.filter((sample) => sample.outcome === outcome).length;
  return { origin, looked: samples.length, counts: { written: count('written'), empty: count('empty'), notWritten: count('notWritten'), quarantine: count('quarantine') }, samples: telling(samples) };
}

/**
 * The plan with this line alone in its mapping, and what its look-up depends on; conditions that hold whole records back are not its concern.
 * @param place.everyRecord the mapping's own condition may ask for links, which are not known yet: it takes every record
 */
function alone(plan: Plan, place: Readonly<{ mapping: number; field: number; everyRecord: boolean }>): Plan {
  return {
    ...plan,
    mappings: plan.mappings.map((mapping, at) => {
      const line = at === place.mapping ? mapping.fields[place.field] : undefined;
      if (line === undefined) return { ...mapping, fields: [], holdWhen: [] };
      const needed = new Set(Object.values(line.lookup?.scope ?? {}));
      const before = mapping.fields.slice(0, place.field).filter((other) => needed.has(other.to) && other.to !== line.to && other.status !== 'rejected');
      const tried: FieldLine = { ...line, status: 'proposed' };
      const { when, ...rest } = mapping;
      return { ...rest, ...(when === undefined || place.everyRecord ? {} : { when }), status: 'proposed', holdWhen: [], fields: [...before.map((other): FieldLine => ({ ...other, required: false })), tried] };
    }),
  };
}

async function sampleOf(mapping: CompiledMapping, record: StagedRecord, context: Parameters<typeof transformRecord>[2], to: string): Promise<LineSample | null> {
  const result = await transformRecord(mapping, { object: record.object, sourceId: record.sourceId, data: record.data }, context);
  if (result.kind === 'skip') return null;
  const trace = result.trace.findLast((field) => field.to === to);
  const place = { sourceId: record.sourceId, position: record.position, before: trace?.before ?? null, loss: trace?.loss ?? null };
  if (result.kind === 'quarantine') return { ...place, outcome: 'quarantine', after: null, code: result.code, message: trace?.warning ?? result.message, remedy: result.remedy };
  if (trace === undefined || !Object.hasOwn(result.values, to)) return { ...place, outcome: 'notWritten', after: null, code: null, message: null, remedy: null };
  return { ...place, outcome: isEmpty(trace.after) ? 'empty' : 'written', after: trace.after, code: null, message: trace.warning, remedy: null };
}

/** Records to try: evenly over what is staged, and those that are held back; where nothing is staged, the first of the source. */
async function someRecords({ store, sessions, project, plan }: Readonly<{ store: Store; sessions: Sessions; project: Project; plan: Plan }>, object: string): Promise<Readonly<{ origin: LinePreview['origin']; records: readonly StagedRecord[] }>> {
  const [even, held] = await Promise.all([
    store.pickEvenly({ projectId: project.id, object, count: LOOK, seed: 'preview' }),
    store.quarantine({ projectId: project.id, open: true, code: null, limit: 200, after: null }),
  ]);
  const sourceIds = [...new Set([...held.filter((entry) => entry.sourceObject === object).map((entry) => entry.sourceId).slice(0, LOOK / 4), ...even])];
  const staged = sourceIds.length === 0 ? [] : await store.findStaged({ projectId: project.id, object, sourceIds });
  if (staged.length > 0) return { origin: 'staged', records: staged };
  const source = await sessions.source(project.id);
  const answers = Object.fromEntries(plan.decisions.filter(({ answer, recommendation }) => answer !== null || recommendation !== null).map(({ id, answer, recommendation }) => [id, (answer ?? recommendation) as Json]));
  for await (const page of source.read({ object, cursor: null, pageSize: LOOK, answers })) {
    return { origin: 'source', records: page.records.slice(0, LOOK).map((record, index) => ({ object, sourceId: record.id, data: record.data, hash: contentHash(record.data), position: record.position, modifiedAt: record.modifiedAt, seq: BigInt(index), sort: '' })) };
  }
  return { origin: 'source', records: [] };
}

/** Different values first, those that would be held back before those that are only remarkable before the rest. */
function telling(samples: readonly LineSample[]): readonly LineSample[] {
  const rank = ({ outcome, message, loss }: LineSample): number => (outcome === 'quarantine' ? 0 : message !== null || loss !== null ? 1 : outcome === 'written' ? 2 : 3);
  const seen = new Set<string>();
  const different = samples.filter((sample) => {
    const key = JSON.stringify([sample.outcome, sample.before]);
    return !seen.has(key) && Boolean(seen.add(key));
  });
  const groups = [0, 1, 2, 3].map((each) => different.filter((sample) => rank(sample) === each));
  // A third each for what is held back and what is remarkable, so that neither hides how it looks as a rule.
  const [held = [], remarkable = [], usual = [], empty = []] = groups;
  const first = [...held.slice(0, SHOW / 3), ...remarkable.slice(0, SHOW / 3), ...usual, ...empty].slice(0, SHOW);
  const rest = [...held.slice(SHOW / 3), ...remarkable.slice(SHOW / 3)];
  return [...first, ...rest].slice(0, SHOW).toSorted((left, right) => rank(left) - rank(right));
}

/** Stands for a destination that is not asked. */
const nobody: Pick<DestinationConnection, 'match'> = { match: async () => [] };
