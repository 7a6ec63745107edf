import type { Condition, KeyPart, Mapping, Plan } from '../plan.ts';

/** A column of a source object that stands for a field of another name. */
export interface StandIn { readonly object: string; readonly field: string; readonly column: string }

/**
 * Puts a column in the place of a field wherever the plan reads it of that object: lines, conditions, keys, links and what is derived.
 * A route can so be written for the field alone, whatever the column is called. Pure.
 */
export function readColumnAs(plan: Plan, standIn: StandIn): Plan {
  const { object, field, column } = standIn;
  const other = (name: string): string => (name === field ? column : name);
  const others = (names: string | string[]): string | string[] => (Array.isArray(names) ? names.map(other) : other(names));
  const own = (name: string): boolean => name === object;
  const part = (key: KeyPart): KeyPart => ({ ...key, from: others(key.from), ...(key.where === undefined ? {} : { where: { ...key.where, field: other(key.where.field) } }) });
  const goesTo = (from: string, link: string): string | undefined => plan.links.find((one) => one.object === from && one.name === link)?.to;
  const mapping = (one: Mapping): Mapping => ({
    ...one,
    ...(own(one.source) && one.when !== undefined ? { when: inCondition(one.when, other) } : {}), ...(own(one.source) && one.order !== undefined ? { order: others(one.order) } : {}),
    ...(own(one.source) && one.holdWhen !== undefined ? { holdWhen: one.holdWhen.map((hold) => ({ ...hold, condition: inCondition(hold.condition, other) })) } : {}),
    fields: one.fields.map((line) => ({
      ...line, ...(own(one.source) && line.from !== undefined ? { from: others(line.from) } : {}), ...(own(one.source) && line.when !== undefined ? { when: inCondition(line.when, other) } : {}),
      ...(line.give !== undefined && line.link !== undefined && goesTo(one.source, line.link) === object ? { give: other(line.give) } : {}),
    })),
    leftOut: own(one.source) ? one.leftOut.map((left) => ({ ...left, from: other(left.from) })) : one.leftOut,
  });
  return {
    ...plan,
    derived: plan.derived.map((derived) => ({
      ...derived,
      from: derived.from.map((origin) => ({
        ...origin, ...(own(origin.object) && origin.unless !== undefined ? { unless: other(origin.unless) } : {}), ...(own(origin.object) && origin.needs !== undefined ? { needs: other(origin.needs) } : {}),
        fields: Object.fromEntries(Object.entries(origin.fields).map(([to, from]) => [own(derived.object) ? other(to) : to, own(origin.object) ? other(from) : from])),
        ...(own(derived.object) && origin.constants !== undefined ? { constants: Object.fromEntries(Object.entries(origin.constants).map(([to, value]) => [other(to), value])) } : {}),
      })),
    })),
    keys: Object.fromEntries(Object.entries(plan.keys).map(([name, parts]) => [name, own(name) ? parts.map(part) : parts])),
    links: plan.links.map((link) => (own(link.object) ? { ...link, by: link.by.map(part), ...(link.label === undefined ? {} : { label: other(link.label) }) } : link)),
    mappings: plan.mappings.map(mapping),
  };
}

function inCondition(condition: Condition, other: (name: string) => string): Condition {
  const inner = (one: Condition): Condition => inCondition(one, other);
  if ('all' in condition) return { all: condition.all.map(inner) };
  if ('any' in condition) return { any: condition.any.map(inner) };
  if ('not' in condition) return { not: inner(condition.not) };
  if ('field' in condition) return { ...condition, field: other(condition.field) };
  if ('of' in condition && condition.of !== undefined) return { ...condition, of: Array.isArray(condition.of) ? condition.of.map(other) : other(condition.of) };
  return condition;
}
