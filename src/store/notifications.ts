import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { JsonObject } from '../connector/json.ts';

/** Who is told. `sealed` = of a webhook, the key that signs, encrypted. */
export interface NotificationTarget { readonly id: string; readonly kind: 'webhook' | 'email'; readonly address: string; readonly events: readonly string[]; readonly sealed: string | null; readonly madeBy: string; readonly madeAt: string }

/** A message to one target, and what became of it. */
export interface Notification {
  readonly id: string;
  readonly targetId: string;
  readonly event: string;
  readonly subject: string;
  readonly body: JsonObject;
  readonly state: 'waiting' | 'sent' | 'given-up';
  readonly attempts: number;
  readonly error: string | null;
  readonly madeAt: string;
  readonly sentAt: string | null;
}

/** Who is told, and what waits to be sent. What waits survives a restart. */
export interface NotificationStore {
  targets(): Promise<readonly NotificationTarget[]>;
  addTarget(params: Readonly<{ id: string; kind: NotificationTarget['kind']; address: string; events: readonly string[]; sealed: string | null; by: string }>): Promise<void>;
  removeTarget(id: string): Promise<boolean>;
  enqueue(params: Readonly<{ targetId: string; projectId: string | null; event: string; subject: string; body: JsonObject }>): Promise<string>;
  /** Takes the next message that is due; nobody else gets it within a minute. null = none is due. */
  take(): Promise<Notification | null>;
  sent(id: string): Promise<void>;
  /** @param params.againInMs null = given up */
  failed(params: Readonly<{ id: string; error: string; againInMs: number | null }>): Promise<void>;
  /** The newest messages of every target, at most `limit` each. */
  recent(limit: number): Promise<readonly Notification[]>;
}

const targetColumns = sql.raw('id, kind, address, events, sealed, made_by as "madeBy", made_at as "madeAt"');
const columns = sql.raw('id, target_id as "targetId", event, subject, body, state, attempts, error, made_at as "madeAt", sent_at as "sentAt"');
type Row = Omit<Notification, 'madeAt' | 'sentAt'> & { readonly madeAt: Date; readonly sentAt: Date | null };
const withTexts = ({ madeAt, sentAt, ...row }: Row): Notification => ({ ...row, madeAt: madeAt.toISOString(), sentAt: sentAt?.toISOString() ?? null });

export function notificationStore(database: Kysely<unknown>): NotificationStore {
  return {
    async targets() {
      const { rows } = await sql<Omit<NotificationTarget, 'madeAt'> & { readonly madeAt: Date }>`select ${targetColumns} from portolan.console_target order by made_at, id`.execute(database);
      return rows.map((row) => ({ ...row, madeAt: row.madeAt.toISOString() }));
    },
    async addTarget({ id, kind, address, events, sealed, by }) {
      await sql`insert into portolan.console_target (id, kind, address, events, sealed, made_by) values (${id}, ${kind}, ${address}, ${JSON.stringify(events)}::jsonb, ${sealed}, ${by})`.execute(database);
    },
    async removeTarget(id) {
      const { numAffectedRows } = await sql`delete from portolan.console_target where id = ${id}`.execute(database);
      return numAffectedRows === 1n;
    },
    async enqueue({ targetId, projectId, event, subject, body }) {
      const id = randomUUID();
      await sql`insert into portolan.notification (id, target_id, project_id, event, subject, body, state) values (${id}, ${targetId}, ${projectId}, ${event}, ${subject}, ${JSON.stringify(body)}::jsonb, 'waiting')`.execute(database);
      return id;
    },
    async take() {
      const { rows } = await sql<Row>`update portolan.notification set attempts = attempts + 1, next_at = clock_timestamp() + interval '1 minute'
        where id = (select id from portolan.notification where state = 'waiting' and next_at <= clock_timestamp() order by next_at limit 1 for update skip locked) returning ${columns}`.execute(database);
      const [row] = rows;
      return row === undefined ? null : withTexts(row);
    },
    async sent(id) {
      await sql`update portolan.notification set state = 'sent', sent_at = clock_timestamp(), error = null where id = ${id}`.execute(database);
    },
    async failed({ id, error, againInMs }) {
      await sql`update portolan.notification set error = ${error}, state = ${againInMs === null ? 'given-up' : 'waiting'}, next_at = clock_timestamp() + ${againInMs ?? 0}::float8 * interval '1 millisecond' where id = ${id}`.execute(database);
    },
    async recent(limit) {
      const { rows } = await sql<Row>`select ${columns} from (select *, row_number() over (partition by target_id order by made_at desc) as place from portolan.notification) one where place <= ${limit} order by made_at desc`.execute(database);
      return rows.map(withTexts);
    },
  };
}
