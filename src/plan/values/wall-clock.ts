import { DateTime, IANAZone } from 'luxon';
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
  const written = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  const steady = year >= 100 ? steadyOffset(zone, Math.floor(written / dayMs)) : null;
  if (steady !== null) return { utc: format(written - steady * 60_000, year), localDate: isoDate(reading), trouble: null };
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

const dayMs = 86_400_000;
const steadyOffsets = new Map<string, Map<number, number | null>>(); // zone → UTC day → minutes; a pure function remembered

/**
 * Minutes east of UTC where the zone's clock does not change from the day before to the day after; null = it does, and
 * the exact moment counts. Spares Intl's 34 µs a value (measured) for all but a few days a year.
 */
function steadyOffset(zone: string, day: number): number | null {
  let days = steadyOffsets.get(zone);
  if (!days) steadyOffsets.set(zone, days = new Map());
  let offset = days.get(day);
  if (offset === undefined) {
    const rules = IANAZone.create(zone);
    const before = rules.offset((day - 1) * dayMs);
    offset = rules.offset((day + 2) * dayMs) === before && rules.offset(day * dayMs + dayMs / 2) === before ? before : null;
    if (days.size > 40_000) days.clear(); // 110 years of days
    days.set(day, offset);
  }
  return offset;
}

function format(milliseconds: number, year: number): string {
  const date = new Date(milliseconds);
  if (year < 100) date.setUTCFullYear(year); // Date.UTC reads 0..99 as 1900..1999
  return date.toISOString().replace(/\.000Z$/, 'Z');
}
