/** A language model as the adviser needs it; implemented outside this room, which does no I/O. */
export interface LanguageModel {
  /** What a person reads in the plan: `anthropic/claude-…`, `http://127.0.0.1:11434/v1 qwen3`. No secret. */
  readonly id: string;
  /** Answers one prompt. Throws when the model fails or is slower than its time limit. */
  readonly ask: (prompt: Prompt) => Promise<ModelAnswer>;
}

export interface Prompt { readonly system: string; readonly text: string }

export interface ModelAnswer {
  readonly text: string;
  readonly inputTokens: number | null; // null = the model did not count
  readonly outputTokens: number | null;
}

/** Remembers answers by the hash of model and prompt, so that the same question is paid for once. */
export interface AdviceCache {
  readonly get: (key: string) => Promise<string | null>;
  readonly put: (key: string, text: string) => Promise<void>;
}
