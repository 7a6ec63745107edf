import { monthOf } from './month-names.ts';

export const dateOrders = ['iso', 'ymd', 'dmy', 'mdy', 'epochSeconds', 'epochMilliseconds', 'excelSerial'] as const;
export type DateOrder = (typeof dateOrders)[number];

/** Calendar date and wall-clock time as written, before any zone is applied. */
export interface DateReading {
  readonly year: number; readonly month: number; readonly day: number;
  readonly hour: number; readonly minute: number; readonly second: number; readonly millisecond: number;
  readonly hasTime: boolean;
  readonly offset: string | null; // 'Z', '+02:00'; null = none written. Epoch values carry 'Z'.
  readonly shortYear: boolean; // written with two digits
}

export const orderWords: { readonly [order in DateOrder]: string } = {
  iso: 'year-month-day (ISO 8601)', ymd: 'year, month, day', dmy: 'day, month, year', mdy: 'month, day, year',
  epochSeconds: 'seconds since 1970', epochMilliseconds: 'milliseconds since 1970', excelSerial: 'days since 1900 (spreadsheet)',
};

const clock = String.raw`(?:[T\s,]+(?:godz\.?\s*)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?`;
const numeric = new RegExp(String.raw`^(\d{1,4})([-./\s])\s*(\d{1,2})\2\s*(\d{1,4})(?:\s*r\.?)?${clock}$`, 'iu');
const compact = new RegExp(String.raw`^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z)?)?$`);
const named = new RegExp(String.raw`^(?:\p{L}+\.?,?\s+)?(?:(\d{1,2})(?:st|nd|rd|th)?[-.\s]+(\p{L}+)\.?|(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?),?[-\s]+(\d{4}|\d{2})(?:\s*r\.?)?${clock}$`, 'iu');

/** Reads a date, with or without time, in a given order. null = not a date in that order. */
export function readDate(text: string, order: DateOrder): DateReading | null {
  if (order === 'epochSeconds' || order === 'epochMilliseconds' || order === 'excelSerial') return readCount(text, order);
  const digits = compact.exec(text);
  if (digits && (order === 'iso' || order === 'ymd')) {
    const [, year, month, day, hour, minute, second, zone] = digits;
    return checked(Number(year), Number(month), Number(day), { hour, minute, second, fraction: undefined, half: undefined, offset: zone }, false);
  }
  const parts = numeric.exec(text);
  if (parts) {
    const [, first = '', , second = '', third = '', hour, minute, seconds, fraction, half, offset] = parts;
    const time = { hour, minute, second: seconds, fraction, half, offset };
    // Four digits in front are a year in whatever order the column is written.
    if (first.length === 4) return third.length <= 2 ? checked(Number(first), Number(second), Number(third), time, false) : null;
    if (first.length > 2 || order === 'iso' || third.length === 3 || third.length === 1) return null;
    if (order === 'ymd') return third.length === 2 && first.length === 2 ? checked(fullYear(first), Number(second), Number(third), time, true) : null;
    const [day, month] = order === 'dmy' ? [first, second] : [second, first];
    return checked(fullYear(third), Number(month), Number(day), time, third.length === 2);
  }
  const words = named.exec(text);
  if (!words) return null;
  const [, dayBefore, monthAfter, monthBefore, dayAfter, year = '', hour, minute, seconds, fraction, half, offset] = words;
  const month = monthOf(monthAfter ?? monthBefore ?? '');
  return month === null ? null : checked(fullYear(year), month, Number(dayBefore ?? dayAfter), { hour, minute, second: seconds, fraction, half, offset }, year.length === 2);
}

function fullYear(text: string): number {
  const year = Number(text);
  return text.length > 2 ? year : year < 70 ? 2000 + year : 1900 + year;
}

type Part = string | undefined;
interface TimeParts { readonly hour: Part; readonly minute: Part; readonly second: Part; readonly fraction: Part; readonly half: Part; readonly offset: Part }

function checked(year: number, month: number, day: number, time: TimeParts, shortYear: boolean): DateReading | null {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  let hour = Number(time.hour ?? 0);
  if (time.half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (/^p/i.test(time.half) ? 12 : 0);
  }
  const minute = Number(time.minute ?? 0);
  const second = Number(time.second ?? 0);
  if (hour > 23 || minute > 59 || second > 59) return null;
  const millisecond = time.fraction === undefined ? 0 : Number(time.fraction.slice(0, 3).padEnd(3, '0'));
  return { year, month, day, hour, minute, second, millisecond, hasTime: time.hour !== undefined, offset: offsetOf(time.offset), shortYear };
}

function offsetOf(text: Part): string | null {
  if (text === undefined) return null;
  if (/^(z|utc|gmt)$/i.test(text)) return 'Z';
  return text.includes(':') ? text : `${text.slice(0, 3)}:${text.slice(3)}`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function readCount(text: string, order: DateOrder): DateReading | null {
  const bare = text.replace(',', '.');
  if (!/^-?\d+(\.\d+)?$/.test(bare)) return null;
  const value = Number(bare);
  // Spreadsheets count days from 1899-12-30 (1900 is taken for a leap year): serial 25569 is 1970-01-01.
  const milliseconds = order === 'epochSeconds' ? value * 1000 : order === 'epochMilliseconds' ? value : Math.round((value - 25_569) * 86_400) * 1000;
  if (order === 'excelSerial' && (value < 61 || value > 2_958_465)) return null;
  const date = new Date(Math.round(milliseconds));
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1 || date.getUTCFullYear() > 9999) return null;
  return {
    year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(),
    hour: date.getUTCHours(), minute: date.getUTCMinutes(), second: date.getUTCSeconds(), millisecond: date.getUTCMilliseconds(),
    hasTime: order !== 'excelSerial' || !Number.isInteger(value), offset: order === 'excelSerial' ? null : 'Z', shortYear: false,
  };
}
