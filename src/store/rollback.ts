import { sql } from 'kysely';
import type { JsonObject } from '../connector/json.ts';
import type { LedgerStore, PartRow, RollbackFates, RollbackRow } from '../engine/ports/ledger.ts';
import type { Database } from './database.ts';
import { fenced } from './fenced.ts';
import { closeIntents } from './intents.ts';
import { only } from './rows.ts';
import { json } from './text-escape.ts';

/** The part of the ledger port about rollback. */
export type RollbackStore = Pick<LedgerStore, 'commitRollbackStep' | 'setPartsAside' | 'partsOf' | 'rollbackKept' | 'rollbackResidue' | 'rollbackCounts' | 'rollbackFates' | 'rollbackPage'>;

/**
 * What a rollback did, or would do in a dry run, on PostgreSQL. All rows but the kept ones leave the crosswalk, so that a
 * later run begins anew; a dry run leaves it alone. How many records were deleted the engine says: several rows may share one record (merges),
 * and a matched one was never ours to delete.
 */
export function rollbackStore(database: Database): RollbackStore {
  return {
    async commitRollbackStep(step) {
      const { projectId, runId, rows } = step;
      return fenced(database, step, async (transaction) => {
        if (rows.length > 0) {
          const left = sql`json_to_recordset(${json(rows.filter((row) => row.fate !== 'kept').map(({ mapping, sourceId }) => ({ mapping, sourceId })))}) as r (mapping text, "sourceId" text)`;
          if (!step.dryRun) {
            await sql`
              with unfolded as (
                delete from portolan.crosswalk_fold f using ${left} where f.project_id = ${projectId} and f.mapping = r.mapping and f.source_id = r."sourceId"
              )
              delete from portolan.crosswalk c using ${left} where c.project_id = ${projectId} and c.mapping = r.mapping and c.source_id = r."sourceId"`.execute(transaction);
          }
          await sql`insert into portolan.rollback_row (run_id, mapping, source_id, action, destination_object, destination_id, reason, details)
            select ${runId}::uuid, mapping, "sourceId", fate, "destinationObject", "destinationId", reason, details
            from json_to_recordset(${json(rows)}) as r (mapping text, "sourceId" text, fate text, "destinationObject" text, "destinationId" text, reason text, details json)
            on conflict (run_id, mapping, source_id) do update set action = excluded.action, destination_object = excluded.destination_object,
              destination_id = excluded.destination_id, reason = excluded.reason, details = excluded.details`.execute(transaction);
        }
        await sql`insert into portolan.rollback_count as c (run_id, batch_id, deleted) values (${runId}, ${step.batchId}, ${step.deleted})
          on conflict (run_id, batch_id) do update set deleted = c.deleted + excluded.deleted`.execute(transaction);
        await closeIntents(transaction, projectId, step.closeIntents);
      });
    },

    async setPartsAside(step) {
      return fenced(database, step, async (transaction) => {
        await sql`insert into portolan.rollback_part (run_id, mapping, source_id, destination_object, destination_id, of_object, of_id, details)
          select ${step.runId}::uuid, mapping, "sourceId", "destinationObject", "destinationId", "ofObject", "ofId", details
          from json_to_recordset(${json(step.parts)}) as r (mapping text, "sourceId" text, "destinationObject" text, "destinationId" text, "ofObject" text, "ofId" text, details json)
          on conflict (run_id, mapping, source_id) do update set destination_object = excluded.destination_object, destination_id = excluded.destination_id,
            of_object = excluded.of_object, of_id = excluded.of_id, details = excluded.details`.execute(transaction);
      });
    },

    async partsOf({ runId, object, ids }) {
      const { rows } = await sql<PartRow & { readonly rootId: string }>`
        with recursive part as (
          select p.*, p.of_id as root_id, 1 as depth from portolan.rollback_part p where p.run_id = ${runId} and p.of_object = ${object} and p.of_id = any(${ids}::text[])
          union all
          select p.*, above.root_id, above.depth + 1 from portolan.rollback_part p
            join part above on p.run_id = above.run_id and p.of_object = above.destination_object and p.of_id = above.destination_id
            where above.depth < 10 -- a ring of parts must not hang the rollback
        )
        select mapping, source_id as "sourceId", destination_object as "destinationObject", destination_id as "destinationId", of_object as "ofObject", of_id as "ofId", details,
          root_id as "rootId" from part order by mapping, source_id`.execute(database);
      return rows;
    },

    async rollbackKept(runId) {
      const { rows } = await sql<{ mapping: string; sourceId: string; reason: string; details: JsonObject }>`
        select mapping, source_id as "sourceId", reason, details from portolan.rollback_row where run_id = ${runId} and action = 'kept'
        order by mapping, source_id`.execute(database);
      return rows;
    },

    async rollbackResidue(runId) {
      const { rows } = await sql<{ mapping: string; sourceId: string; reason: string; details: JsonObject }>`
        select mapping, source_id as "sourceId", reason, details from portolan.rollback_row where run_id = ${runId} and reason is not null
        order by mapping, source_id`.execute(database);
      return rows;
    },

    async rollbackCounts(runId) {
      const { rows } = await sql<{ deleted: number; restored: number; kept: number }>`select
          (select coalesce(sum(deleted), 0)::int from portolan.rollback_count where run_id = ${runId}) as deleted,
          count(*) filter (where action = 'restored')::int as restored, count(*) filter (where action = 'kept')::int as kept
        from portolan.rollback_row where run_id = ${runId}`.execute(database);
      return only(rows);
    },

    async rollbackFates(runId) {
      const { rows } = await sql<RollbackFates>`select mapping, action as fate, count(*)::int as records from portolan.rollback_row where run_id = ${runId}
        group by mapping, action order by mapping, action`.execute(database);
      return rows;
    },

    async rollbackPage({ runId, fate, mapping, after, limit }) {
      const { rows } = await sql<RollbackRow>`select mapping, source_id as "sourceId", action as fate, coalesce(destination_object, '') as "destinationObject",
          coalesce(destination_id, '') as "destinationId", reason, coalesce(details, '{}') as details
        from portolan.rollback_row where run_id = ${runId}
          ${fate === null ? sql`` : sql`and action = ${fate}`} ${mapping === null ? sql`` : sql`and mapping = ${mapping}`}
          ${after === null ? sql`` : sql`and (mapping, source_id) > (${after.mapping}, ${after.sourceId})`}
        order by mapping, source_id limit ${limit}`.execute(database);
      return rows;
    },
  };
}
