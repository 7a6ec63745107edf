import { join } from 'node:path';
import { ConfigurationError } from '../connector/errors.ts';
import type { AdviceReport } from '../proposal/adviser/advise.ts';
import type { AdviceCache, LanguageModel } from '../proposal/adviser/language-model.ts';
import { say, type Session } from './session.ts';

/** Options that name a language model. */
export interface AdviserOptions {
  readonly adviser?: string; // kind:model
  readonly adviserUrl?: string;
  readonly adviserKeyEnv?: string;
}

/**
 * The language model that the options name, with the cache of this installation; null = none was named. Nothing is sent yet.
 * @throws ConfigurationError 'unknown-adviser', 'no-adviser-key', 'no-model-address'
 */
export async function openAdviser(session: Session, options: AdviserOptions): Promise<{ readonly model: LanguageModel; readonly cache: AdviceCache } | null> {
  if (options.adviser === undefined) return null;
  const parts = /^(anthropic|openai-compatible):(.+)$/.exec(options.adviser);
  if (parts?.[2] === undefined) throw new ConfigurationError({ code: 'unknown-adviser', message: `"${options.adviser}" is not a language model`, remedy: 'write anthropic:<model>, or openai-compatible:<model> with --adviser-url' });
  const kind = parts[1] === 'anthropic' ? 'anthropic' : 'openai-compatible';
  const apiKey = options.adviserKeyEnv === undefined ? null : session.io.env[options.adviserKeyEnv] ?? '';
  if (apiKey === '' || (kind === 'anthropic' && apiKey === null)) {
    throw new ConfigurationError({ code: 'no-adviser-key', message: `There is no key for ${options.adviser}`, remedy: 'put it in an environment variable and name that with --adviser-key-env' });
  }
  // The model's libraries are loaded only where one is asked for.
  const [{ openLanguageModel }, { fileCache }] = await Promise.all([import('../adviser/open-language-model.ts'), import('../adviser/file-cache.ts')]);
  return { model: openLanguageModel({ kind, model: parts[2], apiKey, url: options.adviserUrl ?? null }), cache: fileCache(join(session.dataFolder, 'adviser')) };
}

/** Says what was sent, word for word, and what became of it; on stderr. */
export function sayAdvice(session: Session, report: AdviceReport): void {
  for (const prompt of report.sent) say(session, `sent to ${report.model}:\n${prompt.text}`);
  const failed = report.failure === null ? '' : `; ${report.failure}: the rest stays as the matcher said`;
  say(session, `${report.model}: asked about ${report.asked} fields, agreed on ${report.agreed}, changed ${report.changed}, doubted ${report.doubted}, ${report.unanswered} without a usable answer; ${report.calls} calls and ${report.fromCache} from the cache, ${report.inputTokens} tokens in, ${report.outputTokens} out${failed}`);
}
