import { contentHash } from '../canonical.ts';
import type { Json } from '../../connector/json.ts';
import { insist, mayGoOn, type BatchWork } from './batch-work.ts';

/** Where an extraction stands: the source's cursor after the last staged page. */
interface ExtractCheckpoint { readonly cursor: Json }

/**
 * Streams one source object into staging, page by page. Staging the same page twice changes nothing, so a killed
 * extraction goes on at its last page.
 */
export async function extractObject(work: BatchWork): Promise<void> {
  const { store } = work.dependencies;
  const object = work.batch.subject;
  const scope = { projectId: work.project.id, runId: work.run.id };
  const source = await work.sessions.source(work.project.id);
  const answers: Record<string, Json> = {};
  for (const decision of work.plan.plan.decisions) if (decision.answer !== null) answers[decision.id] = decision.answer as Json;
  const checkpoint = work.batch.checkpoint as unknown as ExtractCheckpoint | null;
  for await (const page of source.read({ object, cursor: checkpoint?.cursor ?? null, pageSize: source.capabilities.pageSize, answers })) {
    await store.stageRecords({ ...scope, records: page.records.map((record) => ({ ...record, hash: contentHash(record.data) })) });
    if (page.rejected.length > 0) await store.stageRejected({ ...scope, rows: page.rejected });
    if (page.cursor === null) break;
    insist(await store.checkpointBatch({ batchId: work.batch.id, fence: work.batch.fence, checkpoint: { cursor: page.cursor } }), work.batch);
    await mayGoOn(work);
  }
  await store.markGone({ ...scope, object });
}
