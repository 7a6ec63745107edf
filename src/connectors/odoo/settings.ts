import { z } from 'zod';
import type { SettingDescription } from '../../connector/connector.ts';

export const odooDoors = ['json2', 'jsonrpc', 'xmlrpc'] as const;
/** The three ways into an Odoo: JSON-2 (from 19), JSON-RPC and XML-RPC (to be removed with Odoo 20 or 22). */
export type OdooDoorName = (typeof odooDoors)[number];

const printable = /^[\u0021-\u007e]+$/u;

/** Settings as a person types them: all strings. */
export const odooSettingsSchema = z.strictObject({
  url: z.string().trim().min(1, 'url: give the address of the Odoo server, such as https://odoo.example.com')
    .refine((value) => URL.canParse(value) && /^https?:$/u.test(new URL(value).protocol), 'url: not an http(s) address, such as https://odoo.example.com')
    .transform((value) => new URL(value).origin),
  database: z.string().trim().min(1).optional(),
  user: z.string().trim().min(1).optional(),
  password: z.string().min(1).optional(),
  apiKey: z.string().trim().regex(printable, 'apiKey: an Odoo API key is 40 hexadecimal characters').optional(),
  door: z.enum(odooDoors, { error: 'door: one of json2, jsonrpc, xmlrpc' }).optional(),
  concurrency: z.coerce.number().int().min(1, 'concurrency: 1 to 8').max(8, 'concurrency: 1 to 8').optional(),
  settleSeconds: z.coerce.number().int().min(0).max(3600, 'settleSeconds: 0 to 3600').optional(),
}).refine((settings) => settings.password !== undefined || settings.apiKey !== undefined, 'password or apiKey: one of the two is needed')
  .refine((settings) => settings.user !== undefined || settings.door === 'json2' || settings.apiKey !== undefined, 'user: the login name is needed with a password')
  .refine((settings) => settings.door !== 'json2' || settings.apiKey !== undefined, 'apiKey: door json2 takes an API key, not a password')
  .refine((settings) => settings.door === undefined || settings.door === 'json2' || settings.user !== undefined, 'user: doors jsonrpc and xmlrpc need the login name, also with an API key');
export type OdooSettings = z.infer<typeof odooSettingsSchema>;

/** Milliseconds for which a call that lost its client may still commit. */
export function settleMs(settings: OdooSettings): number {
  return (settings.settleSeconds ?? 30) * 1000;
}

export const odooSettingDescriptions: readonly SettingDescription[] = [
  { name: 'url', label: 'Address', secret: false, required: true, place: true, help: 'Where the browser opens Odoo; only scheme, host and port count.', example: 'https://acme.odoo.com' },
  { name: 'database', label: 'Database', secret: false, required: false, place: true, help: 'Needed when the server has more than one database.', example: 'acme' },
  { name: 'user', label: 'Login', secret: false, required: false, help: 'Login of the user under whom records are read and written; not needed for door json2.', example: 'admin' },
  { name: 'password', label: 'Password', secret: true, required: false, help: 'Or give an API key instead.' },
  { name: 'apiKey', label: 'API key', secret: true, required: false, help: 'Preferences > Account Security > New API Key. The only credential of JSON-2 (Odoo 19 on).' },
  { name: 'door', label: 'API door', secret: false, required: false, help: 'json2, jsonrpc or xmlrpc; left out, the best one that the server answers is taken.', example: 'jsonrpc' },
  { name: 'concurrency', label: 'Parallel calls', secret: false, required: false, help: '1 to 8, default 2: a server with two or more worker processes gains up to 2.2 times from two clients, little from more.', example: '2' },
  { name: 'settleSeconds', label: 'Settling time', secret: false, required: false, help: 'Seconds for which a call that lost its client may still commit, default 30: messages and leads are not sent again before, since Odoo does not keep their keys unique; and after a run that died while it made fields nothing is asked before.', example: '120' },
];
