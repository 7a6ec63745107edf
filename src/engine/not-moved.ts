import type { Json, JsonObject } from '../connector/json.ts';
import type { CompiledMapping, CompiledPlan } from '../plan/compiled/compile.ts';
import { isEmpty } from '../plan/values/plain-text.ts';

/** A filled field of a source record that nothing of the plan takes for this record. */
export interface NotMoved {
  readonly field: string;
  readonly value: Json;
  readonly reason: string;
}

/**
 * What of a record goes nowhere: filled fields that no line of the mappings that take it reads, be it as a value, within an
 * expression, or to find the record that a link leads to; nor a derived record that is loaded.
 * @param taking mappings that write the record, or hold it back
 */
export function notMoved(plan: CompiledPlan, object: string, data: JsonObject, taking: readonly CompiledMapping[]): readonly NotMoved[] {
  const taken = new Set([...taking.flatMap((mapping) => readBy(plan, mapping)), ...derivedFrom(plan, object)]);
  const isTaken = (field: string): boolean => [...taken].some((name) => name === field || name.startsWith(`${field}.`));
  return Object.entries(data).filter(([field, value]) => !isEmpty(value) && !isTaken(field))
    .map(([field, value]) => ({ field, value, reason: reasonOf(plan, object, field) }));
}

/** Source fields that the lines of a mapping read. */
function readBy(plan: CompiledPlan, { source, lines }: CompiledMapping): readonly string[] {
  return lines.flatMap(({ line, sources }) => [...sources, ...(line.link === undefined ? [] : linkFields(plan, source, line.link, new Set())), ...namedIn(line.transforms)]);
}

/** Fields by whose values a link finds its record; a link made of others has those of the first of them. */
function linkFields(plan: CompiledPlan, object: string, name: string, seen: Set<string>): readonly string[] {
  if (seen.has(name)) return [];
  seen.add(name);
  const link = plan.plan.links.find((one) => one.object === object && one.name === name);
  if (link === undefined) return [];
  return [...link.by.flatMap(({ from, where }) => [from, where?.field ?? []].flat()), ...(link.via === undefined ? [] : linkFields(plan, object, link.via.link, seen))];
}

/** Every text within the parameters of transforms: names of fields stand there as they are, or in an expression. */
function namedIn(steps: unknown): readonly string[] {
  if (typeof steps === 'string') return [steps, ...[...steps.matchAll(/\brecord\.(?:`([^`]+)`|(\w+))/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')];
  return typeof steps === 'object' && steps !== null ? Object.values(steps).flatMap(namedIn) : [];
}

/** Fields that become records of their own, of which some mapping takes what it finds. */
function derivedFrom({ plan, mappings }: CompiledPlan, object: string): readonly string[] {
  const loaded = new Set([...mappings.values()].map(({ source }) => source));
  return plan.derived.filter((derived) => loaded.has(derived.object)).flatMap(({ from }) => from.filter((one) => one.object === object).flatMap(({ fields }) => Object.values(fields)));
}

function reasonOf({ plan, mappings }: CompiledPlan, object: string, field: string): string {
  const own = plan.mappings.filter(({ source }) => source === object);
  const elsewhere = own.filter(({ id }) => mappings.get(id)?.lines.some(({ sources }) => sources.includes(field)) === true).map(({ id }) => id);
  if (elsewhere.length > 0) return `Only ${elsewhere.join(' and ')} would move it, and ${elsewhere.length === 1 ? 'that does' : 'these do'} not take this record.`;
  const said = own.flatMap(({ leftOut }) => leftOut).find(({ from, reason }) => from === field && reason !== '')?.reason;
  if (said !== undefined) return said;
  return own.some(({ fields }) => fields.some(({ from, status }) => status === 'rejected' && [from ?? []].flat().includes(field))) ? 'Its line of the plan is left out.' : 'The plan has no line for it.';
}
