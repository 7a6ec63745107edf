import type { CatalogField, CatalogNote } from '../../connector/catalog.ts';
import type { DateOrder } from '../../connector/kit/values/date-values.ts';
import type { Json, JsonObject } from '../../connector/json.ts';
import { foldText } from '../../connector/kit/fold.ts';
import { parseAddresses } from '../../connector/kit/mail/mail-headers.ts';
import { readDuration, readWallClock } from '../../connector/kit/calendar/wall-clock.ts';
import { zoneName } from '../../connector/kit/calendar/zone-name.ts';
import { decidedDateOrder } from './catalog-object.ts';
import { computedField, type Computed } from './computed.ts';
import type { ObjectScan } from './scan.ts';

const stateFields = ['attendees_accepted', 'attendees_declined', 'attendees_tentative', 'attendees_open'] as const;
const stateLabels: { readonly [field: string]: string } = { attendees_accepted: 'Attendees who accepted', attendees_declined: 'Attendees who declined', attendees_tentative: 'Attendees who may come', attendees_open: 'Attendees who have not answered' };
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value.trim() : '');
const yes = new Set(['tak', 't', 'yes', 'y', 'true', '1', 'x', '✓', 'prawda']);

/**
 * The unit of durations that are bare numbers, decided over the whole column: seconds when each is a multiple of 60 and at least
 * 300, else minutes (a meeting of 300 minutes is rarer than one of 5).
 */
function bareUnit(scan: ObjectScan): { readonly unit: 'seconds' | 'minutes'; readonly numbers: number } {
  const numbers = [...scan.fields.get('duration')?.profile.knownValues() ?? []].map((value) => value.trim()).filter((value) => /^\d+$/.test(value)).map(Number);
  return { unit: numbers.length > 0 && numbers.every((value) => value % 60 === 0 && value >= 300) ? 'seconds' : 'minutes', numbers: numbers.length };
}

function orderOf(scan: ObjectScan, field: string, answers: { readonly [id: string]: Json }): DateOrder | null {
  const answer = answers[`date-order:meeting:${field}`];
  if (answer === 'dmy' || answer === 'mdy') return answer;
  const scanned = scan.fields.get(field);
  return scanned === undefined ? null : decidedDateOrder(scanned.profile.tally());
}

/**
 * Attendees by state, and times as moments where the row says more than its time: a time zone of its own, or a duration instead of an end.
 * @param zone IANA name of the zone of times that are written without one.
 */
export function computeMeetings(scan: ObjectScan, zone: string, answers: { readonly [id: string]: Json }): Computed {
  const { unit } = bareUnit(scan);
  const orders = { start: orderOf(scan, 'start_at', answers), end: orderOf(scan, 'end_at', answers) };
  const times = (data: JsonObject): JsonObject => {
    const [start, end, duration, named] = [textOf(data['start_at']), textOf(data['end_at']), textOf(data['duration']), textOf(data['timezone'])];
    const own = named === '' ? null : zoneName(named);
    if (start === '' || orders.start === null || yes.has(foldText(textOf(data['all_day']))) || (own === null && (end !== '' || duration === ''))) return {};
    const begins = readWallClock(start, orders.start, own ?? zone)?.utc ?? null;
    if (begins === null) return {};
    const seconds = end === '' && duration !== '' ? readDuration(duration, unit) : null;
    const ends = seconds !== null ? new Date(Date.parse(begins) + seconds * 1000).toISOString().replace(/\.\d{3}Z$/, 'Z') : end === '' ? null : readWallClock(end, orders.end ?? orders.start, own ?? zone)?.utc ?? null;
    return { start_at: begins, ...(ends === null ? {} : { end_at: ends }), ...(own === null ? {} : { timezone: own }) };
  };
  const endless: readonly CatalogField[] = scan.fields.has('end_at') || !scan.fields.has('duration') ? [] : [{ ...computedField('end_at', 'End', 'datetime', 'start and duration'), format: { kind: 'date', order: 'iso', zone } }];
  return {
    completed: ['end_at'],
    fields: [...stateFields.map((name) => computedField(name, stateLabels[name] ?? name, 'multiSelection', 'e-mail addresses in lower case; attendees of a table have not answered')), ...endless],
    apply: (data, table) => {
      if ('format' in table.source && data['uid'] !== undefined) return data;
      if (stateFields.some((field) => data[field] !== undefined)) return { ...data, ...times(data) };
      const attendees = Array.isArray(data['attendees']) ? data['attendees'] : [];
      const open = [...new Set(attendees.flatMap((one) => parseAddresses(String(one))).map(({ address }) => address.normalize('NFC').toLowerCase()).filter((address) => address.includes('@')))];
      return { ...data, ...times(data), ...(open.length === 0 ? {} : { attendees_open: open }) };
    },
  };
}

/** What the columns of meetings leave open: unknown zones, the unit of durations, durations that cannot be read. */
export function meetingNotes(scan: ObjectScan): readonly CatalogNote[] {
  const notes: CatalogNote[] = [];
  const tables = scan.tables.filter((table) => !('format' in table.source));
  if (tables.length === 0) return notes;
  const values = (field: string): string[] => [...scan.fields.get(field)?.profile.knownValues() ?? []];
  const unknown = values('timezone').filter((name) => name.trim() !== '' && zoneName(name) === null);
  if (unknown.length > 0) notes.push({ subject: 'meeting', level: 'warning', code: 'unknown-time-zones', message: `time zones that are not known: ${unknown.slice(0, 10).join(', ')}; their times are read in the time zone of the export`, details: { names: unknown.slice(0, 50) } });
  const { unit, numbers } = bareUnit(scan);
  if (numbers > 0) notes.push({ subject: 'meeting', level: 'info', code: 'duration-unit', message: `durations that are bare numbers are read as ${unit}`, details: { unit } });
  const unreadable = values('duration').filter((text) => text.trim() !== '' && readDuration(text, unit) === null);
  if (unreadable.length > 0) notes.push({ subject: 'meeting', level: 'warning', code: 'durations-not-read', message: `durations that cannot be read: ${unreadable.slice(0, 10).join(', ')}; such meetings have no end unless they state one`, details: { values: unreadable.slice(0, 50) } });
  return notes;
}
