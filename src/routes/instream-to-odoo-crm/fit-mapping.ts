import type { Condition, FieldLine, Mapping } from '../../plan/plan.ts';

/** What can be asked of the records of one object. */
export interface Asked { readonly fields: ReadonlySet<string>; readonly linked: (link: string) => boolean; readonly counted: (fact: string) => boolean }

/**
 * A mapping without what its object has no columns for: lines, conditions, its order, and fields to match by that no line fills.
 * @returns null = it could take no record, or tell none apart
 */
export function fitMapping(mapping: Mapping, asked: Asked): Mapping | null {
  const { when: taken, holdWhen, order, orderWithin, ...rest } = mapping;
  const when = taken === undefined ? always : fitCondition(taken, asked);
  const fields = mapping.fields.flatMap((line) => fitLine(line, asked));
  const filled = new Set(fields.map((line) => line.to));
  const match = mapping.identity.match?.filter(({ field }) => filled.has(field));
  const { mergeBy, ...identity } = mapping.identity;
  const merged = mergeBy === undefined || filled.has(mergeBy);
  const holds = holdWhen?.map((hold) => ({ ...hold, condition: fitCondition(hold.condition, asked) })).filter((hold) => !isNever(hold.condition)) ?? [];
  const ordered = order === undefined ? [] : [order].flat().filter((name) => asked.fields.has(name));
  if (isNever(when) || (mapping.identity.create === false && match?.length === 0) || (!merged && match?.length === 0)) return null;
  return {
    ...rest, fields, identity: { ...identity, ...(match === undefined ? {} : { match }), ...(mergeBy === undefined || !merged ? {} : { mergeBy }) }, ...(taken === undefined || isAlways(when) ? {} : { when }), ...(holds.length === 0 ? {} : { holdWhen: holds }),
    ...(ordered.length === 0 ? {} : { order: Array.isArray(order) ? ordered : ordered[0], ...(orderWithin === undefined ? {} : { orderWithin }) }),
  };
}

/** A mapping whose links lead through mappings that are there only. @returns null = it could take no record */
export function fitWays(mapping: Mapping, isThere: (mapping: string) => boolean): Mapping | null {
  const fit = (condition: Condition): Condition => mapCondition(condition, (one) => ('link' in one && one.state === 'found' && one.through !== undefined && !isThere(one.through) ? never : one));
  const when = mapping.when === undefined ? always : fit(mapping.when);
  if (isNever(when)) return null;
  const fields = mapping.fields.flatMap((line): FieldLine[] => {
    const through = line.through?.filter(isThere);
    const condition = line.when === undefined ? always : fit(line.when);
    if (isNever(condition) || (line.through !== undefined && through?.length === 0)) return [];
    const { when: _before, ...rest } = line;
    return [{ ...rest, ...(through === undefined ? {} : { through }), ...(isAlways(condition) ? {} : { when: condition }) }];
  });
  const { when: _before, ...rest } = mapping;
  return { ...rest, fields, ...(isAlways(when) ? {} : { when }), ...(mapping.holdWhen === undefined ? {} : { holdWhen: mapping.holdWhen.map((hold) => ({ ...hold, condition: fit(hold.condition) })) }) };
}

/** Holds every record back: a message without a column for its date would get the day of the load. */
export function withoutColumn({ from, to }: Pick<FieldLine, 'from' | 'to'>): NonNullable<Mapping['holdWhen']>[number] {
  const names = [from ?? []].flat().map((name) => `"${name.replaceAll('_', ' ')}"`).join(' or ');
  return { condition: always, code: 'required-column-missing', message: `The export has no column ${names}, and ${to} cannot be without a value.`, remedy: `Export again with the column ${names}, or give a column that name, and discover again.` };
}

function fitLine(line: FieldLine, asked: Asked): FieldLine[] {
  if (line.link !== undefined && !asked.linked(line.link)) return [];
  const when = line.when === undefined ? always : fitCondition(line.when, asked);
  const from = line.from === undefined ? undefined : [line.from].flat().filter((name) => asked.fields.has(name));
  if (isNever(when) || from?.length === 0) return [];
  const { when: _before, ...rest } = line;
  return [{ ...rest, ...(from === undefined ? {} : { from: Array.isArray(line.from) ? from : line.from }), ...(isAlways(when) ? {} : { when }) }];
}

const always: Condition = { all: [] };
const never: Condition = { any: [] };
const isAlways = (condition: Condition): boolean => 'all' in condition && condition.all.length === 0;
const isNever = (condition: Condition): boolean => 'any' in condition && condition.any.length === 0;

/** A link that does not exist is in state 'none' for every record, a fact that does not exist counts 0, a column that does not exist is empty. */
function fitCondition(condition: Condition, { fields, linked, counted }: Asked): Condition {
  return mapCondition(condition, (one) => {
    if ('link' in one && !linked(one.link)) return one.state === 'none' ? always : never;
    if ('fact' in one && !counted(one.fact)) return one.atLeast <= 0 ? always : never;
    if ('field' in one && !fields.has(one.field)) return 'filled' in one && !one.filled ? always : never;
    if ('of' in one && one.of !== undefined && [one.of].flat().some((name) => !fields.has(name))) return never;
    return one;
  });
}

/** A condition with its single parts changed, and what follows from parts that always or never hold. */
function mapCondition(condition: Condition, change: (part: Condition) => Condition): Condition {
  const fit = (inner: Condition): Condition => mapCondition(inner, change);
  if ('all' in condition) {
    const parts = condition.all.map(fit).filter((part) => !isAlways(part));
    return parts.some(isNever) ? never : parts.length === 1 ? parts[0] ?? always : { all: parts };
  }
  if ('any' in condition) {
    const parts = condition.any.map(fit).filter((part) => !isNever(part));
    return parts.some(isAlways) ? always : parts.length === 1 ? parts[0] ?? never : { any: parts };
  }
  if ('not' in condition) {
    const inner = fit(condition.not);
    return isNever(inner) ? always : isAlways(inner) ? never : { not: inner };
  }
  return change(condition);
}
