import { z } from 'zod';

const roleSchema = z.enum(['owner', 'operator', 'reviewer', 'viewer']);
const email = z.string().trim().max(254).regex(/^[^\s@<>]+@[^\s@<>]+$/, 'write an e-mail address');
const name = z.string().trim().min(1, 'write a name').max(120);
const password = z.string().min(12, 'use at least 12 characters').max(256);

export const firstRunSchema = z.strictObject({ code: z.string().trim().min(1, 'the code that the server printed when it started'), name, email, password });
export const signInSchema = z.strictObject({ email, password: z.string().min(1, 'write the password').max(256) });

export const ownPasswordSchema = z.strictObject({ current: z.string().min(1, 'write your password of now').max(256), next: password })
  .refine(({ current, next }) => current !== next, { path: ['next'], error: 'this is the password of now' });

export const userSchema = z.strictObject({ id: z.string(), name: z.string(), email: z.string(), role: roleSchema, createdAt: z.string() });
export const newUserSchema = z.strictObject({ name, email, password, role: roleSchema });
export const userChangeSchema = z.strictObject({ role: roleSchema.optional(), password: password.optional() });

export const statusSchema = z.strictObject({ version: z.string(), firstRun: z.boolean().describe('Nobody has an account yet.') });
export type Status = z.infer<typeof statusSchema>;

export const sessionSchema = z.strictObject({
  user: z.strictObject({ name: z.string(), email: z.string(), role: roleSchema }),
  permissions: z.array(z.enum(['look', 'edit', 'operate', 'approve', 'administer'])),
  csrf: z.string().describe('Sent back as header `x-portolan-csrf` with every request that changes something.'),
  expiresAt: z.string().nullable().describe('null = an API token\'s own end counts.'),
});
export type Session = z.infer<typeof sessionSchema>;

export const newTokenSchema = z.strictObject({ name, role: roleSchema, days: z.int().min(1).max(365) });
const tokenSchema = z.strictObject({ id: z.string(), name: z.string(), role: roleSchema, madeBy: z.string(), createdAt: z.string(), expiresAt: z.string(), usedAt: z.string().nullable() });
export const madeTokenSchema = z.strictObject({ token: z.string().describe('Shown this once.'), about: tokenSchema });
export const accessListSchema = z.strictObject({ users: z.array(userSchema), tokens: z.array(tokenSchema) });
export type AccessList = z.infer<typeof accessListSchema>;
export const auditSchema = z.strictObject({ rows: z.array(z.strictObject({ id: z.string(), at: z.string(), actor: z.string(), action: z.string(), project: z.string().nullable(), details: z.record(z.string(), z.unknown()) })) });
export type Audit = z.infer<typeof auditSchema>;
export const doneSchema = z.strictObject({ done: z.boolean() });
