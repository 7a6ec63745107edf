import type { Json, JsonObject } from '../../connector/json.ts';
import type { DecisionValue, DecisionValues } from './decision-values.ts';
import { prepareExpression } from './expression.ts';
import { fieldReader } from '../values/field-value.ts';
import { fold } from '../values/fold.ts';
import { isEmpty, plainText } from '../values/plain-text.ts';
import type { Condition } from '../plan.ts';
import type { RecordContext } from '../record-context.ts';
import { readsAs } from '../values/yes-no.ts';

/** What a condition looks at. */
export interface ConditionScope { readonly record: JsonObject; readonly links: RecordContext['links']; readonly facts: RecordContext['facts'] }
export type CompiledCondition = (scope: ConditionScope) => boolean | Promise<boolean>;

/**
 * Prepares a condition. Only `expression` answers with a Promise, and conditions that contain one.
 * An open decision counts with its recommendation; without one it meets nothing.
 */
export function compileCondition(condition: Condition, decisions: DecisionValues): CompiledCondition {
  if ('all' in condition) return every(condition.all.map((part) => compileCondition(part, decisions)), false);
  if ('any' in condition) return every(condition.any.map((part) => compileCondition(part, decisions)), true);
  if ('not' in condition) {
    const inner = compileCondition(condition.not, decisions);
    return (scope) => { const met = inner(scope); return met instanceof Promise ? met.then((value) => !value) : !met; };
  }
  if ('equals' in condition) {
    const read = fieldReader(condition.field);
    return ({ record }) => same(read(record), condition.equals);
  }
  if ('oneOf' in condition) {
    const [read, wanted] = [fieldReader(condition.field), new Set(condition.oneOf.map(fold))];
    return ({ record }) => wanted.has(fold(plainText(read(record)) ?? ''));
  }
  if ('filled' in condition) {
    const read = fieldReader(condition.field);
    return ({ record }) => !isEmpty(read(record)) === condition.filled;
  }
  if ('yes' in condition) {
    const read = fieldReader(condition.field);
    return ({ record }) => (readsAs(read(record)) === true) === condition.yes;
  }
  if ('fact' in condition) return ({ facts }) => (facts[condition.fact] ?? 0) >= condition.atLeast;
  if ('link' in condition) return ({ links }) => linkHasState(links[condition.link] ?? [], condition.state, condition.through);
  if ('undecided' in condition) {
    const answer = answerByValue(condition.undecided, condition.of, decisions);
    return (scope) => (answer(scope)?.state ?? 'open') === 'open';
  }
  if ('decision' in condition && condition.of !== undefined) {
    const answer = answerByValue(condition.decision, condition.of, decisions);
    return (scope) => { const found = answer(scope); return found !== undefined && found.state !== 'open' && same(found.value, condition.is); };
  }
  if ('decision' in condition) {
    const decision = decisions.get(condition.decision);
    const met = decision !== undefined && decision.state !== 'open' && same(decision.value, condition.is);
    return () => met;
  }
  const evaluate = prepareExpression(condition.expression);
  return async ({ record, links, facts }) => {
    const result = await evaluate({ value: null, record, links, facts });
    return result !== null && result !== false && result !== 0 && result !== '' && !(Array.isArray(result) && result.length === 0);
  };
}

/** The decision that belongs to the value of a field, or of several: `list:Targi 2024` for a record that says `targi 2024 `. */
function answerByValue(decision: string, of: string | readonly string[], decisions: DecisionValues): (scope: ConditionScope) => DecisionValue | undefined {
  const reads = [of].flat().map(fieldReader);
  const prefix = `${decision}:`;
  const own = [...decisions].flatMap(([id, value]) => (id.startsWith(prefix) ? [[id.slice(prefix.length), value] as const] : []));
  const [exact, folded] = [new Map(own), new Map(own.map(([name, value]) => [fold(name), value]))];
  return ({ record }) => {
    const name = reads.map((read) => plainText(read(record)) ?? '').filter((text) => text !== '').join(' / ');
    return exact.get(name) ?? folded.get(fold(name)); // two spellings may have two decisions
  };
}

/** `all` (stopOn false) and `any` (stopOn true): the first part with that answer decides. */
function every(parts: readonly CompiledCondition[], stopOn: boolean): CompiledCondition {
  const from = (start: number, scope: ConditionScope): boolean | Promise<boolean> => {
    for (let index = start; index < parts.length; index += 1) {
      const met = parts[index]?.(scope) ?? !stopOn;
      if (met instanceof Promise) return met.then((value) => (value === stopOn ? stopOn : from(index + 1, scope)));
      if (met === stopOn) return stopOn;
    }
    return !stopOn;
  };
  return (scope) => from(0, scope);
}

function linkHasState(resolutions: RecordContext['links'][string], state: 'found' | 'missing' | 'ambiguous' | 'none', through: string | undefined): boolean {
  if (state === 'none') return resolutions.every((resolution) => resolution.state === 'none');
  if (through !== undefined) return resolutions.some((resolution) => resolution.state === 'found' && resolution.targets[through] !== undefined);
  return resolutions.some((resolution) => resolution.state === state);
}

/** Equal as JSON; a scalar also equals its own text, because export bundles hold text only. */
function same(left: Json, right: Json): boolean {
  if (left === right) return true;
  if (isEmpty(left) && isEmpty(right)) return true;
  if (typeof left === 'object' || typeof right === 'object') return JSON.stringify(left) === JSON.stringify(right);
  return plainText(left) === plainText(right);
}
