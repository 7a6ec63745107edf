import { foldText } from '../../connector/kit/fold.ts';
import type { IcsAttendee } from '../../connector/kit/calendar/ics-event.ts';
import { parseAddresses } from '../../connector/kit/mail/mail-headers.ts';
import { splitMulti } from '../../connector/kit/values/multi-values.ts';
import type { Bundle } from './bundle.ts';
import { eachRecord } from './each-record.ts';
import { objectDefinition } from './objects.ts';
import type { ObjectScan } from './scan.ts';
import { TableSpool } from './spooled-table.ts';
import type { Table } from './tables.ts';

const fields = ['id', 'meeting_id', 'email', 'name', 'state'] as const;

/** Makes the records `meeting_attendee` from calendar files and from the column `attendees` of meetings.csv. null = nobody attends. */
export async function spoolAttendees(meetings: ObjectScan, bundle: Bundle, signal: AbortSignal): Promise<Table | null> {
  const definition = objectDefinition('meeting_attendee');
  const spool = await TableSpool.create(bundle);
  const stateOf = (get: (field: string) => string, email: string): IcsAttendee['state'] => {
    for (const state of ['accepted', 'declined', 'tentative'] as const) {
      const cell = get(`attendees_${state}`);
      if (cell !== '' && email !== '' && splitMulti(cell, () => false).some((one) => parseAddresses(one).some(({ address }) => address.toLowerCase() === email))) return state;
    }
    return 'open';
  };
  try {
    for await (const { id, position, spooled, get } of eachRecord(meetings, signal)) {
      const known = Array.isArray(spooled?.parts) ? spooled.parts as unknown as readonly IcsAttendee[] : null;
      const attendees = known ?? splitMulti(get('attendees'), meetings.isKnown.get('attendees') ?? (() => false)).flatMap(parseAddresses).map(({ name, address }): IcsAttendee => {
        const email = address.includes('@') ? address.normalize('NFC').toLowerCase() : '';
        return { email, name: email === '' ? name || address : name, state: stateOf(get, email) };
      });
      const byKey = new Map(attendees.map((one) => [one.email || `name:${foldText(one.name)}`, one]));
      for (const [key, one] of byKey) await spool.write({ position: `${position} attendee ${one.email || one.name}`, cells: [`${id}#${key}`, id, one.email, one.name, one.state] });
    }
  } catch (error) {
    await spool.close();
    throw error;
  }
  if (definition === undefined || spool.rows === 0) {
    await spool.close();
    return null;
  }
  return spool.finish(definition, 'attendees of meetings', fields, { madeFrom: 'meeting' });
}
