import { sql } from 'kysely';
import type { CrosswalkRow, PlaceRow, RetiredRow, RetireStore } from '../engine/ports/ledger.ts';
import { crosswalkColumns, writeCrosswalk } from './crosswalk.ts';
import type { Database } from './database.ts';
import { fenced } from './fenced.ts';
import { closeIntents } from './intents.ts';
import { only } from './rows.ts';
import { json } from './text-escape.ts';

/** Whether the mapping takes the record no longer: as the preview saw it, else as the ledger has it. */
const leftOut = sql.raw('coalesce(l.leaves, c.left_out)');

/** What the preview, if any, saw of a crosswalk row. */
function leaving(foreseenIn: string | undefined): ReturnType<typeof sql> {
  return sql`left join portolan.foreseen_leaving l on l.run_id = ${foreseenIn ?? null}::uuid and l.mapping = c.mapping and l.source_id = c.source_id`;
}

/** Crosswalk rows whose source record is gone, or no longer taken by the mapping. */
function goneRows(foreseenIn: string | undefined): ReturnType<typeof sql> {
  return sql`portolan.crosswalk c ${leaving(foreseenIn)}
    join portolan.raw_record r on r.project_id = c.project_id and r.object = c.source_object and r.source_id = c.source_id and (r.gone_at is not null or ${leftOut})`;
}

/** What a delta does with records that are gone at the source, on PostgreSQL. */
export function retireStore(database: Database): RetireStore {
  return {
    async pageGone({ projectId, mapping, after, limit, foreseenIn }) {
      const { rows } = await sql<CrosswalkRow & { readonly leaves: boolean }>`select ${crosswalkColumns}, ${leftOut} as leaves from ${goneRows(foreseenIn)}
        where c.project_id = ${projectId} and c.mapping = ${mapping} and c.source_id > ${after} and not c.archived order by c.source_id limit ${limit}`.execute(database);
      return rows.map(({ leaves, ...row }) => ({ ...row, leftOut: leaves }));
    },

    async countGone({ projectId, mapping, foreseenIn }) {
      const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${goneRows(foreseenIn)}
        where c.project_id = ${projectId} and c.mapping = ${mapping} and not c.archived`.execute(database);
      return only(rows).count;
    },

    async placesAt({ projectId, object, ids, foreseenIn }) {
      const { rows } = await sql<PlaceRow>`select c.mapping, c.source_id as "sourceId", c.destination_id as "destinationId", c.how, (r.gone_at is not null or ${leftOut}) as gone
        from portolan.crosswalk c ${leaving(foreseenIn)}
        left join portolan.raw_record r on r.project_id = c.project_id and r.object = c.source_object and r.source_id = c.source_id
        where c.project_id = ${projectId} and c.destination_object = ${object} and c.destination_id = any(${ids}::text[])
        order by c.mapping, c.source_id`.execute(database);
      return rows;
    },

    async commitRetireStep(step) {
      const { projectId, runId, mapping, batchId } = step;
      return fenced(database, step, async (transaction) => {
        const settled = json([...step.retired, ...step.along ?? []]);
        await sql`insert into portolan.outcome (run_id, mapping, source_id, phase, outcome, reason, batch_id)
          select ${runId}::uuid, mapping, "sourceId", ${step.phase}, action, reason, ${batchId}::uuid
          from json_to_recordset(${settled}) as r (mapping text, "sourceId" text, action text, reason text)
          on conflict (run_id, mapping, source_id, phase) do update set outcome = excluded.outcome, reason = excluded.reason, batch_id = excluded.batch_id`.execute(transaction);
        await sql`insert into portolan.retired_row (run_id, mapping, source_id, action, reason, destination_object, destination_id, details)
          select ${runId}::uuid, mapping, "sourceId", action, reason, "destinationObject", "destinationId", details
          from json_to_recordset(${settled}) as r (mapping text, "sourceId" text, action text, reason text, "destinationObject" text, "destinationId" text, details json)
          on conflict (run_id, mapping, source_id) do update set action = excluded.action, reason = excluded.reason, details = excluded.details`.execute(transaction);
        await sql`with folded as (delete from portolan.crosswalk_fold where project_id = ${projectId} and mapping = ${mapping} and source_id = any(${step.removed}::text[]))
          delete from portolan.crosswalk where project_id = ${projectId} and mapping = ${mapping} and source_id = any(${step.removed}::text[])`.execute(transaction);
        await sql`delete from portolan.crosswalk c using json_to_recordset(${json(step.along ?? [])}) as a (mapping text, "sourceId" text)
          where c.project_id = ${projectId} and c.mapping = a.mapping and c.source_id = a."sourceId"`.execute(transaction);
        await sql`update portolan.crosswalk c set how = 'created', key = i.key
          from json_to_recordset(${json(step.inherited)}) as i (mapping text, "sourceId" text, key text)
          where c.project_id = ${projectId} and c.mapping = i.mapping and c.source_id = i."sourceId"`.execute(transaction);
        await sql`update portolan.crosswalk c set version = v.version, content_hash = v."contentHash"
          from json_to_recordset(${json(step.versions ?? [])}) as v (mapping text, "sourceId" text, version text, "contentHash" text)
          where c.project_id = ${projectId}::uuid and c.mapping = v.mapping and c.source_id = v."sourceId"`.execute(transaction);
        await writeCrosswalk(transaction, { projectId, rows: step.archived, existing: 'replace' });
        await closeIntents(transaction, projectId, step.closeIntents);
      });
    },

    async retiredRows({ runId, limit }) {
      const { rows } = await sql<RetiredRow>`select mapping, source_id as "sourceId", action, reason, destination_object as "destinationObject", destination_id as "destinationId", details
        from portolan.retired_row where run_id = ${runId} order by mapping, source_id limit ${limit}`.execute(database);
      return rows;
    },

    async resolveGone({ projectId, mapping }) {
      await sql`update portolan.quarantine q set resolved_at = clock_timestamp() from portolan.raw_record r
        where q.project_id = ${projectId} and q.mapping = ${mapping} and q.resolved_at is null and q.stage <> 'extract'
          and r.project_id = q.project_id and r.object = q.source_object and r.source_id = q.source_id and r.gone_at is not null`.execute(database);
    },
  };
}
