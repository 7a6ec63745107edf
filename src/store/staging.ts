import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { FatalError } from '../connector/errors.ts';
import type { JsonObject } from '../connector/json.ts';
import type { SourceRecord } from '../connector/source.ts';
import type { StagedRecord, StagingStore } from '../engine/ports/staging.ts';
import type { Database } from './database.ts';
import { only } from './rows.ts';
import { json } from './text-escape.ts';

type HashedRecord = SourceRecord & { readonly hash: string };

/** Ids are part of unique index entries, which PostgreSQL limits to 2,700 bytes. */
const longestId = 600;

/** Columns and tables of a staged record as the engine reads it: with the corrections of people beside it. */
export const recordColumns = sql.raw(`r.object, r.source_id as "sourceId", r.data, c.fields as corrections, r.hash, r.position, r.modified_at as "modifiedAt", r.seq, r.sort_key as sort`);
export const recordTables = sql.raw(`portolan.raw_record r
  left join portolan.correction c on c.project_id = r.project_id and c.object = r.object and c.source_id = r.source_id`);
const inputColumns = sql.raw(`object text, id text, data json, hash text, position text, "modifiedAt" text`);

/** The part of the staging port that keeps raw records. */
export type RecordStore = Pick<StagingStore,
  'stageRecords' | 'stageRejected' | 'markGone' | 'markDerivedGone' | 'newestModified' | 'stageDerived' | 'countStaged' | 'emptyFields' | 'pageStaged' | 'saveCorrections' | 'findStaged'>;

/** Raw records on PostgreSQL: staged once, found by id, paged in order. */
export function recordStore(database: Database): RecordStore {
  return {
    async stageRecords({ projectId, runId, records }) {
      // A page may hold a record twice (duplicated pages, dirty exports); the later one counts.
      const unique = lastOfEach(records);
      const { rows } = await sql<{ inserted: number; changed: number; unchanged: number }>`
        with input as materialized ( -- 1. the page, in order
          select * from rows from (json_to_recordset(${json(unique)}) as (${inputColumns})) with ordinality as r (object, id, data, hash, position, modified_at, nr)
        ), prior as materialized ( -- 2. what is there
          select p.object, p.source_id, p.hash from portolan.raw_record p
          join input i on p.project_id = ${projectId}::uuid and p.object = i.object and p.source_id = i.id
        ), written as ( -- 3. seq is given in the order of the page
          insert into portolan.raw_record as r (project_id, object, source_id, data, hash, position, modified_at, seen_run, changed_run)
          select ${projectId}::uuid, object, id, data, hash, position, modified_at, ${runId}::uuid, ${runId}::uuid from input order by nr
          on conflict (project_id, object, source_id) do update set seen_run = excluded.seen_run, gone_at = null, derived = false,
            changed_run = case when r.hash = excluded.hash then r.changed_run else excluded.changed_run end,
            data = case when r.hash = excluded.hash then r.data else excluded.data end,
            position = case when r.hash = excluded.hash then r.position else excluded.position end,
            modified_at = case when r.hash = excluded.hash then r.modified_at else excluded.modified_at end,
            hash = excluded.hash
        )
        select count(*) filter (where prior.hash is null)::int as inserted,
          count(*) filter (where prior.hash <> input.hash)::int as changed,
          count(*) filter (where prior.hash = input.hash)::int as unchanged
        from input left join prior on prior.object = input.object and prior.source_id = input.id`.execute(database);
      const { inserted, changed, unchanged } = only(rows);
      return { inserted, changed, unchanged: unchanged + records.length - unique.length };
    },

    async stageRejected({ projectId, runId, rows }) {
      if (rows.length === 0) return;
      await sql`insert into portolan.quarantine as q (project_id, run_id, mapping, source_object, source_id, stage, code, message, remedy, field, position, raw)
        select distinct on (r.object, r.id) ${projectId}::uuid, ${runId}::uuid, 'extract', r.object, r.id, 'extract', r.code, r.message,
          'Correct this row at the source (' || r.position || ') and run again: nothing that is in is written twice.', null, r.position, r.raw
        from json_to_recordset(${json(rows)}) as r (object text, id text, position text, code text, message text, raw text)
        on conflict (project_id, mapping, source_object, source_id) do update set run_id = excluded.run_id, code = excluded.code,
          message = excluded.message, remedy = excluded.remedy, position = excluded.position, raw = excluded.raw, resolved_at = null`.execute(database);
    },

    async markGone({ projectId, runId, object }) {
      const { rows } = await sql<{ count: number }>`
        with corrected as ( -- rows that could not be read before and did not turn up again
          update portolan.quarantine set resolved_at = clock_timestamp()
          where project_id = ${projectId} and mapping = 'extract' and source_object = ${object} and run_id <> ${runId}::uuid and resolved_at is null
        ), gone as (
          update portolan.raw_record set gone_at = clock_timestamp()
          where project_id = ${projectId} and object = ${object} and seen_run <> ${runId}::uuid and gone_at is null and not derived
          returning 1
        )
        select count(*)::int as count from gone`.execute(database);
      return only(rows).count;
    },

    async stageDerived({ projectId, runId, records }) {
      if (records.length === 0) return;
      await sql`insert into portolan.raw_record (project_id, object, source_id, data, hash, position, modified_at, derived, seen_run, changed_run)
        select ${projectId}::uuid, object, id, data, hash, position, modified_at, true, ${runId}::uuid, ${runId}::uuid
        from rows from (json_to_recordset(${json(lastOfEach(records))}) as (${inputColumns})) with ordinality as r (object, id, data, hash, position, modified_at, nr)
        order by object, id -- not in the order of finding: two objects that name the same tags take the rows' locks in the same order, or deadlock
        on conflict (project_id, object, source_id) do update set gone_at = null, seen_run = excluded.seen_run
          where portolan.raw_record.gone_at is not null or portolan.raw_record.seen_run <> excluded.seen_run`.execute(database);
    },

    async newestModified({ projectId, object }) {
      const { rows } = await sql<{ newest: string | null }>`select max(modified_at collate "C") as newest from portolan.raw_record
        where project_id = ${projectId} and object = ${object} and not derived`.execute(database);
      return rows[0]?.newest ?? null;
    },

    async markDerivedGone({ projectId, runId, objects }) {
      const { rows } = await sql<{ count: number }>`
        with gone as (
          update portolan.raw_record set gone_at = clock_timestamp()
          where project_id = ${projectId} and object = any(${objects}::text[]) and derived and seen_run <> ${runId}::uuid and gone_at is null
          returning 1
        )
        select count(*)::int as count from gone`.execute(database);
      return only(rows).count;
    },

    async countStaged({ projectId, object, selectionRunId }) {
      const { rows } = await sql<{ count: number }>`select count(*)::int as count from portolan.raw_record r
        where r.project_id = ${projectId} and r.object = ${object} and r.gone_at is null ${chosen(selectionRunId)}`.execute(database);
      return only(rows).count;
    },

    async emptyFields({ projectId, object, fields }) {
      const { rows } = await sql<{ field: string }>`select field from unnest(${fields}::text[]) as field
        where exists (select 1 from portolan.raw_record r where r.project_id = ${projectId} and r.object = ${object} and r.gone_at is null)
          and not exists (select 1 from portolan.raw_record r where r.project_id = ${projectId} and r.object = ${object} and r.gone_at is null and coalesce(r.data ->> field, '') not in ('', '[]', '{}'))
        order by field`.execute(database);
      return rows.map((row) => row.field);
    },

    async pageStaged({ projectId, object, afterSeq, limit }) {
      const { rows } = await sql<Row>`select ${recordColumns} from ${recordTables}
        where r.project_id = ${projectId} and r.object = ${object} and r.seq > ${afterSeq.toString()}::bigint and r.gone_at is null
        order by r.seq limit ${limit}`.execute(database);
      return rows.map(toStaged);
    },

    async saveCorrections({ projectId, corrections }) {
      if (corrections.length === 0) return;
      await database.transaction().execute(async (transaction) => {
        // One statement each: two corrections of one record must add up. People correct tens of records, not thousands.
        for (const { object, sourceId, fields } of corrections) {
          await sql`insert into portolan.correction as c (project_id, object, source_id, fields) values (${projectId}, ${object}, ${sourceId}, ${json(fields)})
            on conflict (project_id, object, source_id) do update set fields = c.fields || excluded.fields, saved_at = clock_timestamp()`.execute(transaction);
        }
      });
    },

    async findStaged({ projectId, object, sourceIds }) {
      const { rows } = await sql<Row>`select ${recordColumns} from ${recordTables}
        where r.project_id = ${projectId} and r.object = ${object} and r.source_id = any(${sourceIds}::text[]) order by r.seq`.execute(database);
      return rows.map(toStaged);
    },
  };
}

/** A staged record as pg gives it: bigint as text. */
export type Row = Omit<StagedRecord, 'seq'> & { readonly seq: string; readonly corrections: JsonObject | null };
export const toStaged = ({ corrections, ...row }: Row): StagedRecord =>
  (corrections === null ? { ...row, seq: BigInt(row.seq) }
    : { ...row, seq: BigInt(row.seq), data: { ...row.data, ...corrections }, hash: `${row.hash}+${createHash('md5').update(JSON.stringify(corrections)).digest('hex')}` });

/** Condition that keeps only the records chosen for a sample run. */
export const chosen = (selectionRunId: string | null): ReturnType<typeof sql> => selectionRunId === null ? sql`` : sql`
  and exists (select from portolan.sample_selection s where s.run_id = ${selectionRunId}::uuid and s.object = r.object and s.source_id = r.source_id)`;

function lastOfEach(records: readonly HashedRecord[]): readonly HashedRecord[] {
  const byKey = new Map<string, HashedRecord>();
  for (const record of records) {
    if (record.id.length > longestId) {
      throw new FatalError({
        code: 'source-id-too-long', message: `The source id of ${record.object} at ${record.position} has ${record.id.length} characters; at most ${longestId} can be kept.`,
        remedy: 'The source\'s connector must give such a record a shorter id, for instance a hash of it.',
      });
    }
    byKey.set(`${record.object}\0${record.id}`, record);
  }
  return [...byKey.values()];
}
