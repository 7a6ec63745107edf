import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { JsonObject } from '../connector/json.ts';
import type { LedgerStore, QuarantineEntry, StoredQuarantineEntry } from '../engine/ports/ledger.ts';
import type { Database } from './database.ts';
import { json } from './text-escape.ts';

/** The part of the ledger port about quarantine. */
export type QuarantineStore = Pick<LedgerStore, 'quarantine' | 'latestQuarantine' | 'quarantineCounts' | 'unreadableCounts' | 'quarantineEntries' | 'resolveQuarantine'>;

type EntryRow = StoredQuarantineEntry & { readonly corrections: JsonObject | null };

const entriesWithData = sql`select q.id::text as id, q.run_id as "runId", q.mapping, q.source_object as "sourceObject", q.source_id as "sourceId",
    q.stage, q.code, q.message, q.remedy, q.field, q.position, r.data, c.fields as corrections, q.raw, q.created_at as "createdAt", q.resolved_at as "resolvedAt"
  from portolan.quarantine q
  left join portolan.raw_record r on r.project_id = q.project_id and r.object = q.source_object and r.source_id = q.source_id and q.stage <> 'extract'
  left join portolan.correction c on c.project_id = r.project_id and c.object = r.object and c.source_id = r.source_id`;

const toEntry = ({ corrections, ...entry }: EntryRow): StoredQuarantineEntry =>
  entry.data === null || corrections === null ? entry : { ...entry, data: { ...entry.data, ...corrections } };

/** Quarantine on PostgreSQL. An entry's data is the raw record itself, never a copy. */
export function quarantineStore(database: Database): QuarantineStore {
  return {
    async quarantine({ projectId, open, code, limit, after }) {
      const { rows } = await sql<EntryRow>`${entriesWithData} where q.project_id = ${projectId} and q.id > coalesce(${after}::bigint, 0)
          and (${open}::bool is null or (q.resolved_at is null) = ${open}::bool) and (${code}::text is null or q.code = ${code}::text)
        order by q.id limit ${limit}`.execute(database);
      return rows.map(toEntry);
    },

    async latestQuarantine({ projectId, runId, limit }) {
      const { rows } = await sql<EntryRow>`${entriesWithData} where q.project_id = ${projectId} and q.run_id = ${runId} and q.resolved_at is null order by q.id desc limit ${limit}`.execute(database);
      return rows.map(toEntry);
    },

    async quarantineCounts(projectId) {
      const { rows } = await sql<{ mapping: string; code: string; count: number }>`select mapping, code, count(*)::int as count from portolan.quarantine
        where project_id = ${projectId} and resolved_at is null group by mapping, code order by mapping, code`.execute(database);
      return rows;
    },

    async unreadableCounts(projectId) {
      const { rows } = await sql<{ sourceObject: string; code: string; count: number }>`select source_object as "sourceObject", code, count(*)::int as count
        from portolan.quarantine where project_id = ${projectId} and stage = 'extract' and resolved_at is null
        group by source_object, code order by source_object, code`.execute(database);
      return rows;
    },

    async quarantineEntries({ projectId, ids }) {
      const { rows } = await sql<EntryRow>`${entriesWithData} where q.project_id = ${projectId} and q.id::text = any(${ids}::text[]) order by q.id`.execute(database);
      return rows.map(toEntry);
    },

    async resolveQuarantine({ projectId, ids }) {
      await sql`update portolan.quarantine set resolved_at = coalesce(resolved_at, clock_timestamp())
        where project_id = ${projectId} and id::text = any(${ids}::text[])`.execute(database);
    },
  };
}

/** Upserts entries of one load step; an entry that was resolved opens again. */
export async function writeQuarantine(transaction: Transaction<unknown>, of: Readonly<{ projectId: string; runId: string }>, entries: readonly QuarantineEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await sql`insert into portolan.quarantine (project_id, run_id, mapping, source_object, source_id, stage, code, message, remedy, field, position)
    select ${of.projectId}::uuid, ${of.runId}::uuid, mapping, "sourceObject", "sourceId", stage, code, message, remedy, field, position
    from json_to_recordset(${json(entries)}) as r (mapping text, "sourceObject" text, "sourceId" text, stage text, code text, message text, remedy text, field text, position text)
    on conflict (project_id, mapping, source_object, source_id) do update set run_id = excluded.run_id, stage = excluded.stage, code = excluded.code,
      message = excluded.message, remedy = excluded.remedy, field = excluded.field, position = excluded.position, resolved_at = null`.execute(transaction);
}
