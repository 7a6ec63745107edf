import { exportedAt } from '../files/formats.ts';
import { dayOf, instantOf, zoneOf } from './moments.ts';
import { inItsZone } from './meetings.ts';
import type { AttendeeState, Meeting } from './meetings.ts';
import type { World } from '../world.ts';

/** What the zones are called and when their clocks change, as calendars write it beside the events. */
const zones: { readonly [zone: string]: readonly string[] } = {
  'Europe/Warsaw': zoneBlock('Europe/Warsaw', ['+0200', '+0100'], ['3;BYDAY=-1SU', '10;BYDAY=-1SU'], ['CEST', 'CET']),
  'Europe/London': zoneBlock('Europe/London', ['+0100', '+0000'], ['3;BYDAY=-1SU', '10;BYDAY=-1SU'], ['BST', 'GMT']),
  'America/New_York': zoneBlock('America/New_York', ['-0400', '-0500'], ['3;BYDAY=2SU', '11;BYDAY=1SU'], ['EDT', 'EST']),
};

function zoneBlock(zone: string, offsets: readonly [string, string], months: readonly [string, string], names: readonly [string, string]): readonly string[] {
  const half = (kind: 'DAYLIGHT' | 'STANDARD', from: string, to: string, month: string, name: string): readonly string[] => [
    `BEGIN:${kind}`, `TZOFFSETFROM:${from}`, `TZOFFSETTO:${to}`, `TZNAME:${name}`, 'DTSTART:19700101T020000', `RRULE:FREQ=YEARLY;BYMONTH=${month}`, `END:${kind}`,
  ];
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...half('DAYLIGHT', offsets[1], offsets[0], months[0], names[0]), ...half('STANDARD', offsets[0], offsets[1], months[1], names[1]), 'END:VTIMEZONE'];
}

const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n');
const compact = (wall: number): string => new Date(wall).toISOString().replace(/[-:]|\.\d+Z$/g, '');
const dateOnly = (wall: number): string => dayOf(wall).replaceAll('-', '');
const answers: { readonly [state in AttendeeState]: string } = { accepted: 'ACCEPTED', declined: 'DECLINED', tentative: 'TENTATIVE', open: 'NEEDS-ACTION' };

/** Lines of at most 75 bytes, cut between characters. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  for (const character of line) {
    if (Buffer.byteLength(piece + character) > 74) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece].join('\r\n ');
}

function moment(world: World, meeting: Meeting, name: string, wall: number): string {
  if (meeting.allDay) return `${name};VALUE=DATE:${dateOnly(wall)}`;
  if (meeting.zone === 'UTC') return `${name}:${compact(instantOf(wall, zoneOf(world)))}Z`;
  const local = compact(inItsZone(world, meeting, wall));
  return meeting.zone === 'floating' ? `${name}:${local}` : `${name};TZID=${meeting.zone}:${local}`;
}

function* eventLines(world: World, meeting: Meeting): Generator<string> {
  const random = world.random('meeting form', meeting.index);
  const { start, length } = meeting;
  const person = (email: string, name: string): string => `${name === '' ? '' : `;CN=${/[;:,]/.test(name) || random.chance(0.3) ? `"${name}"` : name}`}:${random.chance(0.2) ? 'MAILTO' : 'mailto'}:${email}`;
  yield 'BEGIN:VEVENT';
  yield `UID:${meeting.uid}`;
  yield `DTSTAMP:${compact(exportedAt)}Z`;
  yield start === null ? 'DTSTART:20260231T256100' : moment(world, meeting, 'DTSTART', start);
  if (start !== null) {
    if (length > 0 && !meeting.allDay && random.chance(0.3)) yield `DURATION:PT${Math.floor(length / 3_600_000)}H${(length / 60_000) % 60}M`;
    else if (!(meeting.allDay && length === 86_400_000 && random.chance(0.5))) yield moment(world, meeting, 'DTEND', start + length); // a day without an end lasts a day
  }
  if (meeting.recurrence !== null) yield `RRULE:${meeting.recurrence}`;
  if (meeting.title !== '') yield `SUMMARY:${escaped(meeting.title)}`;
  if (meeting.location !== '') yield `LOCATION:${escaped(meeting.location)}`;
  if (meeting.description !== '') yield `DESCRIPTION:${escaped(meeting.description)}`;
  yield `STATUS:${meeting.status.toUpperCase()}`;
  yield `ORGANIZER${person(meeting.organizer.email, meeting.organizer.name)}`;
  for (const { email, name, state } of meeting.attendees) {
    // without PARTSTAT nobody has answered yet
    yield `ATTENDEE${state === 'open' && random.chance(0.5) ? '' : `;PARTSTAT=${answers[state]}`};ROLE=REQ-PARTICIPANT${person(email, name)}`;
  }
  if (random.chance(0.3)) yield* ['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:Reminder', 'TRIGGER:-PT15M', 'END:VALARM'];
  yield 'END:VEVENT';
}

/** One calendar file with the given meetings, time zones first. */
export function calendarOf(world: World, meetings: readonly Meeting[]): Buffer {
  const used = [...new Set(meetings.filter(({ allDay }) => !allDay).map(({ zone }) => zone))].flatMap((zone) => zones[zone] ?? []);
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Portolan//Generated//EN', 'CALSCALE:GREGORIAN', ...used, ...meetings.flatMap((meeting) => [...eventLines(world, meeting)]), 'END:VCALENDAR'];
  return Buffer.from(`${lines.map(folded).join('\r\n')}\r\n`);
}
