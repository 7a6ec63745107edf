import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../connector/json.ts';
import type { SourceConnection } from '../../connector/source.ts';
import { readAll, useBundles } from './testing.ts';

const { open } = useBundles();
const manifest = JSON.stringify({ format: 'instream-bundle', version: 1, timezone: 'Europe/Warsaw' });
const calendar = (...events: readonly (readonly string[])[]): string => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']), 'END:VCALENDAR', ''].join('\r\n');
const byId = async (source: SourceConnection, object: string, answers: JsonObject = {}): Promise<ReadonlyMap<string, JsonObject>> => new Map((await readAll(source, object, answers)).records.map((record) => [record.id, record.data]));
const notesOf = async (source: SourceConnection): Promise<ReadonlyMap<string, string>> => new Map((await source.discover()).notes.map((note) => [note.code, note.message]));

describe('meetings of calendar files', () => {
  it('are read with times in UTC, attendees by state, and one record for each attendee', async () => {
    const source = await open({
      'manifest.json': manifest,
      'meetings/a.ics': calendar(['UID:u1', 'SUMMARY:Rozmowa', 'DTSTART;TZID=Europe/Warsaw:20260712T090000', 'DTEND;TZID=Europe/Warsaw:20260712T100000', 'LOCATION:Biuro', 'ORGANIZER:mailto:ola@biuro.example', 'STATUS:CONFIRMED',
        'ATTENDEE;CN="Nowak, Ewa";PARTSTAT=ACCEPTED:mailto:ewa@firma.example', 'ATTENDEE;CN=Jan:mailto:jan@firma.example', 'ATTENDEE;CN=Sala 1:urn:x'], ['UID:u2', 'SUMMARY:Targi', 'DTSTART;VALUE=DATE:20260312', 'DTEND;VALUE=DATE:20260315']),
    });
    const meetings = await byId(source, 'meeting');
    expect(meetings.get('uid:u1')).toEqual({
      title: 'Rozmowa', start_at: '2026-07-12T07:00:00Z', end_at: '2026-07-12T08:00:00Z', all_day: 'false', timezone: 'Europe/Warsaw', location: 'Biuro', organizer_email: 'ola@biuro.example', uid: 'u1', status: 'confirmed',
      attendees: ['"Nowak, Ewa" <ewa@firma.example>', 'Jan <jan@firma.example>', 'Sala 1'], attendees_accepted: ['ewa@firma.example'], attendees_open: ['jan@firma.example'],
    });
    expect(meetings.get('uid:u2')).toMatchObject({ all_day: 'true', start_at: '2026-03-12', end_at: '2026-03-14' });
    expect([...(await byId(source, 'meeting_attendee')).entries()]).toEqual([
      ['uid:u1#ewa@firma.example', { id: 'uid:u1#ewa@firma.example', meeting_id: 'uid:u1', email: 'ewa@firma.example', name: 'Nowak, Ewa', state: 'accepted' }],
      ['uid:u1#jan@firma.example', { id: 'uid:u1#jan@firma.example', meeting_id: 'uid:u1', email: 'jan@firma.example', name: 'Jan', state: 'open' }],
      ['uid:u1#name:sala 1', { id: 'uid:u1#name:sala 1', meeting_id: 'uid:u1', name: 'Sala 1', state: 'open' }],
    ]);
  });

  it('count in their newest version, whatever the order of files', async () => {
    const version = (sequence: number, title: string): string => calendar(['UID:u1', `SEQUENCE:${sequence}`, `SUMMARY:${title}`, 'DTSTART:20260312T080000Z']);
    for (const files of [{ 'a.ics': version(0, 'old'), 'b.ics': version(2, 'new'), 'c.ics': version(1, 'middle') }, { 'a.ics': version(2, 'new'), 'b.ics': version(0, 'old'), 'c.ics': version(2, 'new') }]) {
      const source = await open(files);
      expect((await readAll(source, 'meeting')).records.map((record) => record.data['title'])).toEqual(['new']);
      expect((await notesOf(source)).get('superseded-meetings')).toContain('2 meetings');
    }
  });

  it('tell what a series, a cancellation, an unknown zone and unread data mean', async () => {
    const source = await open({ 'manifest.json': manifest, 'a.ics': calendar(
      ['UID:s', 'SUMMARY:Co tydzień', 'DTSTART;TZID=Europe/Warsaw:20260312T090000', 'RRULE:FREQ=WEEKLY;COUNT=3', 'EXDATE;TZID=Europe/Warsaw:20260319T090000', 'CATEGORIES:A', 'BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT5M', 'END:VALARM'],
      ['UID:s', 'RECURRENCE-ID;TZID=Europe/Warsaw:20260326T090000', 'SUMMARY:Przesunięte', 'DTSTART;TZID=Europe/Warsaw:20260327T090000'], ['UID:c', 'DTSTART;TZID=Mars/Base:20260312T090000', 'STATUS:CANCELLED'], ['UID:f', 'DTSTART:20260312T090000']) });
    const meetings = await byId(source, 'meeting');
    expect(meetings.get('uid:s')).toMatchObject({ recurrence_rule: 'FREQ=WEEKLY;COUNT=3', recurrence_exceptions: ['-2026-03-19T08:00:00Z'] });
    expect(meetings.get('uid:s@2026-03-26T08:00:00Z')).toMatchObject({ recurrence_id: '2026-03-26T08:00:00Z', title: 'Przesunięte' });
    expect(meetings.get('uid:c')).toMatchObject({ status: 'cancelled', start_at: '2026-03-12T08:00:00Z' });
    const notes = await notesOf(source);
    expect([...notes.keys()]).toEqual(expect.arrayContaining(['recurring-meetings', 'changed-occurrences', 'cancelled-meetings', 'unknown-time-zones', 'floating-times', 'calendar-data-not-read']));
    expect(notes.get('calendar-data-not-read')).toContain('categories (1), valarm (1)');
  });

  it('are rejected with their line when they cannot be read', async () => {
    const { records, rejected } = await readAll(await open({ 'a.ics': calendar(['SUMMARY:no start'], ['UID:ok', 'DTSTART:20260312T090000Z'], ['UID:x', 'DTSTART:nonsense']), 'b.ics': 'not a calendar' }), 'meeting');
    expect(records.map((record) => record.id)).toEqual(['uid:ok']);
    expect(rejected.map((row) => [row.position, row.code])).toEqual([['a.ics line 3', 'meeting-unreadable'], ['a.ics line 10', 'meeting-unreadable'], ['b.ics line 1', 'meeting-unreadable']]);
  });
});

describe('meetings of a table', () => {
  it('have their times as moments where they name a zone or a duration, else as written', async () => {
    const source = await open({ 'manifest.json': manifest, 'spotkania.csv': [
      'id;Temat;Początek;Koniec;Czas trwania;Strefa czasowa;Cały dzień;Uczestnicy',
      '1;A;13.07.2026 09:00;13.07.2026 10:00;;;;Jan <jan@firma.example>, EWA@firma.example', '2;B;13.07.2026 09:00;;90;;;', '3;C;13.07.2026 09:00;13.07.2026 10:00;;America/New_York;;Bez Adresu', '4;D;13.07.2026 09:00;;1 h 15 min;Central European Standard Time;;', '5;E;13.07.2026;14.07.2026;;;tak;',
      '6;F;13.07.2026 09:00;13.07.2026 10:00;;Mars/Base;;', '7;G;13.07.2026 09:00;;długo;;;',
    ].join('\n') });
    const meetings = await byId(source, 'meeting');
    const times = (id: string): unknown[] => [meetings.get(id)?.['start_at'], meetings.get(id)?.['end_at'], meetings.get(id)?.['timezone']];
    expect(times('1')).toEqual(['13.07.2026 09:00', '13.07.2026 10:00', undefined]);
    expect(times('2')).toEqual(['2026-07-13T07:00:00Z', '2026-07-13T08:30:00Z', undefined]);
    expect(times('3')).toEqual(['2026-07-13T13:00:00Z', '2026-07-13T14:00:00Z', 'America/New_York']);
    expect(times('4')).toEqual(['2026-07-13T07:00:00Z', '2026-07-13T08:15:00Z', 'Europe/Warsaw']);
    expect(meetings.get('5')).toMatchObject({ all_day: 'tak', start_at: '13.07.2026' });
    expect(times('6')[0]).toBe('13.07.2026 09:00');
    expect(meetings.get('1')).toMatchObject({ attendees_open: ['jan@firma.example', 'ewa@firma.example'] });
    expect(meetings.get('3')).not.toHaveProperty('attendees_open');
    expect([...(await byId(source, 'meeting_attendee')).values()]).toMatchObject([{ meeting_id: '1', email: 'jan@firma.example', name: 'Jan', state: 'open' }, { email: 'ewa@firma.example' }, { meeting_id: '3', name: 'Bez Adresu' }]);
    const notes = await notesOf(source);
    expect(notes.get('duration-unit')).toContain('minutes');
    expect(notes.get('durations-not-read')).toContain('długo');
    expect(notes.get('unknown-time-zones')).toContain('Mars/Base');
  });

  it('take bare durations for seconds where all of them look like it', async () => {
    const source = await open({ 'meetings.csv': 'id,title,start_at,duration\n1,A,2026-07-13 09:00,3600\n2,B,2026-07-13 09:00,1800\n' });
    expect((await byId(source, 'meeting')).get('1')).toMatchObject({ start_at: '2026-07-13T07:00:00Z', end_at: '2026-07-13T08:00:00Z' });
  });

  it('follow the answer where the order of dates is a question', async () => {
    const source = await open({ 'meetings.csv': 'id,title,start_at,duration\n1,A,03/04/2026 09:00,60\n' });
    expect((await source.discover()).questions.map((question) => question.id)).toEqual(['date-order:meeting:start_at']);
    expect((await byId(source, 'meeting', { 'date-order:meeting:start_at': 'mdy' })).get('1')).toMatchObject({ start_at: '2026-03-04T08:00:00Z', end_at: '2026-03-04T09:00:00Z' });
    expect((await byId(source, 'meeting')).get('1')).toMatchObject({ start_at: '03/04/2026 09:00' });
  });
});
