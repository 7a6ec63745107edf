import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { ConfigurationError } from '../../../connector/errors.ts';
import { fileObjects, type ObjectDefinition } from '../objects.ts';
import { parseJsonPath, type JsonPath } from './json-path.ts';

const path = z.string().transform((text, context): JsonPath => {
  const parsed = parseJsonPath(text);
  if (parsed !== null) return parsed;
  context.addIssue(`${JSON.stringify(text)} is not a path such as data.items or emails[0].value`);
  return z.NEVER;
});
const word = z.string().trim().min(1);

const auth = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bearer'), secretEnv: word.optional() }),
  z.strictObject({ kind: z.literal('header'), name: z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'not the name of a header'), secretEnv: word.optional() }),
  z.strictObject({ kind: z.literal('query'), name: word, secretEnv: word.optional() }),
  z.strictObject({ kind: z.literal('basic'), name: z.string().optional().describe('user name; left out = the secret is user:password'), secretEnv: word.optional() }),
]);

const paging = z.strictObject({
  kind: z.enum(['page', 'offset', 'cursor', 'link-header', 'none']),
  param: word.optional(), sizeParam: word.optional(), size: z.int().min(1).max(10_000).optional(), startAt: z.int().min(0).optional(), nextPath: path.optional(),
}).refine((one) => one.kind !== 'cursor' || one.nextPath !== undefined, 'paging of kind "cursor" needs nextPath, where the answer has the next cursor');

const objectEntry = z.strictObject({
  path: z.string().min(1).refine((text) => !text.includes('..') && !/^[a-z][a-z0-9+.-]*:|^\/\//i.test(text), 'a path below baseUrl, such as /contacts'),
  itemsPath: path.default({ text: '', steps: [] }), idPath: path.optional(), updatedParam: word.optional(),
  query: z.record(z.string(), z.string()).optional(), paging: paging.optional(),
  fields: z.record(word, path).refine((fields) => Object.keys(fields).length > 0, 'names no field'),
});

const localHosts = new Set(['localhost', '127.0.0.1', '[::1]']);
/** https, or http to this machine; no user, query or fragment in the address. */
const baseUrl = z.string().transform((text, context): string => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'https:' && !(url.protocol === 'http:' && localHosts.has(url.hostname)))) context.addIssue('not an https:// address (http:// is for localhost only)');
  else if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') context.addIssue('holds more than host and path: secrets belong into auth');
  else return url.href.replace(/\/+$/, '');
  return z.NEVER;
});

const schema = z.strictObject({
  baseUrl,
  auth: auth.optional(),
  rate: z.strictObject({ perSecond: z.number().positive().max(1000).default(5), concurrency: z.int().min(1).max(16).default(1) }).prefault({}),
  paging: paging.default({ kind: 'none' }),
  limits: z.strictObject({ answerBytes: z.int().min(1000).max(256 * 1024 * 1024).default(64 * 1024 * 1024), timeoutMs: z.int().min(10).max(600_000).default(60_000), pages: z.int().min(1).max(1_000_000).default(100_000) }).prefault({}),
  objects: z.record(z.string(), objectEntry).refine((objects) => Object.keys(objects).length > 0, 'names no object'),
});

export type RestPaging = z.infer<typeof paging>;
export type RestAuth = z.infer<typeof auth>;
type ObjectEntry = z.infer<typeof objectEntry>;

/** One object of the descriptor with the bundle's object that it stands for. */
export interface RestObject extends ObjectEntry { readonly definition: ObjectDefinition; readonly paging: RestPaging }

/** A documented endpoint of a customer, described by a person. No address is built in, none is guessed. */
export interface RestDescriptor {
  readonly baseUrl: string; // without a slash at its end
  readonly auth: RestAuth | null;
  readonly rate: { readonly perSecond: number; readonly concurrency: number };
  readonly limits: { readonly answerBytes: number; readonly timeoutMs: number; readonly pages: number };
  readonly objects: readonly RestObject[];
}

const maxBytes = 1_000_000;

/** @throws ConfigurationError 'bad-descriptor' naming the place in the file and the remedy. */
export function parseDescriptor(value: unknown, name: string): RestDescriptor {
  const bad = (message: string): ConfigurationError => new ConfigurationError({ code: 'bad-descriptor', message: `${name}: ${message}`, remedy: 'Correct the descriptor; its form is in src/connectors/instream/README.md.' });
  const result = schema.safeParse(value);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw bad(`${issue?.path.map(String).join('.') || 'top level'}: ${issue?.message ?? 'not as expected'}`);
  }
  const { objects, auth: given, paging: general, ...rest } = result.data;
  const found = Object.entries(objects).map(([key, entry]): RestObject => {
    const definition = fileObjects.find((one) => one.fileKey === key || one.name === key);
    if (definition === undefined) throw bad(`objects.${key} is no object of the bundle; use one of: ${fileObjects.map((one) => one.fileKey).join(', ')}`);
    return { ...entry, definition, paging: entry.paging ?? general };
  });
  if (new Set(found.map((one) => one.definition.name)).size < found.length) throw bad('two entries of objects mean the same object');
  return { ...rest, auth: given ?? null, objects: found };
}

/** Reads a descriptor file. @throws ConfigurationError 'bad-descriptor', 'descriptor-not-found' */
export async function readDescriptor(file: string): Promise<RestDescriptor> {
  let text: string;
  try {
    if ((await stat(file)).size > maxBytes) throw new ConfigurationError({ code: 'bad-descriptor', message: `${file} is larger than 1 MB`, remedy: 'Set rest to the descriptor of the endpoint, a small JSON file.' });
    text = await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw cause;
    throw new ConfigurationError({ code: 'descriptor-not-found', message: `rest: the file ${file} cannot be read (${(cause as NodeJS.ErrnoException).code ?? (cause as Error).message})`, remedy: 'Set rest to the path of the descriptor, a JSON file.', cause });
  }
  try {
    return parseDescriptor(JSON.parse(text.replace(/^\ufeff/, '')), file);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError({ code: 'bad-descriptor', message: `${file} is not JSON (${(error as Error).message})`, remedy: 'Correct the descriptor; its form is in src/connectors/instream/README.md.', cause: error });
  }
}
