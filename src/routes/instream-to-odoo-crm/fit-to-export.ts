import type { Catalog } from '../../connector/catalog.ts';
import { OWN_ID } from '../../plan/compiled/keys-and-links.ts';
import type { Condition, KeyPart, Link, Mapping, Plan } from '../../plan/plan.ts';

/**
 * Takes out of a plan what this export has no columns for: keys, links, facts and whole objects, and every line and condition
 * that asks them. An export without ids links by e-mail and name alone; one without a company column has no company link at all.
 */
export function fitToExport(plan: Plan, source: Catalog): Plan {
  const derived = fittingDerived(plan.derived, source);
  const fields = knownFields(source, derived);
  const fits = (object: string, parts: readonly KeyPart[]): KeyPart[] => parts.flatMap((part) => fitting(part, fields.get(object)));
  const keys = Object.fromEntries(Object.entries(plan.keys).filter(([object]) => fields.has(object)).map(([object, parts]) => [object, fits(object, parts)]));
  const direct = plan.links.flatMap((link): Link[] => {
    if (link.via !== undefined || link.back !== undefined) return fields.has(link.object) && fields.has(link.to) ? [link] : [];
    const by = fits(link.object, link.by).filter((part) => keys[link.to]?.some((key) => key.kind === part.kind));
    const { label, ...rest } = link;
    return by.length === 0 ? [] : [{ ...rest, by, ...(label !== undefined && fields.get(link.object)?.has(label) === true ? { label } : {}) }];
  });
  const known = (object: string | undefined, name: string): Link | undefined => direct.find((link) => link.object === object && link.name === name && link.by.length > 0);
  const links = direct.filter(({ object, to, via, back }) => (via === undefined || known(known(object, via.link)?.to, via.name) !== undefined) && (back === undefined || known(to, back) !== undefined));
  const facts = plan.facts.filter(({ count }) => links.some((link) => link.object === count.of && link.name === count.link));
  return { ...plan, derived, keys, links, facts, mappings: plan.mappings.filter((mapping) => fields.has(mapping.source)).map((mapping) => withoutMissing(mapping, { links, facts })) };
}

/** `unless` spares values whose record is listed elsewhere by its id: in an export without that list there is no such record. */
function fittingDerived(derived: Plan['derived'], source: Catalog): Plan['derived'] {
  return derived.map((each) => ({ ...each, from: each.from.flatMap(({ unless, ...origin }) => {
    const listed = fieldsOf(source, origin.object);
    const own = Object.fromEntries(Object.entries(origin.fields).filter(([, from]) => from === OWN_ID || listed?.has(from) === true));
    const nothing = listed === undefined || (origin.needs !== undefined && !listed.has(origin.needs)) || Object.values(own).every((from) => from === OWN_ID) && origin.constants === undefined;
    return nothing ? [] : [{ ...origin, fields: own, ...(unless !== undefined && listed?.has(unless) === true && fieldsOf(source, each.object) !== undefined ? { unless } : {}) }];
  }) })).filter((each) => each.from.length > 0);
}

/** Fields of every object that is listed in the export or derived from others. */
function knownFields(source: Catalog, derived: Plan['derived']): ReadonlyMap<string, ReadonlySet<string>> {
  const fields = new Map<string, ReadonlySet<string>>(source.objects.map((object) => [object.name, new Set(object.fields.map((field) => field.name))]));
  for (const { object, from } of derived) fields.set(object, new Set([...fields.get(object) ?? [], ...from.flatMap((origin) => [...Object.keys(origin.fields), ...Object.keys(origin.constants ?? {})])]));
  return fields;
}

function fieldsOf(source: Catalog, object: string): ReadonlySet<string> | undefined {
  const found = source.objects.find((each) => each.name === object);
  return found === undefined ? undefined : new Set(found.fields.map((field) => field.name));
}

function fitting(part: KeyPart, fields: ReadonlySet<string> | undefined): KeyPart[] {
  const listed = (name: string): boolean => name === OWN_ID || fields?.has(name) === true || fields?.has(name.replace(/\.\d+$/, '')) === true;
  if (fields === undefined || (part.where !== undefined && !fields.has(part.where.field))) return [];
  if (part.compose === true && ![part.from].flat().slice(-1).every(listed)) return []; // the last field names the thing
  const from = [part.from].flat().filter(listed);
  if (from.length === 0) return [];
  return [{ ...part, from: Array.isArray(part.from) ? from : part.from }];
}

type Asked = Readonly<{ links: Plan['links']; facts: Plan['facts'] }>;

function withoutMissing(mapping: Mapping, asked: Asked): Mapping {
  const linked = (name: string): boolean => asked.links.some((link) => link.object === mapping.source && link.name === name);
  const counted = (name: string): boolean => asked.facts.some((fact) => fact.object === mapping.source && fact.name === name);
  const fit = (condition: Condition): Condition => fitCondition(condition, linked, counted);
  return {
    ...mapping, ...(mapping.when === undefined ? {} : { when: fit(mapping.when) }),
    ...(mapping.holdWhen === undefined ? {} : { holdWhen: mapping.holdWhen.map((hold) => ({ ...hold, condition: fit(hold.condition) })) }),
    fields: mapping.fields.filter((line) => line.link === undefined || linked(line.link)).flatMap((line) => {
      const when = line.when === undefined ? always : fit(line.when);
      if (isNever(when)) return [];
      const { when: _before, ...rest } = line;
      return [isAlways(when) ? rest : { ...rest, when }];
    }),
  };
}

const always: Condition = { all: [] };
const never: Condition = { any: [] };
const isAlways = (condition: Condition): boolean => 'all' in condition && condition.all.length === 0;
const isNever = (condition: Condition): boolean => 'any' in condition && condition.any.length === 0;

/** A link that does not exist is in state 'none' for every record; a fact that does not exist counts 0. */
function fitCondition(condition: Condition, linked: (name: string) => boolean, counted: (name: string) => boolean): Condition {
  const fit = (inner: Condition): Condition => fitCondition(inner, linked, counted);
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
  if ('link' in condition && !linked(condition.link)) return condition.state === 'none' ? always : never;
  if ('fact' in condition && !counted(condition.fact)) return condition.atLeast <= 0 ? always : never;
  return condition;
}
