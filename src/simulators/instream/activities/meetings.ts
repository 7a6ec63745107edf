import type { Row } from '../records/companies.ts';
import { personAt } from '../records/contacts.ts';
import { dirtOf, hostile } from '../dirt.ts';
import type { DirtKind } from '../dirt.ts';
import { daysBefore } from '../files/formats.ts';
import { fateOf } from '../later.ts';
import type { Fate } from '../later.ts';
import { dayOf, instantOf, wallOf, zoneOf } from './moments.ts';
import { ownerList } from '../records/owners.ts';
import { cleanContact, onContact } from '../records/parents.ts';
import type { Parent } from '../records/parents.ts';
import { durationText } from './calls.ts';
import { joined } from '../world.ts';
import type { World } from '../world.ts';

export const meetingColumns = ['id', 'title', 'start_at', 'end_at', 'duration', 'all_day', 'timezone', 'location', 'description', 'organizer_email', 'attendees', 'record_type', 'record_id', 'contact_email'] as const;

export type AttendeeState = 'accepted' | 'declined' | 'tentative' | 'open';
export interface Attendee { readonly email: string; readonly name: string; readonly state: AttendeeState }

export interface Meeting {
  readonly index: number;
  readonly id: string;
  readonly uid: string;
  readonly form: 'ics' | 'csv';
  readonly title: string;
  /** Wall-clock milliseconds on the account's wall; of an all-day meeting its first day. Null where the date is none. */
  readonly start: number | null;
  /** Milliseconds; of an all-day meeting whole days. Negative where the dirt is that it ends before it starts. */
  readonly length: number;
  readonly allDay: boolean;
  /** Zone in which it is written; `floating` says none, which means the account's. */
  readonly zone: string;
  readonly location: string;
  readonly description: string;
  readonly organizer: Readonly<{ email: string; name: string }>;
  readonly attendees: readonly Attendee[];
  readonly recurrence: string | null;
  readonly status: 'confirmed' | 'tentative' | 'cancelled';
  readonly parent: Parent;
  readonly dirt: DirtKind<'meetings'> | null;
  readonly fate: Fate;
}

const day = 86_400_000;

function attendeesOf(world: World, index: number, parent: Parent): readonly Attendee[] {
  const random = world.random('attendees', index);
  const state = (): AttendeeState => random.pick(['accepted', 'accepted', 'declined', 'tentative', 'open'] as const);
  const people = [parent.contact, ...Array.from({ length: random.below(3) }, () => cleanContact(world, random))].filter((contact) => contact !== null);
  const attendees = [...new Set(people)].map((contact): Attendee => {
    const person = personAt(world, contact);
    return { email: person.email, name: `${person.firstName} ${person.lastName}`, state: state() };
  });
  if (random.chance(0.25)) attendees.push({ email: `guest.${index + 1}@elsewhere.example`, name: '', state: state() });
  const colleague = random.pick(ownerList(world));
  if (random.chance(0.5)) attendees.push({ email: colleague.email, name: colleague.name, state: state() });
  return attendees;
}

export function meetingAt(world: World, index: number): Meeting {
  const { options, words } = world;
  const random = world.random('meeting', index);
  const dirt = dirtOf('meetings', index, options.dirt);
  const fate = fateOf(world, 'meeting', index, options.meetings);
  const form = dirt === 'bad-attendee' || options.meetingForm === 'csv' ? 'csv' : options.meetingForm === 'ics' ? 'ics' : index % 2 === 0 ? 'ics' : 'csv';
  const parent = onContact(world, random);
  const allDay = random.chance(0.15);
  const quarter = 900_000;
  // between 8 and 17 o'clock, some still to come; a later export has moved changed ones by a day
  const date = Math.floor(daysBefore(random.below(500) - 40) / day) * day + (fate === 'changed' ? day : 0);
  const start = allDay ? date : date + 8 * 3_600_000 + random.below(36) * quarter;
  const length = allDay ? day * (form === 'ics' ? 1 + random.below(3) : 1) : quarter * (2 + random.below(8));
  const zone = random.pick([zoneOf(world), zoneOf(world), 'UTC', 'America/New_York', 'floating']);
  const organizer = random.pick(ownerList(world));
  const recurring = form === 'ics' && random.chance(0.1);
  const sentence = random.chance(0.6) ? random.pick(words.noteSentences) : '';
  return {
    index, id: `s${index + 1}`, uid: `meeting-${index + 1}-${options.seed}@calendar.example`, form,
    title: dirt === 'no-title' ? '' : dirt === 'script' ? `${hostile.script} ${random.pick(words.meetingTitles)}` : random.pick(words.meetingTitles),
    start: dirt === 'bad-date' ? null : start, length: dirt === 'end-before-start' ? -3_600_000 : length, allDay: allDay && dirt !== 'end-before-start',
    zone: dirt === 'unknown-zone' ? 'Middle_Earth/Shire' : zone, location: random.pick(words.places),
    description: sentence === '' ? '' : `${sentence}\n${random.pick(words.noteSentences)}, a; b \\ c`, organizer: { email: organizer.email, name: organizer.name },
    attendees: attendeesOf(world, index, parent), status: form === 'ics' ? random.pick(['confirmed', 'confirmed', 'confirmed', 'tentative', 'cancelled'] as const) : 'confirmed',
    recurrence: recurring ? random.pick(['FREQ=WEEKLY;COUNT=8', 'FREQ=DAILY;COUNT=5', 'FREQ=WEEKLY;INTERVAL=2;COUNT=10']) : null,
    parent, dirt, fate,
  };
}

/** The meeting's own zone; a floating or unknown one is the account's. */
const writtenZone = (world: World, meeting: Meeting): string => (meeting.zone === 'floating' || meeting.zone.includes('Shire') ? zoneOf(world) : meeting.zone);
/** The time zone that a reader must take a meeting to name; '' = none. */
export function zoneNamed(world: World, meeting: Meeting): string {
  if (meeting.form === 'csv') return meeting.zone === 'floating' ? '' : meeting.zone;
  return meeting.allDay || meeting.start === null ? '' : writtenZone(world, meeting);
}
/** What a wall clock in the meeting's zone shows at a moment of the account's wall. */
export const inItsZone = (world: World, meeting: Meeting, wall: number): number => wallOf(instantOf(wall, zoneOf(world)), writtenZone(world, meeting));

export function meetingRow(world: World, meeting: Meeting): Row {
  const { formats } = world;
  const random = world.random('meeting row', meeting.index);
  const { start, length } = meeting;
  const [from, to] = start === null ? [null, null] : meeting.allDay ? [start, start + length - day] : [inItsZone(world, meeting, start), inItsZone(world, meeting, start + length)];
  const moment = (wall: number): string => (meeting.allDay ? formats.date(wall) : formats.dateTime(wall));
  const byLength = !meeting.allDay && length > 0 && random.chance(0.4);
  const attendees = meeting.attendees.map(({ email, name }) => (name !== '' && random.chance(0.3) ? `${name} <${email}>` : email));
  return {
    id: meeting.id, title: meeting.title, start_at: from === null ? '31.02.2026 25:61' : moment(from), end_at: to === null || byLength ? '' : moment(to),
    duration: byLength ? durationText(length / 1_000, 'hours') : '', all_day: meeting.allDay ? formats.yes : formats.no,
    timezone: meeting.zone === 'floating' ? '' : meeting.zone, location: meeting.location, description: meeting.description, organizer_email: meeting.organizer.email,
    attendees: joined(world, meeting.dirt === 'bad-attendee' ? [...attendees, 'not an address'] : attendees), ...(random.chance(0.7) ? meeting.parent.cells : {}),
  };
}

/** Start and end as a reader must understand them: instants, or the first and the last day. */
export function meetingSpan(world: World, meeting: Meeting): Readonly<{ start: string | null; end: string | null }> {
  const { start, length, allDay } = meeting;
  if (start === null) return { start: null, end: null };
  if (allDay) return { start: dayOf(start), end: dayOf(start + length - day) };
  const at = (wall: number): string => new Date(instantOf(wall, zoneOf(world))).toISOString();
  return { start: at(start), end: at(start + length) };
}
