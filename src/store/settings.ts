import { sql, type Kysely } from 'kysely';
import type { JsonObject } from '../connector/json.ts';

/** One setting of the installation. `sealed` holds its secret, encrypted by whoever writes it; null = it has none. */
export interface Setting { readonly value: JsonObject; readonly sealed: string | null; readonly changedBy: string; readonly changedAt: string }

export interface SettingsStore {
  get(name: string): Promise<Setting | null>;
  /** @param params.sealed undefined = the secret stays as it is */
  put(params: Readonly<{ name: string; value: JsonObject; sealed: string | null | undefined; by: string }>): Promise<void>;
  remove(name: string): Promise<boolean>;
}

export function settingsStore(database: Kysely<unknown>): SettingsStore {
  return {
    async get(name) {
      const { rows } = await sql<Omit<Setting, 'changedAt'> & { readonly changedAt: Date }>`select value, sealed, changed_by as "changedBy", changed_at as "changedAt" from portolan.console_setting where name = ${name}`.execute(database);
      const [row] = rows;
      return row === undefined ? null : { ...row, changedAt: row.changedAt.toISOString() };
    },
    async put({ name, value, sealed, by }) {
      await sql`insert into portolan.console_setting (name, value, sealed, changed_by) values (${name}, ${JSON.stringify(value)}::jsonb, ${sealed ?? null}, ${by})
        on conflict (name) do update set value = excluded.value, sealed = case when ${sealed === undefined} then console_setting.sealed else excluded.sealed end, changed_by = excluded.changed_by, changed_at = clock_timestamp()`.execute(database);
    },
    async remove(name) {
      const { numAffectedRows } = await sql`delete from portolan.console_setting where name = ${name}`.execute(database);
      return numAffectedRows === 1n;
    },
  };
}
