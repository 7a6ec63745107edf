import type { ModelBehaviour } from '../orm/behaviour.ts';
import { createRecords } from '../orm/create.ts';
import type { Environment } from '../orm/environment.ts';
import { linkedBy } from '../orm/hierarchy.ts';
import { displayName } from '../orm/names.ts';
import { deleteRecords } from '../orm/unlink.ts';
import { withChanges } from '../orm/write.ts';
import { plainRow } from '../store/lazy-rows.ts';
import { validationError } from '../python-errors.ts';
import type { Draft, Row } from '../store/row.ts';
import { follow, logMessage, queueMail, unfollow } from './chatter.ts';

/** Meetings: attendees follow partner_ids; invitations leave for future events unless `no_mail_to_attendees`. */
export const eventBehaviour: ModelBehaviour = {
  defaults: (env) => ({
    user_id: env.uid, privacy: env.version >= 18 ? undefined : 'public', show_as: 'busy',
    duration: 1, partner_ids: [env.partnerId()],
  }),
  beforeCreate: (env, draft, given) => {
    draft['start'] ??= env.version === 14 ? `${env.today} 00:00:00` : env.now;
    fillDates(env, draft, given);
    linkRecord(env, draft);
    if (env.version >= 19 && !env.flag('skip_contact_description')) appendContact(env, draft);
    draft['display_time'] = undefined;
  },
  afterCreate: (env, rows, given) => {
    rows.forEach((row, at) => {
      // On 14 a caller who is an attendee only by default gets no attendee row and does not follow.
      const byDefault = env.version === 14 && !given[at]!.has('partner_ids');
      const made = byDefault ? [] : syncAttendees(env, row.id, { forgetStates: env.version === 14 && given[at]!.has('attendee_ids'), keepOthers: true });
      if (!byDefault) subscribeAttendees(env, row);
      if (row['opportunity_id'] !== undefined && given[at]!.has('opportunity_id')) {
        const start = String(row['start']);
        logMessage(env, 'crm.lead', row['opportunity_id'] as number, `Meeting scheduled at '<time datetime="${start}+00:00">${start}</time>'<br> Subject: ${String(row['name'])} <br> Duration: ${String(row['duration'] ?? 'unknown')} hours`, null);
      }
      invite(env, row, made, 'invitation');
    });
  },
  beforeWrite: (env, row, changes, given) => {
    const merged: Draft = { ...plainRow(row), ...changes };
    if (given.has('start') || given.has('stop') || given.has('start_date') || given.has('stop_date') || given.has('allday')) {
      fillDates(env, merged, given);
      for (const name of ['start', 'stop', 'start_date', 'stop_date', 'duration']) if (merged[name] !== row[name] && !(name === 'duration' && given.has('duration'))) changes[name] = merged[name];
    }
    if ('res_model_id' in changes) linkRecord(env, changes);
  },
  afterWrite: (env, before, after, given) => {
    if (given.has('partner_ids')) {
      const present = new Set(linkedBy(env, 'calendar.attendee', 'event_id', after.id));
      const attendees = syncAttendees(env, after.id, { forgetStates: false, keepOthers: false });
      subscribeAttendees(env, after);
      // Those who were there before are not invited again (measured on 14).
      invite(env, after, attendees.filter((id) => !present.has(id)), 'invitation');
    }
    if (before['start'] !== after['start']) invite(env, after, linkedBy(env, 'calendar.attendee', 'event_id', after.id), 'date updated');
  },
  beforeUnlink: (env, rows) => {
    for (const row of rows) deleteRecords(env.sudo(), 'calendar.attendee', linkedBy(env, 'calendar.attendee', 'event_id', row.id));
  },
  // Others see of a private meeting when it is, and nothing else; they may not change it (measured on 14).
  masked: (env, row, field) => (isHidden(env, row) && !SHOWN_OF_PRIVATE.has(field) ? { value: field === 'name' || field === 'display_name' ? 'Busy' : undefined } : null),
  allowed: (env, row, operation) => operation === 'read' || operation === 'create' || !isHidden(env, row),
  computed: { display_time: (_env, row) => `${String(row['start'] ?? '')} to ${String(row['stop'] ?? '')} (UTC)` },
};

const SHOWN_OF_PRIVATE = new Set(['id', 'start', 'stop', 'start_date', 'stop_date', 'allday', 'duration', 'user_id', 'active', 'recurrency', 'show_as']);

function isHidden(env: Environment, row: Row): boolean {
  if (env.superuser || row['privacy'] !== 'private' || row['user_id'] === env.uid) return false;
  return !((row['partner_ids'] as readonly number[] | undefined) ?? []).includes(env.partnerId());
}

function fillDates(env: Environment, event: Draft, given: ReadonlySet<string>): void {
  if (event['allday'] === true) {
    const from = String((given.has('start_date') ? event['start_date'] : undefined) ?? event['start'] ?? event['start_date'] ?? '').slice(0, 10);
    const to = String((given.has('stop_date') ? event['stop_date'] : undefined) ?? event['stop'] ?? event['stop_date'] ?? (env.version === 14 ? env.today : from)).slice(0, 10);
    if (to < from && given.has('start_date') && given.has('stop_date')) throw validationError(`The ending date cannot be earlier than the starting date.\nMeeting '${String(event['name'])}' starts '${env.today} 00:00:00' and ends '${env.today} 00:00:00'`);
    if (from !== '') {
      event['start_date'] = from;
      event['stop_date'] = to;
      // Times come from the dates only when those were given: 8 to 18 o'clock.
      if (given.has('start_date') || event['start'] === undefined) event['start'] = `${from} 08:00:00`;
      if (given.has('stop_date') || event['stop'] === undefined) event['stop'] = `${to} 18:00:00`;
    }
  } else {
    event['start_date'] = undefined;
    event['stop_date'] = undefined;
  }
  // A stop left out is reckoned from now, not from the start; on 14 it is the beginning of today (measured).
  if (event['stop'] === undefined && event['start'] !== undefined) event['stop'] = env.version === 14 ? `${env.today} 00:00:00` : new Date(Date.parse(`${env.now.replace(' ', 'T')}Z`) + 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  const start = event['start'] as string | undefined;
  const stop = event['stop'] as string | undefined;
  if (start === undefined || stop === undefined) return;
  if (stop < start) throw validationError(`The ending date and time cannot be earlier than the starting date and time.\nMeeting '${String(event['name'])}' starts '${start}' and ends '${stop}'`);
  const hours = Math.round((Date.parse(`${stop.replace(' ', 'T')}Z`) - Date.parse(`${start.replace(' ', 'T')}Z`)) / 36_000) / 100;
  // A duration that is sent stays, whatever start and stop say (measured on 14).
  if (!given.has('duration')) event['duration'] = hours === 0 ? undefined : hours;
}

function linkRecord(env: Environment, draft: Draft): void {
  const model = env.row('ir.model', draft['res_model_id'])?.['model'];
  draft['res_model'] = model as string | undefined; // related and stored: without a model it is empty (14, measured)
}

/** 19 appends who organises and the first attendee's details to every description, also an empty one. */
function appendContact(env: Environment, draft: Draft): void {
  const first = env.row('res.partner', (draft['partner_ids'] as readonly number[] | undefined)?.[0]);
  const lines = [
    ...(draft['user_id'] === undefined ? [] : [`Organized by ${displayName(env, 'res.users', draft['user_id'] as number)}`]),
    ...(first ? ['Contact Details', ...[first['name'], first['email'], first['phone']].filter((part) => part !== undefined).map(String)] : []),
  ];
  if (lines.length > 0) draft['description'] = `${String(draft['description'] ?? '')}<div>${lines.join('<br>')}</div>`;
}

/** Makes attendees equal to partner_ids. @returns ids of the new ones */
function syncAttendees(env: Environment, event: number, { forgetStates, keepOthers }: { readonly forgetStates: boolean; readonly keepOthers: boolean }): number[] {
  const sudo = env.sudo();
  const row = env.row('calendar.event', event)!;
  const wanted = new Set((row['partner_ids'] as readonly number[] | undefined) ?? []);
  const present = linkedBy(env, 'calendar.attendee', 'event_id', event);
  const made: number[] = [];
  for (const id of present) {
    const attendee = env.row('calendar.attendee', id)!;
    const partner = attendee['partner_id'] as number;
    if (wanted.has(partner)) {
      wanted.delete(partner);
      made.push(id);
      // 14 forgets the states of attendees sent along with partner_ids.
      if (forgetStates) env.table('calendar.attendee').put(withChanges(attendee, { state: 'needsAction' }));
    } else if (!(keepOthers && row['partner_ids'] === undefined && !forgetStates)) {
      deleteRecords(sudo, 'calendar.attendee', [id]);
      unfollow(env, 'calendar.event', event, partner);
    }
  }
  const fresh = createRecords(sudo, 'calendar.attendee', [...wanted].map((partner) => ({ event_id: event, partner_id: partner })));
  return [...made, ...fresh];
}

/** Attendees become followers, quiet keys or not; no longer on 19. */
function subscribeAttendees(env: Environment, event: Row): void {
  if (env.version >= 19) return;
  for (const partner of (event['partner_ids'] as readonly number[] | undefined) ?? []) follow(env, 'calendar.event', event.id, partner);
}

function invite(env: Environment, event: Row, attendees: readonly number[], reason: string): void {
  if (env.flag('no_mail_to_attendees') || String(event['start'] ?? '') <= env.now) return;
  for (const id of attendees) {
    const attendee = env.row('calendar.attendee', id);
    const partner = attendee?.['partner_id'] as number | undefined;
    if (partner === undefined || partner === env.partnerId()) continue;
    const message = noticeMessage(env, event, reason);
    // Sent within the call on 18 and later, by the queue on 14 and 17.
    queueMail(env, { reason, partner, model: 'calendar.event', resId: event.id, message, immediate: env.version >= 18 });
  }
}

/** The message an invitation is mailed from: one for each attendee, shown to nobody else. */
function noticeMessage(env: Environment, event: Row, reason: string): number {
  const subject = reason === 'invitation' ? `Invitation to ${String(event['name'])}` : `${String(event['name'])}: Date updated`;
  const id = logMessage(env, 'calendar.event', event.id, subject);
  const table = env.table('mail.message');
  table.put(withChanges(table.get(id)!, { message_type: 'user_notification', subject }));
  return id;
}

export const attendeeBehaviour: ModelBehaviour = {
  defaults: () => ({ state: 'needsAction' }),
  beforeCreate: (env, draft) => {
    draft['common_name'] = env.row('res.partner', draft['partner_id'])?.['name'];
  },
  computed: {
    email: (env, row) => env.row('res.partner', row['partner_id'])?.['email'],
    phone: (env, row) => env.row('res.partner', row['partner_id'])?.['phone'],
  },
  afterCreate: (env, rows) => { for (const row of rows) if (env.version < 19) follow(env, 'calendar.event', row['event_id'] as number, row['partner_id'] as number); },
  displayName: (_env, row) => String(row['common_name'] ?? ''),
};
