import type { CheckResult } from '../connector/check-result.ts';
import type { Json } from '../connector/json.ts';
import type { Plan } from './plan.ts';

/** What was decided: decision → answer; null = open. */
export type Answers = { readonly [decisionId: string]: Json };

export function answersOf({ decisions }: Pick<Plan, 'decisions'>): Answers {
  return Object.fromEntries(decisions.map(({ id, answer }) => [id, answer]));
}

/**
 * A check that warns until decisions are answered: with an answer to every one of them it passes and says which. One that is not in
 * the plan is not answered: what was found since the plan was made is warned of again.
 * @param decisions ids of the decisions, with what each is about in words
 */
export function answeredCheck(result: CheckResult, decisions: readonly Readonly<{ id: string; about: string }>[], answers: Answers): CheckResult {
  if (result.result !== 'warning' || decisions.length === 0 || decisions.some(({ id }) => (answers[id] ?? null) === null)) return result;
  const told = decisions.slice(0, 5).map(({ id, about }) => `${about}: ${shown(answers[id] ?? null)}`);
  const more = decisions.length - told.length;
  return { ...result, result: 'passed', message: `${result.message} Answered: ${told.join('; ')}${more === 0 ? '' : ` and ${more} more`}.`, remedy: null };
}

function shown(answer: Json): string {
  return typeof answer === 'string' ? answer : JSON.stringify(answer);
}
