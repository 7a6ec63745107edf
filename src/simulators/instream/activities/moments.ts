import type { World } from '../world.ts';

/**
 * The generator counts in wall-clock milliseconds: `Date.UTC` of what a clock on the account's wall shows. This turns them into instants.
 */
const readers = new Map<string, Intl.DateTimeFormat>();

function readerOf(zone: string): Intl.DateTimeFormat {
  const known = readers.get(zone);
  if (known !== undefined) return known;
  const reader = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });
  readers.set(zone, reader);
  return reader;
}

/** What the clock on the wall of a zone shows at an instant, as wall-clock milliseconds. */
export function wallOf(instant: number, zone: string): number {
  const part: { [type: string]: number } = {};
  for (const { type, value } of readerOf(zone).formatToParts(instant)) if (type !== 'literal') part[type] = Number(value);
  return Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute'], part['second']);
}

/** The instant at which a zone's clock shows `wall`. No generated moment lies in an hour that is skipped or told twice. */
export function instantOf(wall: number, zone: string): number {
  const first = wall - (wallOf(wall, zone) - wall);
  return wall - (wallOf(first, zone) - first);
}

export const zoneOf = (world: World): string => (world.options.language === 'pl' ? 'Europe/Warsaw' : 'Europe/London');
/** ISO 8601 UTC of a moment on the account's wall, as expectations state it. */
export const isoOf = (world: World, wall: number): string => new Date(instantOf(wall, zoneOf(world))).toISOString();
/** `2026-06-30` of a wall-clock moment. */
export const dayOf = (wall: number): string => new Date(wall).toISOString().slice(0, 10);

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

/** The `Date` header of a message: `Tue, 30 Jun 2026 09:15:00 +0200`. */
export function mailDate(instant: number, zone: string): string {
  const wall = new Date(wallOf(instant, zone));
  const minutes = Math.round((wall.getTime() - instant) / 60_000);
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}${two(Math.abs(minutes) % 60)}`;
  return `${days[wall.getUTCDay()]}, ${wall.getUTCDate()} ${months[wall.getUTCMonth()]} ${wall.getUTCFullYear()} ${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}:${two(wall.getUTCSeconds())} ${offset}`;
}

/** The date of an mbox separator, in UTC: `Tue Jun 30 07:15:00 2026`. */
export function mboxDate(instant: number): string {
  const at = new Date(instant);
  return `${days[at.getUTCDay()]} ${months[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2, ' ')} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} ${at.getUTCFullYear()}`;
}
