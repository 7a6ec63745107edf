import { IANAZone } from 'luxon';
import { z } from 'zod';
import type { SettingDescription } from '../../connector/connector.ts';

/** What a person tells about an InStream export. */
const nothingToRead = 'path: the folder or .zip file of the export is missing';
export const settingsSchema = z.strictObject({
  path: z.string({ error: nothingToRead }).trim().min(1, nothingToRead).optional(),
  rest: z.string().trim().min(1, 'rest: the path of a descriptor is missing').optional(),
  restSecret: z.string().optional(),
  timezone: z.string().trim().refine((zone) => IANAZone.isValidZone(zone), 'timezone: not a time zone name such as Europe/Warsaw').optional(),
  currency: z.string().trim().regex(/^[A-Za-z]{3}$/, 'currency: not a three-letter code such as PLN').transform((code) => code.toUpperCase()).optional(),
  locale: z.string().trim().regex(/^[a-z]{2,3}([-_][A-Za-z]{2})?$/, 'locale: not a language code such as pl-PL').optional(),
  phoneRegion: z.string().trim().regex(/^[A-Za-z]{2}$/, 'phoneRegion: not a two-letter country code such as PL').transform((code) => code.toUpperCase()).optional(),
}).superRefine((settings, check) => {
  if (settings.path === undefined && settings.rest === undefined) check.addIssue({ code: 'custom', path: ['path'], message: nothingToRead });
});
export type InstreamSettings = z.infer<typeof settingsSchema>;

export const settingDescriptions: readonly SettingDescription[] = [
  { name: 'path', label: 'Export', secret: false, required: false, isPath: true, help: 'Folder or .zip file with the exported CSV or XLSX files, e-mails (.eml, .mbox) and calendars (.ics). Needed unless rest is set.', example: './export.zip' },
  { name: 'rest', label: 'REST descriptor', secret: false, required: false, isPath: true, help: 'JSON file that describes a documented endpoint of the customer (src/connectors/instream/README.md).', example: './descriptor.json' },
  { name: 'restSecret', label: 'Secret of the endpoint', secret: true, required: false, help: 'Token, key or password for the endpoint; without it the environment variable that the descriptor names is used.' },
  { name: 'timezone', label: 'Time zone', secret: false, required: false, help: 'Time zone of dates that are written without one.', example: 'Europe/Warsaw' },
  { name: 'currency', label: 'Currency', secret: false, required: false, help: 'Currency of amounts that are written without one.', example: 'PLN' },
  { name: 'locale', label: 'Language', secret: false, required: false, help: 'Language of the export, where the files do not tell.', example: 'pl-PL' },
  { name: 'phoneRegion', label: 'Phone region', secret: false, required: false, help: 'Country of phone numbers that are written without a country code.', example: 'PL' },
];
