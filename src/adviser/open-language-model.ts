import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText } from 'ai';
import { ConfigurationError } from '../connector/errors.ts';
import type { LanguageModel } from '../proposal/adviser/language-model.ts';

export interface LanguageModelSettings {
  readonly kind: 'anthropic' | 'openai-compatible';
  readonly model: string;
  readonly apiKey: string | null; // null = a local server that asks for none
  /** Base address of the API, e.g. `http://127.0.0.1:11434/v1`; null = Anthropic's own. */
  readonly url: string | null;
  /** The whole answer must be there within this time. Default 30,000. */
  readonly timeoutMs?: number;
}

const MAX_OUTPUT_TOKENS = 2000;

/**
 * Opens a language model for the adviser. Nothing is sent before `ask`; nothing is tried twice; no key or answer goes into an error.
 * @throws ConfigurationError 'no-model-address' for a compatible server without its address
 */
export function openLanguageModel(settings: LanguageModelSettings): LanguageModel {
  const { kind, model, apiKey, url, timeoutMs = 30_000 } = settings;
  if (kind === 'openai-compatible' && url === null) throw new ConfigurationError({ code: 'no-model-address', message: `The language model ${model} has no address`, remedy: 'give the base address of its API, e.g. http://127.0.0.1:11434/v1' });
  const provider = kind === 'anthropic'
    ? createAnthropic({ apiKey: apiKey ?? '', ...(url === null ? {} : { baseURL: url }) })(model)
    : createOpenAICompatible({ name: 'compatible', baseURL: url ?? '', ...(apiKey === null ? {} : { apiKey }) })(model);
  return {
    id: kind === 'anthropic' ? `anthropic/${model}` : `${model} at ${new URL(url ?? '').host}`,
    ask: async ({ system, text }) => {
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const answer = await generateText({ model: provider, system, prompt: text, maxRetries: 0, maxOutputTokens: MAX_OUTPUT_TOKENS, temperature: 0, abortSignal: signal });
        return { text: answer.text, inputTokens: answer.usage.inputTokens ?? null, outputTokens: answer.usage.outputTokens ?? null };
      } catch (error) {
        if (signal.aborted) throw new Error(`no answer within ${timeoutMs} ms`, { cause: error });
        const status = typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number' ? `HTTP ${error.statusCode}` : 'no connection or no usable answer';
        throw new Error(`the model failed: ${status}`, { cause: error });
      }
    },
  };
}
