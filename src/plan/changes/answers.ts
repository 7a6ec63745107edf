import type { Json } from '../../connector/json.ts';
import { canonicalJson } from '../hash.ts';
import { plainText, quote } from '../values/plain-text.ts';
import type { Decision } from '../plan.ts';

/** What an answer amounts to: the value to store, or why it is none. */
export type AnswerReading = { readonly value: Json; readonly problem?: undefined } | { readonly problem: { readonly message: string; readonly remedy: string } };

/** Checks an answer against the options of its decision. Text as typed on a command line is taken for the option it reads like. */
export function readAnswer(decision: Decision, answer: Json): AnswerReading {
  if (answer === null) return { value: null };
  const exact = decision.options.find(({ value }) => canonicalJson(value) === canonicalJson(answer));
  const alike = exact ?? decision.options.find(({ value }) => typeof answer === 'string' && plainText(value) === answer.trim());
  if (alike) return { value: alike.value };
  if (decision.free === 'number') {
    const number = typeof answer === 'number' ? answer : typeof answer === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(answer) ? Number(answer) : NaN;
    if (Number.isFinite(number)) return { value: number };
  }
  if (decision.free === 'text' && typeof answer === 'string' && answer.trim() !== '') return { value: answer };
  const options = decision.options.map(({ value }) => (typeof value === 'string' ? value : JSON.stringify(value))).join(', ');
  const free = decision.free === undefined ? '' : `${options === '' ? 'any' : ', or any other'} ${decision.free}`;
  return { problem: { message: `${quote(answer)} is not an answer to decision "${decision.id}"`, remedy: `Answer with ${decision.options.length > 1 ? 'one of ' : ''}${options}${free}.` } };
}
