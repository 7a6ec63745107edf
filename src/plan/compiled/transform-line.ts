import type { Json, JsonObject } from '../../connector/json.ts';
import type { CompiledLine, LineStart } from './compile.ts';
import { isEmpty, plainText, quote } from '../values/plain-text.ts';
import type { LinkResolution, RecordContext } from '../record-context.ts';
import type { StepFailure, StepResult, StepScope } from '../transforms/transform.ts';

/** How the value of one line came out so far; mutable, because a million of them are made per minute. */
export interface LineValue {
  value: Json;
  warning: string | null;
  loss: string | null;
  note: string | null; // what a link or look-up found, for the trace
  failure: StepFailure | null;
}

/** The value a line starts from, before links and transforms: what the trace calls `before`. */
export function rawValue(start: LineStart, data: JsonObject): Json {
  switch (start.kind) {
    case 'field': return start.read(data);
    case 'fields': return start.read.map((read) => read(data));
    case 'constant': return start.value;
    default: return null;
  }
}

/** Runs the transforms of a line; yields only the Promises of asynchronous ones. */
export function* runSteps(line: CompiledLine, state: LineValue, scope: StepScope): Generator<Promise<StepResult>, void, StepResult> {
  for (const { run } of line.steps) {
    let result = run(state.value, scope);
    if (result instanceof Promise) result = yield result;
    if (result.failure) {
      state.failure = result.failure;
      return;
    }
    state.value = result.value;
    if (result.warning !== undefined) state.warning = state.warning === null ? result.warning : `${state.warning}; ${result.warning}`;
    if (result.loss !== undefined) state.loss = state.loss === null ? result.loss : `${state.loss}; ${result.loss}`;
  }
}

/** Turns the links of a record into destination ids, or into a field of the linked records. Ambiguous ones are never picked from. */
export function followLink(start: Extract<LineStart, { kind: 'link' }>, resolutions: readonly LinkResolution[], state: LineValue, strict: boolean): void {
  const ids: Json[] = [];
  const troubles: StepFailure[] = [];
  for (const resolution of start.many ? resolutions : resolutions.slice(0, 1)) {
    if (resolution.state === 'none') continue;
    if (resolution.state === 'ambiguous') {
      state.failure = {
        code: 'link-ambiguous',
        message: `the ${start.name} ${quote(resolution.asked)} is ambiguous: ${resolution.candidates.slice(0, 10).map(quote).join(', ')}`,
        remedy: `Make clear in the source which ${start.name} is meant (by its id, for instance), or remove the duplicates.`,
      };
      return;
    }
    if (resolution.state === 'found' && start.give !== null) {
      const value = resolution.given?.[start.give] ?? null;
      if (!isEmpty(value)) ids.push(...(start.many && Array.isArray(value) ? value as readonly Json[] : [value]));
      state.note ??= `${start.name} ${quote(resolution.sourceId)}`;
      continue;
    }
    const through = resolution.state === 'found' ? start.through.find((mapping) => resolution.targets[mapping] !== undefined) : undefined;
    if (resolution.state === 'found' && through !== undefined) {
      const id = resolution.targets[through];
      if (id !== undefined && !ids.includes(id)) ids.push(id);
      state.note ??= `${start.name} ${quote(resolution.sourceId)}, loaded as ${through}`;
    } else if (resolution.state === 'found') {
      troubles.push({ code: 'link-not-loaded', message: `the ${start.name} ${quote(resolution.sourceId)} was not loaded as ${start.through.join(' or ') || 'any mapping'}`, remedy: `Look for that record in quarantine, let it in, then retry this one.` });
    } else {
      troubles.push({ code: 'link-missing', message: `no ${start.name} found for ${quote(resolution.asked)}`, remedy: `Add the ${start.name} to the source, or correct the value by which the record names it.` });
    }
  }
  const [first] = troubles;
  if (first && strict) { state.failure = first; return; }
  state.value = start.many ? (ids.length > 0 ? ids : null) : ids[0] ?? null;
  if (first) {
    state.warning = `${troubles.map(({ message }) => message).join('; ')}: ${start.many && ids.length > 0 ? 'left out' : 'left empty'}`;
    state.loss = `link ${start.name}`;
  }
}

/** Turns the value of a line into ids of existing destination records. */
export function followLookup(line: CompiledLine, values: JsonObject, lookup: RecordContext['lookup'], state: LineValue): void {
  const wanted = line.line.lookup;
  if (!wanted || isEmpty(state.value)) return;
  const scope: { [field: string]: Json } = {};
  let unscoped: string | null = null; // a field the look-up depends on that is empty
  for (const [field, to] of Object.entries(wanted.scope ?? {})) {
    const value = values[to] ?? null;
    if (value === null) unscoped = to;
    scope[field] = value;
  }
  const ids: string[] = [];
  const missing: string[] = [];
  const entries = Array.isArray(state.value) ? state.value as readonly Json[] : [state.value];
  for (const entry of entries) {
    const value = plainText(entry);
    if (value === null) continue;
    const id = unscoped === null ? lookup({ object: wanted.object, by: wanted.by, value, ignoreCase: wanted.ignoreCase ?? false, scope, give: wanted.give ?? null }) : undefined;
    if (id === 'ambiguous') {
      state.failure = { code: 'lookup-ambiguous', message: `several ${wanted.object} have ${wanted.by} ${quote(value)}`, remedy: `Make the ${wanted.by} of these ${wanted.object} differ at the destination, or leave one.` };
      return;
    }
    if (id === undefined) missing.push(value);
    else if (!ids.includes(id)) ids.push(id);
  }
  if (missing.length > 0) {
    const names = missing.map(quote).join(', ');
    const sentence = unscoped === null ? `no ${wanted.object} with ${wanted.by} ${names}` : `${names} not looked up, because ${unscoped} is empty`;
    if (line.line.whenMissing === 'quarantine') {
      state.failure = { code: 'lookup-missing', message: sentence, remedy: `Create it at the destination, or correct the value in the record.` };
      return;
    }
    state.warning = [state.warning, `${sentence}: left empty`].filter((part) => part !== null).join('; ');
    state.loss = [state.loss, `${wanted.object} ${names}`].filter((part) => part !== null).join('; ');
  } else {
    state.note = `found ${wanted.object} by ${wanted.by}`;
  }
  state.value = Array.isArray(state.value) ? (ids.length > 0 ? ids : null) : ids[0] ?? null;
}
