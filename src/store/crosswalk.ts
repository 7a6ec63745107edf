import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { CrosswalkRow, LedgerStore } from '../engine/ports/ledger.ts';
import { fold } from '../plan/values/fold.ts';
import type { Database } from './database.ts';
import { only } from './rows.ts';
import { json } from './text-escape.ts';

export const crosswalkColumns = sql.raw(`c.mapping, c.source_object as "sourceObject", c.source_id as "sourceId", c.destination_object as "destinationObject",
  c.destination_id as "destinationId", c.how, c.key, c.payload, c.payload_hash as "payloadHash", c.previous, c.version, c.content_hash as "contentHash", c.run_id as "runId", c.kept_fields as "keptFields", c.input_hash as "inputHash", c.archived, c.left_out as "leftOut"`);

const replaceRow = sql`do update set source_object = excluded.source_object, destination_object = excluded.destination_object,
  destination_id = excluded.destination_id, how = excluded.how, key = excluded.key, payload = excluded.payload, payload_hash = excluded.payload_hash,
  previous = excluded.previous, version = excluded.version, content_hash = excluded.content_hash, run_id = excluded.run_id, kept_fields = excluded.kept_fields, input_hash = excluded.input_hash, archived = excluded.archived, left_out = excluded.left_out`;

/** The reading part of the ledger port about the crosswalk. */
export type CrosswalkStore = Pick<LedgerStore, 'crosswalk' | 'crosswalkByPayload' | 'pageCrosswalk' | 'createdByUs' | 'createdAt' | 'crosswalkMappings' | 'countCrosswalk' | 'rowsReferring' | 'countWritten' | 'pickWritten'>;

/** Rows of records that are ours: created, or updated; null = by any run. */
function writtenBy(runId: string | null): ReturnType<typeof sql> {
  return runId === null ? sql`(c.how = 'created' or c.previous is not null)`
    : sql`exists (select from portolan.outcome o where o.run_id = ${runId}::uuid and o.mapping = c.mapping and o.source_id = c.source_id and o.outcome in ('created', 'updated'))`;
}

/** The crosswalk on PostgreSQL. */
export function crosswalkStore(database: Database): CrosswalkStore {
  const indexed = new Set<string>(); // fields known to be folded, so that each process asks once
  return {
    async crosswalk({ projectId, mappings, sourceIds }) {
      const { rows } = await sql<CrosswalkRow>`select ${crosswalkColumns} from portolan.crosswalk c
        where c.project_id = ${projectId} and c.mapping = any(${mappings}::text[]) and c.source_id = any(${sourceIds}::text[])`.execute(database);
      return rows;
    },

    async crosswalkByPayload({ projectId, mapping, field, foldedValues }) {
      const name = JSON.stringify([projectId, mapping, field]);
      if (!indexed.has(name)) await foldField(database, { projectId, mapping, field });
      indexed.add(name);
      const wanted = new Set(foldedValues);
      const { rows } = await sql<CrosswalkRow>`select ${crosswalkColumns} from portolan.crosswalk_fold f
        join portolan.crosswalk c on c.project_id = f.project_id and c.mapping = f.mapping and c.source_id = f.source_id
        where f.project_id = ${projectId} and f.mapping = ${mapping} and f.field = ${field} and f.value_md5 = any(${[...wanted].map(md5)}::uuid[])
        order by c.source_id`.execute(database);
      return rows.filter(({ payload }) => wanted.has(fold(asText(payload[field]))));
    },

    async pageCrosswalk({ projectId, mapping, after, limit, runId }) {
      const { rows } = await sql<CrosswalkRow>`select ${crosswalkColumns} from portolan.crosswalk c
        where c.project_id = ${projectId} and c.mapping = ${mapping} and c.source_id > ${after}
          and (${runId}::uuid is null or exists (select from portolan.outcome o where o.run_id = ${runId}::uuid and o.mapping = c.mapping
            and o.source_id = c.source_id and o.outcome in ('created', 'updated', 'matched', 'merged', 'archived')))
        order by c.source_id limit ${limit}`.execute(database);
      return rows;
    },

    async createdByUs({ projectId, object, ids }) {
      const { rows } = await sql<{ id: string }>`select c.destination_id as id from portolan.crosswalk c
        where c.project_id = ${projectId} and c.destination_object = ${object} and c.how = 'created' and c.destination_id = any(${ids}::text[])`.execute(database);
      return new Set(rows.map(({ id }) => id));
    },

    async createdAt({ projectId, object, ids }) {
      const { rows } = await sql<CrosswalkRow>`select ${crosswalkColumns} from portolan.crosswalk c
        where c.project_id = ${projectId} and c.destination_object = ${object} and c.how = 'created' and c.destination_id = any(${ids}::text[])
        order by c.mapping, c.source_id`.execute(database);
      return rows;
    },

    async crosswalkMappings(projectId) {
      const { rows } = await sql<{ mapping: string }>`select distinct mapping from portolan.crosswalk where project_id = ${projectId} order by mapping`.execute(database);
      return rows.map(({ mapping }) => mapping);
    },

    async rowsReferring({ projectId, object, sourceIds, destinationIds, destinationObjects }) {
      // A record that is gone at the source has no links any more: what was written of it names the other by its id.
      const { rows } = await sql<CrosswalkRow>`select ${crosswalkColumns} from portolan.crosswalk c
        where c.project_id = ${projectId} and c.how = 'created' and c.destination_object = any(${destinationObjects}::text[])
          and ((c.source_object, c.source_id) in (select l.from_object, l.from_id from portolan.link l
              where l.project_id = ${projectId} and l.to_object = ${object} and l.target_id = any(${sourceIds}::text[]) and l.state = 'found')
            or (exists (select from portolan.raw_record r where r.project_id = c.project_id and r.object = c.source_object and r.source_id = c.source_id and r.gone_at is not null)
              and exists (select from json_each_text(c.payload) v where v.value = any(${destinationIds}::text[]))))`.execute(database);
      return rows;
    },

    async countWritten({ projectId, mapping, runId }) {
      const { rows } = await sql<{ count: number }>`select count(*)::int as count from portolan.crosswalk c
        where c.project_id = ${projectId} and c.mapping = ${mapping} and ${writtenBy(runId)}`.execute(database);
      return only(rows).count;
    },

    async pickWritten({ projectId, mapping, runId, count, skip = 0, seed }) {
      const { rows } = await sql<CrosswalkRow>`select ${crosswalkColumns} from portolan.crosswalk c
        where c.project_id = ${projectId} and c.mapping = ${mapping} and ${writtenBy(runId)}
        order by ${seed === null ? sql`c.source_id` : sql`md5(${seed}::text || chr(31) || c.source_id), c.source_id`} limit ${count} offset ${skip}`.execute(database);
      return rows;
    },

    async countCrosswalk({ projectId, mapping, how }) {
      const { rows } = await sql<{ count: number }>`select count(*)::int as count from portolan.crosswalk
        where project_id = ${projectId} and mapping = ${mapping} and (${how}::text[] is null or how = any(${how}::text[]))`.execute(database);
      return only(rows).count;
    },
  };
}

/** Writes crosswalk rows, and their folded values of the fields that merges ask for. Existing rows are replaced or kept. */
export async function writeCrosswalk(transaction: Transaction<unknown>, params: Readonly<{ projectId: string; rows: readonly CrosswalkRow[]; existing: 'replace' | 'keep' }>): Promise<void> {
  const { projectId, rows, existing } = params;
  if (rows.length === 0) return;
  const { rows: changed } = await sql<{ mapping: string; sourceId: string }>`insert into portolan.crosswalk (project_id, mapping, source_id, source_object, destination_object, destination_id, how, key, payload, payload_hash, previous, version, content_hash, run_id, kept_fields, input_hash, archived, left_out)
    select ${projectId}::uuid, mapping, "sourceId", "sourceObject", "destinationObject", "destinationId", how, key, payload, "payloadHash",
      case when json_typeof(previous) <> 'null' then previous end, version, "contentHash", "runId", case when json_typeof("keptFields") <> 'null' then "keptFields" end, "inputHash", coalesce(archived, false), coalesce("leftOut", false)
    from json_to_recordset(${json(rows)}) as r (mapping text, "sourceId" text, "sourceObject" text, "destinationObject" text, "destinationId" text, how text, key text,
      payload json, "payloadHash" text, previous json, version text, "contentHash" text, "runId" uuid, "keptFields" json, "inputHash" text, archived boolean, "leftOut" boolean)
    on conflict (project_id, mapping, source_id) ${existing === 'keep' ? sql`do nothing` : replaceRow}
    returning mapping, source_id as "sourceId"`.execute(transaction);
  const names = new Set(changed.map(({ mapping, sourceId }) => JSON.stringify([mapping, sourceId])));
  for (const mapping of new Set(rows.map((row) => row.mapping))) {
    await lockFolds(transaction, { projectId, mapping, shared: true });
    const { rows: fields } = await sql<{ field: string }>`select field from portolan.crosswalk_fold_field
      where project_id = ${projectId} and mapping = ${mapping}`.execute(transaction);
    if (fields.length === 0) continue;
    const written = rows.filter((row) => row.mapping === mapping && names.has(JSON.stringify([mapping, row.sourceId])));
    await writeFolds(transaction, { projectId, mapping }, fields.flatMap(({ field }) => written.map(({ sourceId, payload }) => ({ sourceId, field, value: asText(payload[field]) }))));
  }
}

/**
 * Begins to keep the folded values of a field: those of the rows that exist now, and from here on those of every step.
 * The lock makes sure that a step which commits at the same time sees one side or the other.
 */
async function foldField(database: Database, params: Readonly<{ projectId: string; mapping: string; field: string }>): Promise<void> {
  const { projectId, mapping, field } = params;
  await database.transaction().execute(async (transaction) => {
    await lockFolds(transaction, { projectId, mapping, shared: false });
    const { rows: added } = await sql`insert into portolan.crosswalk_fold_field (project_id, mapping, field) values (${projectId}, ${mapping}, ${field})
      on conflict do nothing returning 1`.execute(transaction);
    if (added.length === 0) return;
    for (let after = ''; ;) {
      const { rows } = await sql<{ sourceId: string; value: string | null }>`select source_id as "sourceId", payload ->> ${field} as value from portolan.crosswalk
        where project_id = ${projectId} and mapping = ${mapping} and source_id > ${after} order by source_id limit 5000`.execute(transaction);
      if (rows.length === 0) return;
      await writeFolds(transaction, { projectId, mapping }, rows.map(({ sourceId, value }) => ({ sourceId, field, value: value ?? '' })));
      after = rows.at(-1)?.sourceId ?? after;
    }
  });
}

async function writeFolds(transaction: Transaction<unknown>, of: Readonly<{ projectId: string; mapping: string }>, values: readonly Readonly<{ sourceId: string; field: string; value: string }>[]): Promise<void> {
  if (values.length === 0) return;
  const folds = values.map(({ sourceId, field, value }) => ({ sourceId, field, md5: md5(fold(value)) }));
  await sql`insert into portolan.crosswalk_fold (project_id, mapping, source_id, field, value_md5)
    select ${of.projectId}::uuid, ${of.mapping}, "sourceId", field, md5 from json_to_recordset(${json(folds)}) as r ("sourceId" text, field text, md5 uuid)
    on conflict (project_id, mapping, source_id, field) do update set value_md5 = excluded.value_md5`.execute(transaction);
}

async function lockFolds(transaction: Transaction<unknown>, params: Readonly<{ projectId: string; mapping: string; shared: boolean }>): Promise<void> {
  const key = sql`hashtextextended(${`fold:${params.projectId}:${params.mapping}`}, 0)`;
  await (params.shared ? sql`select pg_advisory_xact_lock_shared(${key})` : sql`select pg_advisory_xact_lock(${key})`).execute(transaction);
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const asText = (value: unknown): string => typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);
