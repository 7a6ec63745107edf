import type { Json, JsonObject } from '../../../connector/json.ts';
import type { CustomerioClient } from '../client.ts';
import type { FieldSpec } from '../source-object.ts';
import { idText, objectIn, secondsOf } from '../values.ts';

/** What one more call for each row of a list tells of it. */
export interface More {
  readonly fields: Readonly<Record<string, FieldSpec>>;
  readonly of: (client: CustomerioClient, row: Readonly<{ path: string; endpoint: string; id: string; data: JsonObject }>) => Promise<JsonObject>;
}

const YEAR_S = 366 * 86_400;

/**
 * How many a newsletter or broadcast went to, by its metrics, and a sentence for the notes of those who got it. No call for what was
 * never sent; where the metrics say nothing the number is null, and the sentence does not state it.
 */
export const audience = (kind: 'Newsletter' | 'Broadcast', sentField: string): More => ({
  fields: { recipients: 'integer', summary: 'text' },
  async of(client, { path, endpoint, id, data }) {
    const what = `${kind} "${idText(data['name']) ?? id}"`;
    const sentAt = idText(data[sentField]);
    if (sentAt === null) return { recipients: null, summary: `${what}, never sent` };
    const start = secondsOf(sentAt.slice(0, 10));
    const answer = await client.ask({ path: `${path}/${encodeURIComponent(id)}/metrics`, query: { version: '2', res: 'months', tz: 'UTC', start: String(start), end: String(start + YEAR_S) }, endpoint: `${endpoint}.metrics` });
    const recipients = 'fault' in answer ? null : sentIn(answer.body);
    return { recipients, summary: `${what}, ${kind === 'Newsletter' ? 'sent' : 'first sent'} ${sentAt.slice(0, 16).replace('T', ' ')} UTC${recipients === null ? '' : ` to ${recipients} ${recipients === 1 ? 'recipient' : 'recipients'}`}` };
  },
});

/** Steps of time added up; `metric` may be called `metrics`. Null = no such series. */
function sentIn(body: JsonObject): number | null {
  const series = objectIn(objectIn(body['metric'] ?? body['metrics'])['series'])['sent'];
  return Array.isArray(series) ? (series as readonly Json[]).reduce<number>((sum, step) => sum + (Number(step) || 0), 0) : null;
}

/** How many a segment has, as the workspace counts them. */
export const members: More = {
  fields: { members: 'integer' },
  async of(client, { path, endpoint, id }) {
    const answer = await client.ask({ path: `${path}/${encodeURIComponent(id)}/customer_count`, endpoint: `${endpoint}.customer_count` });
    const count = 'fault' in answer ? undefined : answer.body['count'];
    return { members: typeof count === 'number' ? count : null };
  },
};
