import { sql } from 'kysely';
import type { Database } from './database.ts';

export interface Window { readonly limit: number; readonly remaining: number; readonly resetsInMs: number }

/**
 * Takes calls from the window that the platform stated last; returns the milliseconds until the next one where none are left.
 * A window that is over begins anew: its end is then a guess, which the first answer corrects. 0 too where none was ever stated.
 */
export async function takeFromWindow(database: Database, params: Readonly<{ connection: string; limit: string; cost: number }>): Promise<number> {
  const { connection, limit, cost } = params;
  const { rows } = await sql<{ wait: number }>`with known as (
      select connection, limit_name, window_left, window_ends, clock_timestamp() as now,
        window_ends <= clock_timestamp() as over, window_left >= ${cost}::int as enough
      from portolan.api_budget where connection = ${connection} and limit_name = ${limit} and window_limit is not null for update)
    update portolan.api_budget b set
      window_left = case when known.over then b.window_limit - ${cost}::int when known.enough then b.window_left - ${cost}::int else b.window_left end,
      window_ends = case when known.over then known.now + b.window_ms * interval '1 millisecond' else b.window_ends end
    from known where b.connection = known.connection and b.limit_name = known.limit_name
    returning case when known.over or known.enough then 0 else 1000 * extract(epoch from known.window_ends - known.now) end as wait`.execute(database);
  return Math.ceil(Number(rows[0]?.wait ?? 0));
}

/**
 * Writes down what an answer said. Within one window the smaller number counts: answers overtake one another, and calls on their
 * way are in ours already. An answer from a window that is over says nothing.
 */
export async function noteWindow(database: Database, params: Readonly<{ connection: string; limit: string; window: Window }>): Promise<void> {
  const { connection, limit, window } = params;
  if (window.resetsInMs <= 0) return;
  await sql`insert into portolan.api_budget as b (connection, limit_name, tokens, paid_until, window_limit, window_left, window_ends, window_ms)
    values (${connection}, ${limit}, 0, clock_timestamp(), ${window.limit}::int, ${window.remaining}::int, clock_timestamp() + ${window.resetsInMs}::float8 * interval '1 millisecond', ${Math.ceil(window.resetsInMs)}::int)
    on conflict (connection, limit_name) do update set
      window_limit = excluded.window_limit, window_ms = greatest(b.window_ms, excluded.window_ms), window_ends = excluded.window_ends,
      window_left = case when b.window_ends is not null and abs(extract(epoch from b.window_ends - excluded.window_ends)) * 2000 < greatest(b.window_ms, excluded.window_ms)
        then least(b.window_left, excluded.window_left) else excluded.window_left end`.execute(database);
}
