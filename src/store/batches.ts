import { sql } from 'kysely';
import type { Batch, BatchStatus, RunMode, RunStore } from '../engine/ports/runs.ts';
import type { Database } from './database.ts';
import { json } from './text-escape.ts';

const batchColumns = sql.raw(`b.id, b.run_id as "runId", b.phase, b.kind, b.subject, b.position, b.work, b.checkpoint, b.status, b.fence, b.attempts, b.error, b.worker`);

/** The part of the run port about batches. */
export type BatchStore = Pick<RunStore, 'addBatches' | 'batches' | 'batchCounts' | 'figuresMark' | 'claimBatch' | 'checkpointBatch' | 'finishBatch' | 'othersAtWork' | 'fenceOff'>;

/** Batches on PostgreSQL. Every write of a worker names the fence it was given. */
export function batchStore(database: Database): BatchStore {
  return {
    async addBatches({ runId, batches }) {
      if (batches.length === 0) return;
      await sql`insert into portolan.batch (run_id, phase, kind, subject, position, work)
        select ${runId}::uuid, phase, kind, subject, position, work
        from json_to_recordset(${json(batches)}) as r (phase text, kind text, subject text, position int, work json)
        on conflict (run_id, phase, kind, subject, position) do nothing`.execute(database);
    },

    async batches({ runId, phase, kinds }) {
      const { rows } = await sql<Batch>`select ${batchColumns} from portolan.batch b
        where b.run_id = ${runId} and (${phase}::text is null or b.phase = ${phase}::text) and (${kinds}::text[] is null or b.kind = any(${kinds}::text[]))
        order by b.phase, b.kind, b.subject, b.position`.execute(database);
      return rows;
    },

    async batchCounts({ runId, phase }) {
      const { rows } = await sql<{ status: BatchStatus; count: number }>`select status, count(*)::int as count from portolan.batch
        where run_id = ${runId} and phase = ${phase} group by status`.execute(database);
      const counts = { waiting: 0, running: 0, done: 0, failed: 0 };
      for (const { status, count } of rows) counts[status] = count;
      return counts;
    },

    async othersAtWork({ projectId, exceptRunId }) {
      const { rows: drivers } = await sql<{ runId: string; mode: RunMode; driver: string }>`select id as "runId", mode, driver from portolan.run
        where project_id = ${projectId} and id <> ${exceptRunId} and driver is not null and driver_until > clock_timestamp() order by number`.execute(database);
      const { rows: batches } = await sql<Batch>`select ${batchColumns} from portolan.batch b join portolan.run r on r.id = b.run_id
        where r.project_id = ${projectId} and r.id <> ${exceptRunId} and b.status = 'running' order by b.claimed_at`.execute(database);
      return { drivers, batches };
    },

    async fenceOff(batchIds) {
      if (batchIds.length === 0) return;
      await sql`update portolan.batch set status = 'waiting', fence = fence + 1 where id = any(${batchIds}::uuid[]) and status = 'running'`.execute(database);
    },

    async figuresMark(runId) {
      // Batches that are done change no more: their number says enough, however many they are.
      const { rows } = await sql<{ mark: string }>`select md5(concat_ws(' ', count(*), count(*) filter (where status = 'done'),
          string_agg(concat_ws(' ', id, fence, checkpoint::text), ',' order by id) filter (where status = 'running'))) as mark
        from portolan.batch where run_id = ${runId}`.execute(database);
      return rows[0]?.mark ?? '';
    },

    async claimBatch({ batchId, worker }) {
      const { rows } = await sql<Batch>`update portolan.batch b set status = 'running', fence = b.fence + 1, attempts = b.attempts + 1,
          worker = ${worker}, claimed_at = clock_timestamp(), error = null
        from portolan.run r where b.id = ${batchId} and b.status <> 'done' and r.id = b.run_id and r.status = 'running' and r.desired = 'run'
        returning ${batchColumns}`.execute(database);
      return rows[0] ?? null;
    },

    async checkpointBatch({ batchId, fence, checkpoint }) {
      const { rows } = await sql`update portolan.batch set checkpoint = ${json(checkpoint)}
        where id = ${batchId} and fence = ${fence} returning 1`.execute(database);
      return rows.length > 0;
    },

    async finishBatch({ batchId, fence, status, error }) {
      const { rows } = await sql`update portolan.batch set status = ${status}, error = ${error === undefined ? null : json(error)}::json
        where id = ${batchId} and fence = ${fence} returning 1`.execute(database);
      return rows.length > 0;
    },
  };
}
