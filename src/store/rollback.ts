import { sql } from 'kysely';
import type { JsonObject } from '../connector/json.ts';
import type { LedgerStore, PartRow } from '../engine/ports/ledger.ts';
import type { Database } from './database.ts';
import { fenced } from './fenced.ts';
import { closeIntents } from './intents.ts';
import { only } from './rows.ts';
import { json } from './text-escape.ts';

/** The part of the ledger port about rollback. */
export type RollbackStore = Pick<LedgerStore, 'commitRollbackStep' | 'setPartsAside' | 'partsOf' | 'rollbackKept' | 'rollbackCounts'>;

/**
 * What a rollback did, on PostgreSQL. Removed and restored rows leave the crosswalk, so that a later run begins anew;
 * kept ones stay in it. How many records were deleted the engine says: several rows may share one record (merges),
 * and a matched one was never ours to delete.
 */
export function rollbackStore(database: Database): RollbackStore {
  return {
    async commitRollbackStep(step) {
      const { projectId, runId, mapping } = step;
      return fenced(database, step, async (transaction) => {
        await sql`
          with gone as (
            delete from portolan.crosswalk where project_id = ${projectId} and mapping = ${mapping}
              and source_id = any(${[...step.removed, ...step.restored]}::text[])
            returning source_id, destination_object, destination_id
          ), unfolded as (
            delete from portolan.crosswalk_fold where project_id = ${projectId} and mapping = ${mapping}
              and source_id = any(${[...step.removed, ...step.restored]}::text[])
          )
          insert into portolan.rollback_row (run_id, mapping, source_id, action, destination_object, destination_id)
          select ${runId}::uuid, ${mapping}, source_id,
            case when source_id = any(${step.restored}::text[]) then 'restored' else 'removed' end,
            destination_object, destination_id from gone
          on conflict (run_id, mapping, source_id) do update set action = excluded.action, destination_object = excluded.destination_object,
            destination_id = excluded.destination_id, reason = null, details = null`.execute(transaction);
        if (step.removedParts !== undefined && step.removedParts.length > 0) {
          const parts = sql`json_to_recordset(${json(step.removedParts)}) as p (mapping text, "sourceId" text)`;
          await sql`
            with gone as (
              delete from portolan.crosswalk c using ${parts} where c.project_id = ${projectId} and c.mapping = p.mapping and c.source_id = p."sourceId"
              returning c.mapping, c.source_id, c.destination_object, c.destination_id
            ), unfolded as (
              delete from portolan.crosswalk_fold f using ${parts} where f.project_id = ${projectId} and f.mapping = p.mapping and f.source_id = p."sourceId"
            )
            insert into portolan.rollback_row (run_id, mapping, source_id, action, destination_object, destination_id)
            select ${runId}::uuid, mapping, source_id, 'removed', destination_object, destination_id from gone
            on conflict (run_id, mapping, source_id) do update set action = excluded.action, destination_object = excluded.destination_object,
              destination_id = excluded.destination_id, reason = null, details = null`.execute(transaction);
        }
        if (step.kept.length > 0) {
          await sql`insert into portolan.rollback_row (run_id, mapping, source_id, action, reason, details)
            select ${runId}::uuid, coalesce(mapping, ${mapping}), "sourceId", 'kept', reason, details from json_to_recordset(${json(step.kept)}) as r (mapping text, "sourceId" text, reason text, details json)
            on conflict (run_id, mapping, source_id) do update set action = 'kept', reason = excluded.reason, details = excluded.details`.execute(transaction);
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

    async rollbackCounts(runId) {
      const { rows } = await sql<{ deleted: number; restored: number; kept: number }>`select
          (select coalesce(sum(deleted), 0)::int from portolan.rollback_count where run_id = ${runId}) as deleted,
          count(*) filter (where action = 'restored')::int as restored, count(*) filter (where action = 'kept')::int as kept
        from portolan.rollback_row where run_id = ${runId}`.execute(database);
      return only(rows);
    },
  };
}
