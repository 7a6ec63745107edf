import { ConfigurationError } from '../../connector/errors.ts';
import { schemaFile, toMatchSchema } from './schema.ts';
import type { MatchSchema } from './schema.ts';

/**
 * Reads the text of a schema file.
 * @param params.name the file's name, for the message
 * @throws ConfigurationError 'bad-schema' that names the file, the place and the remedy
 */
export function readSchema(params: Readonly<{ name: string; text: string }>): MatchSchema {
  let json: unknown;
  try {
    json = JSON.parse(params.text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw bad(params.name, `is not JSON (${cause instanceof Error ? cause.message : String(cause)})`, cause);
  }
  const parsed = schemaFile.safeParse(json);
  if (parsed.success) return toMatchSchema(parsed.data);
  const issue = parsed.error.issues[0];
  const place = issue === undefined || issue.path.length === 0 ? 'the document' : issue.path.join('.');
  throw bad(params.name, `is not a schema: ${place}: ${issue?.message ?? 'has another form'}`, parsed.error);
}

function bad(name: string, what: string, cause: unknown): ConfigurationError {
  return new ConfigurationError({ code: 'bad-schema', message: `${name} ${what}.`, remedy: 'Give a file of the form { "fields": [ { "name": "…", "label": "…", "type": "…", "samples": ["…"] } ] }; only name is required.', cause });
}
