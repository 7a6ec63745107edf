import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { FatalError } from '../connector/errors.ts';
import type { Gate, Phase, Run, RunStore } from '../engine/ports/runs.ts';
import type { Database } from './database.ts';
import { only } from './rows.ts';
import { json } from './text-escape.ts';

const runColumns = sql.raw(`id, project_id as "projectId", mode, plan_hash as "planHash", status, desired, settings, error, started_at as "startedAt", finished_at as "finishedAt"`);
const phaseColumns = sql.raw(`run_id as "runId", position, name, status, before, started_at as "startedAt", finished_at as "finishedAt"`);
const gateColumns = sql.raw(`run_id as "runId", phase, opened_at as "openedAt", approved_at as "approvedAt", approved_by as "approvedBy"`);
/** Statuses in which a run is over for now; `interrupted` and `failed` may go on and then lose their end again. */
const ended = ['succeeded', 'withQuarantine', 'failed', 'interrupted', 'cancelled'];

/** The part of the run port without batches. */
export type RunRows = Pick<RunStore, 'createRun' | 'run' | 'latestRun' | 'listRuns' | 'moveRun' | 'setDesired' | 'desiredOf' | 'holdRun' | 'driverOf' | 'releaseRun'
  | 'recordPhaseCount' | 'phaseCounts' | 'phases' | 'movePhase' | 'openGate' | 'approveGate' | 'gates' | 'countCalls' | 'calls'>;

/** Runs, phases, gates and call counts on PostgreSQL. Leases go by the database's clock. */
export function runStore(database: Database): RunRows {
  return {
    async createRun({ projectId, mode, planHash, settings, phases }) {
      const { rows } = await sql<Run>`
        with made as (
          insert into portolan.run (id, project_id, mode, plan_hash, settings)
          values (${randomUUID()}::uuid, ${projectId}::uuid, ${mode}, ${planHash}, ${json(settings)}) returning *
        ), ordered as (
          insert into portolan.phase (run_id, position, name)
          select made.id, p.position - 1, p.name from made, unnest(${phases}::text[]) with ordinality as p (name, position)
        )
        select ${runColumns} from made`.execute(database);
      return only(rows);
    },

    async run(runId) {
      // Compared as text: a person may type anything for a run id.
      const { rows } = await sql<Run>`select ${runColumns} from portolan.run where id::text = ${runId}`.execute(database);
      return rows[0] ?? null;
    },

    async latestRun({ projectId, modes }) {
      const { rows } = await sql<Run>`select ${runColumns} from portolan.run where project_id = ${projectId}
        and (${modes}::text[] is null or mode = any(${modes}::text[])) order by number desc limit 1`.execute(database);
      return rows[0] ?? null;
    },

    async listRuns(projectId) {
      const { rows } = await sql<Run>`select ${runColumns} from portolan.run where project_id = ${projectId} order by number desc`.execute(database);
      return rows;
    },

    async moveRun({ runId, from, to, error }) {
      const { rows } = await sql`update portolan.run set status = ${to}::text,
          finished_at = case when ${to}::text = any(${ended}::text[]) then clock_timestamp() end,
          error = case when ${error !== undefined} then ${json(error ?? null)}::json when ${to}::text = 'running' then null else error end
        where id = ${runId} and status = any(${from}::text[]) returning 1`.execute(database);
      return rows.length > 0;
    },

    async setDesired({ runId, desired }) {
      await sql`update portolan.run set desired = ${desired} where id = ${runId} and desired <> 'cancel'`.execute(database);
    },

    async desiredOf(runId) {
      const { rows } = await sql<Pick<Run, 'desired'>>`select case when desired = 'run' and status <> 'running' then 'pause' else desired end as desired from portolan.run where id = ${runId}`.execute(database);
      return found(rows[0], `run ${runId}`).desired;
    },

    async holdRun({ runId, driver, leaseMs, instead }) {
      const { rows } = await sql`update portolan.run set driver = ${driver}, driver_until = clock_timestamp() + ${leaseMs}::float8 * interval '1 millisecond'
        where id = ${runId} and (driver is null or driver = any(${[driver, ...(instead === undefined ? [] : [instead])]}::text[]) or driver_until < clock_timestamp()) returning 1`.execute(database);
      return rows.length > 0;
    },

    async driverOf(runId) {
      const { rows } = await sql<{ driver: string | null }>`select driver from portolan.run where id = ${runId}`.execute(database);
      return found(rows[0], `run ${runId}`).driver;
    },

    async releaseRun({ runId, driver }) {
      await sql`update portolan.run set driver = null, driver_until = null where id = ${runId} and driver = ${driver}`.execute(database);
    },

    async phases(runId) {
      const { rows } = await sql<Phase>`select ${phaseColumns} from portolan.phase where run_id = ${runId} order by position`.execute(database);
      return rows;
    },

    async movePhase({ runId, name, to, before }) {
      const { rows } = await sql`update portolan.phase set status = ${to}::text,
          before = case when ${before !== undefined} then ${json(before ?? {})}::json else before end,
          started_at = case when ${to}::text = 'waiting' then null else coalesce(started_at, clock_timestamp()) end,
          finished_at = case when ${to}::text in ('done', 'failed') then clock_timestamp() when ${to}::text = 'gate' then finished_at end
        where run_id = ${runId} and name = ${name} returning 1`.execute(database);
      found(rows[0], `phase ${name} in run ${runId}`);
    },

    async recordPhaseCount({ runId, phase, object, count }) {
      await sql`insert into portolan.phase_count (run_id, phase, object, count) values (${runId}, ${phase}, ${object}, ${count}) on conflict do nothing`.execute(database);
    },

    async phaseCounts({ runId, phase }) {
      const { rows } = await sql<{ object: string; count: number }>`select object, count::float8 as count from portolan.phase_count where run_id = ${runId} and phase = ${phase} order by object`.execute(database);
      return Object.fromEntries(rows.map(({ object, count }) => [object, count]));
    },

    async openGate({ runId, phase }) {
      const { rows } = await sql<Gate>`insert into portolan.gate as g (run_id, phase) values (${runId}, ${phase})
        on conflict (run_id, phase) do update set opened_at = g.opened_at returning ${gateColumns}`.execute(database);
      return only(rows);
    },

    async approveGate({ runId, phase, by }) {
      const { rows } = await sql<Gate>`update portolan.gate set approved_at = coalesce(approved_at, clock_timestamp()), approved_by = coalesce(approved_by, ${by})
        where run_id = ${runId} and phase = ${phase} returning ${gateColumns}`.execute(database);
      return found(rows[0], `gate of phase ${phase} in run ${runId}`);
    },

    async gates(runId) {
      const { rows } = await sql<Gate>`select ${gateColumns} from portolan.gate where run_id = ${runId} order by opened_at, phase`.execute(database);
      return rows;
    },

    async countCalls({ runId, calls }) {
      if (calls.length === 0) return;
      await sql`insert into portolan.call_count as c (run_id, connection, endpoint, count)
        select ${runId}::uuid, connection, endpoint, sum(count) from json_to_recordset(${json(calls)}) as r (connection text, endpoint text, count bigint)
        group by connection, endpoint order by connection, endpoint
        on conflict (run_id, connection, endpoint) do update set count = c.count + excluded.count`.execute(database);
    },

    async calls(runId) {
      const { rows } = await sql<{ connection: string; endpoint: string; count: number }>`select connection, endpoint, count::float8 as count
        from portolan.call_count where run_id = ${runId} order by connection, endpoint`.execute(database);
      return rows;
    },
  };
}

function found<Row>(row: Row | undefined, what: string): Row {
  if (row !== undefined) return row;
  throw new FatalError({ code: 'not-in-store', message: `There is no ${what}.`, remedy: 'It may have been purged; list the runs of the project.' });
}
