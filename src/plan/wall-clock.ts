import { DateTime } from 'luxon';
import type { DateReading } from './date-reading.ts';

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** The calendar date of a reading, as written. */
export function isoDate({ year, month, day }: Pick<DateReading, 'year' | 'month' | 'day'>): string {
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

export interface Moment {
  readonly utc: string; // ISO 8601 with trailing Z; milliseconds only where there are any
  readonly localDate: string; // the day in the zone
  readonly trouble: string | null; // null = the wall clock showed this time exactly once
}

/** Turns a wall-clock reading into a point in time. An offset written with the value beats the zone. */
export function toUtc(reading: DateReading, zone: string): Moment {
  const { year, month, day, hour, minute, second, millisecond } = reading;
  if (reading.offset === null && zone === 'utc') return { utc: format(Date.UTC(year, month - 1, day, hour, minute, second, millisecond), year), localDate: isoDate(reading), trouble: null };
  const parts = { year, month, day, hour, minute, second, millisecond };
  if (reading.offset !== null) {
    const at = DateTime.fromObject(parts, { zone: reading.offset === 'Z' ? 'utc' : `UTC${reading.offset}` });
    return { utc: format(at.toMillis(), year), localDate: at.setZone(zone).toFormat('yyyy-MM-dd'), trouble: null };
  }
  const local = DateTime.fromObject(parts, { zone });
  if (local.hour !== hour || local.minute !== minute) {
    return { utc: format(local.toMillis(), year), localDate: isoDate(reading), trouble: `does not exist in ${zone} (the clocks went forward): taken as ${local.toFormat('HH:mm')}` };
  }
  const [first, ...later] = local.getPossibleOffsets().sort((left, right) => left.toMillis() - right.toMillis());
  return {
    utc: format((first ?? local).toMillis(), year), localDate: isoDate(reading),
    trouble: later.length > 0 ? `happened twice in ${zone} (the clocks went back): the first was taken` : null,
  };
}

function format(milliseconds: number, year: number): string {
  const date = new Date(milliseconds);
  if (year < 100) date.setUTCFullYear(year); // Date.UTC reads 0..99 as 1900..1999
  return date.toISOString().replace(/\.000Z$/, 'Z');
}
