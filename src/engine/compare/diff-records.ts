import type { Json } from '../../connector/json.ts';
import type { CompiledMapping, CompiledPlan } from '../../plan/compiled/compile.ts';
import { isEmpty } from '../../plan/values/plain-text.ts';
import { transformRecord } from '../../plan/compiled/transform-record.ts';
import type { FieldTrace } from '../../plan/record-context.ts';
import { gatherContexts } from '../load/gather-context.ts';
import type { CrosswalkRow } from '../ports/ledger.ts';
import type { Project } from '../ports/projects.ts';
import type { StagedRecord } from '../ports/staging.ts';
import type { Store } from '../ports/store.ts';
import { defaultBackoffMs, withRetries } from '../retry.ts';
import type { Sessions } from '../sessions.ts';
import { compareRecord } from '../verify/compare.ts';
import { allot } from './allot.ts';
import { idsOf, ReferenceNames, targetOf } from './reference-names.ts';
import type { DiffChoice, FieldDiff, RecordDiff, RecordDiffs } from './record-diff.ts';

const PAGE = 200; // records per read: a sheet has tens, a sample some hundreds

/**
 * Puts records that were written side by side with their source records: source value, planned value, value that the
 * destination gives back now, class. Reads only.
 * @param params.runId only records that this run wrote; null = everything that the project wrote
 */
export async function diffRecords(params: Readonly<{ store: Store; sessions: Sessions; project: Project; plan: CompiledPlan; runId: string | null; choice: DiffChoice }>): Promise<RecordDiffs> {
  const { store, project, plan, runId, choice } = params;
  const sizes = new Map<string, number>();
  for (const id of plan.mappings.keys()) sizes.set(id, await store.countWritten({ projectId: project.id, mapping: id, runId }));
  const written = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const wanted = choice.kind === 'random' ? new Map([...allot(sizes, choice.count)].map(([id, count]) => [id, { skip: 0, count }])) : stretch(sizes, choice.skip ?? 0, choice.limit);
  const records: RecordDiff[] = [];
  const names = new ReferenceNames(await params.sessions.destination(project.id));
  for (const mapping of plan.mappings.keys()) {
    const part = wanted.get(mapping);
    if (part === undefined) continue;
    const rows = await store.pickWritten({ projectId: project.id, mapping, runId, ...part, seed: choice.kind === 'random' ? choice.seed : null });
    for (let at = 0; at < rows.length; at += PAGE) records.push(...await diffPage({ ...params, names, rows: rows.slice(at, at + PAGE) }));
  }
  return { records, written };
}

/** `limit` records in the plan's order after the first `skip`: how many of each mapping, and where in it they begin. */
function stretch(sizes: ReadonlyMap<string, number>, skip: number, limit: number): ReadonlyMap<string, Readonly<{ skip: number; count: number }>> {
  let [passed, left] = [skip, limit];
  const parts = new Map<string, Readonly<{ skip: number; count: number }>>();
  for (const [mapping, size] of sizes) {
    const from = Math.min(size, passed);
    const count = Math.min(size - from, left);
    if (count > 0) parts.set(mapping, { skip: from, count });
    passed -= from;
    left -= count;
  }
  return parts;
}

/** Of lines that follow a link: the fields by which the record names the other one, and what stands in them. */
function linkedValues(plan: CompiledPlan, mapping: CompiledMapping, record: StagedRecord | undefined): ReadonlyMap<string, Readonly<{ from: readonly string[]; source: Json }>> {
  const values = new Map<string, Readonly<{ from: readonly string[]; source: Json }>>();
  for (const { to, link: name } of mapping.mapping.fields) {
    const link = name === undefined ? undefined : plan.plan.links.find((each) => each.object === mapping.source && each.name === name);
    if (link === undefined || record === undefined) continue;
    const from = [...new Set(link.by.flatMap((key) => [key.from].flat()))].filter((field) => !isEmpty(record.data[field] ?? null));
    const [first] = from;
    if (first !== undefined) values.set(to, { from, source: from.length === 1 ? record.data[first] ?? null : Object.fromEntries(from.map((field) => [field, record.data[field] ?? null])) });
  }
  return values;
}

async function diffPage(params: Readonly<{ store: Store; sessions: Sessions; project: Project; plan: CompiledPlan; names: ReferenceNames; rows: readonly CrosswalkRow[] }>): Promise<readonly RecordDiff[]> {
  const { store, sessions, project, plan, rows } = params;
  const [first] = rows;
  const mapping = plan.mappings.get(first?.mapping ?? '');
  if (first === undefined || mapping === undefined) return [];
  const object = first.destinationObject;
  const destination = await sessions.destination(project.id);
  const fields = await sessions.fields(project.id, object);
  const asked = [...new Set(rows.flatMap((row) => Object.keys(row.payload)))].filter((name) => fields.has(name));
  const pace = { backoffMs: defaultBackoffMs, signal: new AbortController().signal };
  const read = await withRetries({ call: () => destination.read({ object, ids: rows.map((row) => row.destinationId), fields: asked }), ...pace });
  const now = new Map(read.map((record) => [record.id, record.values]));
  const staged = new Map((await store.findStaged({ projectId: project.id, object: mapping.source, sourceIds: rows.map((row) => row.sourceId) })).map((record) => [record.sourceId, record]));
  const traces = await tracesOf([...staged.values()]);
  const lossy = new Set(mapping.mapping.fields.filter((line) => line.loss !== undefined).map((line) => line.to));
  await learnNames();
  return rows.map((row): RecordDiff => {
    const found = now.get(row.destinationId) ?? null;
    const trace = new Map((traces.get(row.sourceId) ?? []).map((one) => [one.to, one]));
    const linked = linkedValues(plan, mapping, staged.get(row.sourceId));
    return {
      mapping: row.mapping, sourceObject: row.sourceObject, sourceId: row.sourceId, position: staged.get(row.sourceId)?.position ?? '',
      destinationObject: object, destinationId: row.destinationId, gone: found === null,
      fields: compareRecord({ written: row.payload, found, fields, lossy, normalise: (field, value) => destination.normalise({ object, field, value }) }).map((one) => ({
        field: one.field, ...(linked.get(one.field) ?? { from: trace.get(one.field)?.from ?? [], source: trace.get(one.field)?.before ?? null }), planned: one.written, readBack: one.found, class: one.class, how: trace.get(one.field)?.reason ?? '', ...namesOf(row, one.field),
      })),
    };
  });

  /** What the records are called that references of these rows lead to, as written and as they are now. */
  async function learnNames(): Promise<void> {
    const wanted = new Map<string, string[]>();
    for (const row of rows) {
      for (const name of Object.keys(row.payload)) {
        const target = leadsTo(row, name);
        if (target !== null) wanted.set(target, [...wanted.get(target) ?? [], ...idsIn(row, name)]);
      }
    }
    for (const [target, ids] of wanted) await params.names.learn(target, ids);
  }

  function leadsTo(row: CrosswalkRow, name: string): string | null {
    return mapping === undefined ? null : targetOf({ plan, mapping, field: fields.get(name), payload: row.payload });
  }

  function idsIn(row: CrosswalkRow, name: string): readonly string[] {
    return [...idsOf(row.payload[name]), ...idsOf(now.get(row.destinationId)?.[name])];
  }

  function namesOf(row: CrosswalkRow, name: string): Pick<FieldDiff, 'names'> {
    const target = leadsTo(row, name);
    const called = target === null ? null : params.names.of(target, idsIn(row, name));
    return called === null ? {} : { names: called };
  }

  /** How each value came about: the same transform as that of the load, once more. */
  async function tracesOf(records: readonly StagedRecord[]): Promise<ReadonlyMap<string, readonly FieldTrace[]>> {
    if (mapping === undefined) return new Map();
    const contexts = await gatherContexts({ store, projectId: project.id, plan, mapping, records, destination, foreseen: null, memory: sessions.lookups(project.id) });
    const traced = new Map<string, readonly FieldTrace[]>();
    for (const record of records) {
      const context = contexts.get(record.sourceId);
      if (context === undefined) continue;
      const result = await transformRecord(mapping, { object: record.object, sourceId: record.sourceId, data: record.data }, context);
      if (result.kind !== 'skip') traced.set(record.sourceId, result.trace);
    }
    return traced;
  }
}
