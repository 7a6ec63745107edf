import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { IntentRow } from '../engine/ports/ledger.ts';
import type { SeenRow, SeenStore } from '../engine/ports/seen.ts';
import type { Database } from './database.ts';
import { json } from './text-escape.ts';

/** What answers showed of records, on PostgreSQL. */
export function seenStore(database: Database): SeenStore {
  return {
    async seenRecords({ projectId, mapping, sourceIds }) {
      const { rows } = await sql<SeenRow>`select s.source_id as "sourceId", s.payload_hash as "payloadHash", s.seen from portolan.seen_record s
        join portolan.crosswalk c on c.project_id = s.project_id and c.mapping = s.mapping and c.source_id = s.source_id and c.payload_hash = s.payload_hash
        where s.project_id = ${projectId} and s.mapping = ${mapping} and s.source_id = any(${sourceIds}::text[])`.execute(database);
      return rows;
    },

    async orphanedUpdates(projectId) {
      const { rows } = await sql<IntentRow>`select i.key, i.mapping, i.source_id as "sourceId", i.action, i.destination_object as "destinationObject", i.destination_id as "destinationId",
          i.payload_hash as "payloadHash", i.previous, i.payload, i.kept_fields as "keptFields"
        from portolan.intent i where i.project_id = ${projectId} and i.action = 'update' and i.destination_id is not null
          and not exists (select from portolan.crosswalk c where c.project_id = i.project_id and c.mapping = i.mapping and c.source_id = i.source_id)
        order by i.key`.execute(database);
      return rows;
    },
  };
}

/** Keeps what the answers of a step showed; an earlier attempt's is replaced. */
export async function writeSeen(transaction: Transaction<unknown>, params: Readonly<{ projectId: string; mapping: string; rows: readonly SeenRow[] }>): Promise<void> {
  if (params.rows.length === 0) return;
  await sql`insert into portolan.seen_record (project_id, mapping, source_id, payload_hash, seen)
    select ${params.projectId}::uuid, ${params.mapping}, "sourceId", "payloadHash", seen
    from json_to_recordset(${json(params.rows)}) as r ("sourceId" text, "payloadHash" text, seen json)
    on conflict (project_id, mapping, source_id) do update set payload_hash = excluded.payload_hash, seen = excluded.seen`.execute(transaction);
}
