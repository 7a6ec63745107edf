import { z } from 'zod';
import type { SettingDescription } from '../../connector/connector.ts';

/** Hosts by region: separate data planes, none knows the other's keys. */
export const regionHosts = { us: 'https://api.customer.io', eu: 'https://api-eu.customer.io' } as const;
export const journeysHosts = { us: 'https://us.fly.customer.io', eu: 'https://eu.fly.customer.io' } as const;
export type Region = keyof typeof regionHosts;

/** Founded in 2012: no delivery is older. Walking back so far costs one call for each 30 days, about 180. */
const firstDay = '2012-01-01';

const origin = (name: string): z.ZodType<string | undefined> => z.string().trim().refine((value) => URL.canParse(value) && /^https?:$/u.test(new URL(value).protocol), `${name}: not an http(s) address`).transform((value) => new URL(value).origin).optional();
const day = (name: string): z.ZodString => z.string().trim().refine((value) => /^\d{4}-\d\d-\d\d$/u.test(value) && !Number.isNaN(Date.parse(value)), `${name}: a day as 2024-01-31`);
const yesNo = (name: string, fallback: 'yes' | 'no'): z.ZodType<boolean> => z.enum(['yes', 'no'], { error: `${name}: yes or no` }).default(fallback).transform((value) => value === 'yes');
const names = z.string().transform((value) => value.split(',').map((name) => name.trim()).filter((name) => name !== ''));

/** Settings as a person types them: all strings. */
export const customerioSettingsSchema = z.strictObject({
  appKey: z.string().trim().regex(/^[\u0021-\u007e]+$/u, 'appKey: an App API key is one line of printable characters, without spaces'),
  region: z.enum(['us', 'eu'], { error: 'region: us or eu' }).optional(),
  url: origin('url'),
  workspace: z.string().trim().min(1, 'workspace: the number or the name of the workspace').optional(),
  callsPerSecond: z.coerce.number().min(0.1, 'callsPerSecond: 0.1 to 10').max(10, 'callsPerSecond: 0.1 to 10; the workspace has 10 for everybody').default(8),
  messagesSince: day('messagesSince').default(firstDay),
  eventsSince: day('eventsSince').optional(),
  eventTypes: names.pipe(z.array(z.string()).min(1, 'eventTypes: at least one')).default(['event']),
  relationshipAttributes: yesNo('relationshipAttributes', 'yes'),
  bodySample: z.coerce.number().int('bodySample: a whole number').min(0, 'bodySample: 0 to 100').max(100, 'bodySample: 0 to 100, all that a day allows').default(0),
  exports: z.enum(['off', 'people', 'deliveries', 'both'], { error: 'exports: off, people, deliveries or both' }).default('off'),
  exportAttributes: names.default([]),
  eventsPath: z.string().min(1).optional(),
  warehousePath: z.string().min(1).optional(),
  suppressionPath: z.string().min(1).optional(),
  journeysToken: z.string().trim().regex(/^sa_live_[\u0021-\u007e]+$/u, 'journeysToken: a service account token begins with sa_live_').optional(),
  journeysUrl: origin('journeysUrl'),
});
export type CustomerioSettings = z.infer<typeof customerioSettingsSchema>;

const optional = { secret: false, required: false } as const;
export const customerioSettingDescriptions: readonly SettingDescription[] = [
  { name: 'appKey', label: 'App API key', secret: true, required: true, help: 'Account Settings > API Credentials > App API Keys. Keys of the Track API do not work here.' },
  { name: 'region', label: 'Region', ...optional, place: true, help: 'us or eu. Left out, both are asked and the one that knows the key is used.', example: 'eu' },
  { name: 'url', label: 'Address', ...optional, place: true, help: 'Another address than the region\'s, for a proxy or a simulator.', example: 'http://127.0.0.1:4010' },
  { name: 'workspace', label: 'Workspace', ...optional, place: true, help: 'Number or name of the workspace that the key belongs to, for comparing counts; needed only where the account has several.', example: '12345' },
  { name: 'callsPerSecond', label: 'Calls a second', ...optional, help: 'Default 8. The workspace has 10, shared with everything else that uses its App API.', example: '5' },
  { name: 'messagesSince', label: 'Deliveries since', ...optional, help: 'First day of the deliveries to read. Default: all there are.', example: '2024-01-01' },
  { name: 'eventsSince', label: 'Events since', ...optional, help: 'First day of the events to read from the API, which keeps 30 days for certain. Default: all it gives.', example: '2026-01-01' },
  { name: 'eventTypes', label: 'Activity types', ...optional, help: 'Types of activities read as events. Default: event.', example: 'event,page,screen' },
  { name: 'relationshipAttributes', label: 'Attributes of relationships', ...optional, help: 'yes (default) or no. They cost one call for each person who is related to an object.', example: 'no' },
  { name: 'bodySample', label: 'Sample of sent bodies', ...optional, help: 'How many of the newest e-mails are read with the body that was sent; 0 to 100, default 0. A day allows 100 such calls.', example: '100' },
  { name: 'exports', label: 'Exports', ...optional, help: 'off (default), people, deliveries or both: asks Customer.io for CSV exports. They show up in the workspace\'s list of exports.', example: 'people' },
  { name: 'exportAttributes', label: 'Attributes in exports', ...optional, help: 'Names of attributes that exports carry as further columns, by commas.', example: 'plan,city' },
  { name: 'eventsPath', label: 'Event archive', ...optional, isPath: true, help: 'File or folder of events (JSONL, CSV, parquet) for what the API no longer has.', example: './events' },
  { name: 'warehousePath', label: 'Warehouse sync', ...optional, isPath: true, isFolder: true, help: 'Folder with the files of the data-warehouse sync (parquet, CSV, JSONL).', example: './warehouse' },
  { name: 'suppressionPath', label: 'Suppression list', ...optional, isPath: true, help: 'CSV of suppressed people, which no API lists.', example: './suppressed.csv' },
  { name: 'journeysToken', label: 'Journeys token', secret: true, required: false, help: 'Read-only service account token (sa_live_…): opens waits, branches and layouts of campaigns. Off when left out.' },
  { name: 'journeysUrl', label: 'Journeys address', ...optional, help: 'Another address than the region\'s, for a simulator.', example: 'http://127.0.0.1:4011' },
];
