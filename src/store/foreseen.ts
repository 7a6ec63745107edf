import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { ForeseenRow, ForeseenStore, LeavingRow, NewForeseenRow } from '../engine/ports/foreseen.ts';
import type { Database } from './database.ts';
import { json } from './text-escape.ts';

const columns = sql.raw('f.mapping, f.source_id as "sourceId", f.destination_object as "destinationObject", f.destination_id as "destinationId", f.given');

/** What previews saw, on PostgreSQL. */
export function foreseenStore(database: Database): ForeseenStore {
  return {
    async foreseenPlaces({ runId, mappings, sourceIds }) {
      const { rows } = await sql<ForeseenRow>`select ${columns} from portolan.foreseen f
        where f.run_id = ${runId}::uuid and f.mapping = any(${mappings}::text[]) and f.source_id = any(${sourceIds}::text[])`.execute(database);
      return rows;
    },

    async foreseenAt({ runId, object, ids }) {
      const { rows } = await sql<ForeseenRow>`select ${columns} from portolan.foreseen f
        where f.run_id = ${runId}::uuid and f.destination_object = ${object} and f.destination_id = any(${ids}::text[]) order by f.mapping, f.source_id`.execute(database);
      return rows;
    },

    async foreseenLeaving({ runId, mappings, sourceIds }) {
      const { rows } = await sql<LeavingRow>`select mapping, source_id as "sourceId", leaves from portolan.foreseen_leaving
        where run_id = ${runId}::uuid and mapping = any(${mappings}::text[]) and source_id = any(${sourceIds}::text[])`.execute(database);
      return rows;
    },

    async foreseenBy({ runId, object, field, folded }) {
      const { rows } = await sql<ForeseenRow>`select ${columns} from portolan.foreseen_value v
        join portolan.foreseen f on f.run_id = v.run_id and f.mapping = v.mapping and f.source_id = v.source_id
        where v.run_id = ${runId}::uuid and v.destination_object = ${object} and v.field = ${field} and v.value_md5 = any(${folded.map(md5)}::uuid[])
        order by f.mapping, f.source_id`.execute(database);
      return rows;
    },

    async foreseeingRun({ projectId, planHash }) {
      const { rows } = await sql<{ id: string }>`select r.id from portolan.run r where r.project_id = ${projectId}::uuid and (${planHash}::text is null or r.plan_hash = ${planHash})
        and exists (select from portolan.foreseen f where f.run_id = r.id) order by r.started_at desc limit 1`.execute(database);
      return rows[0]?.id ?? null;
    },

    async forgetForeseen(projectId) {
      for (const table of ['foreseen', 'foreseen_leaving']) await sql`delete from ${sql.table(`portolan.${table}`)} where run_id in (select id from portolan.run where project_id = ${projectId}::uuid)`.execute(database);
    },
  };
}

/** Keeps what a step of a preview saw; what an earlier attempt at it saw is replaced. */
export async function writeForeseen(transaction: Transaction<unknown>, runId: string, rows: readonly NewForeseenRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into portolan.foreseen (run_id, mapping, source_id, destination_object, destination_id, given)
    select ${runId}::uuid, mapping, "sourceId", "destinationObject", "destinationId", given
    from json_to_recordset(${json(rows)}) as r (mapping text, "sourceId" text, "destinationObject" text, "destinationId" text, given json)
    on conflict (run_id, mapping, source_id) do update set destination_id = excluded.destination_id, given = excluded.given`.execute(transaction);
  const values = rows.flatMap(({ mapping, sourceId, destinationObject: object, folded }) => folded.map(({ field, value }) => ({ mapping, sourceId, object, field, md5: md5(value) })));
  await sql`insert into portolan.foreseen_value (run_id, destination_object, field, value_md5, mapping, source_id)
    select ${runId}::uuid, object, field, md5, mapping, "sourceId"
    from json_to_recordset(${json(values)}) as r (object text, field text, md5 uuid, mapping text, "sourceId" text)
    on conflict do nothing`.execute(transaction);
}

/** Keeps which records a step of a preview saw leave their mapping, or come back to it. */
export async function writeForeseenLeaving(transaction: Transaction<unknown>, runId: string, rows: readonly LeavingRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into portolan.foreseen_leaving (run_id, mapping, source_id, leaves)
    select ${runId}::uuid, mapping, "sourceId", leaves from json_to_recordset(${json(rows)}) as r (mapping text, "sourceId" text, leaves boolean)
    on conflict (run_id, mapping, source_id) do update set leaves = excluded.leaves`.execute(transaction);
}

/** Index entries have a limit of 2.7 kB; values have none. Values are compared again after they were found. */
function md5(value: string): string {
  return createHash('md5').update(value).digest('hex');
}
