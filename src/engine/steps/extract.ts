import { setTimeout as pause } from 'node:timers/promises';
import { contentHash } from '../canonical.ts';
import type { Json } from '../../connector/json.ts';
import type { SourceConnection } from '../../connector/source.ts';
import type { RunSettings } from '../phase-names.ts';
import { waitBefore } from '../retry.ts';
import { insist, mayGoOn, type BatchWork } from './batch-work.ts';

/** Where an extraction stands: the source's cursor after the last staged page, and since when changes are read (null = everything). */
interface ExtractCheckpoint { readonly cursor: Json; readonly since?: string | null }

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
  // What was staged by an earlier attempt must not move the moment from which this reading goes.
  const since = checkpoint === null ? await changesSince(work, source) : checkpoint.since ?? null;
  let cursor: Json = checkpoint?.cursor ?? null;
  for (let attempt = 1, complete = false; !complete;) {
    try {
      for await (const page of source.read({ object, cursor, pageSize: source.capabilities.pageSize, answers, ...(since === null ? {} : { modifiedSince: since }) })) {
        await store.stageRecords({ ...scope, records: page.records.map((record) => ({ ...record, hash: contentHash(record.data) })) });
        if (page.rejected.length > 0) await store.stageRejected({ ...scope, rows: page.rejected });
        if (page.cursor === null) break;
        cursor = page.cursor;
        attempt = 1; // it went on: what follows is another trouble
        insist(await store.checkpointBatch({ batchId: work.batch.id, fence: work.batch.fence, checkpoint: { cursor, since } }), work.batch);
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
  if (since === null && source.capabilities.passing?.includes(object) !== true) await store.markGone({ ...scope, object }); // only a complete reading can tell what is gone
}

/** The moment from which a delta asks for changes, by the source's own clock; null = it reads everything. */
async function changesSince(work: BatchWork, source: SourceConnection): Promise<string | null> {
  if ((work.run.settings as RunSettings).changedOnly !== true || !source.capabilities.modifiedSince) return null;
  return work.dependencies.store.newestModified({ projectId: work.project.id, object: work.batch.subject });
}
