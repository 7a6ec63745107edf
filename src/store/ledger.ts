import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { IntentRow, LedgerStore, Outcome, VersionRow } from '../engine/ports/ledger.ts';
import { writeCrosswalk } from './crosswalk.ts';
import type { Database } from './database.ts';
import { fenced } from './fenced.ts';
import { closeIntents } from './intents.ts';
import { writeQuarantine } from './quarantine.ts';
import { writeSeen } from './seen.ts';
import { json } from './text-escape.ts';
import { writeForeseen, writeForeseenLeaving } from './foreseen.ts';

/** The part of the ledger port about load steps and their outcomes. */
export type LoadLedger = Pick<LedgerStore, 'openIntents' | 'openUpdateIntents' | 'youngestIntentMs' | 'youngestOpenCallMs' | 'openCreateIntents' | 'adopt' | 'writeIntents' | 'commitLoadStep' | 'decidedIn' | 'outcomeCounts' | 'lossCounts'>;

const intentColumns = sql.raw(`key, mapping, source_id as "sourceId", action, destination_object as "destinationObject",
  destination_id as "destinationId", payload_hash as "payloadHash", previous, payload, kept_fields as "keptFields"`);

/** Intents before and outcomes after each call, on PostgreSQL. */
export function loadLedger(database: Database): LoadLedger {
  return {
    async openIntents({ projectId, keys }) {
      const { rows } = await sql<IntentRow & { readonly runId: string }>`select ${intentColumns}, run_id as "runId" from portolan.intent where project_id = ${projectId} and key = any(${keys}::text[])`.execute(database);
      return rows;
    },

    async openUpdateIntents({ projectId, mapping, sourceIds }) {
      const keys = sourceIds.map((sourceId) => `update:${mapping}:${sourceId}`);
      const { rows } = await sql<IntentRow & { readonly runId: string }>`select ${intentColumns}, run_id as "runId" from portolan.intent
        where project_id = ${projectId} and action = 'update' and key = any(${keys}::text[])`.execute(database);
      return rows;
    },

    async youngestIntentMs({ projectId, keys }) {
      const { rows } = await sql<{ ms: number | null }>`select (extract(epoch from clock_timestamp() - max(written_at)) * 1000)::float8 as ms
        from portolan.intent where project_id = ${projectId} and action = 'create' and key = any(${keys}::text[])`.execute(database);
      return rows[0]?.ms ?? null;
    },

    async youngestOpenCallMs({ projectId, mapping }) {
      const { rows } = await sql<{ ms: number | null }>`select (extract(epoch from clock_timestamp() - max(written_at)) * 1000)::float8 as ms
        from portolan.intent where project_id = ${projectId} and mapping = ${mapping}`.execute(database);
      return rows[0]?.ms ?? null;
    },

    async openCreateIntents(projectId) {
      const { rows } = await sql<IntentRow>`select ${intentColumns} from portolan.intent where project_id = ${projectId} and action = 'create' order by key`.execute(database);
      return rows;
    },

    async adopt({ projectId, rows, closeIntents: keys, versions }) {
      await database.transaction().execute(async (transaction) => {
        await writeCrosswalk(transaction, { projectId, rows, existing: 'keep' });
        await writeVersions(transaction, projectId, versions ?? []);
        await closeIntents(transaction, projectId, keys);
      });
    },

    async writeIntents({ projectId, runId, batchId, fence, intents }) {
      return fenced(database, { batchId, fence }, async (transaction) => {
        await sql`insert into portolan.intent (project_id, key, run_id, batch_id, mapping, source_id, action, destination_object, destination_id, payload_hash, previous, payload, kept_fields)
          select ${projectId}::uuid, key, ${runId}::uuid, ${batchId}::uuid, mapping, "sourceId", action, "destinationObject", "destinationId", "payloadHash",
            case when json_typeof(previous) <> 'null' then previous end, case when json_typeof(payload) <> 'null' then payload end,
            case when json_typeof("keptFields") <> 'null' then "keptFields" end
          from json_to_recordset(${json(intents)}) as r (key text, mapping text, "sourceId" text, action text, "destinationObject" text, "destinationId" text, "payloadHash" text,
            previous json, payload json, "keptFields" json)
          on conflict (project_id, key) do update set run_id = excluded.run_id, batch_id = excluded.batch_id, mapping = excluded.mapping, source_id = excluded.source_id,
            action = excluded.action, destination_object = excluded.destination_object, destination_id = excluded.destination_id, payload_hash = excluded.payload_hash,
            previous = excluded.previous, payload = excluded.payload, kept_fields = excluded.kept_fields, written_at = clock_timestamp()`.execute(transaction);
      });
    },

    async commitLoadStep(step) {
      const { projectId, runId, batchId } = step;
      return fenced(database, step, async (transaction) => {
        await sql`insert into portolan.outcome (run_id, mapping, source_id, phase, outcome, reason, batch_id)
          select ${runId}::uuid, ${step.mapping}, "sourceId", ${step.phase}, outcome, reason, ${batchId}::uuid
          from json_to_recordset(${json(step.outcomes)}) as r ("sourceId" text, outcome text, reason text)
          on conflict (run_id, mapping, source_id, phase) do update set outcome = excluded.outcome, reason = excluded.reason, batch_id = excluded.batch_id`.execute(transaction);
        await writeCrosswalk(transaction, { projectId, rows: step.crosswalk, existing: 'replace' });
        if ((step.inputs ?? []).length > 0) {
          await sql`update portolan.crosswalk c set input_hash = i.hash from json_to_recordset(${json(step.inputs)}) as i ("sourceId" text, hash text)
            where c.project_id = ${projectId} and c.mapping = ${step.mapping} and c.source_id = i."sourceId"`.execute(transaction);
        }
        for (const [leftOut, sourceIds] of [[true, step.leftOut ?? []], [false, step.takenBack ?? []]] as const) {
          if (sourceIds.length > 0) await sql`update portolan.crosswalk set left_out = ${leftOut} where project_id = ${projectId} and mapping = ${step.mapping} and source_id = any(${sourceIds}::text[])`.execute(transaction);
        }
        if ((step.forget ?? []).length > 0) {
          await sql`delete from portolan.crosswalk where project_id = ${projectId} and mapping = ${step.mapping} and source_id = any(${step.forget}::text[])`.execute(transaction);
        }
        if ((step.forgetPlaces ?? []).length > 0) {
          await sql`delete from portolan.crosswalk c using json_to_recordset(${json(step.forgetPlaces)}) as f (mapping text, "sourceId" text)
            where c.project_id = ${projectId} and c.mapping = f.mapping and c.source_id = f."sourceId"`.execute(transaction);
        }
        await writeQuarantine(transaction, { projectId, runId }, step.quarantine);
        if (step.resolvedQuarantine.length > 0) {
          await sql`update portolan.quarantine set resolved_at = clock_timestamp() where project_id = ${projectId} and mapping = ${step.mapping}
            and source_object = ${step.sourceObject} and source_id = any(${step.resolvedQuarantine}::text[]) and resolved_at is null`.execute(transaction);
        }
        await writeVersions(transaction, projectId, step.versions ?? []);
        await writeForeseen(transaction, runId, step.foreseen ?? []);
        await writeForeseenLeaving(transaction, runId, step.foreseenLeaving ?? []);
        await writeSeen(transaction, { projectId, mapping: step.mapping, rows: step.seen ?? [] });
        await closeIntents(transaction, projectId, step.closeIntents);
        if (step.losses.length > 0) {
          await sql`insert into portolan.loss_count as l (run_id, mapping, field, records)
            select ${runId}::uuid, ${step.mapping}, field, records from json_to_recordset(${json(step.losses)}) as r (field text, records int)
            order by field -- two batches of one mapping take the rows' locks in the same order
            on conflict (run_id, mapping, field) do update set records = l.records + excluded.records`.execute(transaction);
        }
      });
    },

    async lossCounts(runId) {
      const { rows } = await sql<{ mapping: string; field: string; records: number }>`select mapping, field, records from portolan.loss_count
        where run_id = ${runId} order by mapping, field`.execute(database);
      return rows;
    },

    async decidedIn({ runId, phase, mapping, sourceIds }) {
      const { rows } = await sql<{ sourceId: string }>`select source_id as "sourceId" from portolan.outcome
        where run_id = ${runId} and phase = ${phase} and mapping = ${mapping} and source_id = any(${sourceIds}::text[])`.execute(database);
      return new Set(rows.map(({ sourceId }) => sourceId));
    },

    async outcomeCounts(runId) {
      const { rows } = await sql<{ phase: string; mapping: string; outcome: Outcome; reason: string | null; count: number }>`
        select phase, mapping, outcome, reason, count(*)::int as count from portolan.outcome
        where run_id = ${runId} group by phase, mapping, outcome, reason order by phase, mapping, outcome, reason`.execute(database);
      return rows;
    },
  };
}

async function writeVersions(transaction: Transaction<unknown>, projectId: string, versions: readonly VersionRow[]): Promise<void> {
  if (versions.length === 0) return;
  await sql`update portolan.crosswalk c set version = v.version, content_hash = v."contentHash"
    from json_to_recordset(${json(versions)}) as v (mapping text, "sourceId" text, version text, "contentHash" text)
    where c.project_id = ${projectId}::uuid and c.mapping = v.mapping and c.source_id = v."sourceId"`.execute(transaction);
}
