import { keyed } from '../plan/line-keys.ts';
import type { Plan } from '../plan/plan.ts';
import { planLines } from './plan-lines.ts';

/**
 * What every line of a plan is called in all of its versions, by the key that it has in this one. A line is known by where its value
 * comes from, so that it keeps its name when it goes to another field.
 */
export function lineNames(plan: Plan): ReadonlyMap<string, string> {
  const named = keyed(planLines(plan, null), (line) => JSON.stringify([line.kind, line.mapping ?? line.destination, line.from === '' ? line.to : line.from]));
  return new Map([...named].map(([name, line]) => [line.key, name]));
}
