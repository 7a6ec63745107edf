import { DateTime, Duration } from 'luxon';
import { foldText } from '../fold.ts';
import { readDate, type DateOrder } from '../values/date-values.ts';

const clockPattern = /(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?(?:m\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;

/**
 * Reads a written date with or without time as a moment.
 * @param order how the column writes its dates; a year in front is read in any order.
 * @param zone IANA name of the zone of the time, unless the text names an offset.
 * @returns UTC text `2026-03-12T08:14:00Z`, or the day alone when the text has no time; null = it cannot be read.
 */
export function readWallClock(text: string, order: DateOrder, zone: string): { readonly utc: string | null; readonly day: string } | null {
  const trimmed = text.trim();
  const days = readDate(trimmed, true)?.days;
  const day = days?.get(order) ?? days?.get('iso') ?? (/^\d{4}/.test(trimmed) ? days?.get('ymd') : undefined);
  if (day === undefined) return null;
  const clock = clockPattern.exec(trimmed);
  if (clock === null) return { utc: null, day };
  const [, hours = '0', minutes = '0', seconds = '0', half, offset] = clock;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const stated = offset === undefined ? zone : /^[+-]/.test(offset) ? `UTC${offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset}` : 'UTC';
  const moment = DateTime.fromObject({ year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)), hour, minute: Number(minutes), second: Number(seconds) }, { zone: stated });
  return moment.isValid ? { utc: new Date(moment.toMillis()).toISOString().replace(/\.\d{3}Z$/, 'Z'), day } : null;
}

const unitSeconds: { readonly [unit: string]: number } = { d: 86_400, h: 3_600, m: 60, s: 1 };
const unitOf = (word: string): number => unitSeconds[/^(?:d|dni|dzien|day|days)$/.test(word) ? 'd' : /^(?:h|g|godz\w*|hrs?|hours?|std)$/.test(word) ? 'h' : /^(?:s|sek\w*|sec\w*)$/.test(word) ? 's' : 'm'] ?? 60;

/**
 * Reads a length of time: `90` (in the unit given), `1:30`, `01:30:00`, `1 h 30 min`, `1,5 godz.`, `PT1H30M`.
 * @returns whole seconds; null = it cannot be read.
 */
export function readDuration(text: string, bareUnit: 'seconds' | 'minutes'): number | null {
  const plain = foldText(text).replace(/\.(?=\s|$)/g, '');
  const number = /^(\d+)(?:[.,](\d+))?$/.exec(plain);
  if (number !== null) return Math.round(Number(`${number[1]}.${number[2] ?? 0}`) * (bareUnit === 'minutes' ? 60 : 1));
  const clock = /^(\d{1,3}):(\d{2})(?::(\d{2}))?$/.exec(plain);
  if (clock !== null) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0);
  if (plain.startsWith('p')) {
    const iso = Duration.fromISO(text.trim().toUpperCase());
    return iso.isValid ? Math.round(iso.as('seconds')) : null;
  }
  if (!/^(?:\d+(?:[.,]\d+)?\s*(?:d|dni|dzien|days?|h|g|godz\w*|hrs?|hours?|std|m|min\w*|s|sek\w*|sec\w*)\s*(?:i|and)?\s*)+$/.test(plain)) return null;
  return Math.round([...plain.matchAll(/(\d+(?:[.,]\d+)?)\s*([a-z]+)/g)].reduce((sum, [, amount = '0', word = '']) => sum + Number(amount.replace(',', '.')) * unitOf(word), 0));
}
