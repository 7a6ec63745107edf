import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIcsBlocks, type IcsPiece } from './ics-blocks.ts';
import { IcsZones, readIcsEvent, type IcsEvent } from './ics-event.ts';
import { readDuration, readWallClock } from './wall-clock.ts';
import { zoneName } from './zone-name.ts';

async function* inPieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}
const pieces = (text: string, size = 1000): Promise<IcsPiece[]> => Array.fromAsync(readIcsBlocks(inPieces(text, size)));
const event = (lines: readonly string[], zones = new IcsZones(), cancelled = false): IcsEvent => readIcsEvent(['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n'), zones, 'Europe/Warsaw', cancelled);

const outlookZone = ['BEGIN:VTIMEZONE', 'TZID:Customized Time Zone', 'BEGIN:STANDARD', 'DTSTART:16010101T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10', 'END:STANDARD',
  'BEGIN:DAYLIGHT', 'DTSTART:16010101T020000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200', 'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3', 'END:DAYLIGHT', 'END:VTIMEZONE'].join('\r\n');

describe('taking a calendar file apart', () => {
  const file = ['BEGIN:VCALENDAR', 'METHOD:REQUEST', outlookZone, 'BEGIN:VEVENT', 'SUMMARY:a very long', '  title', 'BEGIN:VALARM', 'END:VALARM', 'END:VEVENT', 'BEGIN:VTODO', 'END:VTODO', 'END:VCALENDAR', ''];

  it.each([['\r\n', 1], ['\n', 3], ['\r', 7], ['\r\n', 1000]] as const)('gives its components with line end %j in pieces of %i', async (lineEnd, size) => {
    const found = await pieces(file.join('\r\n').replaceAll('\r\n', lineEnd), size);
    expect(found.map((piece) => (piece.kind === 'block' ? `${piece.block.name} ${piece.block.line}` : piece.kind === 'property' ? `${piece.name}=${piece.value}` : 'broken'))).toEqual(['METHOD=REQUEST', 'VTIMEZONE 3', 'VEVENT 18', 'VTODO 24']);
  });

  it('reports a component without an end and reads the next one', async () => {
    expect((await pieces('BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nBEGIN:VEVENT\nSUMMARY:y\nEND:VEVENT\nEND:VCALENDAR\n')).map((piece) => piece.kind)).toEqual(['broken', 'block']);
    expect((await pieces('BEGIN:VEVENT\nSUMMARY:x')).map((piece) => piece.kind)).toEqual(['broken']);
  });

  it('loses no component, however the text is cut', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 8 }), async (size, count) => {
      const text = `BEGIN:VCALENDAR\r\n${'BEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\n'.repeat(count)}END:VCALENDAR`;
      expect((await pieces(text, size)).filter((piece) => piece.kind === 'block')).toHaveLength(count);
    }), { numRuns: 40 });
  });
});

describe('reading a meeting', () => {
  it('reads folded and escaped text, people and their answers', () => {
    expect(event(['UID:u1', 'SUMMARY:Rozmowa\\, plan', 'DESCRIPTION:one\\ntwo', 'LOCATION:Sala 1\\; parter', 'DTSTART:20260312T081400Z', 'DTEND:20260312T091400Z', 'ORGANIZER;CN=Ola:mailto:OLA@biuro.example', 'STATUS:CONFIRMED', 'SEQUENCE:2',
      'ATTENDEE;CN="Nowak, Ewa";PARTSTAT=ACCEPTED:mailto:Ewa@firma.example', 'ATTENDEE;PARTSTAT=DECLINED:mailto:jan@firma.example', 'ATTENDEE;PARTSTAT=TENTATIVE;CN=A very long na', ' me:mailto:x@y.example', 'ATTENDEE;CN=Bez adresu:urn:uuid:1', 'ATTENDEE:mailto:new@y.example', 'X-THING:1', 'CATEGORIES:A']))
      .toMatchObject({
        uid: 'u1', title: 'Rozmowa, plan', description: 'one\ntwo', location: 'Sala 1; parter', start: '2026-03-12T08:14:00Z', end: '2026-03-12T09:14:00Z', allDay: false, timezone: 'UTC', organizer: 'ola@biuro.example', status: 'confirmed', sequence: 2,
        attendees: [
          { email: 'ewa@firma.example', name: 'Nowak, Ewa', state: 'accepted' }, { email: 'jan@firma.example', name: '', state: 'declined' }, { email: 'x@y.example', name: 'A very long name', state: 'tentative' },
          { email: '', name: 'Bez adresu', state: 'open' }, { email: 'new@y.example', name: '', state: 'open' },
        ],
        unread: ['categories', 'x-thing'],
      });
  });

  it.each([
    ['a zone by its name', 'DTSTART;TZID=Europe/Warsaw:20260712T090000', '2026-07-12T07:00:00Z', 'Europe/Warsaw'],
    ['a Windows zone', 'DTSTART;TZID=Central European Standard Time:20260112T090000', '2026-01-12T08:00:00Z', 'Europe/Warsaw'],
    ['a vendor\'s path', 'DTSTART;TZID=/mozilla.org/20050126_1/America/New_York:20260112T090000', '2026-01-12T14:00:00Z', 'America/New_York'],
    ['a zone of the file, summer', 'DTSTART;TZID=Customized Time Zone:20260712T090000', '2026-07-12T07:00:00Z', 'Customized Time Zone'],
    ['a zone of the file, winter', 'DTSTART;TZID=Customized Time Zone:20261212T090000', '2026-12-12T08:00:00Z', 'Customized Time Zone'],
    ['no zone', 'DTSTART:20260712T090000', '2026-07-12T07:00:00Z', 'Europe/Warsaw'],
    ['an unknown zone', 'DTSTART;TZID=Mars/Base:20260712T090000', '2026-07-12T07:00:00Z', 'Europe/Warsaw'],
  ])('reads the time of %s', (_, line, start, timezone) => {
    const zones = new IcsZones();
    zones.add(outlookZone);
    expect(event([line, 'DURATION:PT1H30M'], zones)).toMatchObject({ start, timezone, end: new Date(Date.parse(start) + 5_400_000).toISOString().replace('.000', '') });
  });

  it('says which zones it did not know and which times had none', () => {
    expect(event(['DTSTART;TZID=Mars/Base:20260712T090000']).unknownZones).toEqual(['Mars/Base']);
    expect(event(['DTSTART:20260712T090000'])).toMatchObject({ floating: true, unknownZones: [], end: '2026-07-12T07:00:00Z' });
  });

  it.each([
    [['DTSTART;VALUE=DATE:20260312', 'DTEND;VALUE=DATE:20260313'], '2026-03-12', '2026-03-12'], [['DTSTART;VALUE=DATE:20260330', 'DTEND;VALUE=DATE:20260402'], '2026-03-30', '2026-04-01'],
    [['DTSTART;VALUE=DATE:20260312'], '2026-03-12', '2026-03-12'], [['DTSTART;VALUE=DATE:20260312', 'DURATION:P2D'], '2026-03-12', '2026-03-13'], [['DTSTART;VALUE=DATE:20260312', 'DTEND;VALUE=DATE:20260312'], '2026-03-12', '2026-03-12'],
  ])('ends an all-day meeting %j on its last day', (lines, start, end) => { expect(event(lines)).toMatchObject({ allDay: true, start, end, timezone: '' }); });

  it('keeps the rule of a series, its exceptions, and the meeting that an exception replaces', () => {
    expect(event(['DTSTART;TZID=Europe/Warsaw:20260312T090000', 'RRULE:FREQ=WEEKLY;COUNT=10;BYDAY=TH', 'EXDATE;TZID=Europe/Warsaw:20260319T090000,20260326T090000', 'RDATE;VALUE=DATE:20260401']))
      .toMatchObject({ recurrenceRule: 'FREQ=WEEKLY;COUNT=10;BYDAY=TH', recurrenceExceptions: ['-2026-03-19T08:00:00Z', '-2026-03-26T08:00:00Z', '+2026-04-01'] });
    expect(event(['DTSTART:20260312T090000Z', 'RECURRENCE-ID;TZID=Europe/Warsaw:20260312T080000'])).toMatchObject({ recurrenceId: '2026-03-12T07:00:00Z' });
  });

  it('is cancelled by its status or by the method of its file', () => {
    expect([event(['DTSTART:20260312T090000Z', 'STATUS:CANCELLED']).status, event(['DTSTART:20260312T090000Z'], new IcsZones(), true).status, event(['DTSTART:20260312T090000Z']).status]).toEqual(['cancelled', 'cancelled', '']);
  });

  it('refuses a meeting without a start', () => { expect(() => event(['SUMMARY:x'])).toThrow('no DTSTART'); });
});

describe('names of zones, wall clocks and durations', () => {
  it.each([['Europe/Warsaw', 'Europe/Warsaw'], ['"Pacific Standard Time"', 'America/Los_Angeles'], ['utc', 'UTC'], ['GMT+1', 'UTC+1'], ['UTC+01:00', 'UTC+1'], ['+02:30', 'UTC+2:30'], ['nowhere', null], ['', null]])('reads the zone %s as %s', (text, expected) => { expect(zoneName(text)).toBe(expected); });

  it.each([
    ['12.03.2026 09:14', 'dmy', '2026-03-12T08:14:00Z'], ['03/12/2026 9:14 PM', 'mdy', '2026-03-12T20:14:00Z'], ['2026-07-12 09:14', 'dmy', '2026-07-12T07:14:00Z'], ['2026-07-12T09:14:05Z', 'dmy', '2026-07-12T09:14:05Z'], ['2026-07-12T09:14+0500', 'iso', '2026-07-12T04:14:00Z'],
    ['12.03.2026 12:05 am', 'dmy', '2026-03-11T23:05:00Z'],
  ] as const)('reads %s in order %s as %s', (text, order, expected) => { expect(readWallClock(text, order, 'Europe/Warsaw')?.utc).toBe(expected); });

  it('gives the day alone without a time, and nothing for no date', () => {
    expect(readWallClock('12.03.2026', 'dmy', 'UTC')).toEqual({ utc: null, day: '2026-03-12' });
    expect([readWallClock('soon', 'dmy', 'UTC'), readWallClock('12.03.2026 25:99', 'dmy', 'UTC')]).toEqual([null, null]);
  });

  it.each([['90', 'minutes', 5400], ['90', 'seconds', 90], ['1:30', 'minutes', 5400], ['01:30:05', 'minutes', 5405], ['1 h 30 min', 'minutes', 5400], ['1,5 godz.', 'minutes', 5400], ['45 min.', 'seconds', 2700], ['PT1H', 'seconds', 3600], ['2 dni', 'minutes', 172_800], ['long', 'minutes', null], ['1 x', 'minutes', null]] as const)('reads the duration %s (%s) as %s s', (text, unit, expected) => { expect(readDuration(text, unit)).toBe(expected); });
});
