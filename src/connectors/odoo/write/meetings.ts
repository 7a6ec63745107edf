import type { Rejection } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import { groupsBy, openDebts, settleDebts, type Debt } from './debts.ts';
import { readLinkNames } from './link-names.ts';
import { callLoad } from './load-call.ts';

/**
 * calendar.event: what its plans write under names of their own, and what is done after creation.
 * - attendees_accepted, …: partner ids. The event is made with all of them, then calendar.attendee.state is written: 14 resets a
 *   state given at creation, and always accepts for the API user's own partner [14].
 * - opportunity_id: at creation it posts "Meeting scheduled" on the lead, dated now, whatever the context [all]; later it does not.
 * - res_model, res_id: at creation they make a mail.activity on the record, and its user a follower [14]; later they do not.
 * - attendees are made followers of the event at creation, whatever the context [14 17 18]; they are taken off again.
 */
export const attendeeFields = { attendees_accepted: 'accepted', attendees_declined: 'declined', attendees_tentative: 'tentative', attendees_open: 'needsAction' } as const;
export type AttendeeField = keyof typeof attendeeFields;
export const attendeeFieldNames = Object.keys(attendeeFields) as readonly AttendeeField[];

const letters: Readonly<Record<string, string>> = { accepted: 'a', declined: 'd', tentative: 't', needsAction: 'o' };
const stateOfLetter = new Map(Object.entries(letters).map(([state, letter]) => [letter, state]));
/** The states stand one letter each in an external id, which PostgreSQL indexes up to some 2,700 bytes. */
const mostAttendees = 2_000;

export interface PreparedMeeting {
  readonly values: JsonObject;
  readonly debt: Readonly<Record<string, string>> | null;
  readonly rejection: Rejection | null;
}

/** Context of creation: without it a meeting without attendees gets the API user as one, and an empty list is a TypeError [14]. */
export const meetingContext: JsonObject = { default_partner_ids: [] };

/** Splits one meeting into what creation takes and what is owed afterwards. `modelIds`: ir.model ids by model name. */
export function prepareMeeting(record: JsonObject, index: number, modelIds: ReadonlyMap<string, string>): PreparedMeeting {
  const { opportunity_id: opportunity, res_model: model, res_id: recordId, ...rest } = withDates(record);
  const refuse = (code: string, field: string, message: string): PreparedMeeting => ({ values: {}, debt: null, rejection: { index, code, field, message } });
  const states = new Map<number, string>();
  const values: { [name: string]: Json } = { ...rest };
  for (const name of attendeeFieldNames) {
    delete values[name];
    for (const partner of idsIn(record[name])) {
      const before = states.get(partner);
      if (before !== undefined && before !== attendeeFields[name]) return refuse('attendee-twice', name, `contact ${partner} stands among the attendees with two answers.`);
      states.set(partner, attendeeFields[name]);
    }
  }
  for (const partner of idsIn(record['partner_ids'])) if (!states.has(partner)) states.set(partner, 'needsAction');
  if (states.size > mostAttendees) return refuse('too-many-attendees', 'partner_ids', `${states.size} attendees are more than the ${mostAttendees} that can be written.`);
  const partners = [...states.keys()].sort((left, right) => left - right);
  if (partners.length > 0) values['partner_ids'] = partners.map(String);
  else delete values['partner_ids'];
  const debt: { [part: string]: string } = {};
  if (partners.length > 0) debt['states'] = partners.map((partner) => letters[states.get(partner) ?? 'needsAction'] ?? 'o').join('');
  if (isId(opportunity)) debt['opportunity'] = String(opportunity);
  if (typeof model === 'string' && isId(recordId)) {
    const modelId = modelIds.get(model);
    if (modelId === undefined) return refuse('unknown-model', 'res_model', `this Odoo has no ${model}.`);
    debt['model'] = modelId;
    debt['record'] = String(recordId);
  }
  return { values, debt: Object.keys(debt).length === 0 ? null : debt, rejection: null };
}

/**
 * An all-day meeting counts by its dates: Odoo keeps 08:00 to 18:00 of them in start and stop, in no zone. The dates are taken
 * from start_date and stop_date, or else from start and stop as they are written, and both are sent.
 */
export function withDates(record: JsonObject): JsonObject {
  if (record['allday'] !== true) return record;
  const first = dayOf(record['start_date']) ?? dayOf(record['start']);
  const last = dayOf(record['stop_date']) ?? dayOf(record['stop']) ?? first;
  if (first === null || last === null) return record;
  return { ...record, start_date: first, stop_date: last, start: `${first}T08:00:00Z`, stop: `${last}T18:00:00Z` };
}

/** Does what the meetings of these names still owe. */
export async function payMeetings(client: OdooClient, names: ReadonlySet<string>): Promise<void> {
  const debts = await openDebts(client, 'calendar.event', names);
  if (debts.length === 0) return;
  const attendees = await readAttendees(client, debts.map((debt) => debt.recordId));
  const wanted = debts.flatMap((debt) => {
    const own = attendees.filter((attendee) => attendee.eventId === debt.recordId).sort((left, right) => left.partnerId - right.partnerId);
    const states = [...debt.parts.get('states') ?? ''];
    // Another number of attendees: somebody has changed them since the crash, and whom a letter means is not known any more.
    return own.length === states.length ? own.map((attendee, at) => ({ attendee, state: stateOfLetter.get(states[at] ?? '') ?? 'needsAction' })) : [];
  });
  await writeStates(client, wanted);
  await writeLinks(client, debts);
  await unfollowMeetings(client, debts.map((debt) => debt.recordId), [...new Set(attendees.map((attendee) => attendee.partnerId))]);
  await settleDebts(client, 'calendar.event', debts);
}

export interface Attendee { readonly id: number; readonly eventId: number; readonly partnerId: number; readonly state: string }

export async function readAttendees(client: OdooClient, eventIds: readonly number[]): Promise<readonly Attendee[]> {
  const rows = await client.searchRead('calendar.attendee', [['event_id', 'in', [...eventIds]]], ['event_id', 'partner_id', 'state']);
  return rows.map((row) => ({ id: Number(row['id']), eventId: linkOf(row['event_id']), partnerId: linkOf(row['partner_id']), state: String(row['state']) }));
}

export async function writeStates(client: OdooClient, wanted: readonly { readonly attendee: Attendee; readonly state: string }[]): Promise<void> {
  for (const group of groupsBy(wanted.filter(({ attendee, state }) => attendee.state !== state), ({ state }) => state)) {
    await client.write('calendar.attendee', 'write', { ids: group.map(({ attendee }) => attendee.id), vals: { state: group[0].state } });
  }
}

/**
 * One transaction for each kind of link: 150 meetings take 0.8-1.3 s by external ids, 1.9-2.4 s by database ids, 7-8 s in single writes
 * [14, busy machine].
 */
async function writeLinks(client: OdooClient, debts: readonly Debt[]): Promise<void> {
  const kinds = [['opportunity_id', 'opportunity', 'crm.lead'], ['res_model_id', 'model', 'ir.model'], ['res_id', 'record', null]] as const;
  for (const group of groupsBy(debts, (debt) => kinds.map(([, part]) => debt.parts.has(part)).join())) {
    const own = kinds.filter(([, part]) => group[0].parts.has(part));
    if (own.length === 0) continue;
    const columns = ['.id'];
    const rows = group.map((debt) => [String(debt.recordId)]);
    for (const [field, part, model] of own) {
      const ids = group.map((debt) => Number(debt.parts.get(part)));
      const names = model === null ? null : await readLinkNames(client, model, [...new Set(ids)]);
      const named = names !== null && ids.every((id) => names.has(id));
      columns.push(model === null ? field : named ? `${field}/id` : `${field}/.id`);
      rows.forEach((row, at) => row.push(named ? names.get(ids[at] ?? 0) ?? '' : String(ids[at])));
    }
    await callLoad(client, 'calendar.event', columns, rows);
  }
}

/** Who follows the meetings: '<event id>/<partner id>'. */
export async function meetingFollowers(client: OdooClient, eventIds: readonly number[]): Promise<ReadonlySet<string>> {
  const rows = await client.searchRead('mail.followers', [['res_model', '=', 'calendar.event'], ['res_id', 'in', [...eventIds]]], ['res_id', 'partner_id']);
  return new Set(rows.map((row) => `${Number(row['res_id'])}/${linkOf(row['partner_id'])}`));
}

/** Followers that creation or new attendees made. 19 makes none, so it is asked first. */
export async function unfollowMeetings(client: OdooClient, eventIds: readonly number[], partnerIds: readonly number[]): Promise<void> {
  if (partnerIds.length === 0) return;
  const rows = await client.searchRead('mail.followers', [['res_model', '=', 'calendar.event'], ['res_id', 'in', [...eventIds]], ['partner_id', 'in', [...partnerIds]]], ['res_id']);
  const followed = [...new Set(rows.map((row) => Number(row['res_id'])))];
  if (followed.length > 0) await client.write('calendar.event', 'message_unsubscribe', { ids: followed, partner_ids: [...partnerIds] });
}

function idsIn(value: Json | undefined): readonly number[] {
  return Array.isArray(value) ? [...new Set((value as readonly Json[]).map(Number))].filter((id) => Number.isInteger(id) && id > 0) : [];
}

function isId(value: Json | undefined): boolean {
  return value !== undefined && value !== null && /^[1-9]\d{0,9}$/u.test(String(value));
}

function dayOf(value: Json | undefined): string | null {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/u.test(value) ? value.slice(0, 10) : null;
}

function linkOf(value: Json | undefined): number {
  return Array.isArray(value) ? Number((value as readonly Json[])[0]) : Number(value);
}
