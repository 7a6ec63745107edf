import { sql } from 'kysely';
import type { Database } from './database.ts';

const byProject = (projectId: string): ReturnType<typeof sql> => sql`project_id = ${projectId}::uuid`;
const byRun = (projectId: string): ReturnType<typeof sql> => sql`run_id in (select id from portolan.run where project_id = ${projectId}::uuid)`;
const byConnection = (projectId: string): ReturnType<typeof sql> => sql`starts_with(connection, ${projectId})`; // connections are named '<project id>:<role>'

/** Every table that holds something of a project, children before parents, with the condition that finds its rows. */
export const purgedTables = {
  foreseen_value: byRun, foreseen: byRun, foreseen_leaving: byRun, verification_finding: byRun, verification_field: byRun, verification_step: byRun,
  loss_count: byRun, rollback_row: byRun, rollback_part: byRun, retired_row: byRun, phase_count: byRun, rollback_count: byRun, outcome: byRun, call_count: byRun, gate: byRun, batch: byRun, phase: byRun, sample_selection: byRun,
  quarantine: byProject, intent: byProject, seen_record: byProject, crosswalk_fold: byProject, crosswalk_fold_field: byProject, crosswalk: byProject,
  link: byProject, link_candidate: byProject, link_key: byProject, correction: byProject, raw_record: byProject,
  api_budget: byConnection, run: byProject, project_fact: byProject, remembered_line: byProject, line_comment: byProject, spot_check_mark: byProject, spot_check: byProject, cut_over_mark: byProject, delta_schedule: byProject, notification: byProject, plan: byProject, catalog: byProject, connection: byProject, audit: byProject,
  project: (projectId: string) => sql`id = ${projectId}::uuid`,
} as const satisfies { readonly [table: string]: (projectId: string) => ReturnType<typeof sql> };

/** Deletes everything of a project in one transaction. @returns rows deleted per table; a second call returns zeros. */
export async function purge(database: Database, projectId: string): Promise<{ readonly [table: string]: number }> {
  return database.transaction().execute(async (transaction) => {
    await sql`select set_config('portolan.purging', 'on', true)`.execute(transaction); // lets the audit log be deleted, in this transaction only
    const deleted: { [table: string]: number } = {};
    for (const [table, rowsOf] of Object.entries(purgedTables)) {
      const { numAffectedRows } = await sql`delete from ${sql.table(`portolan.${table}`)} where ${rowsOf(projectId)}`.execute(transaction);
      deleted[table] = Number(numAffectedRows ?? 0n);
    }
    return deleted;
  });
}
