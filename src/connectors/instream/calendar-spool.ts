import { hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { CatalogNote } from '../../connector/catalog.ts';
import { readIcsBlocks, type IcsPiece } from '../../connector/kit/calendar/ics-blocks.ts';
import { IcsZones, readIcsEvent, type IcsEvent } from '../../connector/kit/calendar/ics-event.ts';
import { detectFileEncoding, textDecoder } from '../../connector/kit/values/text-encoding.ts';
import { fileKind, type Bundle } from './bundle.ts';
import { objectDefinition } from './objects.ts';
import { TableSpool } from './spooled-table.ts';
import type { Table } from './tables.ts';

const fields = ['title', 'start_at', 'end_at', 'all_day', 'timezone', 'location', 'description', 'organizer_email', 'attendees', 'uid', 'status', 'recurrence_rule', 'recurrence_id', 'recurrence_exceptions',
  'attendees_accepted', 'attendees_declined', 'attendees_tentative', 'attendees_open'] as const;

export interface CalendarTable { readonly table: Table | null; readonly notes: readonly CatalogNote[] } // null = the bundle has no calendar file

const list = (values: readonly string[]): string => (values.length === 0 ? '' : JSON.stringify(values));
const digest = (...parts: readonly string[]): string => hash('sha256', parts.join('\u001f')).slice(0, 20);

const keyOf = (event: IcsEvent): string => {
  const uid = event.uid === '' ? `none:${digest(event.title, event.start, event.organizer, event.location)}` : event.uid;
  return `uid:${uid}${event.recurrenceId === '' ? '' : `@${event.recurrenceId}`}`;
};

async function* textOf(path: string): AsyncGenerator<string> {
  const detected = await detectFileEncoding(path);
  const decoder = textDecoder(detected.encoding);
  for await (const chunk of createReadStream(path, { start: detected.bomBytes })) yield decoder.decode(chunk as Uint8Array, { stream: true });
  yield decoder.decode();
}

const oddWords: { readonly [code: string]: string } = {
  'recurring-meetings': 'repeat: the series is one record with its first meeting; recurrence_rule has the rule, recurrence_exceptions what is left out of it or added to it',
  'changed-occurrences': 'replace one meeting of a series: each is a record of its own with the recurrence_id of the meeting it replaces',
  'cancelled-meetings': 'are cancelled: kept, with status "cancelled"',
  'superseded-meetings': 'stand in the files again in an older or the same version (UID, SEQUENCE): the newest one counts',
  'unknown-time-zones': 'have a time zone that is not known: read in the time zone of the export',
  'floating-times': 'have times without a zone: read in the time zone of the export',
  'meetings-without-uid': 'have no UID: their id is derived from title, start, organiser and place',
};

/** What the files hold besides meetings. */
class CalendarCounts {
  readonly odd = new Map<string, { count: number; first: string[] }>();
  readonly unread = new Map<string, number>();
  readonly components = new Map<string, number>();

  note(code: string, position: string): void {
    const entry = this.odd.get(code) ?? { count: 0, first: [] };
    entry.count += 1;
    if (entry.first.length < 20) entry.first.push(position);
    this.odd.set(code, entry);
  }

  take(event: IcsEvent, position: string): void {
    if (event.recurrenceRule !== '' || event.recurrenceExceptions.length > 0) this.note('recurring-meetings', position);
    if (event.recurrenceId !== '') this.note('changed-occurrences', position);
    if (event.status === 'cancelled') this.note('cancelled-meetings', position);
    if (event.unknownZones.length > 0) this.note('unknown-time-zones', `${position}: ${event.unknownZones.join(', ')}`);
    if (event.floating) this.note('floating-times', position);
    if (event.uid === '') this.note('meetings-without-uid', position);
    for (const name of event.unread) this.unread.set(name, (this.unread.get(name) ?? 0) + 1);
  }

  notes(): readonly CatalogNote[] {
    const notes = [...this.odd].map(([code, { count, first }]): CatalogNote => ({ subject: 'meeting', level: code === 'changed-occurrences' || code === 'cancelled-meetings' ? 'info' : 'warning', code, message: `${count} ${count === 1 ? 'meeting' : 'meetings'}: ${oddWords[code] ?? code}`, details: { count, first } }));
    const left = [...this.unread, ...this.components].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    if (left.length > 0) notes.push({ subject: 'meeting', level: 'warning', code: 'calendar-data-not-read', message: `calendar data that is not carried: ${left.slice(0, 12).map(([name, count]) => `${name} (${count})`).join(', ')}`, details: Object.fromEntries(left.slice(0, 100)) });
    return notes.sort((a, b) => (a.code < b.code ? -1 : 1));
  }
}

type Found = { readonly kind: 'event'; readonly event: IcsEvent; readonly position: string } | { readonly kind: 'rejected'; readonly position: string; readonly code: string; readonly message: string; readonly raw: string };

/** Every event of a file: its own time zones are gathered first, since they may stand at the end. */
async function* eventsOf(name: string, path: string, zone: string, counts: CalendarCounts | null): AsyncGenerator<Found> {
  const zones = new IcsZones();
  let cancelled = false;
  const pieces = (): AsyncGenerator<IcsPiece> => readIcsBlocks(textOf(path));
  const rejected = (line: number, message: string, raw: string): Found => ({ kind: 'rejected', position: `${name} line ${line}`, code: 'meeting-unreadable', message, raw: raw.slice(0, 10_000) });
  for await (const piece of pieces()) {
    if (piece.kind === 'property' && piece.name === 'METHOD') cancelled = piece.value.toUpperCase() === 'CANCEL';
    if (piece.kind !== 'block' || piece.block.name !== 'VTIMEZONE') continue;
    try {
      zones.add(piece.block.text);
    } catch {
      counts?.components.set('VTIMEZONE that cannot be read', (counts.components.get('VTIMEZONE that cannot be read') ?? 0) + 1);
    }
  }
  let number = 0, any = false;
  for await (const piece of pieces()) {
    if (piece.kind === 'broken') yield rejected(piece.line, piece.message, piece.raw);
    any ||= piece.kind !== 'property';
    if (piece.kind !== 'block' || piece.block.name === 'VTIMEZONE') continue;
    if (piece.block.name !== 'VEVENT') {
      counts?.components.set(piece.block.name, (counts.components.get(piece.block.name) ?? 0) + 1);
      continue;
    }
    number += 1;
    try {
      yield { kind: 'event', event: readIcsEvent(piece.block.text, zones, zone, cancelled), position: `${name} meeting ${number}` };
    } catch (error) {
      yield rejected(piece.block.line, (error as Error).message, piece.block.text);
    }
  }
  if (!any) yield rejected(1, 'the file holds no calendar entry', '');
}

/** True when `a` is a newer version of a meeting than `b`. */
const newer = (a: IcsEvent, b: { readonly sequence: number; readonly stamp: string }): boolean => a.sequence > b.sequence || (a.sequence === b.sequence && a.stamp > b.stamp);

function cellsOf(event: IcsEvent): readonly string[] {
  const by = (state: string): string => list(event.attendees.filter((one) => one.state === state && one.email !== '').map((one) => one.email));
  return [event.title, event.start, event.end, String(event.allDay), event.timezone, event.location, event.description, event.organizer,
    list(event.attendees.map(({ name, email }) => (name === '' ? email : email === '' ? name : `${/^[\p{L}\p{N} .'_-]+$/u.test(name) ? name : JSON.stringify(name)} <${email}>`))),
    event.uid, event.status, event.recurrenceRule, event.recurrenceId, list(event.recurrenceExceptions), by('accepted'), by('declined'), by('tentative'), by('open')];
}

/**
 * Reads every calendar file of the bundle, twice: first which version of each meeting is the newest, then the meetings.
 * @param zone IANA name of the zone of times that are written without one.
 */
export async function spoolCalendars(bundle: Bundle, zone: string, signal: AbortSignal): Promise<CalendarTable> {
  const definition = objectDefinition('meeting');
  const files = bundle.files.filter((file) => fileKind(file.name) === 'calendar');
  if (files.length === 0 || definition === undefined) return { table: null, notes: [] };
  const newest = new Map<string, { sequence: number; stamp: string; position: string }>();
  for (const file of files) {
    signal.throwIfAborted();
    for await (const found of eventsOf(file.name, await bundle.localPath(file.name), zone, null)) {
      if (found.kind !== 'event') continue;
      const key = keyOf(found.event);
      const known = newest.get(key);
      if (known === undefined || newer(found.event, known)) newest.set(key, { sequence: found.event.sequence, stamp: found.event.stamp, position: found.position });
    }
  }
  const counts = new CalendarCounts();
  const spool = await TableSpool.create(bundle);
  try {
    for (const file of files) {
      signal.throwIfAborted();
      for await (const found of eventsOf(file.name, await bundle.localPath(file.name), zone, counts)) {
        if (found.kind === 'rejected') {
          await spool.write({ cells: [], position: found.position, rejected: { code: found.code, message: found.message, raw: found.raw } });
          continue;
        }
        const { event, position } = found;
        const key = keyOf(event);
        if (newest.get(key)?.position !== position) {
          counts.note('superseded-meetings', position);
          continue;
        }
        counts.take(event, position);
        await spool.write({ key, same: key, position, cells: cellsOf(event), parts: event.attendees.map((one) => ({ ...one })) });
      }
    }
  } catch (error) {
    await spool.close();
    throw error;
  }
  const name = files.length === 1 ? files[0]?.name ?? '' : `calendar files (${files.length}, first ${files[0]?.name ?? ''})`;
  return { table: await spool.finish(definition, name, fields, { calendarFiles: files.length, defaultZone: zone }), notes: counts.notes() };
}
