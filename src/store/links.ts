import { sql } from 'kysely';
import type { RawBuilder, Transaction } from 'kysely';
import type { ResolvedLink, StagingStore } from '../engine/ports/staging.ts';
import type { Database } from './database.ts';
import { json } from './text-escape.ts';

/** The part of the staging port that joins records to each other. */
export type LinkStore = Pick<StagingStore, 'existingKeys' | 'indexRecords' | 'resolveLinks' | 'joinLinks' | 'groupSort' | 'resolvedLinks' | 'inboundCounts' | 'inboundByObject'>;

/** What `groupSort` has put before a sort key: the hash of the record within which the order counts; '' = nothing. */
export function group(sortKey: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`coalesce(substring(${sortKey} from '^~[0-9a-f]{32}~'), '')`;
}

/** Keys, link candidates and resolved links on PostgreSQL. */
export function linkStore(database: Database): LinkStore {
  return {
    async existingKeys({ projectId, object, kind, values }) {
      const { rows } = await sql<{ value: string }>`select distinct k.value from portolan.link_key k
        join unnest(${values}::text[]) as asked (value) on k.value_md5 = md5(asked.value)::uuid and k.value = asked.value
        where k.project_id = ${projectId} and k.object = ${object} and k.kind = ${kind}
          and not exists (select from portolan.raw_record r where r.project_id = k.project_id and r.object = k.object and r.source_id = k.source_id and (r.gone_at is not null or r.derived))`.execute(database);
      return new Set(rows.map(({ value }) => value));
    },

    async indexRecords({ projectId, object, sourceIds, keys, links, sortKeys }) {
      const sorts = [...sortKeys].map(([id, key]) => ({ id, key: key.slice(0, 200) }));
      await database.transaction().execute(async (transaction) => {
        await sql`delete from portolan.link_key where project_id = ${projectId} and object = ${object} and source_id = any(${sourceIds}::text[])`.execute(transaction);
        await sql`delete from portolan.link_candidate where project_id = ${projectId} and from_object = ${object} and from_id = any(${sourceIds}::text[])`.execute(transaction);
        await sql`insert into portolan.link_key (project_id, object, source_id, kind, value)
          select distinct ${projectId}::uuid, object, "sourceId", kind, value
          from json_to_recordset(${json(keys)}) as r (object text, "sourceId" text, kind text, value text)`.execute(transaction);
        await sql`insert into portolan.link_candidate (project_id, from_object, from_id, name, ordinal, to_object, rank, kind, value, label)
          select distinct ${projectId}::uuid, "fromObject", "fromId", name, ordinal, "toObject", rank, kind, value, label
          from json_to_recordset(${json(links)}) as r ("fromObject" text, "fromId" text, name text, ordinal int, "toObject" text, rank int, kind text, value text, label text)`.execute(transaction);
        await sql`update portolan.raw_record r set sort_key = ${group(sql`r.sort_key`)} || s.key from json_to_recordset(${json(sorts)}) as s (id text, key text)
          where r.project_id = ${projectId} and r.object = ${object} and r.source_id = s.id and r.sort_key <> ${group(sql`r.sort_key`)} || s.key`.execute(transaction);
      });
    },

    async resolveLinks({ projectId, fromObject, name }) {
      await database.transaction().execute(async (transaction) => {
        await joinWhole(transaction);
        await sql`delete from portolan.link where project_id = ${projectId} and from_object = ${fromObject} and name = ${name}`.execute(transaction);
        await sql`
          with asked as materialized ( -- 1. candidates of living records
            select c.from_id, c.ordinal, c.to_object, c.rank, c.kind, c.value, c.label
            from portolan.link_candidate c
            where c.project_id = ${projectId} and c.from_object = ${fromObject} and c.name = ${name}
              and not exists (select from portolan.raw_record r where r.project_id = c.project_id and r.object = c.from_object and r.source_id = c.from_id and r.gone_at is not null)
          ), held as materialized ( -- 2. who answers to each value; 10 names are enough for people, so that a value shared by thousands stays small
            select k.object, k.kind, k.value, (array_agg(k.source_id order by k.source_id))[1:11] as targets
            from portolan.link_key k
            where k.project_id = ${projectId} and (k.object, k.kind) in (select distinct to_object, kind from asked)
              and not exists (select from portolan.raw_record r where r.project_id = k.project_id and r.object = k.object and r.source_id = k.source_id and r.gone_at is not null)
            group by k.object, k.kind, k.value
          ), hits as ( -- 3. one row for each rank of each link
            select a.from_id, a.ordinal, a.to_object, a.rank, min(a.value) as value, max(a.label) as label,
              array_agg(distinct t.target order by t.target) filter (where t.target is not null) as targets
            from asked a
            left join held h on h.object = a.to_object and h.kind = a.kind and h.value = a.value
            left join lateral unnest(h.targets) as t (target) on true
            group by a.from_id, a.ordinal, a.to_object, a.rank
          ), best as ( -- 4. the lowest rank with a hit, else the lowest rank
            select distinct on (from_id, ordinal) * from hits order by from_id, ordinal, targets is null, rank
          )
          insert into portolan.link (project_id, from_object, from_id, name, ordinal, to_object, state, target_id, candidates, asked, label)
          select ${projectId}::uuid, ${fromObject}, from_id, ${name}, ordinal, to_object,
            case coalesce(cardinality(targets), 0) when 0 then 'missing' when 1 then 'found' else 'ambiguous' end,
            case when cardinality(targets) = 1 then targets[1] end,
            case when cardinality(targets) > 1 then targets[1:10] else '{}' end, value, label
          from best`.execute(transaction);
      });
    },

    async joinLinks({ projectId, fromObject, name, ...way }) {
      await database.transaction().execute(async (transaction) => {
        await joinWhole(transaction);
        await sql`delete from portolan.link where project_id = ${projectId} and from_object = ${fromObject} and name = ${name}`.execute(transaction);
        await ('via' in way
          ? sql`insert into portolan.link (project_id, from_object, from_id, name, ordinal, to_object, state, target_id, candidates, asked, label)
              select f.project_id, f.from_object, f.from_id, ${name}, s.ordinal, s.to_object, s.state, s.target_id, s.candidates, s.asked, s.label
              from portolan.link f
              join portolan.link s on s.project_id = f.project_id and s.from_object = ${way.via.object} and s.from_id = f.target_id and s.name = ${way.via.name}
              where f.project_id = ${projectId} and f.from_object = ${fromObject} and f.name = ${way.via.link} and f.state = 'found'`
          : sql`insert into portolan.link (project_id, from_object, from_id, name, ordinal, to_object, state, target_id, candidates, asked, label)
              select b.project_id, ${fromObject}, b.target_id, ${name}, row_number() over (partition by b.target_id order by r.seq, b.ordinal) - 1, ${way.back.object}, 'found', b.from_id, '{}', b.from_id, b.label
              from portolan.link b
              join portolan.raw_record r on r.project_id = b.project_id and r.object = b.from_object and r.source_id = b.from_id and r.gone_at is null
              where b.project_id = ${projectId} and b.from_object = ${way.back.object} and b.name = ${way.back.link} and b.to_object = ${fromObject} and b.state = 'found'`).execute(transaction);
      });
    },

    async groupSort({ projectId, object, link }) {
      await database.transaction().execute(async (transaction) => {
        await joinWhole(transaction);
        if (link !== null) {
          await sql`update portolan.raw_record r set sort_key = g.prefix || substr(r.sort_key, length(${group(sql`r.sort_key`)}) + 1)
            from (select l.from_id, '~' || md5(l.target_id) || '~' as prefix from portolan.link l
              where l.project_id = ${projectId} and l.from_object = ${object} and l.name = ${link} and l.ordinal = 0 and l.state = 'found') as g
            where r.project_id = ${projectId} and r.object = ${object} and r.source_id = g.from_id and not starts_with(r.sort_key, g.prefix)`.execute(transaction);
        }
        await sql`update portolan.raw_record r set sort_key = substr(r.sort_key, length(${group(sql`r.sort_key`)}) + 1)
          where r.project_id = ${projectId} and r.object = ${object} and r.sort_key >= '~' and r.sort_key < '~g' and r.gone_at is null and ${group(sql`r.sort_key`)} <> ''
            and not exists (select from portolan.link l where l.project_id = ${projectId} and l.from_object = ${object} and l.from_id = r.source_id and l.name = ${link} and l.ordinal = 0 and l.state = 'found')`.execute(transaction);
      });
    },

    async resolvedLinks({ projectId, object, sourceIds }) {
      const { rows } = await sql<ResolvedLink>`select from_id as "fromId", name, ordinal, state, target_id as "targetId", candidates, asked, label
        from portolan.link where project_id = ${projectId} and from_object = ${object} and from_id = any(${sourceIds}::text[])
        order by from_id, name, ordinal`.execute(database);
      return rows;
    },

    async inboundByObject({ projectId, object, sourceIds }) {
      const { rows } = await sql<{ sourceId: string; fromObject: string; count: number }>`
        select l.target_id as "sourceId", l.from_object as "fromObject", count(distinct l.from_id)::int as count from portolan.link l
        where l.project_id = ${projectId} and l.to_object = ${object} and l.target_id = any(${sourceIds}::text[]) and l.state = 'found' and l.from_object <> ${object}
        group by l.target_id, l.from_object order by l.target_id, l.from_object`.execute(database);
      return rows;
    },

    async inboundCounts({ projectId, object, sourceIds, facts }) {
      const { rows } = await sql<{ sourceId: string; name: string; count: number }>`
        select l.target_id as "sourceId", f.name, count(*)::int as count
        from json_to_recordset(${json(facts)}) as f (name text, "ofObject" text, link text, labels json, unless json)
        join portolan.link l on l.project_id = ${projectId} and l.to_object = ${object} and l.target_id = any(${sourceIds}::text[])
          and l.state = 'found' and l.name = f.link and l.from_object = f."ofObject"
          and (f.labels is null or json_typeof(f.labels) = 'null' or lower(coalesce(l.label, '')) in (select lower(word) from json_array_elements_text(f.labels) as word))
          and (f.unless is null or json_typeof(f.unless) = 'null' or lower(coalesce(l.label, '')) not in (select lower(word) from json_array_elements_text(f.unless) as word))
        group by l.target_id, f.name order by l.target_id, f.name`.execute(database);
      return rows;
    },
  };
}

/**
 * For statements that join all records of an object: rows written a moment ago have no statistics, and a nested loop over 200,000
 * links and as many records never ends (280,000 messages of 50,000 tickets: stopped after 40 minutes).
 */
async function joinWhole(transaction: Transaction<unknown>): Promise<void> {
  await sql`set local enable_nestloop = off`.execute(transaction);
}
