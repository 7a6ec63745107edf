import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ConfigurationError } from '../../connector/errors.ts';
import type { FieldMatch } from '../../proposal/match/match-schemas.ts';
import type { MatchSchema } from '../../proposal/match/schema.ts';
import { openAdviser, sayAdvice, type AdviserOptions } from '../open-adviser.ts';
import { print, type Session } from '../session.ts';
import { table } from '../table.ts';

export interface SchemaOptions extends AdviserOptions {
  readonly sourceSchema?: string;
  readonly destinationSchema?: string;
}

/** `portolan propose --source-schema a.json --destination-schema b.json`: a field map between two schema files, without a project. */
export async function proposeSchemas(session: Session, options: SchemaOptions): Promise<void> {
  const { sourceSchema, destinationSchema } = options;
  if (sourceSchema === undefined || destinationSchema === undefined) {
    throw new ConfigurationError({ code: 'one-schema', message: `Only the ${sourceSchema === undefined ? 'destination' : 'source'} schema was given`, remedy: 'give both: --source-schema <file> --destination-schema <file>' });
  }
  // The vocabulary takes 0.2 s to load: only this command needs it.
  const [{ matchSchemas }, { readSchema }] = await Promise.all([import('../../proposal/match/match-schemas.ts'), import('../../proposal/match/read-schema.ts')]);
  const read = async (path: string) => readSchema({ name: path, text: await textOf(session, path) });
  const destination = await read(destinationSchema);
  const offline = matchSchemas({ source: await read(sourceSchema), destination });
  const matches = await advised(session, options, offline, destination);
  const document = Object.fromEntries(matches.map(({ key, target, confidence, ranked, autoAccept, reasons }) => [key, { target, confidence, ranked, autoAccept, reasons }]));
  print(session, document, schemaSummary(matches));
}

/** Lets a language model look at what is not sure. Everything that was sent is said on stderr, word for word. */
async function advised(session: Session, options: SchemaOptions, matches: readonly FieldMatch[], destination: MatchSchema): Promise<readonly FieldMatch[]> {
  const adviser = await openAdviser(session, options);
  if (adviser === null) return matches;
  const { advise } = await import('../../proposal/adviser/advise.ts');
  const { matches: told, report } = await advise({ matches, destination, ...adviser });
  sayAdvice(session, report);
  return told;
}

function schemaSummary(matches: readonly FieldMatch[]): string {
  const accepted = matches.filter(({ autoAccept }) => autoAccept).length;
  const none = matches.filter(({ target }) => target === null).length;
  return [
    table(['source field', 'destination field', 'confidence', 'accepted', 'why'], matches.map(({ key, target, confidence, autoAccept, reasons }) => [key, target ?? '(none)', `${Math.round(confidence * 100)} %`, autoAccept ? 'yes' : 'review', reasons.join('; ')])),
    '', `${accepted} accepted, ${matches.length - accepted} to review; ${none} without a counterpart`,
  ].join('\n');
}

function textOf(session: Session, path: string): Promise<string> {
  return readFile(resolve(session.io.cwd, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigurationError({ code: 'file-not-readable', message: `Cannot read ${path}: ${error.code ?? error.message}`, remedy: 'check the path', cause: error });
  });
}
