import { sql } from 'kysely';
import type { StagedRange, StagingStore } from '../engine/ports/staging.ts';
import type { Database } from './database.ts';
import type { Row } from './staging.ts';
import { group } from './links.ts';
import { chosen, recordColumns, recordTables, toStaged } from './staging.ts';
import { json } from './text-escape.ts';

/** The part of the staging port that cuts objects into pieces of work and chooses samples. */
export type RangeStore = Pick<StagingStore, 'ranges' | 'pageRange' | 'selectSample' | 'selectReferring' | 'pickEvenly'>;

/** Ranges in load order and sample selections on PostgreSQL. */
export function rangeStore(database: Database): RangeStore {
  /** Each group belongs to the piece in which its first record falls. */
  const wholeRanges: StagingStore['ranges'] = async ({ projectId, object, size, selectionRunId }) => {
    const { rows } = await sql<StagedRange>`
      with numbered as materialized ( -- 1. load order
        select r.sort_key, r.seq, row_number() over (order by r.sort_key, r.seq) - 1 as place
        from portolan.raw_record r
        where r.project_id = ${projectId} and r.object = ${object} and r.gone_at is null ${chosen(selectionRunId)}
      ), grouped as ( -- 2. where the group of each record begins; a record without one is a group of its own
        select place, min(place) over (partition by case when ${group(sql`sort_key`)} = '' then place::text else ${group(sql`sort_key`)} end) as begins from numbered
      ), pieces as (
        select begins / ${size}::int as piece, min(place) as first, max(place) as last, count(*)::int as count from grouped group by 1
      )
      select f.sort_key as "fromSort", f.seq::text as "fromSeq", t.sort_key as "toSort", t.seq::text as "toSeq", p.count
      from pieces p join numbered f on f.place = p.first join numbered t on t.place = p.last order by p.first`.execute(database);
    return rows;
  };
  return {
    async ranges({ projectId, object, size, selectionRunId, whole }) {
      if (whole === true) return wholeRanges({ projectId, object, size, selectionRunId });
      const { rows } = await sql<StagedRange>`
        with numbered as ( -- 1. load order
          select r.sort_key, r.seq, row_number() over (order by r.sort_key, r.seq) - 1 as place, count(*) over () as total
          from portolan.raw_record r
          where r.project_id = ${projectId} and r.object = ${object} and r.gone_at is null ${chosen(selectionRunId)}
        ), ends as ( -- 2. the first and the last of each piece
          select sort_key, seq, place, place / ${size}::int as piece from numbered
          where place % ${size}::int in (0, ${size}::int - 1) or place = total - 1
        )
        select (array_agg(sort_key order by place))[1] as "fromSort", (array_agg(seq order by place))[1]::text as "fromSeq",
          (array_agg(sort_key order by place desc))[1] as "toSort", (array_agg(seq order by place desc))[1]::text as "toSeq",
          (max(place) - min(place) + 1)::int as count
        from ends group by piece order by piece`.execute(database);
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

    async selectSample({ projectId, runId, roots, related, parts }) {
      return database.transaction().execute(async (transaction) => {
        await sql`
          with recursive chosen as ( -- 1. the roots, then what belongs to them
            select r.object collate "C" as object, id.source_id collate "C" as source_id from json_to_recordset(${json(roots)}) as r (object text, "sourceIds" json)
              cross join lateral json_array_elements_text(r."sourceIds") as id (source_id)
            union
            select l.from_object, l.from_id from chosen c
              join portolan.link l on l.project_id = ${projectId}::uuid and l.to_object = c.object and l.target_id = c.source_id and l.state = 'found'
              and l.from_object = any(${related ?? []}::text[])
          ), wanted as ( -- 2. whatever these link to
            select object, source_id from chosen
            union
            select n.object, n.source_id from wanted w cross join lateral (
              select l.to_object as object, l.target_id as source_id from portolan.link l
              where l.project_id = ${projectId}::uuid and l.from_object = w.object and l.from_id = w.source_id and l.state = 'found'
              union all -- 3. and their parts
              select l.from_object, l.from_id from portolan.link l
              join json_to_recordset(${json(parts ?? [])}) as p (object text, link text) on p.object = l.from_object and p.link = l.name
              where l.project_id = ${projectId}::uuid and l.to_object = w.object and l.target_id = w.source_id and l.state = 'found'
            ) as n
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

    async selectReferring({ projectId, runId, object, sourceIds }) {
      return database.transaction().execute(async (transaction) => {
        await sql`
          with wanted as ( -- the records themselves, then whoever links to them
            select ${object}::text collate "C" as object, id collate "C" as source_id from unnest(${sourceIds}::text[]) as asked (id)
            union
            select l.from_object, l.from_id from portolan.link l
            where l.project_id = ${projectId}::uuid and l.to_object = ${object} and l.target_id = any(${sourceIds}::text[]) and l.state = 'found'
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
