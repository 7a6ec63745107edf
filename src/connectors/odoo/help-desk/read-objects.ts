import type { Json, JsonObject } from '../../../connector/json.ts';
import type { RejectedRow, SourcePage, SourceRecord } from '../../../connector/source.ts';
import { fromOdoo } from '../values/values-in.ts';
import { boundFields, idsAfter, type BoundField, type HelpDesk } from './desk.ts';
import type { HelpDeskObject } from './objects.ts';
import { readInHalves } from './read-in-halves.ts';
import { inlineFileIds, readLinkNames, rowValues } from './row-values.ts';
import type { PartnerScope } from './scope.ts';
import { readSla, slaOf } from './sla.ts';

/** Pages of one object by ascending id (keyset): what comes and goes while reading moves no other record. */
export async function* readObject(desk: HelpDesk, object: HelpDeskObject, params: Readonly<{ after: number; pageSize: number; scope: PartnerScope | null }>): AsyncGenerator<SourcePage> {
  const model = object.model(desk.dialect);
  const bound = await boundFields(desk, object);
  if (model === null || bound.length === 0) {
    yield { records: [], rejected: [], cursor: null };
    return;
  }
  const listed = object.name === 'partner' ? params.scope?.partners : object.name === 'company' ? params.scope?.companies : undefined;
  for (let after = params.after; ;) {
    // One more than asked for shows whether a page follows.
    const ids = listed === undefined ? await idsAfter(desk.client, model, domainOf(object), after, params.pageSize + 1) : pageOf(listed, after, params.pageSize + 1);
    const page = ids.slice(0, params.pageSize);
    const { rows, unreadable } = await readInHalves(page, (some) => readRows(desk, model, bound, some, alsoRead(desk, object)));
    const records = await toRecords(desk, object, model, bound, rows);
    const more = ids.length > page.length;
    after = page.at(-1) ?? after;
    yield { records, rejected: unreadable.map((one) => rejection(object.name, model, one.id, one.reason)), cursor: more ? { after } : null };
    if (!more) return;
  }
}

export function rejection(object: string, model: string, id: number, reason: string): RejectedRow {
  return { object, id: String(id), position: `${model} ${id}`, code: 'unreadable-record', message: reason, raw: '' };
}

/** Fields that made values are worked out from. */
function alsoRead(desk: HelpDesk, object: HelpDeskObject): readonly string[] {
  if (object.name === 'rating') return ['res_id'];
  if (object.name !== 'ticket' || desk.dialect.slaStatus !== null) return [];
  const known = desk.models.known('helpdesk.ticket');
  return ['sla_deadline', 'sla_expired', 'closed_date'].filter((name) => known?.has(name) === true);
}

export async function readRows(desk: HelpDesk, model: string, bound: readonly BoundField[], ids: readonly number[], also: readonly string[] = []): Promise<readonly JsonObject[]> {
  const fields = [...new Set([...bound.map((field) => field.native), ...also])];
  const rows = await desk.client.read(model, 'read', { ids: [...ids], fields, load: '_classic_write' }) as readonly JsonObject[];
  return rows.toSorted((left, right) => Number(left['id']) - Number(right['id']));
}

export function modifiedAt(row: JsonObject): string | null {
  const value = fromOdoo({ type: 'datetime', string: '' }, row['write_date']);
  return typeof value === 'string' ? value : null;
}

function domainOf(object: HelpDeskObject): readonly Json[] {
  if (object.name === 'user') return [['share', '=', false]];
  // A rating that was only asked for has no answer to move (`consumed`).
  if (object.name === 'rating') return [['res_model', '=', 'helpdesk.ticket'], ['consumed', '=', true]];
  return [];
}

function pageOf(ids: readonly number[], after: number, limit: number): readonly number[] {
  const from = ids.findIndex((id) => id > after);
  return from < 0 ? [] : ids.slice(from, from + limit);
}

async function toRecords(desk: HelpDesk, object: HelpDeskObject, model: string, bound: readonly BoundField[], rows: readonly JsonObject[]): Promise<readonly SourceRecord[]> {
  const names = await readLinkNames(desk.client, bound, rows, ['type_id', 'channel_id', 'stage_id', 'created_by_id', 'state_id', 'country_id', 'industry_id']);
  const made = object.name === 'ticket' ? await ticketExtras(desk, rows) : new Map<number, Record<string, Json>>();
  return rows.map((row) => {
    const data: Record<string, Json> = { ...rowValues(bound, row, names), ...made.get(Number(row['id'])) };
    for (const [link, name] of [['type_id', 'type_name'], ['channel_id', 'channel_name'], ['stage_id', 'stage_name'], ['created_by_id', 'created_by_name']] as const) {
      if (object.made[name] !== undefined) data[name] = nameOf(bound, row, link, names);
    }
    for (const link of ['state_id', 'country_id', 'industry_id']) if (link in data) data[link] = nameOf(bound, row, link, names);
    if (object.name === 'partner') data['company'] = data['parent_id'] ?? null;
    if (object.name === 'rating') data['ticket_id'] = typeof row['res_id'] === 'number' ? String(row['res_id']) : null;
    return { object: object.name, id: String(row['id']), data, modifiedAt: modifiedAt(row), position: `${model} ${String(row['id'])}` };
  });
}

function nameOf(bound: readonly BoundField[], row: JsonObject, ours: string, names: ReadonlyMap<string, string>): Json {
  const field = bound.find((one) => one.ours === ours);
  const id = field === undefined ? undefined : row[field.native];
  return typeof id === 'number' && field?.field.relation !== undefined ? names.get(`${field.field.relation},${id}`) ?? null : null;
}

/** What a ticket's row does not hold itself: followers, SLA, the pictures of its description. */
async function ticketExtras(desk: HelpDesk, rows: readonly JsonObject[]): Promise<ReadonlyMap<number, Record<string, Json>>> {
  if (rows.length === 0) return new Map();
  const sla = await readSla(desk, rows);
  const agents = await desk.agents();
  const followers = await readFollowers(desk, rows.map((row) => Number(row['id'])));
  return new Map(rows.map((row) => {
    const id = Number(row['id']);
    return [id, { ...slaOf(sla, id), follower_ids: (followers.get(id) ?? []).filter((partner) => !agents.has(partner)).map(String), inline_attachment_ids: inlineFileIds(row['description'] ?? null) }];
  }));
}

async function readFollowers({ client }: HelpDesk, ticketIds: readonly number[]): Promise<ReadonlyMap<number, readonly number[]>> {
  const rows = await client.searchRead('helpdesk.ticket', [['id', 'in', [...ticketIds]]], ['message_partner_ids']);
  return new Map(rows.map((row) => [Number(row['id']), (Array.isArray(row['message_partner_ids']) ? row['message_partner_ids'] : []).map(Number)]));
}
