import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BundleDetails, ExpectedMeeting } from '../../src/simulators/instream/details.ts';

/** Adds meetings of the year 2035 to an export: whoever is asked to a meeting to come would be invited by a careless load. */
export function addFutureMeetings(folder: string, details: BundleDetails, params: Readonly<{ count: number; organizer: string }>): readonly ExpectedMeeting[] {
  const people = details.contacts.filter(({ email }) => email !== '').slice(0, params.count);
  return people.map(({ id, email }, index) => {
    const uid = `to-come-${index + 1}@calendar.example`;
    writeFileSync(join(folder, 'meetings', `to-come-${index + 1}.ics`), [
      'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//EN', 'BEGIN:VEVENT', `UID:${uid}`, 'DTSTAMP:20260101T000000Z', 'DTSTART:20350506T100000Z', 'DTEND:20350506T110000Z',
      `SUMMARY:To come ${index + 1}`, `ORGANIZER:mailto:${params.organizer}`, `ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:${email}`, `ATTENDEE;PARTSTAT=ACCEPTED:mailto:${params.organizer}`, 'END:VEVENT', 'END:VCALENDAR', '',
    ].join('\r\n'));
    return {
      id: null, uid, title: `To come ${index + 1}`, start: '2035-05-06T10:00:00Z', end: '2035-05-06T11:00:00Z', allDay: false, timezone: 'UTC', organizer: params.organizer, recurrence: null, status: 'confirmed', record: id, location: '', description: '', dirt: null,
      attendees: [{ email: email.toLowerCase(), state: 'open' }, { email: params.organizer, state: 'accepted' }],
    };
  });
}
