import type { Json, JsonObject } from '../../connector/json.ts';
import type { CompiledLine, CompiledMapping, CompiledPlan } from './compile.ts';
import type { CompiledCondition, ConditionScope } from './condition.ts';
import { keysOf, linksOf, OWN_ID } from './keys-and-links.ts';
import type { LinkCandidate, RecordKey } from './keys-and-links.ts';
import type { Mapping } from '../plan.ts';
import { isEmpty, plainText } from '../values/plain-text.ts';
import type { FieldTrace, RecordContext, TransformResult } from '../record-context.ts';
import { followLink, followLookup, rawValue, runSteps } from './transform-line.ts';
import type { LineValue } from './transform-line.ts';
import type { StepFailure, StepResult, StepScope } from '../transforms/transform.ts';

/** The raw record a transform starts from. */
export interface RawRecord { readonly object: string; readonly sourceId: string; readonly data: JsonObject }

/**
 * Transforms one record through one mapping. Pure: the same plan, record and context give the same result.
 *
 * Order: `when` (else skip) · `holdWhen` (quarantine) · field lines in plan order. A value that cannot be transformed
 * sends the record to quarantine, unless the line says `whenMissing: empty`; then it is left empty with a warning and
 * a loss. Ambiguous links and look-ups always go to quarantine. All lines are run, so that the message names every
 * trouble of the record at once; code and field are those of the first.
 */
export function transformRecord(mapping: CompiledMapping, record: RawRecord, context: RecordContext): Promise<TransformResult> {
  return drive(transformSteps(mapping, record, context));
}

/** Why a record is skipped whose mapping's condition is not met. */
export function notTaken({ otherwise }: Pick<Mapping, 'otherwise'>): string {
  return otherwise ?? 'condition not met';
}

type Pending = Promise<StepResult> | Promise<boolean>;
type Work<Result> = Generator<Pending, Result, never>;

/** Runs a generator; without asynchronous transforms or conditions it never waits. */
async function drive<Result>(work: Work<Result>): Promise<Result> {
  let next = work.next();
  while (!next.done) {
    let settled: unknown;
    try {
      settled = await next.value;
    } catch (error) {
      next = work.throw(error);
      continue;
    }
    next = work.next(settled as never);
  }
  return next.value;
}

function* transformSteps(mapping: CompiledMapping, record: RawRecord, context: RecordContext): Work<TransformResult> {
  const scope: StepScope = { record: record.data, links: context.links, facts: context.facts };
  try {
    if (mapping.condition && !(yield* evaluate(mapping.condition, scope))) return { kind: 'skip', reason: notTaken(mapping.mapping) };
    for (const hold of mapping.holds) {
      if (yield* evaluate(hold.condition, scope)) return { kind: 'quarantine', code: hold.code, message: hold.message, remedy: hold.remedy, field: null, trace: [] };
    }
  } catch (error) {
    return { kind: 'quarantine', code: 'expression-failed', message: `A condition of mapping ${mapping.id} failed: ${(error as Error).message}.`, remedy: 'Correct the expression in the plan, or the value in the record.', field: null, trace: [] };
  }
  const values: { [field: string]: Json } = {};
  const trace: FieldTrace[] = [];
  const problems: { readonly failure: StepFailure; readonly line: CompiledLine }[] = [];
  for (const line of mapping.lines) {
    const state = yield* transformLine(line, values, scope, context);
    if (state === null) {
      trace.push({ to: line.line.to, from: line.sources, before: rawValue(line.start, record.data), after: null, reason: `${line.words}; not written: its condition is not met`, warning: null, loss: null });
      continue;
    }
    const { failure } = state;
    if (failure !== null) problems.push({ failure, line });
    else values[line.line.to] = state.value;
    trace.push(traceOf(line, record.data, state));
  }
  const [first] = problems;
  if (!first) return { kind: 'write', values, trace };
  return {
    kind: 'quarantine', code: first.failure.code, remedy: first.failure.remedy, field: first.line.line.to, trace,
    message: problems.map(({ failure, line }) => sentenceOf(failure, line)).join(' '),
  };
}

/** One line: null = its condition is not met. */
function* transformLine(line: CompiledLine, values: JsonObject, scope: StepScope, context: RecordContext): Work<LineValue | null> {
  const { start, line: { whenMissing, required } } = line;
  const state: LineValue = { value: rawValue(start, scope.record), warning: null, loss: null, note: null, failure: null };
  if (line.condition !== null) {
    try {
      if (!(yield* evaluate(line.condition, scope))) return null;
    } catch (error) {
      state.failure = { code: 'expression-failed', message: `its condition failed: ${(error as Error).message}`, remedy: 'Correct the expression in the plan, or the value in the record.' };
      return state;
    }
  }
  if (start.kind === 'link') followLink(start, context.links[start.name] ?? [], state, whenMissing === 'quarantine');
  if (state.failure === null && line.steps.length > 0) {
    const given = state.value;
    yield* runSteps(line, state, scope) as Work<void>;
    const failure = state.failure as StepFailure | null;
    if (failure !== null && whenMissing === 'empty') {
      state.warning = `${failure.message}: left empty`;
      state.loss = `value ${plainText(given) ?? ''}`.trim();
      state.value = null;
      state.failure = null;
    }
  }
  if (state.failure === null) followLookup(line, values, context.lookup, state);
  if (state.failure === null && isEmpty(state.value)) {
    state.value = null;
    if (required) state.failure = { code: 'required-empty', message: `it is required and empty${state.warning === null ? '' : ` (${state.warning})`}`, remedy: `Fill in ${line.sources.join(' or ') || 'the value'} in the record, or give the line a \`default\` transform.` };
  }
  return state;
}

function* evaluate(condition: CompiledCondition, scope: ConditionScope): Work<boolean> {
  const met = condition(scope);
  return met instanceof Promise ? yield met : met;
}

function traceOf(line: CompiledLine, data: JsonObject, state: LineValue): FieldTrace {
  const before = rawValue(line.start, data);
  const declared = line.line.loss !== undefined && !isEmpty(before) ? line.line.loss : null;
  return {
    to: line.line.to, from: line.sources, before,
    after: state.failure === null ? state.value : null,
    reason: state.note === null ? line.words : `${line.words}; ${state.note}`,
    warning: state.failure === null ? state.warning : state.failure.message,
    loss: state.loss !== null && declared !== null ? `${declared}; ${state.loss}` : state.loss ?? declared,
  };
}

function sentenceOf({ message }: StepFailure, { line, sources }: CompiledLine): string {
  return `Field ${line.to}${sources.length > 0 ? ` (from ${sources.join(', ')})` : ''}: ${message}.`;
}

/** A look-up that a record will ask for; `scopeFields` are fields of the look-up object to fetch along with the hits. */
export interface LookupWish {
  readonly object: string;
  readonly by: string;
  readonly value: string;
  readonly ignoreCase: boolean;
  readonly scopeFields: readonly string[];
  readonly give: string | null; // null = the hit's own id
}

/**
 * The look-ups of one record, so that a batch can fetch them in one call each before `transformRecord`. May name more
 * than are used (conditions are not looked at), never fewer.
 * @param context links and facts of the record, for expressions that look at them
 */
export function collectLookups(mapping: CompiledMapping, record: RawRecord, context: Pick<RecordContext, 'links' | 'facts'> = { links: {}, facts: {} }): Promise<readonly LookupWish[]> {
  return drive(lookupSteps(mapping, { record: record.data, links: context.links, facts: context.facts }));
}

function* lookupSteps(mapping: CompiledMapping, scope: StepScope): Work<readonly LookupWish[]> {
  const wishes: LookupWish[] = [];
  for (const line of mapping.lines) {
    const wanted = line.line.lookup;
    if (!wanted) continue;
    const state: LineValue = { value: rawValue(line.start, scope.record), warning: null, loss: null, note: null, failure: null };
    yield* runSteps(line, state, scope) as Work<void>;
    if (state.failure !== null) continue;
    for (const entry of Array.isArray(state.value) ? state.value as readonly Json[] : [state.value]) {
      const value = plainText(entry);
      if (value !== null) wishes.push({ object: wanted.object, by: wanted.by, value, ignoreCase: wanted.ignoreCase ?? false, scopeFields: Object.keys(wanted.scope ?? {}), give: wanted.give ?? null });
    }
  }
  return wishes;
}

/** The values by which other records may point to this one. */
export function collectKeys(compiled: CompiledPlan, object: string, record: Pick<RawRecord, 'data'> & Partial<RawRecord>): readonly RecordKey[] {
  return keysOf(compiled.keys.get(object) ?? [], withOwnId(record));
}

/** The candidates of every link that this record carries. */
export function collectLinks(compiled: CompiledPlan, object: string, record: Pick<RawRecord, 'data'> & Partial<RawRecord>): readonly LinkCandidate[] {
  return linksOf(compiled.links.get(object) ?? [], withOwnId(record));
}

/** The fields of a record with its own id under `$id`, which keys, links and derived records may name. */
export function withOwnId({ data, sourceId }: Pick<RawRecord, 'data'> & Partial<RawRecord>): JsonObject {
  return sourceId === undefined ? data : { ...data, [OWN_ID]: sourceId };
}
