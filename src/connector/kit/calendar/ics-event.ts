import ICAL from 'ical.js';
import { DateTime } from 'luxon';
import { zoneName } from './zone-name.ts';

export type AttendeeState = 'accepted' | 'declined' | 'tentative' | 'open';
export interface IcsAttendee { readonly email: string; readonly name: string; readonly state: AttendeeState } // e-mail in lower case; '' = none

/** One VEVENT as read; '' = it does not say. */
export interface IcsEvent {
  readonly uid: string;
  readonly recurrenceId: string; // moment or day of the meeting in its series that this one replaces
  readonly title: string;
  readonly start: string; // UTC (`2026-03-12T08:14:00Z`), or the day of an all-day meeting
  readonly end: string; // UTC, or the last day of an all-day meeting, that day included
  readonly allDay: boolean;
  readonly timezone: string; // IANA name of the start's zone, or the file's own name where it is none
  readonly location: string;
  readonly description: string;
  readonly organizer: string;
  readonly attendees: readonly IcsAttendee[];
  readonly status: '' | 'confirmed' | 'tentative' | 'cancelled';
  readonly recurrenceRule: string; // value of RRULE
  readonly recurrenceExceptions: readonly string[]; // EXDATE and RDATE: `-2026-03-12T08:14:00Z` is left out, `+…` is added
  readonly sequence: number;
  readonly stamp: string; // last change
  /** Names of properties that are not carried. */
  readonly unread: readonly string[];
  /** Zone names that were not known: their times were read in the default zone. */
  readonly unknownZones: readonly string[];
  readonly floating: boolean; // times without a zone, read in the default zone
}

const carried = new Set(['uid', 'recurrence-id', 'summary', 'dtstart', 'dtend', 'duration', 'location', 'description', 'organizer', 'attendee', 'status', 'rrule', 'exdate', 'rdate', 'sequence', 'last-modified', 'dtstamp', 'created', 'transp']);
const states: { readonly [partstat: string]: AttendeeState } = { ACCEPTED: 'accepted', DECLINED: 'declined', TENTATIVE: 'tentative' };

/** Time zones that a calendar file defines itself, by name. */
export class IcsZones {
  readonly #zones = new Map<string, ICAL.Timezone>();

  /** @throws Error when the block is no time zone */
  add(block: string): void {
    const component = new ICAL.Component(ICAL.parse(block));
    const id = component.getFirstPropertyValue('tzid');
    if (typeof id === 'string' && id !== '') this.#zones.set(id, new ICAL.Timezone({ component, tzid: id }));
  }

  get(id: string): ICAL.Timezone | undefined { return this.#zones.get(id); }
}

const two = (value: number): string => String(value).padStart(2, '0');
const dayOf = (time: ICAL.Time): string => `${String(time.year).padStart(4, '0')}-${two(time.month)}-${two(time.day)}`;
const utcText = (milliseconds: number): string => new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');

interface Moment { readonly text: string; readonly isDay: boolean; readonly zone: string }

/** Reads the times of one event: zones by IANA or Windows name, by the file's own definition, else the default zone. */
class Times {
  readonly unknown = new Set<string>();
  floating = false;
  readonly #zones: IcsZones;
  readonly #defaultZone: string;

  constructor(zones: IcsZones, defaultZone: string) {
    this.#zones = zones;
    this.#defaultZone = defaultZone;
  }

  read(time: ICAL.Time, tzid: string): Moment {
    if (time.isDate) return { text: dayOf(time), isDay: true, zone: '' };
    const wall = { year: time.year, month: time.month, day: time.day, hour: time.hour, minute: time.minute, second: Math.min(time.second, 59) };
    if (time.zone === ICAL.Timezone.utcTimezone) return { text: utcText(Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second)), isDay: false, zone: 'UTC' };
    const named = zoneName(tzid);
    const own = named === null ? this.#zones.get(tzid) : undefined;
    if (own !== undefined) {
      const local = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
      return { text: utcText(local - own.utcOffset(new ICAL.Time({ ...wall, isDate: false }, ICAL.Timezone.localTimezone)) * 1000), isDay: false, zone: tzid };
    }
    if (named === null) {
      if (tzid === '') this.floating = true;
      else this.unknown.add(tzid);
    }
    const zone = named ?? this.#defaultZone;
    return { text: utcText(DateTime.fromObject(wall, { zone }).toMillis()), isDay: false, zone };
  }

  property(component: ICAL.Component, name: string): Moment | null {
    const property = component.getFirstProperty(name);
    const value = property?.getFirstValue();
    return property !== null && value instanceof ICAL.Time ? this.read(value, tzidOf(property)) : null;
  }
}

function tzidOf(property: ICAL.Property): string {
  const value = property.getParameter('tzid');
  return typeof value === 'string' ? value : value?.[0] ?? '';
}

const text = (component: ICAL.Component, name: string): string => {
  const value = component.getFirstPropertyValue(name);
  return value === null || value === undefined ? '' : String(value).trim();
};

const parameter = (property: ICAL.Property, name: string): string => {
  const value = property.getParameter(name);
  return (typeof value === 'string' ? value : value?.[0] ?? '').trim();
};

function person(property: ICAL.Property): { readonly email: string; readonly name: string } {
  const address = String(property.getFirstValue() ?? '').trim();
  const email = /^mailto:/i.test(address) ? address.slice(7) : address.includes('@') && !address.includes(':') ? address : parameter(property, 'email');
  return { email: decodeURIComponentSafely(email).trim().normalize('NFC').toLowerCase(), name: parameter(property, 'cn').replace(/^["']|["']$/g, '') };
}

function decodeURIComponentSafely(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function attendeesOf(component: ICAL.Component): readonly IcsAttendee[] {
  const byKey = new Map<string, IcsAttendee>();
  for (const property of component.getAllProperties('attendee')) {
    const who = person(property);
    if (who.email === '' && who.name === '') continue;
    byKey.set(who.email || `name:${who.name.toLowerCase()}`, { ...who, state: states[parameter(property, 'partstat').toUpperCase()] ?? 'open' });
  }
  return [...byKey.values()];
}

const nextDay = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The end: DTEND (the day after the last one, where it is a day), else start and DURATION, else nothing but the start. */
function endOf(component: ICAL.Component, start: Moment, times: Times): string {
  const end = times.property(component, 'dtend');
  if (end !== null && end.isDay === start.isDay) {
    if (!start.isDay) return end.text;
    const last = nextDay(end.text, -1);
    return last < start.text ? start.text : last;
  }
  const duration = component.getFirstPropertyValue('duration');
  const seconds = duration instanceof ICAL.Duration ? duration.toSeconds() : 0;
  if (start.isDay) return nextDay(start.text, Math.max(0, Math.ceil(seconds / 86_400) - 1));
  return utcText(Date.parse(start.text) + Math.max(0, seconds) * 1000);
}

function exceptionsOf(component: ICAL.Component, times: Times): readonly string[] {
  const list: string[] = [];
  for (const [name, sign] of [['exdate', '-'], ['rdate', '+']] as const) {
    for (const property of component.getAllProperties(name)) {
      for (const value of property.getValues()) {
        const time = value instanceof ICAL.Period ? value.start : value;
        if (time instanceof ICAL.Time) list.push(`${sign}${times.read(time, tzidOf(property)).text}`);
      }
    }
  }
  return list;
}

/**
 * Reads one VEVENT.
 * @param block the component as text, from BEGIN:VEVENT to END:VEVENT.
 * @param zones time zones that the file defines.
 * @param defaultZone IANA name of the zone of times without one.
 * @param cancelled the calendar's METHOD is CANCEL.
 * @throws Error when the text is no component or has no start that can be read.
 */
export function readIcsEvent(block: string, zones: IcsZones, defaultZone: string, cancelled: boolean): IcsEvent {
  const component = new ICAL.Component(ICAL.parse(block));
  const times = new Times(zones, defaultZone);
  const start = times.property(component, 'dtstart');
  if (start === null) throw new Error('the event has no DTSTART that can be read');
  const organizer = component.getFirstProperty('organizer');
  const status = text(component, 'status').toUpperCase();
  const rules = component.getAllProperties('rrule').map((property) => String(property.getFirstValue() ?? ''));
  const unread = new Set(component.getAllProperties().map((property) => property.name).filter((name) => !carried.has(name)));
  for (const inner of component.getAllSubcomponents()) unread.add(inner.name);
  return {
    uid: text(component, 'uid'), recurrenceId: times.property(component, 'recurrence-id')?.text ?? '', title: text(component, 'summary'),
    start: start.text, end: endOf(component, start, times), allDay: start.isDay, timezone: start.zone,
    location: text(component, 'location'), description: text(component, 'description'), organizer: organizer === null ? '' : person(organizer).email,
    attendees: attendeesOf(component), status: cancelled || status === 'CANCELLED' ? 'cancelled' : status === 'TENTATIVE' ? 'tentative' : status === 'CONFIRMED' ? 'confirmed' : '',
    recurrenceRule: rules.join('\n'), recurrenceExceptions: exceptionsOf(component, times),
    sequence: Number(text(component, 'sequence')) || 0, stamp: times.property(component, 'last-modified')?.text ?? times.property(component, 'dtstamp')?.text ?? '',
    unread: [...unread].sort(), unknownZones: [...times.unknown].sort(), floating: times.floating,
  };
}
