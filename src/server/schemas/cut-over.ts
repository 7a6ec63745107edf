import { z } from 'zod';

/** What a person types: anything but the characters that no store takes. */
export const typedText = (longest: number) => z.string().max(longest).refine((text) => !text.includes('\0') && text.isWellFormed(), 'has a character that cannot be kept');

export const cutOverSchema = z.strictObject({
  stages: z.array(z.strictObject({
    id: z.string(), title: z.string(), note: z.string(),
    steps: z.array(z.strictObject({
      key: z.string(), step: z.string(), why: z.string(), known: z.boolean().describe('Portolan sees for itself whether it is done.'), done: z.boolean(),
      comment: z.string(), markedBy: z.string().nullable(), markedAt: z.string().nullable(),
    })),
  })),
});
export type CutOver = z.infer<typeof cutOverSchema>;
export const tickSchema = z.strictObject({ done: z.boolean(), comment: typedText(2000) });

export const scheduleSchema = z.strictObject({
  cron: z.string(), zone: z.string(), endsAt: z.string().nullable(), approveGates: z.boolean(), state: z.enum(['on', 'paused', 'ended']), reason: z.string().nullable().describe('Why it is paused.'),
  madeBy: z.string(), madeAt: z.string(), lastRunId: z.string().nullable(), lastAt: z.string().nullable(), madeUpFor: z.string().nullable().describe('A time that passed while no server ran, for which the last one was started.'), nextAt: z.string().nullable(),
});
export type Schedule = z.infer<typeof scheduleSchema>;
export const setScheduleSchema = z.strictObject({
  cron: z.string().max(200).describe('Minute, hour, day, month, weekday: `0 2 * * *` is every night at two.'), zone: z.string().max(100).describe('Time zone of the times: `Europe/Warsaw`.'),
  endsAt: z.iso.datetime().nullable().describe('When it ends by itself; null = when somebody stops it.'), approveGates: z.boolean(), confirmDestination: z.string().max(300).describe('Host name of the destination, typed by a person.'),
});
