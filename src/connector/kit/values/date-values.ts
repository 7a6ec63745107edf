import { foldText } from '../fold.ts';

/** Orders in which a column may write its dates (`ValueFormat.order`). */
export const dateOrders = ['iso', 'ymd', 'dmy', 'mdy', 'epochSeconds', 'epochMilliseconds', 'excelSerial'] as const;
export type DateOrder = (typeof dateOrders)[number];

/** What one value would mean as a date. */
export interface DateReading {
  /** Every order under which the value is a real date, with the day it would be (`YYYY-MM-DD`). */
  readonly days: ReadonlyMap<DateOrder, string>;
  readonly hasTime: boolean;
}

const time = String.raw`(?:,?[T\s]\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:\s?[AaPp]\.?[Mm]\.?)?\s?(?:Z|UTC|[+-]\d{2}:?\d{2})?)?`;
const isoPattern = new RegExp(`^(\\d{4})-(\\d{1,2})-(\\d{1,2})(${time})$`);
const ymdPattern = new RegExp(`^(\\d{4})([./])(\\d{1,2})\\2(\\d{1,2})(${time})$`);
const compactPattern = /^(\d{4})(\d{2})(\d{2})$/;
const partsPattern = new RegExp(`^(\\d{1,2})([./-])(\\d{1,2})\\2(\\d{4})(${time})$`);
const dayMonthPattern = new RegExp(`^(\\d{1,2})(?:st|nd|rd|th)?[ .-]+(\\p{L}{3,})[ .,-]+(\\d{4})(?: ?r\\.?)?(${time})$`, 'u');
const monthDayPattern = new RegExp(`^(\\p{L}{3,})[ .-]+(\\d{1,2})(?:st|nd|rd|th)?,?[ .-]+(\\d{4})(${time})$`, 'u');

/** Polish (nominative, genitive, short) and English month names, by the folded beginning that tells them apart. */
const monthBeginnings: readonly (readonly string[])[] = [
  ['jan', 'sty'], ['feb', 'lut'], ['mar'], ['apr', 'kwi'], ['may', 'maj', 'maja'], ['jun', 'cze'],
  ['jul', 'lip'], ['aug', 'sie'], ['sep', 'wrz'], ['oct', 'paz'], ['nov', 'lis'], ['dec', 'gru'],
];
const monthNames = new Set(('jan january sty styczen stycznia feb february lut luty lutego mar march marzec marca apr april kwi kwiecien kwietnia may maj maja jun june cze czerwiec czerwca '
  + 'jul july lip lipiec lipca aug august sie sierpien sierpnia sep sept september wrz wrzesien wrzesnia oct october paz pazdziernik pazdziernika nov november lis listopad listopada dec december gru grudzien grudnia').split(' '));

/** Month number 1..12 of a Polish or English month name; null = none. */
function monthOfName(name: string): number | null {
  const folded = foldText(name);
  if (!monthNames.has(folded)) return null;
  const index = monthBeginnings.findIndex((beginnings) => beginnings.some((beginning) => folded.startsWith(beginning)));
  return index < 0 ? null : index + 1;
}

function day(year: string, month: string | number, date: string): string | null {
  const [y, m, d] = [Number(year), Number(month), Number(date)];
  if (y < 1800 || y > 2200 || m < 1 || m > 12 || d < 1 || d > new Date(Date.UTC(y, m, 0)).getUTCDate()) return null;
  return `${year}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
}

const dayOfMilliseconds = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

function reading(hasTime: boolean, ...entries: readonly (readonly [DateOrder, string | null])[]): DateReading | null {
  const days = new Map(entries.filter((entry): entry is readonly [DateOrder, string] => entry[1] !== null));
  return days.size === 0 ? null : { days, hasTime };
}

/** Bare numbers mean dates only in a column that is known to hold dates (checklist item 5). */
function readBareNumber(text: string): DateReading | null {
  const compact = compactPattern.exec(text);
  if (compact !== null) return reading(false, ['ymd', day(compact[1] ?? '', compact[2] ?? '', compact[3] ?? '')]);
  const number = Number(text);
  if (/^\d{9,10}$/.test(text)) return reading(true, ['epochSeconds', dayOfMilliseconds(number * 1000)]);
  if (/^\d{12,13}$/.test(text)) return reading(true, ['epochMilliseconds', dayOfMilliseconds(number)]);
  // 20000–80000 = 1954–2119. Day 25569 is 1970-01-01.
  if (/^\d{5}([.,]\d+)?$/.test(text) && number >= 20000 && number <= 80000) return reading(/[.,]/.test(text), ['excelSerial', dayOfMilliseconds((Math.floor(number) - 25569) * 86_400_000)]);
  return null;
}

/**
 * Reads one value as a date in every order in which it is one.
 * @param dateColumn the column is known to hold dates, so that bare numbers count too.
 * @returns null when the value is no date at all.
 */
export function readDate(value: string, dateColumn: boolean): DateReading | null {
  const text = value.trim();
  const first = text.charCodeAt(0);
  if (text.length < 5 || text.length > 40) return null;
  if (first >= 48 && first <= 57) {
    const iso = isoPattern.exec(text);
    if (iso !== null) return reading(iso[4] !== '', ['iso', day(iso[1] ?? '', iso[2] ?? '', iso[3] ?? '')]);
    const ymd = ymdPattern.exec(text);
    if (ymd !== null) return reading(ymd[5] !== '', ['ymd', day(ymd[1] ?? '', ymd[3] ?? '', ymd[4] ?? '')]);
    const parts = partsPattern.exec(text);
    if (parts !== null) {
      const [, a = '', separator, b = '', year = '', clock] = parts;
      // Points are written in day-month-year order only (facts: `dd.mm.yyyy`); slashes and dashes in both.
      return reading(clock !== '', ['dmy', day(year, b, a)], ['mdy', separator === '.' ? null : day(year, a, b)]);
    }
    const named = dayMonthPattern.exec(text);
    if (named !== null) return reading(named[4] !== '', ['dmy', day(named[3] ?? '', monthOfName(named[2] ?? '') ?? 0, named[1] ?? '')]);
    return dateColumn ? readBareNumber(text) : null;
  }
  const named = /^\p{L}/u.test(text) ? monthDayPattern.exec(text) : null;
  return named === null ? null : reading(named[4] !== '', ['mdy', day(named[3] ?? '', monthOfName(named[1] ?? '') ?? 0, named[2] ?? '')]);
}
