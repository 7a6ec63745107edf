import { sql } from 'kysely';
import type { FieldClass, StoredFinding, VerificationCounts, VerificationStore } from '../engine/ports/verification.ts';
import type { Database } from './database.ts';
import { fenced } from './fenced.ts';
import { json } from './text-escape.ts';

/** Verification on PostgreSQL: counts by step, so that a repeated step replaces itself; findings one by one. */
export function verificationStore(database: Database): VerificationStore {
  return {
    async commitVerifyStep(step) {
      const { projectId, runId, batchId, mapping, counts } = step;
      return fenced(database, step, async (transaction) => {
        await sql`insert into portolan.verification_step (batch_id, step, run_id, mapping, records, fields, exact, equal_after_normalisation, declared_lossy, mismatch, unreadable, from_answers)
          values (${batchId}, ${step.step}, ${runId}, ${mapping}, ${counts.records}, ${counts.fields}, ${counts.exact}, ${counts.equalAfterNormalisation},
            ${counts.declaredLossy}, ${counts.mismatch}, ${counts.unreadable}, ${step.fromAnswers ?? 0})
          on conflict (batch_id, step) do update set records = excluded.records, fields = excluded.fields, exact = excluded.exact, mapping = excluded.mapping,
            equal_after_normalisation = excluded.equal_after_normalisation, declared_lossy = excluded.declared_lossy, mismatch = excluded.mismatch,
            unreadable = excluded.unreadable, from_answers = excluded.from_answers`.execute(transaction);
        await sql`with old as (delete from portolan.verification_field where batch_id = ${batchId} and step = ${step.step})
          delete from portolan.verification_finding where batch_id = ${batchId} and step = ${step.step}`.execute(transaction);
        await sql`
          with counted as (
            insert into portolan.verification_field (batch_id, step, run_id, mapping, field, class, count)
            select ${batchId}::uuid, ${step.step}::int, ${runId}::uuid, ${mapping}, field, class, count
            from json_to_recordset(${json(step.fieldCounts)}) as r (field text, class text, count int)
          ), read_back as (
            update portolan.crosswalk c set version = v.version, content_hash = v."contentHash"
            from json_to_recordset(${json([...step.versions.map((version) => ({ ...version, mapping })), ...step.parents ?? []])}) as v (mapping text, "sourceId" text, version text, "contentHash" text)
            where c.project_id = ${projectId}::uuid and c.mapping = v.mapping and c.source_id = v."sourceId"
          )
          insert into portolan.verification_finding (batch_id, step, run_id, mapping, source_id, destination_id, field, class, written, found)
          select ${batchId}::uuid, ${step.step}::int, ${runId}::uuid, ${mapping}, "sourceId", "destinationId", field, class, coalesce(written, 'null'), coalesce(found, 'null')
          from json_to_recordset(${json(step.findings)}) as r ("sourceId" text, "destinationId" text, field text, class text, written json, found json)`.execute(transaction);
      });
    },

    async verificationCounts(runId) {
      const { rows } = await sql<{ phase: string; mapping: string } & VerificationCounts>`select b.phase, v.mapping, sum(records)::int as records, sum(fields)::int as fields, sum(exact)::int as exact,
          sum(equal_after_normalisation)::int as "equalAfterNormalisation", sum(declared_lossy)::int as "declaredLossy", sum(mismatch)::int as mismatch, sum(unreadable)::int as unreadable
        from portolan.verification_step v join portolan.batch b on b.id = v.batch_id where v.run_id = ${runId} group by b.phase, v.mapping order by b.phase, v.mapping`.execute(database);
      return rows;
    },

    async verifiedFromAnswers(runId) {
      const { rows } = await sql<{ phase: string; mapping: string; records: number }>`select b.phase, v.mapping, sum(from_answers)::int as records
        from portolan.verification_step v join portolan.batch b on b.id = v.batch_id where v.run_id = ${runId} and from_answers > 0 group by b.phase, v.mapping order by b.phase, v.mapping`.execute(database);
      return rows;
    },

    async verificationFields(runId) {
      const { rows } = await sql<{ phase: string; mapping: string; field: string; class: FieldClass; count: number }>`select b.phase, v.mapping, v.field, v.class, sum(v.count)::int as count
        from portolan.verification_field v join portolan.batch b on b.id = v.batch_id where v.run_id = ${runId}
        group by b.phase, v.mapping, v.field, v.class order by b.phase, v.mapping, v.field, v.class`.execute(database);
      return rows;
    },

    async findings({ runId, class: findingClass, limit, after = null }) {
      const { rows } = await sql<StoredFinding>`select v.id::text as id, b.phase, v.mapping, v.source_id as "sourceId", v.destination_id as "destinationId", v.field, v.class, v.written, v.found
        from portolan.verification_finding v join portolan.batch b on b.id = v.batch_id
        where v.run_id = ${runId} and v.class = ${findingClass} and (${after}::bigint is null or v.id > ${after}::bigint)
        order by v.id limit ${limit}`.execute(database);
      return rows;
    },
  };
}
