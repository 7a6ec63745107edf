import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Budget } from '../connector/budget.ts';
import { noteWindow, takeFromWindow } from './budget-window.ts';
import type { Database } from './database.ts';
import { only } from './rows.ts';

/** Rates of a connection's limits: calls per second in the long run, and calls that may go out at once. */
export interface BudgetRates { readonly [limit: string]: { readonly perSecond: number; readonly burst: number } }

/**
 * A token bucket in one row per connection and limit, shared by every worker on every machine.
 *
 * Taking never fails: tokens may go below zero, which is a promise for later, and the taker sleeps until the promise
 * is due. So callers are served in the order in which they asked, with one statement each. A penalty moves the row's
 * clock into the future, for those who ask later and, as they look again before they go, for those who sleep. A window that
 * the platform states in its answers stands in the same row and bounds what goes out besides.
 */
export function sharedBudget(database: Database, connection: string, rates: BudgetRates): Budget {
  return {
    async acquire(limit, cost = 1) {
      const rate = rates[limit];
      // A limit without a rate has no bucket, but a penalty may have made it a clock.
      let waitMs = rate === undefined ? await penaltyLeft(database, connection, limit) : await take(database, { connection, limit, cost, ...rate });
      for (;;) {
        while (waitMs > 0) {
          await sleep(waitMs);
          waitMs = await penaltyLeft(database, connection, limit);
        }
        waitMs = await takeFromWindow(database, { connection, limit, cost });
        if (waitMs === 0) return;
      }
    },

    async penalise(limit, waitMs) {
      await sql`insert into portolan.api_budget as b (connection, limit_name, tokens, paid_until)
        values (${connection}, ${limit}, 0, clock_timestamp() + ${waitMs}::float8 * interval '1 millisecond')
        on conflict (connection, limit_name) do update set tokens = least(b.tokens, 0),
          paid_until = greatest(b.paid_until, excluded.paid_until)`.execute(database);
    },

    observe: (limit, window) => noteWindow(database, { connection, limit, window }),
  };
}

/** Takes tokens and returns the milliseconds until they are due. Refill: the time since `paid_until`, none while that lies ahead. */
async function take(database: Database, params: Readonly<{ connection: string; limit: string; cost: number; perSecond: number; burst: number }>): Promise<number> {
  const { connection, limit, cost, perSecond, burst } = params;
  const { rows } = await sql<{ wait: number }>`insert into portolan.api_budget as b (connection, limit_name, tokens, paid_until)
    values (${connection}, ${limit}, ${burst - cost}::float8, clock_timestamp())
    on conflict (connection, limit_name) do update set
      tokens = least(${burst}::float8, b.tokens + ${perSecond}::float8 * greatest(0, extract(epoch from clock_timestamp() - b.paid_until))) - ${cost}::float8,
      paid_until = greatest(b.paid_until, clock_timestamp())
    returning 1000 * (greatest(0, extract(epoch from b.paid_until - clock_timestamp())) + greatest(0, -b.tokens) / ${perSecond}::float8) as wait`.execute(database);
  return Math.ceil(Number(only(rows).wait));
}

/** Milliseconds until the row's clock is reached; 0 = no penalty. */
async function penaltyLeft(database: Database, connection: string, limit: string): Promise<number> {
  const { rows } = await sql<{ wait: number }>`select 1000 * greatest(0, extract(epoch from paid_until - clock_timestamp())) as wait
    from portolan.api_budget where connection = ${connection} and limit_name = ${limit}`.execute(database);
  return Math.ceil(Number(rows[0]?.wait ?? 0));
}
