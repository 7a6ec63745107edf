import { z } from 'zod';

/** How the server is. */
export const healthSchema = z.strictObject({ status: z.enum(['ok', 'database-away']), version: z.string() });
export type Health = z.infer<typeof healthSchema>;

/** The head of the OpenAPI document; its paths are for the readers of such documents. */
export const documentSchema = z.looseObject({ openapi: z.string(), info: z.looseObject({ title: z.string(), version: z.string() }), paths: z.looseObject({}) });
