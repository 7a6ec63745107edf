import { z } from 'zod';

/** What became of an uploaded file. */
export const uploadedSchema = z.strictObject({
  path: z.string().describe('Where the server keeps it; a connection takes this as its folder or file.'),
  bytes: z.number(),
});
export type Uploaded = z.infer<typeof uploadedSchema>;
