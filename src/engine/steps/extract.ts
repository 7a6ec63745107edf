import { setTimeout as pause } from 'node:timers/promises';
import { contentHash } from '../canonical.ts';
import type { Json } from '../../connector/json.ts';
import { waitBefore } from '../retry.ts';
import { insist, mayGoOn, type BatchWork } from './batch-work.ts';

/** Where an extraction stands: the source's cursor after the last staged page. */
interface ExtractCheckpoint { readonly cursor: Json }

/**
 * Streams one source object into staging, page by page. Staging the same page twice changes nothing, so a killed
 * extraction goes on at its last page, and so does one whose source had a hiccup.
 */
export async function extractObject(work: BatchWork): Promise<void> {
  const { store } = work.dependencies;
  const object = work.batch.subject;
  const scope = { projectId: work.project.id, runId: work.run.id };
  const source = await work.sessions.source(work.project.id);
  const answers: Record<string, Json> = {};
  for (const decision of work.plan.plan.decisions) if (decision.answer !== null) answers[decision.id] = decision.answer as Json;
  const checkpoint = work.batch.checkpoint as unknown as ExtractCheckpoint | null;
  let cursor: Json = checkpoint?.cursor ?? null;
  for (let attempt = 1, complete = false; !complete;) {
    try {
      for await (const page of source.read({ object, cursor, pageSize: source.capabilities.pageSize, answers })) {
        await store.stageRecords({ ...scope, records: page.records.map((record) => ({ ...record, hash: contentHash(record.data) })) });
        if (page.rejected.length > 0) await store.stageRejected({ ...scope, rows: page.rejected });
        if (page.cursor === null) break;
        cursor = page.cursor;
        attempt = 1; // it went on: what follows is another trouble
        insist(await store.checkpointBatch({ batchId: work.batch.id, fence: work.batch.fence, checkpoint: { cursor } }), work.batch);
        await mayGoOn(work);
      }
      complete = true;
    } catch (error) {
      const waitMs = waitBefore(error, attempt, work.backoffMs);
      if (waitMs === null) throw error;
      attempt += 1;
      await pause(waitMs, undefined, { signal: work.signal });
    }
  }
  await store.markGone({ ...scope, object });
}
