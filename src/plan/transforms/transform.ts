import type { z } from 'zod';
import type { Json, JsonObject } from '../../connector/json.ts';
import type { DecisionValues } from '../compiled/decision-values.ts';
import type { RecordContext } from '../record-context.ts';

/** What kind of value a transform takes or gives. 'same' = what came in; 'any' = nothing can be said beforehand. */
export type ValueKind = 'any' | 'same' | 'text' | 'html' | 'list' | 'integer' | 'decimal' | 'boolean' | 'date' | 'datetime' | 'email' | 'phone' | 'url';

/** Why a value could not be transformed: the record goes to quarantine with this. */
export interface StepFailure { readonly code: string; readonly message: string; readonly remedy: string }

/** The outcome of one transform for one value. */
export type StepResult =
  | { readonly value: Json; readonly warning?: string; readonly loss?: string; readonly failure?: undefined }
  | { readonly failure: StepFailure };

/** What a transform may see besides the value. */
export interface StepScope {
  readonly record: JsonObject;
  readonly links: RecordContext['links'];
  readonly facts: RecordContext['facts'];
}
export type Step = (value: Json, scope: StepScope) => StepResult | Promise<StepResult>;

export interface TransformExample {
  readonly parameters?: Json; // left out = the transform is named alone
  readonly input: Json;
  readonly record?: JsonObject; // other fields of the record, where the transform looks at them
  readonly decisions?: { readonly [id: string]: Json };
  readonly output?: Json; // left out = the transform fails with `failure`
  readonly failure?: string; // code
  readonly warning?: string; // a part of the warning's text
}

/** A named transform as the registry holds it. Made by `defineTransform`. */
export interface Transform {
  readonly name: string;
  readonly summary: string; // one line for the reference
  readonly input: ValueKind;
  readonly output: ValueKind;
  readonly parameters: z.ZodType;
  /** Looks decisions up itself: its parameters are not searched for `{ decision: id }`. */
  readonly readsDecisions: boolean;
  /** Needs a Promise per value. */
  readonly asynchronous: boolean;
  /** Makes values out of nothing (`constant`, `default`, `jsonata`). */
  readonly takesEmpty: boolean;
  /** Is given a list as a whole; the others are run entry by entry. */
  readonly takesLists: boolean;
  readonly examples: readonly TransformExample[];
  /** Checks the parameters (throws ZodError) and gives the function for one value. */
  readonly prepare: (parameters: Json | undefined, decisions: DecisionValues) => Step;
}

interface Definition<Schema extends z.ZodType> {
  readonly name: string;
  readonly summary: string;
  readonly input: ValueKind;
  readonly output: ValueKind;
  readonly parameters: Schema;
  readonly readsDecisions?: boolean;
  readonly asynchronous?: boolean;
  /** Is called for empty values too. Default: an empty value passes through as null. */
  readonly takesEmpty?: boolean;
  /** Is called with a list as a whole. Default: once for each entry, empty results dropped. */
  readonly takesLists?: boolean;
  readonly examples: readonly TransformExample[];
  readonly prepare: (parameters: z.output<Schema>, decisions: DecisionValues) => Step;
}

/** Wraps a definition: parameters are parsed, empty values skipped, lists handled entry by entry. */
export function defineTransform<Schema extends z.ZodType>(definition: Definition<Schema>): Transform {
  return {
    name: definition.name, summary: definition.summary, input: definition.input, output: definition.output,
    parameters: definition.parameters, examples: definition.examples,
    readsDecisions: definition.readsDecisions ?? false,
    asynchronous: definition.asynchronous ?? false,
    takesEmpty: definition.takesEmpty ?? false,
    takesLists: definition.takesLists ?? false,
    prepare: (parameters, decisions) => {
      let step = definition.prepare(definition.parameters.parse(parameters), decisions);
      if (!definition.takesLists) step = eachEntry(step);
      return definition.takesEmpty ? step : skipEmpty(step);
    },
  };
}

export const nothing: StepResult = Object.freeze({ value: null });

function skipEmpty(step: Step): Step {
  return (value, scope) => {
    if (value === null || value === '') return nothing;
    if (typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0) return nothing;
    return step(value, scope);
  };
}

function eachEntry(step: Step): Step {
  return (value, scope) => {
    if (!Array.isArray(value)) return step(value, scope);
    const results = (value as readonly Json[]).filter((entry) => entry !== null && entry !== '').map((entry) => step(entry, scope));
    const ready = results.filter((result): result is StepResult => !(result instanceof Promise));
    return ready.length === results.length ? gather(ready) : Promise.all(results.map(async (result) => result)).then(gather);
  };
}

function gather(results: readonly StepResult[]): StepResult {
  const values: Json[] = [];
  const warnings: string[] = [];
  const losses: string[] = [];
  for (const result of results) {
    if (result.failure) return result;
    if (result.value !== null && result.value !== '') values.push(result.value);
    if (result.warning !== undefined) warnings.push(result.warning);
    if (result.loss !== undefined) losses.push(result.loss);
  }
  return {
    value: values.length > 0 ? values : null,
    ...(warnings.length > 0 ? { warning: warnings.join('; ') } : {}),
    ...(losses.length > 0 ? { loss: losses.join('; ') } : {}),
  };
}
