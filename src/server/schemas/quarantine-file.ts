import { z } from 'zod';
import { runLineSchema } from './projects.ts';

export const quarantineFileSchema = z.strictObject({ name: z.string().max(500), csv: z.string().max(30_000_000).describe('The file as text.'), start: z.boolean().describe('false = only say what is in it.') });
export const quarantineFileAnswerSchema = z.strictObject({
  records: z.number(), corrected: z.number().describe('Of these: how many have a changed value.'),
  unreadable: z.array(z.string()).describe('Positions of rows that never became records: they are corrected in the source.'), run: runLineSchema.nullable(),
});
export type QuarantineFileAnswer = z.infer<typeof quarantineFileAnswerSchema>;
