import type { Decision } from '../../src/server/schemas/plan.ts';
import { ApiProblem } from './api.ts';
import { asText } from './decision-family.ts';

/** An answer that a person chose and has not saved, and the one that stood there when it was chosen; null = none. */
export interface Chosen { readonly answer: unknown; readonly seen: unknown }

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** Whether somebody has answered since, and otherwise than the person wants to. */
export const isOverrun = (decision: Decision, chosen: Chosen): boolean => !same(chosen.seen, decision.answer) && !same(chosen.answer, decision.answer);

/** Whether it would change anything. */
export const isUnsaved = (decision: Decision, chosen: Chosen): boolean => !same(chosen.answer, decision.answer);

/** The answer as the person knows it. Where somebody chose the same meanwhile there is nothing to settle. */
export const seenOf = (decision: Decision, chosen: Chosen): unknown => (isUnsaved(decision, chosen) ? chosen.seen : decision.answer);

/** An answer as the question words it. */
export const wordsOf = (decision: Decision, answer: unknown, open: string): string => (answer === null || answer === undefined ? open : decision.options.find((option) => same(option.value, answer))?.label ?? asText(answer));

/** A refusal since somebody else was quicker. */
export const isBeaten = (error: unknown): boolean => error instanceof ApiProblem && (error.error.code === 'plan-changed' || error.error.code === 'answer-changed');
