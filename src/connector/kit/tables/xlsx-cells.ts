/** How the number of a cell is shown, by its number format. */
export type NumberKind = 'number' | 'date' | 'datetime' | 'time' | 'percent';

const builtIn: { readonly [id: number]: NumberKind } = {
  9: 'percent', 10: 'percent', 14: 'date', 15: 'date', 16: 'date', 17: 'date', 18: 'time', 19: 'time', 20: 'time', 21: 'time', 22: 'datetime', 45: 'time', 46: 'number', 47: 'time',
};
const isDateId = (id: number): boolean => (id >= 27 && id <= 36) || (id >= 50 && id <= 58); // East Asian date formats

/** Tells from a number format whether the cell shows a date, a time or a percentage. */
export function numberKind(id: number, code: string | undefined): NumberKind {
  if (code === undefined) return builtIn[id] ?? (isDateId(id) ? 'date' : 'number');
  const shown = (code.split(';')[0] ?? '').replace(/"[^"]*"/g, '').replace(/\\./g, '').replace(/_./g, '').replace(/\[(?!h|m|s)[^\]]*\]/gi, '');
  if (/^general$/i.test(shown.trim()) || /\[[hms]+\]/i.test(shown)) return 'number'; // [h]:mm is a duration
  const day = /[dy]/i.test(shown) || /m{3,}/i.test(shown);
  const clock = /[hs]/i.test(shown);
  if (day || clock) return day ? (clock ? 'datetime' : 'date') : 'time';
  return /^[^0#?]*m{1,2}[^0#?]*$/i.test(shown) ? 'date' : shown.includes('%') ? 'percent' : 'number';
}

/** A number as text without the noise of binary fractions, never in exponent form where digits are exact. */
function plainNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const text = String(Number(value.toPrecision(15)));
  // `1.234` read as text could mean 1234 where a point groups thousands: one more zero says that it does not.
  return /^-?[1-9]\d{0,2}\.\d{3}$/.test(text) ? `${text}0` : text;
}

/** The text of a number cell: dates as ISO, percentages with their sign, numbers with a decimal point. */
export function numberText(raw: string, kind: NumberKind, date1904: boolean): string {
  const value = Number(raw);
  if (!Number.isFinite(value)) return raw;
  if (kind === 'percent') return `${plainNumber(Number((value * 100).toPrecision(13)))}%`;
  if (kind === 'number') return plainNumber(value);
  if (value < 0 || value > 2_958_466) return plainNumber(value);
  // Day 60 of the 1900 system is a 29 February that never was: earlier days are one off.
  const days = date1904 ? value + 1462 : value < 60 ? value + 1 : value;
  const iso = new Date(Math.round((days - 25_569) * 86_400) * 1000).toISOString();
  if (kind === 'time' && value < 1) return iso.slice(11, 19);
  return kind === 'date' && value % 1 === 0 ? iso.slice(0, 10) : kind === 'datetime' || value % 1 !== 0 ? `${iso.slice(0, 10)} ${iso.slice(11, 19)}` : iso.slice(0, 10);
}

/** Column index, from 0, of a cell reference such as `AB12`. */
export function columnOf(reference: string): number {
  let index = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at) - 64;
    if (code < 1 || code > 26) break;
    index = index * 26 + code;
  }
  return index - 1;
}

/** `_x000D_` and the like, as workbooks write characters that XML cannot. */
export const unescapeXlsx = (text: string): string => (text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text);
