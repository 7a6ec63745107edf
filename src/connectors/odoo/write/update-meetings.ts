import { RecordRejectedError } from '../../../connector/errors.ts';
import type { UpdateRequest } from '../../../connector/destination.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import { attendeeFieldNames, attendeeFields, meetingFollowers, readAttendees, unfollowMeetings, withDates, writeStates } from './meetings.ts';
import { modelIdsOf } from './model-rules.ts';

type Change = UpdateRequest['changes'][number];

/** Changes of records that name a model in `res_model`, with the model's id instead. */
export async function withModelIds(client: OdooClient, changes: readonly Change[]): Promise<readonly Change[]> {
  const ids = await modelIdsOf(client, changes.map((change) => change.values));
  return changes.map((change, index) => {
    const { res_model: model, ...values } = change.values;
    if (model === null) return { ...change, values: { ...values, res_model_id: null } };
    if (typeof model !== 'string') return change;
    const id = ids.get(model);
    if (id === undefined) throw new RecordRejectedError({ code: 'unknown-model', message: `this Odoo has no ${model}.`, rejections: [{ index, code: 'unknown-model', field: 'res_model', message: `this Odoo has no ${model}.` }] });
    return { ...change, values: { ...values, res_model_id: id } };
  });
}

/** What of the changes of meetings is plain: the attendee fields are written by `updateAttendees`. */
export function plainMeetingChanges(changes: readonly Change[]): readonly Change[] {
  return changes.map((change) => ({ ...change, values: withDates(Object.fromEntries(Object.entries(change.values).filter(([name]) => !isAttendeeField(name)))) }));
}

/**
 * Writes changed answers, and attendees who came or went. A list that is not among the changes stays as it is; who left his list and
 * is in no other one is no attendee any more. No invitation goes out: `no_mail_to_attendees` stands in every context.
 */
export async function updateAttendees(client: OdooClient, changes: readonly Change[]): Promise<void> {
  const touched = changes.filter((change) => Object.keys(change.values).some(isAttendeeField));
  if (touched.length === 0) return;
  const before = await readAttendees(client, touched.map((change) => Number(change.id)));
  const wantedOf = new Map(touched.map((change) => [Number(change.id), wantedStates(change.values, before.filter((attendee) => attendee.eventId === Number(change.id)))]));
  const followed = await meetingFollowers(client, [...wantedOf.keys()]);
  for (const [event, wanted] of wantedOf) {
    const held = before.filter((attendee) => attendee.eventId === event).map((attendee) => attendee.partnerId);
    if (held.length === wanted.size && held.every((partner) => wanted.has(partner))) continue;
    await client.write('calendar.event', 'write', { ids: [event], vals: { partner_ids: [[6, 0, [...wanted.keys()]]] } });
    await unfollowMeetings(client, [event], [...wanted.keys()].filter((partner) => !followed.has(`${event}/${partner}`)));
  }
  const after = await readAttendees(client, [...wantedOf.keys()]);
  await writeStates(client, after.flatMap((attendee) => {
    const state = wantedOf.get(attendee.eventId)?.get(attendee.partnerId);
    return state === undefined ? [] : [{ attendee, state }];
  }));
}

function wantedStates(values: JsonObject, held: readonly { readonly partnerId: number; readonly state: string }[]): ReadonlyMap<number, string> {
  const given = attendeeFieldNames.filter((name) => values[name] !== undefined);
  const replaced = new Set<string>(given.map((name) => attendeeFields[name]));
  const wanted = new Map(held.filter((attendee) => !replaced.has(attendee.state)).map((attendee) => [attendee.partnerId, attendee.state]));
  for (const name of given) for (const id of (values[name] as readonly Json[] | null) ?? []) wanted.set(Number(id), attendeeFields[name]);
  return wanted;
}

function isAttendeeField(name: string): boolean {
  return attendeeFieldNames.some((field) => field === name);
}
