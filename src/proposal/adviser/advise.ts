import { createHash } from 'node:crypto';
import { autoAcceptFrom } from '../match/calibrate.ts';
import type { FieldMatch } from '../match/match-schemas.ts';
import type { MatchSchema } from '../match/schema.ts';
import type { AdviceCache, LanguageModel, Prompt } from './language-model.ts';
import { promptOf, questionOf, readAnswer } from './question.ts';

/** What became of the advice, for the plan and the log. */
export interface AdviceReport {
  readonly model: string;
  readonly asked: number; // fields
  readonly agreed: number;
  readonly changed: number;
  readonly doubted: number; // the model disagreed, the offline answer stands with less confidence
  readonly unanswered: number; // invented names, broken JSON, missing keys
  readonly calls: number;
  readonly fromCache: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Why the model was not asked further; null = it was. The offline answers stand. */
  readonly failure: string | null;
  /** Word for word what left the machine. */
  readonly sent: readonly Prompt[];
}

export interface AdviseParams {
  readonly matches: readonly FieldMatch[];
  readonly destination: MatchSchema;
  readonly model: LanguageModel;
  readonly cache: AdviceCache | null;
  /** Fields asked about in one call. Default 20. */
  readonly fieldsPerCall?: number;
  /** No more calls than this; the rest stays offline. Default 20. */
  readonly maxCalls?: number;
  /** Why the model is not to be asked any more: an earlier call failed. Default: null. */
  readonly failed?: string | null;
}

/** Below this the model's choice takes the place of the offline one; above it, it only casts doubt. */
const CERTAIN = 0.6;

/**
 * Asks a language model about the fields that are not sure enough to stand alone. It may choose among the ten best or say none. Its own
 * confidence is not asked for; whether it agrees with the offline rank is what counts. A model that fails changes nothing.
 */
export async function advise(params: AdviseParams): Promise<{ readonly matches: readonly FieldMatch[]; readonly report: AdviceReport }> {
  const { matches, model, cache, fieldsPerCall = 20, maxCalls = 20, failed = null } = params;
  const open = matches.flatMap((match, at) => (match.autoAccept || match.ranked.length === 0 ? [] : [at]));
  const told = new Map<number, string | null>();
  const sent: Prompt[] = [];
  const counts = { calls: 0, fromCache: 0, inputTokens: 0, outputTokens: 0, unanswered: 0 };
  let failure: string | null = failed;
  let asked = 0;
  for (let start = 0; start < open.length && failure === null; start += fieldsPerCall) {
    const group = open.slice(start, start + fieldsPerCall);
    const questions = group.flatMap((at) => { const match = matches[at]; return match === undefined ? [] : [questionOf(match, params.destination)]; });
    const prompt = promptOf(questions);
    const key = createHash('sha256').update(JSON.stringify([model.id, prompt])).digest('hex');
    let text = await cache?.get(key) ?? null;
    if (text !== null) counts.fromCache += 1;
    else if (counts.calls >= maxCalls) { failure = `stopped after ${maxCalls} calls`; break; } else {
      counts.calls += 1;
      sent.push(prompt);
      try {
        const answer = await model.ask(prompt);
        counts.inputTokens += answer.inputTokens ?? 0;
        counts.outputTokens += answer.outputTokens ?? 0;
        ({ text } = answer);
      } catch (error) {
        failure = error instanceof Error ? error.message : String(error);
        break;
      }
    }
    asked += group.length;
    const choices = readAnswer(text, questions);
    // An answer that cannot be used is not kept: the model may do better the next time.
    if (choices.some((choice) => choice !== undefined)) await cache?.put(key, text);
    for (const [at, choice] of choices.entries()) {
      const index = group[at];
      if (choice === undefined || index === undefined) counts.unanswered += 1;
      else told.set(index, choice);
    }
  }
  const asking = new Set(open);
  const silence = failure ?? 'no usable answer';
  const advised = matches.map((match, at) => {
    if (told.has(at)) return weigh(match, told.get(at) ?? null, model.id, params.destination);
    return asking.has(at) ? withWords(match, `${model.id} was asked and did not help (${silence}): as the matcher says`, 'last') : match;
  });
  const verdicts = [...told].map(([at, choice]) => (choice === matches[at]?.target ? 'agreed' : advised[at]?.target === matches[at]?.target ? 'doubted' : 'changed'));
  const count = (verdict: string): number => verdicts.filter((each) => each === verdict).length;
  return { matches: advised, report: { model: model.id, asked, agreed: count('agreed'), changed: count('changed'), doubted: count('doubted'), ...counts, failure, sent } };
}

/** What the choice does to a proposal: agreement takes 40 % of the doubt away, disagreement decides only where the matcher was not certain. */
function weigh(match: FieldMatch, choice: string | null, model: string, destination: MatchSchema): FieldMatch {
  const round = (confidence: number): number => Math.round(confidence * 1000) / 1000;
  if (choice === match.target) {
    // Never over the threshold by advice alone: its precision was measured without a model.
    const confidence = round(Math.min(autoAcceptFrom - 0.001, 1 - (1 - match.confidence) * 0.6));
    return withWords({ ...match, confidence: Math.max(confidence, match.confidence) }, `${model} agrees`, 'last');
  }
  const name = choice ?? 'no counterpart';
  const readonly = choice !== null && destination.fields.some((field) => field.name === choice && field.readonly);
  if (match.confidence >= CERTAIN || readonly) return withWords({ ...match, confidence: round(match.confidence * 0.8), autoAccept: false }, `${model} would say ${name}`, 'last');
  const rank = choice === null ? 2 : match.ranked.indexOf(choice) + 1;
  const { meaning: _ofTheOther, ...rest } = match;
  return withWords({
    ...rest, decidedBy: 'adviser', target: choice, autoAccept: false, sharedWith: [], confidence: rank <= 2 ? 0.6 : rank <= 4 ? 0.5 : 0.4,
    ranked: choice === null ? match.ranked : [choice, ...match.ranked.filter((each) => each !== choice)],   }, `chosen by ${model}; the matcher alone would say ${match.target ?? 'no counterpart'}`, 'first');
}

/** Adds what was said to the reasons, and apart from them for lines that give no other reason. */
function withWords(match: FieldMatch, words: string, where: 'first' | 'last'): FieldMatch {
  return { ...match, told: [...match.told ?? [], words], reasons: where === 'first' ? [words, ...match.reasons] : [...match.reasons, words] };
}
