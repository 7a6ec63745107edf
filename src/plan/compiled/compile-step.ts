import type { z } from 'zod';
import type { Json } from '../../connector/json.ts';
import { resolveDecisions, referredDecisions } from './decision-values.ts';
import type { DecisionValues } from './decision-values.ts';
import { nearest } from '../values/nearest.ts';
import { isEmpty } from '../values/plain-text.ts';
import type { TransformStep } from '../plan.ts';
import { transforms, transformsByName } from '../transforms/registry.ts';
import type { Step, Transform } from '../transforms/transform.ts';

export interface CompiledStep { readonly name: string; readonly run: Step }

/** What is wrong with a step, without its place. */
export interface StepProblem { readonly message: string; readonly remedy: string }

/** The name and the parameters of a step; parameters undefined = named alone. */
export function stepParts(step: TransformStep): { readonly name: string; readonly parameters: Json | undefined; readonly keys: number } {
  if (typeof step === 'string') return { name: step, parameters: undefined, keys: 1 };
  const entries = Object.entries(step);
  return { name: entries[0]?.[0] ?? '', parameters: entries[0]?.[1], keys: entries.length };
}

/** The transform a step names, or what is wrong with it: shape, name, decisions, parameters. */
export function checkStep(step: TransformStep, decisions: DecisionValues): { readonly transform: Transform | null; readonly problems: readonly StepProblem[] } {
  const { name, parameters, keys } = stepParts(step);
  if (keys !== 1) return { transform: null, problems: [{ message: `a transform step with ${keys} names`, remedy: 'Write one transform per list entry: `trim` or `{ date: { order: dmy } }`.' }] };
  const transform = transformsByName.get(name);
  if (!transform) {
    return { transform: null, problems: [{ message: `there is no transform "${name}"`, remedy: nearest(name, transforms.map((known) => known.name)) ?? `Use one of: ${transforms.map((known) => known.name).join(', ')}.` }] };
  }
  if (!transform.readsDecisions) {
    const unknown = referredDecisions(parameters).filter((id) => !decisions.has(id));
    if (unknown.length > 0) return { transform, problems: unknown.map((id) => ({ message: `transform "${name}" refers to a decision "${id}" that the plan does not have`, remedy: nearest(id, [...decisions.keys()]) ?? 'Add the decision, or write the value itself.' })) };
  }
  const resolved = transform.readsDecisions ? { value: parameters, open: null } : resolveDecisions(parameters, decisions);
  if (resolved.open !== null) return { transform, problems: [] }; // checked again when the decision is answered
  const parsed = transform.parameters.safeParse(resolved.value);
  return { transform, problems: parsed.success ? [] : [{ message: `transform "${name}": ${describeIssues(parsed.error)}`, remedy: parameters === undefined ? `Give the transform its parameters: \`{ ${name}: … }\`; see docs/reference/transforms.md.` : 'See docs/reference/transforms.md for its parameters.' }] };
}

/** Prepares a step that `checkStep` found in order. A decision without a value makes every filled value fail. */
export function compileStep(step: TransformStep, transform: Transform, decisions: DecisionValues): CompiledStep {
  const { parameters } = stepParts(step);
  const resolved = transform.readsDecisions ? { value: parameters, open: null } : resolveDecisions(parameters, decisions);
  const { open } = resolved;
  if (open === null) return { name: transform.name, run: transform.prepare(resolved.value, decisions) };
  const failure = { code: 'open-decision', message: `the decision "${open}" is open`, remedy: `Answer the decision ${open}.` };
  return { name: transform.name, run: (value) => (isEmpty(value) && !transform.takesEmpty ? { value: null } : { failure }) };
}

function describeIssues(error: z.ZodError): string {
  return error.issues.flatMap((issue) => (issue.code === 'invalid_union' ? (issue.errors.at(-1) ?? []) : [issue]))
    .map((issue) => `${issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''}${issue.message}`).join('; ') || 'wrong parameters';
}
