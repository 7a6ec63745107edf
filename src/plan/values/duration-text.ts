import { fold } from './fold.ts';

const units: { readonly [unit: string]: number } = {
  s: 1, sec: 1, sek: 1, second: 1, seconds: 1, sekund: 1, sekundy: 1,
  m: 60, min: 60, minute: 60, minutes: 60, minut: 60, minuty: 60,
  h: 3600, g: 3600, godz: 3600, hour: 3600, hours: 3600, godzin: 3600, godziny: 3600, godzina: 3600,
};

/**
 * Length of time in seconds: plain numbers are seconds, `3:05` minutes and seconds, `1:03:05` hours too, `1 h 30 min` words,
 * `PT45M` ISO 8601. Null = none of these.
 */
export function readDuration(text: string): number | null {
  const value = fold(text);
  if (/^\d{1,9}([.,]\d+)?$/.test(value)) return Math.round(Number(value.replace(',', '.')));
  const clock = /^(?:(\d{1,4}):)?(\d{1,3}):([0-5]\d)$/.exec(value);
  if (clock !== null) return Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  const iso = /^p(?:(\d+)d)?(?:t(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?)?$/.exec(value);
  if (iso !== null && /\d/.test(value)) return Number(iso[1] ?? 0) * 86_400 + Number(iso[2] ?? 0) * 3600 + Number(iso[3] ?? 0) * 60 + Number(iso[4] ?? 0);
  const words = [...value.matchAll(/(\d+)\s*([a-z]+)\.?/g)];
  if (words.length === 0 || value.replaceAll(/(\d+)\s*([a-z]+)\.?[\s,]*/g, '') !== '') return null;
  let seconds = 0;
  for (const [, amount, unit = ''] of words) {
    const factor = units[unit];
    if (factor === undefined) return null;
    seconds += Number(amount) * factor;
  }
  return seconds;
}
