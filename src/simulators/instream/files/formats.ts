import type { BundleOptions } from '../options.ts';

const day = 86_400_000;
/** The bundle's own "now": 2026-06-30. No clock is read, so that a seed gives the same bytes on any day. */
export const exportedAt = Date.UTC(2026, 5, 30, 9, 15);
/** A moment `days` (with fractions) before the export, in ms, never between midnight and five: clocks are put forward and back then. */
export function daysBefore(days: number): number {
  const moment = exportedAt - Math.round(days * 24 * 60) * 60_000;
  return new Date(moment).getUTCHours() < 5 ? moment + 6 * 3_600_000 : moment;
}
export const daysAfter = (days: number): number => exportedAt + days * day;

const two = (value: number): string => String(value).padStart(2, '0');

/** How this bundle writes dates and numbers. */
export interface Formats {
  date(ms: number): string;
  dateTime(ms: number): string;
  /** A decimal from hundredths: 123456 → `1 234,56`. */
  decimal(hundredths: number): string;
  percent(value: number): string;
  yes: string;
  no: string;
}

function dateFormat(style: BundleOptions['dates']): (ms: number) => string {
  return (ms) => {
    const at = new Date(ms);
    const [year, month, date] = [String(at.getUTCFullYear()), two(at.getUTCMonth() + 1), two(at.getUTCDate())];
    switch (style) {
      case 'iso': return `${year}-${month}-${date}`;
      case 'dmy-dots': return `${date}.${month}.${year}`;
      case 'dmy-slashes': return `${date}/${month}/${year}`;
      case 'mdy-slashes': return `${month}/${date}/${year}`;
    }
  };
}

const separators = {
  plain: ['', '.'], 'space-comma': ['\u00a0', ','], 'dot-comma': ['.', ','], 'comma-dot': [',', '.'],
} as const satisfies { readonly [style in BundleOptions['numbers']]: readonly [string, string] };

/** First characters of cells that a workbook keeps as numbers: date, date and time, decimal. They never reach a file. */
export const typedCell: readonly [string, string, string] = ['\u0001', '\u0002', '\u0003'];
const serial = (ms: number): number => Math.round((ms / day + 25_569) * 86_400) / 86_400; // Excel counts days from 1899-12-30

const yesNo = (options: BundleOptions): Pick<Formats, 'yes' | 'no'> => (options.language === 'pl' ? { yes: 'tak', no: 'nie' } : { yes: 'yes', no: 'no' });

function workbookFormats(options: BundleOptions): Formats {
  return {
    ...yesNo(options),
    date: (ms) => `${typedCell[0]}${Math.floor(serial(ms))}`, dateTime: (ms) => `${typedCell[1]}${serial(ms)}`,
    decimal: (hundredths) => `${typedCell[2]}${hundredths / 100}`, percent: (value) => `${value}%`,
  };
}

export function formatsOf(options: BundleOptions): Formats {
  if (options.format === 'xlsx') return workbookFormats(options);
  const date = dateFormat(options.dates);
  const [thousands, point] = separators[options.numbers];
  return {
    date,
    dateTime: (ms) => {
      const at = new Date(ms);
      return `${date(ms)} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}${options.dates === 'iso' ? ':00' : ''}`;
    },
    decimal: (hundredths) => `${String(Math.trunc(hundredths / 100)).replace(/\B(?=(\d{3})+(?!\d))/g, thousands)}${point}${two(Math.abs(hundredths % 100))}`,
    percent: (value) => (options.language === 'pl' ? `${value} %` : `${value}%`),
    ...yesNo(options),
  };
}

/** dd/mm/yyyy with both parts at most 12: the order cannot be told. */
export function ambiguousDate(ms: number): string {
  const at = new Date(ms);
  return `${two((at.getUTCDate() % 12) + 1)}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`;
}

/** Lower-case Latin letters and digits only: `Żółć & Syn` → `zolc-syn`. */
export function slug(text: string): string {
  return text.toLowerCase().replace(/ł/g, 'l').normalize('NFD').replace(/[^a-z0-9]+/g, (gap) => (/^\p{M}+$/u.test(gap) ? '' : '-')).replace(/^-+|-+$/g, '');
}
