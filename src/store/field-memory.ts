import { sql } from 'kysely';
import type { FieldMemoryStore } from '../engine/ports/field-memory.ts';
import type { RememberedLine } from '../engine/ports/field-memory.ts';
import type { Database } from './database.ts';
import { json } from './text-escape.ts';

/** What confirmed plans taught, on PostgreSQL. */
export function fieldMemoryStore(database: Database): FieldMemoryStore {
  return {
    async rememberLines({ projectId, sourcePlatform, destinationPlatform, lines }) {
      await database.transaction().execute(async (transaction) => {
        await sql`delete from portolan.remembered_line m where m.project_id = ${projectId}::uuid and not exists (
          select from json_to_recordset(${json(lines)}) as l ("sourceObject" text, "destinationObject" text, header text, target text)
          where l."sourceObject" = m.source_object and l."destinationObject" = m.destination_object and l.header = m.header and l.target is not distinct from m.target)`.execute(transaction);
        await sql`insert into portolan.remembered_line as m (project_id, source_platform, destination_platform, source_object, destination_object, header, target, corrected)
          select ${projectId}::uuid, ${sourcePlatform}, ${destinationPlatform}, "sourceObject", "destinationObject", header, target, corrected
          from json_to_recordset(${json(lines)}) as l ("sourceObject" text, "destinationObject" text, header text, target text, corrected boolean)
          on conflict (project_id, source_object, destination_object, header) do update
            set corrected = m.corrected or excluded.corrected, source_platform = excluded.source_platform, destination_platform = excluded.destination_platform`.execute(transaction);
      });
    },

    async rememberedLines({ sourcePlatform, destinationPlatform, headers }) {
      const { rows } = await sql<RememberedLine>`
        select p.name as project, p.route, m.source_platform as "sourcePlatform", m.destination_platform as "destinationPlatform", m.source_object as "sourceObject",
          m.header, m.destination_object as "destinationObject", m.target, m.corrected, m.confirmed_at as "confirmedAt"
        from portolan.remembered_line m join portolan.project p on p.id = m.project_id
        where m.source_platform = ${sourcePlatform} and m.destination_platform = ${destinationPlatform} and m.header = any(${headers}::text[])
        order by m.confirmed_at desc, p.name, m.source_object, m.destination_object, m.header`.execute(database);
      return rows;
    },
  };
}
