import type { JsonObject } from '../../connector/json.ts';
import type { SourceRecord } from '../../connector/source.ts';
import { orderValue } from '../../plan/values/order-value.ts';
import { collectKeys, collectLinks, withOwnId } from '../../plan/compiled/transform-record.ts';
import type { CompiledPlan } from '../../plan/compiled/compile.ts';
import { OWN_ID, type RecordKey } from '../../plan/compiled/keys-and-links.ts';
import { isEmpty } from '../../plan/values/plain-text.ts';
import { contentHash } from '../canonical.ts';
import type { StagedRecord } from '../ports/staging.ts';
import { insist, mayGoOn, type BatchWork } from './batch-work.ts';

const PAGE = 1000; // records per transaction: 20-40 ms of index rows each, and a few megabytes of memory

/** What an index batch is told. `derive` false: keys only, so that what is listed is known before anything is derived. */
export interface IndexScope { readonly derive: boolean }
interface IndexCheckpoint { readonly afterSeq: string }

/**
 * Writes keys and link candidates of one staged object, and gathers derived records (tags, stages that the source does not
 * list) from it. Runs again from its checkpoint without doubling: index rows are replaced, derived records are kept.
 */
export async function indexObject(work: BatchWork): Promise<void> {
  const { store } = work.dependencies;
  const object = work.batch.subject;
  const projectId = work.project.id;
  const ordered = [...work.plan.mappings.values()].find((mapping) => mapping.source === object && mapping.mapping.order !== undefined);
  for (let afterSeq = BigInt((work.batch.checkpoint as unknown as IndexCheckpoint | null)?.afterSeq ?? '0'); ;) {
    const records = await store.pageStaged({ projectId, object, afterSeq, limit: PAGE });
    const last = records.at(-1);
    if (last === undefined) return;
    if ((work.batch.work as unknown as IndexScope).derive) await derive(work, records);
    await store.indexRecords({
      projectId, object, sourceIds: records.map((record) => record.sourceId),
      keys: records.flatMap((record) => collectKeys(work.plan, object, record).map((key) => ({ object, sourceId: record.sourceId, ...key }))),
      links: records.flatMap((record) => collectLinks(work.plan, object, record).map((link) => ({ fromObject: object, fromId: record.sourceId, ...link }))),
      sortKeys: new Map(ordered === undefined ? [] : await Promise.all(records.map(async (record) => [record.sourceId, await orderValue(ordered, record.data)] as const))),
    });
    afterSeq = last.seq;
    insist(await store.checkpointBatch({ batchId: work.batch.id, fence: work.batch.fence, checkpoint: { afterSeq: String(afterSeq) } }), work.batch);
    await mayGoOn(work);
  }
}

/** Records of objects that exist only as values of others: one per distinct value that no listed record answers to. */
async function derive(work: BatchWork, records: readonly StagedRecord[]): Promise<void> {
  const { store } = work.dependencies;
  const projectId = work.project.id;
  for (const derived of work.plan.plan.derived) {
    const found = new Map<string, SourceRecord>();
    const keysOf = new Map<string, readonly RecordKey[]>();
    const kinds = [derived.key.kind].flat();
    for (const origin of derived.from.filter((each) => each.object === work.batch.subject)) {
      for (const record of records) {
        if (origin.unless !== undefined && !isEmpty(record.data[origin.unless] ?? null)) continue;
        if (origin.needs !== undefined && isEmpty(record.data[origin.needs] ?? null)) continue;
        for (const data of derivedRows(origin, withOwnId(record))) {
          const own = collectKeys(work.plan, derived.object, { data });
          const named = kinds.flatMap((kind) => own.find((key) => key.kind === kind) ?? []);
          const id = `derived:${contentHash(named[0]?.value ?? data)}`;
          if (!found.has(id)) keysOf.set(id, named);
          if (!found.has(id)) found.set(id, { object: derived.object, id, data, modifiedAt: null, position: `first seen in ${record.position}` });
        }
      }
    }
    // A listed record with the same key answers for the value; other spellings stay apart here and are merged by the plan.
    const known = new Map(await Promise.all(kinds.map(async (kind) => {
      const values = [...keysOf.values()].flat().filter((key) => key.kind === kind).map((key) => key.value);
      return [kind, await store.existingKeys({ projectId, object: derived.object, kind, values: [...new Set(values)] })] as const;
    })));
    const missing = [...found.values()].filter((record) => !(keysOf.get(record.id) ?? []).some((key) => known.get(key.kind)?.has(key.value) === true));
    await store.stageDerived({ projectId, runId: work.run.id, records: missing.map((record) => ({ ...record, hash: contentHash(record.data) })) });
  }
}

/** The values of a derived record as one origin record gives them; a list field gives one row per entry. */
function derivedRows(origin: CompiledPlan['plan']['derived'][number]['from'][number], data: JsonObject): JsonObject[] {
  const many = origin.many ?? false;
  const entries = Object.entries(origin.fields).map(([to, from]) => [to, data[from] ?? null] as const);
  const lists = many ? entries.filter(([, value]) => Array.isArray(value)) : [];
  const list = lists[0];
  const rows = list === undefined ? [Object.fromEntries(entries)] : (list[1] as readonly string[]).map((entry) => Object.fromEntries(entries.map(([to, value]) => [to, to === list[0] ? entry : value])));
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([to, value]) => [to, typeof value === 'string' ? value.normalize('NFC').trim() : value])))
    .filter((row) => entries.length === 0 || Object.entries(row).some(([to, value]) => origin.fields[to] !== OWN_ID && value !== null && value !== ''))
    .map((row) => ({ ...row, ...origin.constants }));
}
