import { sql } from 'kysely';
import type { StagedRange, StagingStore } from '../engine/ports/staging.ts';
import type { Database } from './database.ts';
import type { Row } from './staging.ts';
import { chosen, recordColumns, recordTables, toStaged } from './staging.ts';
import { json } from './text-escape.ts';

/** The part of the staging port that cuts objects into pieces of work and chooses samples. */
export type RangeStore = Pick<StagingStore, 'ranges' | 'pageRange' | 'selectSample' | 'pickEvenly'>;

/** Ranges in load order and sample selections on PostgreSQL. */
export function rangeStore(database: Database): RangeStore {
  return {
    async ranges({ projectId, object, size, selectionRunId }) {
      const { rows } = await sql<StagedRange>`
        with numbered as ( -- 1. load order
          select r.sort_key, r.seq, row_number() over (order by r.sort_key, r.seq) - 1 as place
          from portolan.raw_record r
          where r.project_id = ${projectId} and r.object = ${object} and r.gone_at is null ${chosen(selectionRunId)}
        ), bounded as ( -- 2. the first and the last of each piece
          select place / ${size}::int as piece, sort_key, seq,
            row_number() over (partition by place / ${size}::int order by place) as nth,
            count(*) over (partition by place / ${size}::int) as count
          from numbered
        )
        select first.sort_key as "fromSort", first.seq::text as "fromSeq", last.sort_key as "toSort", last.seq::text as "toSeq", first.count::int as count
        from bounded first join bounded last on last.piece = first.piece and last.nth = last.count
        where first.nth = 1 order by first.piece`.execute(database);
      return rows;
    },

    async pageRange({ projectId, object, range, selectionRunId, after, limit }) {
      const { rows } = await sql<Row>`select ${recordColumns} from ${recordTables}
        where r.project_id = ${projectId} and r.object = ${object} and r.gone_at is null
          and (r.sort_key, r.seq) >= (${range.fromSort}, ${range.fromSeq}::bigint) and (r.sort_key, r.seq) <= (${range.toSort}, ${range.toSeq}::bigint)
          ${after === null ? sql`` : sql`and (r.sort_key, r.seq) > (${after.sort}, ${after.seq}::bigint)`} ${chosen(selectionRunId)}
        order by r.sort_key, r.seq limit ${limit}`.execute(database);
      return rows.map(toStaged);
    },

    async selectSample({ projectId, runId, roots }) {
      return database.transaction().execute(async (transaction) => {
        await sql`
          with recursive wanted as ( -- the roots, then whatever the chosen ones link to
            select r.object, id.source_id from json_to_recordset(${json(roots)}) as r (object text, "sourceIds" json)
              cross join lateral json_array_elements_text(r."sourceIds") as id (source_id)
            union
            select l.to_object, l.target_id from wanted w
              join portolan.link l on l.project_id = ${projectId}::uuid and l.from_object = w.object and l.from_id = w.source_id and l.state = 'found'
          )
          insert into portolan.sample_selection (run_id, object, source_id)
          select ${runId}::uuid, w.object, w.source_id from wanted w
          join portolan.raw_record r on r.project_id = ${projectId}::uuid and r.object = w.object and r.source_id = w.source_id and r.gone_at is null
          on conflict do nothing`.execute(transaction);
        const { rows } = await sql<{ object: string; count: number }>`select object, count(*)::int as count
          from portolan.sample_selection where run_id = ${runId} group by object order by object`.execute(transaction);
        return rows;
      });
    },

    async pickEvenly({ projectId, object, count, seed }) {
      const { rows } = await sql<{ id: string }>`select source_id as id from portolan.raw_record
        where project_id = ${projectId} and object = ${object} and gone_at is null
        order by md5(${seed}::text || chr(31) || source_id), source_id limit ${count}`.execute(database);
      return rows.map(({ id }) => id);
    },
  };
}
