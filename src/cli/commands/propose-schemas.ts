import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ConfigurationError } from '../../connector/errors.ts';
import type { FieldMatch } from '../../proposal/match/match-schemas.ts';
import type { AdviceReport } from '../../proposal/adviser/advise.ts';
import type { MatchSchema } from '../../proposal/match/schema.ts';
import { print, say, type Session } from '../session.ts';
import { table } from '../table.ts';

export interface SchemaOptions {
  readonly sourceSchema?: string;
  readonly destinationSchema?: string;
  readonly adviser?: string; // kind:model
  readonly adviserUrl?: string;
  readonly adviserKeyEnv?: string;
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
  const matches = options.adviser === undefined ? offline : await advised(session, options, offline, destination);
  const document = Object.fromEntries(matches.map(({ key, target, confidence, ranked, autoAccept, reasons }) => [key, { target, confidence, ranked, autoAccept, reasons }]));
  print(session, document, schemaSummary(matches));
}

/** Lets a language model look at what is not sure. Everything that was sent is said on stderr, word for word. */
async function advised(session: Session, options: SchemaOptions, matches: readonly FieldMatch[], destination: MatchSchema): Promise<readonly FieldMatch[]> {
  const parts = /^(anthropic|openai-compatible):(.+)$/.exec(options.adviser ?? '');
  if (parts?.[2] === undefined) throw new ConfigurationError({ code: 'unknown-adviser', message: `"${options.adviser}" is not a language model`, remedy: 'write anthropic:<model>, or openai-compatible:<model> with --adviser-url' });
  const kind = parts[1] === 'anthropic' ? 'anthropic' : 'openai-compatible';
  const apiKey = options.adviserKeyEnv === undefined ? null : session.io.env[options.adviserKeyEnv] ?? '';
  if (apiKey === '' || (kind === 'anthropic' && apiKey === null)) {
    throw new ConfigurationError({ code: 'no-adviser-key', message: `There is no key for ${options.adviser}`, remedy: 'put it in an environment variable and name that with --adviser-key-env' });
  }
  const [{ advise }, { openLanguageModel }, { fileCache }] = await Promise.all([import('../../proposal/adviser/advise.ts'), import('../../adviser/open-language-model.ts'), import('../../adviser/file-cache.ts')]);
  const model = openLanguageModel({ kind, model: parts[2], apiKey, url: options.adviserUrl ?? null });
  const { matches: told, report } = await advise({ matches, destination, model, cache: fileCache(join(session.dataFolder, 'adviser')) });
  for (const prompt of report.sent) say(session, `sent to ${report.model}:\n${prompt.text}`);
  say(session, adviceText(report));
  return told;
}

function adviceText(report: AdviceReport): string {
  const failed = report.failure === null ? '' : `; ${report.failure}: the rest stays as the matcher said`;
  return `${report.model}: asked about ${report.asked} fields, agreed on ${report.agreed}, changed ${report.changed}, doubted ${report.doubted}, ${report.unanswered} without a usable answer; ${report.calls} calls and ${report.fromCache} from the cache, ${report.inputTokens} tokens in, ${report.outputTokens} out${failed}`;
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
