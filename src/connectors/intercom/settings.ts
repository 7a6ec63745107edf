import { z } from 'zod';
import type { SettingDescription } from '../../connector/connector.ts';
import { apiVersions } from './api-version.ts';

/** Hosts by region, as Intercom's OpenAPI description lists them. A workspace answers on its own region's host. */
export const regionHosts = { us: 'https://api.intercom.io', eu: 'https://api.eu.intercom.io', au: 'https://api.au.intercom.io' } as const;

/** Settings as a person types them: all strings. */
export const intercomSettingsSchema = z.strictObject({
  token: z.string().trim().regex(/^[\u0021-\u007e]+$/u, 'token: an access token is one line of printable characters, without spaces'),
  region: z.enum(['us', 'eu', 'au'], { error: 'region: one of us, eu, au' }).optional(),
  url: z.string().trim().refine((value) => URL.canParse(value) && /^https?:$/u.test(new URL(value).protocol), 'url: not an http(s) address').transform((value) => new URL(value).origin).optional(),
  version: z.enum(apiVersions, { error: `version: one of ${apiVersions.join(', ')}` }).optional(),
  concurrency: z.coerce.number().int().min(1, 'concurrency: 1 to 16').max(16, 'concurrency: 1 to 16').optional(),
  ticketType: z.string().trim().min(1).optional(),
  archiveFolder: z.string().trim().min(1).optional(),
  retainMetrics: z.enum(['yes', 'no'], { error: 'retainMetrics: yes or no' }).optional(),
  settleSeconds: z.coerce.number().int().min(0).max(3600, 'settleSeconds: 0 to 3600').optional(),
}).refine(({ version, retainMetrics }) => version !== '2.15' || retainMetrics !== 'no', 'retainMetrics: no needs version 2.16');
export type IntercomSettings = z.infer<typeof intercomSettingsSchema>;

export const intercomSettingDescriptions: readonly SettingDescription[] = [
  { name: 'token', label: 'Access token', secret: true, required: true, help: 'Developer Hub > your app > Authentication: the access token of a private app of the workspace.' },
  { name: 'region', label: 'Region', secret: false, required: false, help: 'us, eu or au: where the workspace is hosted. Default us.', example: 'eu' },
  { name: 'version', label: 'API version', secret: false, required: false, help: '2.16 (default), 2.15 or Preview. At 2.15 conversation attributes are made in Intercom by hand, and files of tickets become notes. Preview is 2.16, and Intercom\'s Preview for the priority of conversations, which no stable version writes.', example: '2.16' },
  { name: 'url', label: 'Address', secret: false, required: false, help: 'Another address than the region\'s, for a proxy or a simulator.', example: 'http://127.0.0.1:4010' },
  { name: 'concurrency', label: 'Parallel calls', secret: false, required: false, help: '1 to 16, default 6. What goes out is bounded by the workspace\'s own rate limit in any case.', example: '6' },
  { name: 'ticketType', label: 'Ticket type', secret: false, required: false, help: 'Only for tickets as the target: name of the ticket type, made by a person with its states. Default: the only one for customers.', example: 'Help desk' },
  { name: 'archiveFolder', label: 'Archive folder', secret: false, required: false, isFolder: true, help: 'Folder for the bytes of files that cannot go into Intercom (too large, blocked); their notes name them with SHA-256. Default: left-out-files beside the project\'s reports, on the machine that loads them; a purge deletes it with the reports, but not a folder named here.', example: './left-out-files', isPath: true },
  { name: 'retainMetrics', label: 'Keep metrics', secret: false, required: false, help: 'yes or no: whether a rollback leaves the lines of deleted conversations in Intercom\'s reports. Default yes, as at Intercom; no needs the scope delete_conversations_and_metrics and version 2.16.', example: 'no' },
  { name: 'settleSeconds', label: 'Settling time', secret: false, required: false, help: 'Seconds for which a call that lost its client may still be carried out, or not be found by the search yet; default 60, and 300 for conversations and tickets, which only the search finds.', example: '120' },
];
