import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { ConfigurationError, FatalError } from '../connector/errors.ts';
import type { Json } from '../connector/json.ts';
import type { Project, ProjectStore, Role, StoredCatalog, StoredConnection, StoredPlan } from '../engine/ports/projects.ts';
import type { Database } from './database.ts';
import { only } from './rows.ts';
import type { SecretBox } from './secrets.ts';
import { json } from './text-escape.ts';

const projectColumns = sql.raw('id, name, route, created_at as "createdAt"');
const planColumns = sql.raw(`project_id as "projectId", version, hash, text, confirmed_at as "confirmedAt", confirmed_by as "confirmedBy", created_at as "createdAt"`);

/** Context to which a connection's secrets are bound. */
const secretContext = (projectId: string, role: Role): string => `${projectId}:${role}`;

/** Projects, connections, catalogs, plans, audit and facts on PostgreSQL. */
export function projectStore(database: Database, secrets: SecretBox): ProjectStore {
  return {
    async createProject({ name, route }) {
      const { rows } = await sql<Project>`insert into portolan.project (id, name, route) values (${randomUUID()}, ${name}, ${route})
        on conflict (name) do nothing returning ${projectColumns}`.execute(database);
      if (rows[0] !== undefined) return rows[0];
      throw new ConfigurationError({ code: 'project-exists', message: `A project named "${name}" exists already.`, remedy: 'Choose another name, or go on with the existing project.' });
    },

    async findProject(name) {
      const { rows } = await sql<Project>`select ${projectColumns} from portolan.project where name = ${name}`.execute(database);
      return rows[0] ?? null;
    },

    async projectById(id) {
      const { rows } = await sql<Project>`select ${projectColumns} from portolan.project where id::text = ${id}`.execute(database);
      if (rows[0] !== undefined) return rows[0];
      throw new ConfigurationError({ code: 'no-project', message: `There is no project with the id ${id}.`, remedy: 'It may have been purged; list the projects.' });
    },

    async listProjects() {
      const { rows } = await sql<Project>`select ${projectColumns} from portolan.project order by name`.execute(database);
      return rows;
    },

    async saveConnection({ projectId, role, platform, settings, secrets: open }) {
      const sealed = secrets.seal(JSON.stringify(open), secretContext(projectId, role));
      await sql`insert into portolan.connection (project_id, role, platform, settings, secrets)
        values (${projectId}, ${role}, ${platform}, ${json(settings)}, ${sealed})
        on conflict (project_id, role) do update set platform = excluded.platform, settings = excluded.settings,
          secrets = excluded.secrets, saved_at = clock_timestamp()`.execute(database);
    },

    async loadConnection(projectId, role) {
      const { rows } = await sql<Omit<StoredConnection, 'secrets'> & { readonly secrets: string }>`
        select project_id as "projectId", role, platform, settings, secrets from portolan.connection
        where project_id = ${projectId} and role = ${role}`.execute(database);
      const row = rows[0];
      if (row === undefined) return null;
      const open = JSON.parse(secrets.open(row.secrets, secretContext(projectId, role))) as StoredConnection['secrets'];
      return { ...row, secrets: open };
    },

    async saveCatalog({ projectId, role, catalog, hash }) {
      await sql`insert into portolan.catalog (project_id, role, catalog, hash) values (${projectId}, ${role}, ${json(catalog)}, ${hash})
        on conflict (project_id, role) do update set catalog = excluded.catalog, hash = excluded.hash, discovered_at = clock_timestamp()`.execute(database);
    },

    async loadCatalog(projectId, role) {
      const { rows } = await sql<StoredCatalog>`select catalog, hash, discovered_at as "discoveredAt" from portolan.catalog
        where project_id = ${projectId} and role = ${role}`.execute(database);
      return rows[0] ?? null;
    },

    async savePlan({ projectId, hash, text }) {
      return database.transaction().execute(async (transaction) => {
        // The project's row serialises two people who save at once, so that versions are 1, 2, … without holes.
        await sql`select from portolan.project where id = ${projectId} for update`.execute(transaction);
        const { rows: latest } = await sql<StoredPlan>`select ${planColumns} from portolan.plan where project_id = ${projectId}
          order by version desc limit 1`.execute(transaction);
        if (latest[0]?.hash === hash) return latest[0];
        const { rows } = await sql<StoredPlan>`insert into portolan.plan (project_id, version, hash, text)
          values (${projectId}, ${(latest[0]?.version ?? 0) + 1}, ${hash}, ${text}) returning ${planColumns}`.execute(transaction);
        return only(rows);
      });
    },

    async confirmPlan({ projectId, version, by }) {
      const { rows } = await sql<StoredPlan>`update portolan.plan
        set confirmed_at = coalesce(confirmed_at, clock_timestamp()), confirmed_by = coalesce(confirmed_by, ${by})
        where project_id = ${projectId} and version = ${version} returning ${planColumns}`.execute(database);
      if (rows[0] !== undefined) return rows[0];
      throw new FatalError({ code: 'no-plan', message: `Project ${projectId} has no plan version ${version}.` });
    },

    async latestPlan(projectId) {
      const { rows } = await sql<StoredPlan>`select ${planColumns} from portolan.plan where project_id = ${projectId}
        order by version desc limit 1`.execute(database);
      return rows[0] ?? null;
    },

    async planByHash(projectId, hash) {
      const { rows } = await sql<StoredPlan>`select ${planColumns} from portolan.plan where project_id = ${projectId} and hash = ${hash}
        order by version desc limit 1`.execute(database);
      return rows[0] ?? null;
    },

    async audit({ projectId, actor, action, details }) {
      await sql`insert into portolan.audit (project_id, actor, action, details)
        values (${projectId}::uuid, ${actor}, ${action}, ${json(details)})`.execute(database);
    },

    async setFact(projectId, name, value) {
      await sql`insert into portolan.project_fact (project_id, name, value) values (${projectId}, ${name}, ${json(value)})
        on conflict (project_id, name) do update set value = excluded.value`.execute(database);
    },

    async getFact(projectId, name) {
      const { rows } = await sql<{ readonly value: Json }>`select value from portolan.project_fact
        where project_id = ${projectId} and name = ${name}`.execute(database);
      return rows[0]?.value ?? null;
    },

    async factsNamed({ projectId, names }) {
      const { rows } = await sql<{ readonly name: string }>`select name from portolan.project_fact
        where project_id = ${projectId} and name = any(${names}::text[])`.execute(database);
      return rows.map(({ name }) => name);
    },
  };
}
