import { z } from 'zod';

const events = z.array(z.enum(['run-ended', 'gate-waiting', 'run-failed', 'quarantine'])).min(1, 'choose at least one').max(4);
const webAddress = z.string().max(2000).refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text), 'write an address with http:// or https://');
const mailAddress = z.email('write one e-mail address').max(320);
const secret = z.string().max(10_000).describe('Left out: stays as it is; empty: removed. Never given back.').optional();

export const settingsSchema = z.strictObject({
  retention: z.strictObject({ days: z.number().nullable(), due: z.array(z.strictObject({ project: z.string(), at: z.string() })).describe('When each project is purged.') }),
  smtp: z.strictObject({ host: z.string(), port: z.number(), security: z.enum(['tls', 'starttls', 'none']), user: z.string(), from: z.string(), passwordKept: z.boolean() }).nullable(),
  adviser: z.strictObject({ kind: z.enum(['anthropic', 'openai-compatible']), model: z.string(), url: z.string().nullable(), keyKept: z.boolean() }).nullable(),
  targets: z.array(z.strictObject({
    id: z.string(), kind: z.enum(['webhook', 'email']), address: z.string(), events: z.array(z.string()), madeBy: z.string(), madeAt: z.string(),
    latest: z.array(z.strictObject({ event: z.string(), subject: z.string(), state: z.enum(['waiting', 'sent', 'given-up']), attempts: z.number(), error: z.string().nullable(), madeAt: z.string(), sentAt: z.string().nullable() })),
  })),
});
export type SettingsView = z.infer<typeof settingsSchema>;

export const setRetentionSchema = z.strictObject({ days: z.int('give whole days').min(1, 'give at least one day').max(36_500).nullable().describe('null = nothing is deleted by itself.') });
export const setSmtpSchema = z.strictObject({
  host: z.string().min(1, 'give the name of the mail server').max(300).regex(/^[A-Za-z0-9.:_-]+$/, 'a host name, without spaces or slashes'), port: z.int().min(1).max(65_535), security: z.enum(['tls', 'starttls', 'none']),
  user: z.string().max(300), from: mailAddress, password: secret,
});
export const setAdviserSchema = z.strictObject({ kind: z.enum(['anthropic', 'openai-compatible']), model: z.string().min(1, 'give the name of the model').max(200), url: webAddress.nullable(), apiKey: secret });
export const addTargetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('webhook'), address: webAddress, events }), z.strictObject({ kind: z.literal('email'), address: mailAddress, events }),
]);
export const madeTargetSchema = z.strictObject({ key: z.string().nullable().describe('Of a webhook: what signs its messages. Shown this once.') });
export const purgeSchema = z.strictObject({ confirm: z.string().max(200).describe('Name of the project, typed by a person.') });
export const purgedSchema = z.strictObject({ deleted: z.record(z.string(), z.number()), left: z.record(z.string(), z.number()).describe('Counted again afterwards: all zeros.') });
