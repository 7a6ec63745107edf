import type { Json } from '../../connector/json.ts';
import type { Plan } from '../plan.ts';

/** What a decision amounts to at the time a plan is compiled. */
export type DecisionValue =
  | { readonly state: 'answered'; readonly value: Json }
  | { readonly state: 'recommended'; readonly value: Json } // open, but something speaks for this value: good enough for a preview
  | { readonly state: 'open' };

export type DecisionValues = ReadonlyMap<string, DecisionValue>;

/** Collects the decisions of a plan. A production run never meets a `recommended` or `open` one: it is refused beforehand. */
export function decisionValues(plan: Pick<Plan, 'decisions'>): DecisionValues {
  return new Map(plan.decisions.map(({ id, answer, recommendation }): [string, DecisionValue] => [
    id,
    answer !== null ? { state: 'answered', value: answer }
      : recommendation !== null ? { state: 'recommended', value: recommendation }
        : { state: 'open' },
  ]));
}

/** The id in `{ decision: id }`, or null when the value is not such a reference. */
function decisionReference(value: Json | undefined): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { decision, ...rest } = value as { readonly [key: string]: Json };
  return typeof decision === 'string' && Object.keys(rest).length === 0 ? decision : null;
}

/** All decision ids that parameters refer to. */
export function referredDecisions(parameters: Json | undefined): readonly string[] {
  const id = decisionReference(parameters);
  if (id !== null) return [id];
  if (typeof parameters !== 'object' || parameters === null) return [];
  return Object.values(parameters).flatMap((value) => referredDecisions(value));
}

/** Puts the value of each decision in the place of its reference; `open` names the first one that has no value. */
export function resolveDecisions(parameters: Json | undefined, decisions: DecisionValues): { readonly value: Json | undefined; readonly open: string | null } {
  const id = decisionReference(parameters);
  if (id !== null) {
    const decision = decisions.get(id);
    return decision && decision.state !== 'open' ? { value: decision.value, open: null } : { value: null, open: id };
  }
  if (typeof parameters !== 'object' || parameters === null) return { value: parameters, open: null };
  let open: string | null = null;
  const resolve = (value: Json): Json => {
    const inner = resolveDecisions(value, decisions);
    open ??= inner.open;
    return inner.value ?? null;
  };
  if (Array.isArray(parameters)) return { value: (parameters as readonly Json[]).map(resolve), open };
  const value = Object.fromEntries(Object.entries(parameters).map(([key, entry]) => [key, resolve(entry)]));
  return { value, open };
}
