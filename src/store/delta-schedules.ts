import { sql, type Kysely } from 'kysely';

/** When deltas of a project start by themselves. */
export interface DeltaSchedule {
  readonly projectId: string;
  readonly cron: string;
  readonly zone: string;
  readonly endsAt: string | null; // null = until somebody stops it
  readonly approveGates: boolean;
  readonly state: 'on' | 'paused' | 'ended';
  readonly reason: string | null; // why it is paused
  readonly madeBy: string;
  readonly madeAt: string;
  readonly lastRunId: string | null;
  readonly lastAt: string | null;
  readonly heardAt: string | null; // the last of its times that was heard of; null = none yet
  readonly madeUpFor: string | null; // a time that passed while no server ran, for which the last delta was started; null = it had its own
}

export interface DeltaScheduleStore {
  get(projectId: string): Promise<DeltaSchedule | null>;
  /** Every one that is on. */
  listOn(): Promise<readonly DeltaSchedule[]>;
  /** Sets or replaces it, and turns it on: times before this minute do not count. */
  save(params: Readonly<{ projectId: string; cron: string; zone: string; endsAt: string | null; approveGates: boolean; by: string }>): Promise<void>;
  setState(params: Readonly<{ projectId: string; state: DeltaSchedule['state']; reason: string | null }>): Promise<void>;
  /** Writes down that a time has come. False = it was heard of already, here or by another server. */
  heard(params: Readonly<{ projectId: string; at: string }>): Promise<boolean>;
  started(params: Readonly<{ projectId: string; runId: string; madeUpFor: string | null }>): Promise<void>;
  remove(projectId: string): Promise<boolean>;
}

/** Whoever sets a schedule for this very minute means now. */
const thisMinute = sql.raw("date_trunc('minute', clock_timestamp()) - interval '1 millisecond'");

type Row = Omit<DeltaSchedule, 'endsAt' | 'madeAt' | 'lastAt' | 'heardAt' | 'madeUpFor'> & { readonly endsAt: Date | null; readonly madeAt: Date; readonly lastAt: Date | null; readonly heardAt: Date | null; readonly madeUpFor: Date | null };
const columns = sql.raw('project_id as "projectId", cron, zone, ends_at as "endsAt", approve_gates as "approveGates", state, reason, made_by as "madeBy", made_at as "madeAt", last_run_id as "lastRunId", last_at as "lastAt", coalesce(heard_at, last_at, made_at) as "heardAt", made_up_for as "madeUpFor"');
const withTexts = (row: Row): DeltaSchedule => ({ ...row, endsAt: row.endsAt?.toISOString() ?? null, madeAt: row.madeAt.toISOString(), lastAt: row.lastAt?.toISOString() ?? null, heardAt: row.heardAt?.toISOString() ?? null, madeUpFor: row.madeUpFor?.toISOString() ?? null });

export function deltaScheduleStore(database: Kysely<unknown>): DeltaScheduleStore {
  return {
    async get(projectId) {
      const { rows } = await sql<Row>`select ${columns} from portolan.delta_schedule where project_id = ${projectId}`.execute(database);
      const [row] = rows;
      return row === undefined ? null : withTexts(row);
    },
    async listOn() {
      const { rows } = await sql<Row>`select ${columns} from portolan.delta_schedule where state = 'on'`.execute(database);
      return rows.map(withTexts);
    },
    async save({ projectId, cron, zone, endsAt, approveGates, by }) {
      await sql`insert into portolan.delta_schedule (project_id, cron, zone, ends_at, approve_gates, state, made_by, heard_at) values (${projectId}, ${cron}, ${zone}, ${endsAt}, ${approveGates}, 'on', ${by}, ${thisMinute})
        on conflict (project_id) do update set cron = excluded.cron, zone = excluded.zone, ends_at = excluded.ends_at, approve_gates = excluded.approve_gates, state = 'on', reason = null, made_by = excluded.made_by, made_at = clock_timestamp(), heard_at = ${thisMinute}, made_up_for = null`.execute(database);
    },
    async setState({ projectId, state, reason }) {
      await sql`update portolan.delta_schedule set state = ${state}, reason = ${reason}, heard_at = case when ${state} = 'on' then ${thisMinute} else heard_at end where project_id = ${projectId}`.execute(database);
    },
    async heard({ projectId, at }) {
      const { numAffectedRows } = await sql`update portolan.delta_schedule set heard_at = ${at} where project_id = ${projectId} and coalesce(heard_at, last_at, made_at) < ${at}::timestamptz`.execute(database);
      return numAffectedRows === 1n;
    },
    async started({ projectId, runId, madeUpFor }) {
      await sql`update portolan.delta_schedule set last_run_id = ${runId}, last_at = clock_timestamp(), made_up_for = ${madeUpFor} where project_id = ${projectId}`.execute(database);
    },
    async remove(projectId) {
      const { numAffectedRows } = await sql`delete from portolan.delta_schedule where project_id = ${projectId}`.execute(database);
      return numAffectedRows === 1n;
    },
  };
}
