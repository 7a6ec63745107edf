import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { RecordDiff } from '../engine/compare/record-diff.ts';
import { json } from './text-escape.ts';

/** What a person said of one record of a sheet. */
export interface SpotCheckMark { readonly position: number; readonly inOrder: boolean | null; readonly comment: string; readonly markedBy: string; readonly markedAt: string }

/** A sheet without its records. */
export interface SpotCheckLine {
  readonly id: string;
  readonly runId: string | null;
  readonly seed: string;
  readonly destination: string;
  readonly written: number;
  readonly count: number; // records on the sheet
  readonly marked: number; // records ticked or crossed
  readonly wrong: number; // records crossed
  readonly madeBy: string;
  readonly madeAt: string;
  readonly verdict: 'accepted' | 'rejected' | null; // null = not signed yet
  readonly remark: string;
  readonly signedName: string | null;
  readonly signedBy: string | null;
  readonly signedAt: string | null;
}
export interface SpotCheck extends SpotCheckLine { readonly records: readonly RecordDiff[]; readonly marks: readonly SpotCheckMark[] }

/** Spot-check sheets of a project. A signed sheet is never changed. */
export interface SpotCheckStore {
  add(params: Readonly<{ projectId: string; runId: string | null; seed: string; destination: string; written: number; records: readonly RecordDiff[]; by: string }>): Promise<string>;
  /** Newest first. */
  list(projectId: string): Promise<readonly SpotCheckLine[]>;
  get(projectId: string, id: string): Promise<SpotCheck | null>;
  /** false = there is no such record, or the sheet is signed. */
  mark(params: Readonly<{ projectId: string; id: string; position: number; inOrder: boolean | null; comment: string; by: string }>): Promise<boolean>;
  /** Signs a sheet on which every record is ticked or crossed. false = it is not, or is signed already. */
  sign(params: Readonly<{ projectId: string; id: string; verdict: 'accepted' | 'rejected'; name: string; remark: string; by: string }>): Promise<boolean>;
}

interface Row extends Omit<SpotCheckLine, 'written' | 'madeAt' | 'signedAt'> { readonly written: string; readonly madeAt: Date; readonly signedAt: Date | null }

const columns = sql.raw(`id, run_id as "runId", seed, destination, written::text as written, jsonb_array_length(records) as count, made_by as "madeBy", made_at as "madeAt",
  verdict, remark, signed_name as "signedName", signed_by as "signedBy", signed_at as "signedAt",
  (select count(*)::int from portolan.spot_check_mark m where m.spot_check_id = spot_check.id and m.in_order is not null) as marked,
  (select count(*)::int from portolan.spot_check_mark m where m.spot_check_id = spot_check.id and not m.in_order) as wrong`);

export function spotCheckStore(database: Kysely<unknown>): SpotCheckStore {
  return {
    async add({ projectId, runId, seed, destination, written, records, by }) {
      const id = randomUUID();
      await sql`insert into portolan.spot_check (id, project_id, run_id, seed, destination, written, records, made_by)
        values (${id}, ${projectId}, ${runId}, ${seed}, ${destination}, ${written}, ${json(records)}::jsonb, ${by})`.execute(database);
      return id;
    },
    async list(projectId) {
      const { rows } = await sql<Row>`select ${columns} from portolan.spot_check where project_id = ${projectId} order by made_at desc, id`.execute(database);
      return rows.map(lineOf);
    },
    async get(projectId, id) {
      const { rows } = await sql<Row & { readonly records: readonly RecordDiff[] }>`select ${columns}, records from portolan.spot_check where project_id = ${projectId} and id = ${id}`.execute(database);
      const [row] = rows;
      if (row === undefined) return null;
      const { rows: marks } = await sql<Omit<SpotCheckMark, 'markedAt'> & { readonly markedAt: Date }>`select position, in_order as "inOrder", comment, marked_by as "markedBy", marked_at as "markedAt"
        from portolan.spot_check_mark where spot_check_id = ${id} order by position`.execute(database);
      return { ...lineOf(row), records: row.records, marks: marks.map((mark) => ({ ...mark, markedAt: mark.markedAt.toISOString() })) };
    },
    async mark({ projectId, id, position, inOrder, comment, by }) {
      const { numAffectedRows } = await sql`insert into portolan.spot_check_mark (spot_check_id, position, project_id, in_order, comment, marked_by)
        select id, ${position}, project_id, ${inOrder}, ${comment}, ${by} from portolan.spot_check
        where id = ${id} and project_id = ${projectId} and signed_at is null and ${position} >= 0 and ${position} < jsonb_array_length(records) for share
        on conflict (spot_check_id, position) do update set in_order = excluded.in_order, comment = excluded.comment, marked_by = excluded.marked_by, marked_at = clock_timestamp()`.execute(database);
      return numAffectedRows === 1n;
    },
    async sign({ projectId, id, verdict, name, remark, by }) {
      return database.transaction().execute(async (transaction) => {
        // Marks wait for this row, so that nothing is ticked between counting and signing.
        await sql`select from portolan.spot_check where id = ${id} for update`.execute(transaction);
        const { numAffectedRows } = await sql`update portolan.spot_check set verdict = ${verdict}, signed_name = ${name}, remark = ${remark}, signed_by = ${by}, signed_at = clock_timestamp()
          where id = ${id} and project_id = ${projectId} and signed_at is null
            and jsonb_array_length(records) = (select count(*) from portolan.spot_check_mark m where m.spot_check_id = spot_check.id and m.in_order is not null)`.execute(transaction);
        return numAffectedRows === 1n;
      });
    },
  };
}

function lineOf(row: Row & { readonly records?: unknown }): SpotCheckLine {
  const { records: _records, ...line } = row;
  return { ...line, written: Number(row.written), madeAt: row.madeAt.toISOString(), signedAt: row.signedAt?.toISOString() ?? null };
}
