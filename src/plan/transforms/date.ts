import { IANAZone } from 'luxon';
import { z } from 'zod';
import type { JsonObject } from '../../connector/json.ts';
import { dateOrders, orderWords, readDate } from '../values/date-reading.ts';
import type { DateReading } from '../values/date-reading.ts';
import { plainText, quote } from '../values/plain-text.ts';
import { isoDate, toUtc } from '../values/wall-clock.ts';
import { defineTransform } from './transform.ts';
import type { StepFailure, StepResult } from './transform.ts';

const order = z.enum(dateOrders).default('iso').describe('How the column writes dates; decided per column, never per value.');
const zone = z.string().refine((name) => IANAZone.isValidZone(name) || name === 'utc', 'not a time zone; for instance Europe/Warsaw').default('utc')
  .describe('Time zone of times written without one.');

/** Another date of the record, read in the way of its own column. */
const notBefore = z.strictObject({ field: z.string().min(1), order }).optional()
  .describe('Field of the record that the value may not lie before: the start of what ends here. Where that cannot be read, nothing is compared.');

/** Why a value is no end of what begins at another one of the record: both as `read` gives them. */
function beforeStart(text: string, value: string, start: z.output<typeof notBefore>, read: (reading: DateReading) => string, record: JsonObject): StepFailure | null {
  const begins = start === undefined ? '' : plainText(record[start.field] ?? null) ?? '';
  const reading = start === undefined ? null : readDate(begins, start.order);
  if (start === undefined || reading === null || Date.parse(value) >= Date.parse(read(reading))) return null;
  return { code: 'ends-before-start', message: `${quote(text)} lies before ${start.field}, ${quote(begins)}`, remedy: `Correct this value or ${start.field} in the record.` };
}

function failure(value: string, given: keyof typeof orderWords): StepFailure {
  return { code: 'bad-date', message: `${quote(value)} is not a date written as ${orderWords[given]}`, remedy: 'Correct the date in the record, or the order of the transform.' };
}

const yearWarning = (value: string, { shortYear, year }: DateReading) => (shortYear ? `the year of ${quote(value)} was read as ${year}` : null);

/** A moment (epoch, offset) falls on a day only in a zone; a bare date stands as written. */
function dayOf(reading: DateReading, inZone: string): string {
  return reading.hasTime && reading.offset !== null && inZone !== 'utc' ? toUtc(reading, inZone).localDate : isoDate(reading);
}

export const date = defineTransform({
  name: 'date', summary: 'Calendar date in the column\'s order; month names in Polish and English.', input: 'text', output: 'date',
  parameters: z.strictObject({ order, zone, notBefore }).prefault({}),
  examples: [
    { input: '2024-03-12', output: '2024-03-12' },
    { parameters: { order: 'dmy' }, input: '3.04.2026', output: '2026-04-03' },
    { parameters: { order: 'mdy' }, input: '03/04/2026', output: '2026-03-04' },
    { parameters: { order: 'dmy' }, input: '12 marca 2024 r.', output: '2024-03-12' },
    { parameters: { order: 'mdy' }, input: 'Mar 12, 2024', output: '2024-03-12' },
    { parameters: { order: 'ymd' }, input: '20240312', output: '2024-03-12' },
    { parameters: { order: 'excelSerial' }, input: '45631', output: '2024-12-05' },
    { parameters: { order: 'dmy' }, input: '12.03.24', output: '2024-03-12', warning: 'read as 2024' },
    { parameters: { order: 'epochSeconds', zone: 'Europe/Warsaw' }, input: '1710284400', output: '2024-03-13' },
    { parameters: { order: 'dmy' }, input: '31.02.2024', failure: 'bad-date' },
    { parameters: { order: 'dmy' }, input: '03/13/2024', failure: 'bad-date' },
    { parameters: { order: 'dmy', notBefore: { field: 'start', order: 'dmy' } }, record: { start: '12.03.2024' }, input: '11.03.2024', failure: 'ends-before-start' },
  ],
  prepare: (parameters) => (value, { record }): StepResult => {
    const text = plainText(value) ?? '';
    const reading = readDate(text, parameters.order);
    if (reading === null) return { failure: failure(text, parameters.order) };
    const warning = yearWarning(text, reading);
    const day = dayOf(reading, parameters.zone);
    const early = beforeStart(text, day, parameters.notBefore, (start) => dayOf(start, parameters.zone), record);
    if (early !== null) return { failure: early };
    const timed = reading.hasTime && (reading.hour > 0 || reading.minute > 0 || reading.second > 0) && !parameters.order.startsWith('epoch');
    return { value: day, ...(warning === null ? {} : { warning }), ...(timed ? { loss: 'time of day' } : {}) };
  },
});

export const datetime = defineTransform({
  name: 'datetime', summary: 'Point in time as UTC. A time that the zone\'s clock change skipped or repeated is reported.', input: 'text', output: 'datetime',
  parameters: z.strictObject({ order, zone, zoneField: z.string().min(1).optional().describe('Field of the record that names the time zone; `zone` counts where it is empty or names none.'), notBefore }).prefault({}),
  examples: [
    { parameters: { zone: 'Europe/Warsaw', zoneField: 'tz' }, record: { tz: 'America/New_York' }, input: '2024-03-12 09:14', output: '2024-03-12T13:14:00Z' },
    { parameters: { zone: 'Europe/Warsaw', zoneField: 'tz' }, record: { tz: 'Warszawa' }, input: '2024-03-12 09:14', output: '2024-03-12T08:14:00Z', warning: 'no time zone' },
    { input: '2024-03-12T09:14:00Z', output: '2024-03-12T09:14:00Z' },
    { parameters: { zone: 'Europe/Warsaw' }, input: '2024-03-12 09:14', output: '2024-03-12T08:14:00Z' },
    { parameters: { order: 'dmy', zone: 'Europe/Warsaw' }, input: '12.07.2024 09:14:05', output: '2024-07-12T07:14:05Z' },
    { input: '2024-03-12T09:14:00+02:00', output: '2024-03-12T07:14:00Z' },
    { parameters: { order: 'mdy' }, input: '3/12/2024 9:14 PM', output: '2024-03-12T21:14:00Z' },
    { parameters: { zone: 'Europe/Warsaw' }, input: '2024-03-31 02:30', output: '2024-03-31T01:30:00Z', warning: 'does not exist' },
    { parameters: { zone: 'Europe/Warsaw' }, input: '2024-10-27 02:30', output: '2024-10-27T00:30:00Z', warning: 'twice' },
    { parameters: { order: 'dmy', notBefore: { field: 'start' } }, record: { start: '2024-03-12 10:00' }, input: '12.03.2024 10:00', output: '2024-03-12T10:00:00Z' },
    { parameters: { notBefore: { field: 'start' } }, record: { start: '2024-03-12 10:00' }, input: '2024-03-12 09:30', failure: 'ends-before-start' },
    { parameters: { notBefore: { field: 'start' } }, record: { start: 'rano' }, input: '2024-03-12 09:30', output: '2024-03-12T09:30:00Z' },
    { parameters: { order: 'epochMilliseconds' }, input: '1710284400000', output: '2024-03-12T23:00:00Z' },
    { parameters: { order: 'dmy' }, input: 'wczoraj', failure: 'bad-date' },
  ],
  prepare: (parameters) => (value, { record }): StepResult => {
    const text = plainText(value) ?? '';
    const reading = readDate(text, parameters.order);
    if (reading === null) return { failure: failure(text, parameters.order) };
    const named = parameters.zoneField === undefined ? null : plainText(record[parameters.zoneField] ?? null);
    const known = named !== null && (IANAZone.isValidZone(named) || named.toLowerCase() === 'utc');
    const zoned = known ? named : parameters.zone;
    const moment = toUtc(reading, zoned);
    const early = beforeStart(text, moment.utc, parameters.notBefore, (start) => toUtc(start, zoned).utc, record);
    if (early !== null) return { failure: early };
    const unknown = named !== null && !known ? `${quote(named)} is no time zone: read as ${parameters.zone}` : null;
    const warnings = [unknown, yearWarning(text, reading), moment.trouble === null ? null : `${quote(text)} ${moment.trouble}`].filter((warning) => warning !== null);
    return warnings.length > 0 ? { value: moment.utc, warning: warnings.join('; ') } : { value: moment.utc };
  },
});
