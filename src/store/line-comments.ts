import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { only } from './rows.ts';

/** A remark of a person about one line of a plan. */
export interface LineComment { readonly id: string; readonly line: string; readonly author: string; readonly text: string; readonly createdAt: string }

/** Remarks about lines, by the line's name over all versions of the plan. */
export interface LineComments {
  /** Oldest first. */
  list(projectId: string): Promise<readonly LineComment[]>;
  add(params: Readonly<{ projectId: string; line: string; author: string; text: string }>): Promise<LineComment>;
  /** Takes a remark away: the author's own, or anybody's with `author` null. false = there is none such. */
  remove(params: Readonly<{ projectId: string; id: string; author: string | null }>): Promise<boolean>;
}

const columns = sql.raw('id, line, author, text, created_at as "createdAt"');

type Row = Omit<LineComment, 'createdAt'> & { readonly createdAt: Date };
const asComment = (row: Row): LineComment => ({ ...row, createdAt: row.createdAt.toISOString() });

export function lineComments(database: Kysely<unknown>): LineComments {
  return {
    async list(projectId) {
      const { rows } = await sql<Row>`select ${columns} from portolan.line_comment where project_id = ${projectId}::uuid order by created_at, id`.execute(database);
      return rows.map(asComment);
    },
    async add({ projectId, line, author, text }) {
      const { rows } = await sql<Row>`insert into portolan.line_comment (id, project_id, line, author, text)
        values (${randomUUID()}, ${projectId}::uuid, ${line}, ${author}, ${text}) returning ${columns}`.execute(database);
      return asComment(only(rows));
    },
    async remove({ projectId, id, author }) {
      const { numAffectedRows } = await sql`delete from portolan.line_comment
        where project_id = ${projectId}::uuid and id::text = ${id} and (${author}::text is null or author = ${author})`.execute(database);
      return numAffectedRows === 1n;
    },
  };
}
