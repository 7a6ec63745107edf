import { sql, type Kysely } from 'kysely';

/** A step of the cut-over that a person ticked, or took the tick from. */
export interface CutOverMark { readonly step: string; readonly done: boolean; readonly comment: string; readonly markedBy: string; readonly markedAt: string }

/** What people ticked of a project's cut-over. */
export interface CutOverStore {
  list(projectId: string): Promise<readonly CutOverMark[]>;
  mark(params: Readonly<{ projectId: string; step: string; done: boolean; comment: string; by: string }>): Promise<void>;
}

export function cutOverStore(database: Kysely<unknown>): CutOverStore {
  return {
    async list(projectId) {
      const { rows } = await sql<Omit<CutOverMark, 'markedAt'> & { readonly markedAt: Date }>`select step, done, comment, marked_by as "markedBy", marked_at as "markedAt" from portolan.cut_over_mark where project_id = ${projectId} order by step`.execute(database);
      return rows.map((row) => ({ ...row, markedAt: row.markedAt.toISOString() }));
    },
    async mark({ projectId, step, done, comment, by }) {
      await sql`insert into portolan.cut_over_mark (project_id, step, done, comment, marked_by) values (${projectId}, ${step}, ${done}, ${comment}, ${by})
        on conflict (project_id, step) do update set done = excluded.done, comment = excluded.comment, marked_by = excluded.marked_by, marked_at = clock_timestamp()`.execute(database);
    },
  };
}
