import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { ConfigurationError } from '../../connector/errors.ts';
import { textEncodings } from '../../connector/kit/values/text-encoding.ts';
import { fileObjects } from './objects.ts';

const fileEntry = z.strictObject({
  path: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
  delimiter: z.string().length(1).optional(),
  encoding: z.enum(textEncodings).optional(),
  columns: z.record(z.string(), z.string().min(1)).optional(),
});
export type ManifestFile = z.infer<typeof fileEntry>;

const manifestSchema = z.object({
  format: z.literal('instream-bundle'),
  version: z.literal(1),
  exportedAt: z.string().optional(),
  timezone: z.string().optional(),
  locale: z.string().optional(),
  currency: z.string().optional(),
  files: z.partialRecord(z.enum(fileObjects.map((definition) => definition.fileKey) as [string, ...string[]]), fileEntry).optional(),
});
export type Manifest = z.infer<typeof manifestSchema>;

const maxBytes = 1_000_000;

/**
 * Reads `manifest.json` of a bundle.
 * @throws ConfigurationError 'bad-manifest' naming the place in the file and the remedy.
 */
export async function readManifest(path: string): Promise<Manifest> {
  const bad = (message: string, cause?: unknown): ConfigurationError => new ConfigurationError({
    code: 'bad-manifest', message: `manifest.json: ${message}`, remedy: 'Correct manifest.json (its form is in src/connectors/instream/README.md) or take it out of the bundle.', cause,
  });
  if ((await stat(path)).size > maxBytes) throw bad('is larger than 1 MB');
  let parsed: unknown;
  try {
    parsed = JSON.parse((await readFile(path, 'utf8')).replace(/^\ufeff/, ''));
  } catch (cause) {
    throw bad(`is not JSON (${(cause as Error).message})`, cause);
  }
  const result = manifestSchema.safeParse(parsed);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw bad(`${issue?.path.map(String).join('.') || 'top level'}: ${issue?.message ?? 'not as expected'}`);
}
