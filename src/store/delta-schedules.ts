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
}

export interface DeltaScheduleStore {
  get(projectId: string): Promise<DeltaSchedule | null>;
  /** Every one that is on. */
  listOn(): Promise<readonly DeltaSchedule[]>;
  /** Sets or replaces it, and turns it on. */
  save(params: Readonly<{ projectId: string; cron: string; zone: string; endsAt: string | null; approveGates: boolean; by: string }>): Promise<void>;
  setState(params: Readonly<{ projectId: string; state: DeltaSchedule['state']; reason: string | null }>): Promise<void>;
  started(params: Readonly<{ projectId: string; runId: string }>): Promise<void>;
  remove(projectId: string): Promise<boolean>;
}

type Row = Omit<DeltaSchedule, 'endsAt' | 'madeAt' | 'lastAt'> & { readonly endsAt: Date | null; readonly madeAt: Date; readonly lastAt: Date | null };
const columns = sql.raw('project_id as "projectId", cron, zone, ends_at as "endsAt", approve_gates as "approveGates", state, reason, made_by as "madeBy", made_at as "madeAt", last_run_id as "lastRunId", last_at as "lastAt"');
const withTexts = (row: Row): DeltaSchedule => ({ ...row, endsAt: row.endsAt?.toISOString() ?? null, madeAt: row.madeAt.toISOString(), lastAt: row.lastAt?.toISOString() ?? null });

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
      await sql`insert into portolan.delta_schedule (project_id, cron, zone, ends_at, approve_gates, state, made_by) values (${projectId}, ${cron}, ${zone}, ${endsAt}, ${approveGates}, 'on', ${by})
        on conflict (project_id) do update set cron = excluded.cron, zone = excluded.zone, ends_at = excluded.ends_at, approve_gates = excluded.approve_gates, state = 'on', reason = null, made_by = excluded.made_by, made_at = clock_timestamp()`.execute(database);
    },
    async setState({ projectId, state, reason }) {
      await sql`update portolan.delta_schedule set state = ${state}, reason = ${reason} where project_id = ${projectId}`.execute(database);
    },
    async started({ projectId, runId }) {
      await sql`update portolan.delta_schedule set last_run_id = ${runId}, last_at = clock_timestamp() where project_id = ${projectId}`.execute(database);
    },
    async remove(projectId) {
      const { numAffectedRows } = await sql`delete from portolan.delta_schedule where project_id = ${projectId}`.execute(database);
      return numAffectedRows === 1n;
    },
  };
}
