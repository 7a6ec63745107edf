import type { Json, JsonObject } from '../../connector/json.ts';
import { compileCondition } from './condition.ts';
import type { CompiledCondition } from './condition.ts';
import { checkStep, compileStep } from './compile-step.ts';
import type { CompiledStep } from './compile-step.ts';
import { decisionValues } from './decision-values.ts';
import type { DecisionValues } from './decision-values.ts';
import { PlanError } from '../errors.ts';
import type { PlanProblem } from '../errors.ts';
import { fieldReader } from '../values/field-value.ts';
import { compileKeyPart, compileLink } from './keys-and-links.ts';
import type { CompiledKeyPart, CompiledLink } from './keys-and-links.ts';
import type { Condition, FieldLine, Mapping, Plan } from '../plan.ts';

/** Where a field line takes its value from. */
export type LineStart =
  | { readonly kind: 'constant'; readonly value: Json }
  | { readonly kind: 'field'; readonly read: (data: JsonObject) => Json }
  | { readonly kind: 'fields'; readonly read: readonly ((data: JsonObject) => Json)[] }
  | { readonly kind: 'link'; readonly name: string; readonly many: boolean; readonly through: readonly string[]; readonly give: string | null } // give: field of the linked record instead of the id of its destination record
  | { readonly kind: 'none' }; // the transforms make the value (`constant`, `decision`, `jsonata`)

export interface CompiledLine {
  readonly line: FieldLine;
  readonly start: LineStart;
  readonly sources: readonly string[]; // names of the source fields, for the trace
  readonly condition: CompiledCondition | null;
  readonly steps: readonly CompiledStep[];
  readonly words: string; // how the value is made, for the trace
}

export interface CompiledMapping {
  readonly mapping: Mapping;
  readonly id: string;
  readonly source: string;
  readonly destination: string;
  readonly phase: string;
  readonly condition: CompiledCondition | null;
  readonly holds: readonly { readonly condition: CompiledCondition; readonly code: string; readonly message: string; readonly remedy: string }[];
  readonly lines: readonly CompiledLine[]; // without rejected ones
}

/** A plan with everything prepared once: conditions, transforms, readers. Immutable; safe to share. */
export interface CompiledPlan {
  readonly plan: Plan;
  readonly decisions: DecisionValues;
  readonly mappings: ReadonlyMap<string, CompiledMapping>; // by id, without rejected ones, in plan order
  readonly phases: readonly { readonly name: string; readonly label: string; readonly mappings: readonly CompiledMapping[] }[];
  readonly keys: ReadonlyMap<string, readonly CompiledKeyPart[]>; // by source object
  readonly links: ReadonlyMap<string, readonly CompiledLink[]>; // by source object that carries them
}

/**
 * Prepares a plan for transforming records. Proposed lines count like confirmed ones (for previews), rejected ones are
 * left out, open decisions count with their recommendation. Whether a plan may be run is `isConfirmed`'s question.
 * @throws PlanError with every transform, expression, link or mapping that cannot be prepared
 */
export function compilePlan(plan: Plan): CompiledPlan {
  const decisions = decisionValues(plan);
  const problems: PlanProblem[] = [];
  const live = plan.mappings.filter((mapping) => mapping.status !== 'rejected');
  const mappings = new Map(live.map((mapping) => [mapping.id, compileMapping(mapping, { plan, decisions, problems })]));
  if (problems.length > 0) throw new PlanError(problems);
  return {
    plan, decisions, mappings,
    phases: plan.phases.map(({ name, label }) => ({ name, label, mappings: [...mappings.values()].filter((mapping) => mapping.phase === name) })),
    keys: new Map(Object.entries(plan.keys).map(([object, parts]) => [object, parts.map(compileKeyPart)])),
    links: Map.groupBy(plan.links.map(compileLink), ({ link }) => link.object),
  };
}

interface Workshop { readonly plan: Plan; readonly decisions: DecisionValues; readonly problems: PlanProblem[] }

function compileMapping(mapping: Mapping, workshop: Workshop): CompiledMapping {
  const path = `mappings[${mapping.id}]`;
  return {
    mapping, id: mapping.id, source: mapping.source, destination: mapping.destination, phase: mapping.phase,
    condition: prepareCondition(mapping.when, `${path}.when`, workshop),
    holds: (mapping.holdWhen ?? []).flatMap(({ condition, code, message, remedy }, index) => {
      const compiled = prepareCondition(condition, `${path}.holdWhen[${index}]`, workshop);
      return compiled === null ? [] : [{ condition: compiled, code, message, remedy }];
    }),
    lines: mapping.fields.filter((line) => line.status !== 'rejected').map((line) => compileLine(line, mapping, workshop)),
  };
}

function prepareCondition(condition: Condition | undefined, path: string, { decisions, problems }: Workshop): CompiledCondition | null {
  if (condition === undefined) return null;
  try {
    return compileCondition(condition, decisions);
  } catch (error) {
    problems.push({ line: null, path, message: `not a JSONata expression: ${(error as Error).message}`, remedy: 'Correct the expression.' });
    return null;
  }
}

function compileLine(line: FieldLine, mapping: Mapping, workshop: Workshop): CompiledLine {
  const path = `mappings[${mapping.id}].fields[${line.to}]`;
  const steps = (line.transforms ?? []).flatMap((step, index) => {
    const { transform, problems } = checkStep(step, workshop.decisions);
    workshop.problems.push(...problems.map((problem) => ({ line: null, path: `${path}.transforms[${index}]`, ...problem })));
    return transform === null || problems.length > 0 ? [] : [compileStep(step, transform, workshop.decisions)];
  });
  const sources = line.from === undefined ? [] : Array.isArray(line.from) ? line.from : [line.from];
  return {
    line, sources, steps,
    start: startOf(line, mapping, workshop, path),
    condition: prepareCondition(line.when, `${path}.when`, workshop),
    words: describeLine(line, sources, steps),
  };
}

function startOf(line: FieldLine, mapping: Mapping, { plan, problems }: Workshop, path: string): LineStart {
  if (line.link !== undefined) {
    const link = plan.links.find(({ object, name }) => object === mapping.source && name === line.link);
    if (!link) {
      problems.push({ line: null, path, message: `object "${mapping.source}" has no link "${line.link}"`, remedy: 'Name a link of the plan, or add it under `links`.' });
      return { kind: 'none' };
    }
    const through = line.through ?? plan.mappings.filter(({ source, status }) => source === link.to && status !== 'rejected').map(({ id }) => id);
    return { kind: 'link', name: link.name, many: (link.many ?? false) || link.back !== undefined, through, give: line.give ?? null };
  }
  if (line.from !== undefined) {
    return Array.isArray(line.from) ? { kind: 'fields', read: line.from.map(fieldReader) } : { kind: 'field', read: fieldReader(line.from) };
  }
  return line.constant === undefined ? { kind: 'none' } : { kind: 'constant', value: line.constant };
}

function describeLine(line: FieldLine, sources: readonly string[], steps: readonly CompiledStep[]): string {
  const origin = line.link !== undefined ? `${line.give === undefined ? '' : `${line.give} of `}link ${line.link}` : sources.length > 0 ? `from ${sources.join(', ')}` : line.constant !== undefined ? 'fixed value' : 'made by transforms';
  const way = steps.length > 0 ? ` → ${steps.map(({ name }) => name).join(' → ')}` : '';
  return line.reason === '' ? `${origin}${way}` : `${origin}${way}: ${line.reason}`;
}
