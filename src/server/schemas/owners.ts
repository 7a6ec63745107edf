import { z } from 'zod';
import { runLineSchema } from './projects.ts';

export const ownersSchema = z.strictObject({
  owners: z.array(z.strictObject({
    owner: z.string().describe('As the source writes it.'), name: z.string(), records: z.record(z.string(), z.number()).describe('By source object.'),
    currentUser: z.string().nullable().describe('Who stands for the owner at the destination now; null = nobody.'), decision: z.string().nullable(),
  })).nullable().describe('null = the route moves no owners.'),
  people: z.array(z.strictObject({ value: z.string(), label: z.string() })).describe('Of the destination.'),
});
export type Owners = z.infer<typeof ownersSchema>;
export const assignOwnersSchema = z.strictObject({ owners: z.array(z.strictObject({ owner: z.string().min(1).max(500), login: z.string().min(1).max(500).describe('`-` takes the user away.') })).min(1).max(5_000) });
export const assignedOwnersSchema = z.strictObject({
  run: runLineSchema.nullable().describe('The run over these owners\' records; null = nothing to do.'), assigned: z.number(), unchanged: z.number(),
  refused: z.array(z.strictObject({ owner: z.string(), login: z.string(), code: z.string(), message: z.string(), remedy: z.string() })),
});
export type AssignedOwners = z.infer<typeof assignedOwnersSchema>;
