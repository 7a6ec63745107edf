import { IANAZone } from 'luxon';
import { z } from 'zod';
import { dateOrders, orderWords, readDate } from '../date-reading.ts';
import type { DateReading } from '../date-reading.ts';
import { plainText, quote } from '../plain-text.ts';
import { isoDate, toUtc } from '../wall-clock.ts';
import { defineTransform } from './transform.ts';
import type { StepFailure, StepResult } from './transform.ts';

const order = z.enum(dateOrders).default('iso').describe('How the column writes dates; decided per column, never per value.');
const zone = z.string().refine((name) => IANAZone.isValidZone(name) || name === 'utc', 'not a time zone; for instance Europe/Warsaw').default('utc')
  .describe('Time zone of times written without one.');

function failure(value: string, given: keyof typeof orderWords): StepFailure {
  return { code: 'bad-date', message: `${quote(value)} is not a date written as ${orderWords[given]}`, remedy: 'Correct the date in the record, or the order of the transform.' };
}

const yearWarning = (value: string, { shortYear, year }: DateReading) => (shortYear ? `the year of ${quote(value)} was read as ${year}` : null);

export const date = defineTransform({
  name: 'date', summary: 'Calendar date in the column\'s order; month names in Polish and English.', input: 'text', output: 'date',
  parameters: z.strictObject({ order, zone }).prefault({}),
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
  ],
  prepare: (parameters) => (value): StepResult => {
    const text = plainText(value) ?? '';
    const reading = readDate(text, parameters.order);
    if (reading === null) return { failure: failure(text, parameters.order) };
    const warning = yearWarning(text, reading);
    // A moment (epoch, offset) falls on a day only in a zone; a bare date stands as written.
    const day = reading.hasTime && reading.offset !== null && parameters.zone !== 'utc' ? toUtc(reading, parameters.zone).localDate : isoDate(reading);
    const timed = reading.hasTime && (reading.hour > 0 || reading.minute > 0 || reading.second > 0) && !parameters.order.startsWith('epoch');
    return { value: day, ...(warning === null ? {} : { warning }), ...(timed ? { loss: 'time of day' } : {}) };
  },
});

export const datetime = defineTransform({
  name: 'datetime', summary: 'Point in time as UTC. A time that the zone\'s clock change skipped or repeated is reported.', input: 'text', output: 'datetime',
  parameters: z.strictObject({ order, zone, zoneField: z.string().min(1).optional().describe('Field of the record that names the time zone; `zone` counts where it is empty or names none.') }).prefault({}),
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
    { parameters: { order: 'epochMilliseconds' }, input: '1710284400000', output: '2024-03-12T23:00:00Z' },
    { parameters: { order: 'dmy' }, input: 'wczoraj', failure: 'bad-date' },
  ],
  prepare: (parameters) => (value, { record }): StepResult => {
    const text = plainText(value) ?? '';
    const reading = readDate(text, parameters.order);
    if (reading === null) return { failure: failure(text, parameters.order) };
    const named = parameters.zoneField === undefined ? null : plainText(record[parameters.zoneField] ?? null);
    const known = named !== null && (IANAZone.isValidZone(named) || named.toLowerCase() === 'utc');
    const moment = toUtc(reading, known ? named : parameters.zone);
    const unknown = named !== null && !known ? `${quote(named)} is no time zone: read as ${parameters.zone}` : null;
    const warnings = [unknown, yearWarning(text, reading), moment.trouble === null ? null : `${quote(text)} ${moment.trouble}`].filter((warning) => warning !== null);
    return warnings.length > 0 ? { value: moment.utc, warning: warnings.join('; ') } : { value: moment.utc };
  },
});
