import type { JsonObject } from '../../connector/json.ts';
import type { SourceRecord } from '../../connector/source.ts';
import { collectKeys, collectLinks } from '../../plan/compile.ts';
import { normaliseKey } from '../../plan/normalise.ts';
import type { Plan } from '../../plan/plan.ts';
import { contentHash } from '../canonical.ts';
import type { StagedRecord } from '../ports/staging.ts';
import { insist, mayGoOn, type BatchWork } from './batch-work.ts';

const PAGE = 1000; // records per transaction: 20-40 ms of index rows each, and a few megabytes of memory

interface IndexCheckpoint { readonly afterSeq: string }

/**
 * Writes keys and link candidates of one staged object, and gathers derived records (tags, stages that the source does not
 * list) from it. Runs again from its checkpoint without doubling: index rows are replaced, derived records are kept.
 */
export async function indexObject(work: BatchWork): Promise<void> {
  const { store } = work.dependencies;
  const { plan } = work.plan;
  const object = work.batch.subject;
  const projectId = work.project.id;
  const order = plan.mappings.find((mapping) => mapping.source === object && mapping.order !== undefined)?.order;
  for (let afterSeq = BigInt((work.batch.checkpoint as unknown as IndexCheckpoint | null)?.afterSeq ?? '0'); ;) {
    const records = await store.pageStaged({ projectId, object, afterSeq, limit: PAGE });
    const last = records.at(-1);
    if (last === undefined) return;
    await derive(work, plan, records);
    await store.indexRecords({
      projectId, object, sourceIds: records.map((record) => record.sourceId),
      keys: records.flatMap((record) => collectKeys(work.plan, object, record).map((key) => ({ object, sourceId: record.sourceId, ...key }))),
      links: records.flatMap((record) => collectLinks(work.plan, object, record).map((link) => ({ fromObject: object, fromId: record.sourceId, ...link }))),
      sortKeys: new Map(order === undefined ? [] : records.map((record) => [record.sourceId, sortKey(record.data[order])])),
    });
    afterSeq = last.seq;
    insist(await store.checkpointBatch({ batchId: work.batch.id, fence: work.batch.fence, checkpoint: { afterSeq: String(afterSeq) } }), work.batch);
    await mayGoOn(work);
  }
}

/** Records of objects that exist only as values of others: one per distinct value that no listed record answers to. */
async function derive(work: BatchWork, plan: Plan, records: readonly StagedRecord[]): Promise<void> {
  const { store } = work.dependencies;
  const scope = { projectId: work.project.id, runId: work.run.id };
  for (const derived of plan.derived) {
    const keyParts = (plan.keys[derived.object] ?? []).filter((part) => part.kind === derived.key.kind);
    const found = new Map<string, SourceRecord>();
    for (const origin of derived.from.filter((each) => each.object === work.batch.subject)) {
      for (const record of records) {
        for (const data of derivedRows(origin.fields, origin.many ?? false, record.data)) {
          const id = `derived:${contentHash(data)}`;
          if (!found.has(id)) found.set(id, { object: derived.object, id, data, modifiedAt: null, position: `first seen in ${record.position}` });
        }
      }
    }
    if (found.size === 0) continue;
    const keyOf = (record: SourceRecord): string => keyParts.map((part) => [part.from].flat().map((from) => normaliseKey(part.normalise, String(record.data[from] ?? ''))).join('\u001F')).join('\u001F');
    // A listed record with the same exact spelling answers for the value; other spellings stay apart here and are merged by the plan.
    const exact = await store.existingKeys({ projectId: work.project.id, object: derived.object, kind: derived.key.kind, values: [...found.values()].map(keyOf) });
    const records_ = [...found.values()].filter((record) => !exact.has(keyOf(record)) || keyParts.length === 0);
    await store.stageDerived({ ...scope, records: records_.map((record) => ({ ...record, hash: contentHash(record.data) })) });
  }
}

/** The values of a derived record as one origin record gives them; a list field gives one row per entry. */
function derivedRows(fields: Readonly<Record<string, string>>, many: boolean, data: JsonObject): JsonObject[] {
  const entries = Object.entries(fields).map(([to, from]) => [to, data[from] ?? null] as const);
  const lists = many ? entries.filter(([, value]) => Array.isArray(value)) : [];
  const list = lists[0];
  const rows = list === undefined ? [Object.fromEntries(entries)] : (list[1] as readonly string[]).map((entry) => Object.fromEntries(entries.map(([to, value]) => [to, to === list[0] ? entry : value])));
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([to, value]) => [to, typeof value === 'string' ? value.normalize('NFC').trim() : value])))
    .filter((row) => Object.values(row).some((value) => value !== null && value !== ''));
}

/** Sortable text of an ordering value. ISO dates sort as text; everything else sorts as it is, empty first. */
function sortKey(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
