import type { Catalog } from '../../connector/catalog.ts';
import { OWN_ID } from '../../plan/compiled/keys-and-links.ts';
import type { KeyPart, Link, Mapping, Plan } from '../../plan/plan.ts';
import { fitMapping, fitWays } from './fit-mapping.ts';

/**
 * Takes out of a plan what this export has no columns for: keys, links, facts and whole objects, and every line and condition
 * that asks them. An export without ids links by e-mail and name alone; one without a company column has no company link at all.
 */
export function fitToExport(plan: Plan, source: Catalog): Plan {
  let derived = fittingDerived(plan.derived, source);
  let known = knownRecords(plan, source, derived);
  for (let left = toldApart(derived, known.keys); left.some((each, at) => each !== derived[at]) || left.length !== derived.length; left = toldApart(derived, known.keys)) {
    derived = left;
    known = knownRecords(plan, source, derived);
  }
  const { fields, keys, fits } = known;
  const direct = plan.links.flatMap((link): Link[] => {
    if (link.via !== undefined || link.back !== undefined) return fields.has(link.object) && fields.has(link.to) ? [link] : [];
    const by = fits(link.object, link.by).filter((part) => keys[link.to]?.some((key) => key.kind === part.kind));
    const { label, ...rest } = link;
    return by.length === 0 ? [] : [{ ...rest, by, ...(label !== undefined && fields.get(link.object)?.has(label) === true ? { label } : {}) }];
  });
  const linkOf = (object: string | undefined, name: string): Link | undefined => direct.find((link) => link.object === object && link.name === name && link.by.length > 0);
  const links = direct.filter(({ object, to, via, back }) => (via === undefined || linkOf(linkOf(object, via.link)?.to, via.name) !== undefined) && (back === undefined || linkOf(to, back) !== undefined));
  const facts = plan.facts.filter(({ count }) => links.some((link) => link.object === count.of && link.name === count.link && ((count.labels === undefined && count.unless === undefined) || link.label !== undefined)));
  const mappings = plan.mappings.flatMap((mapping) => {
    const own = fields.get(mapping.source);
    return own === undefined ? [] : fitMapping(mapping, { fields: own, linked: (name) => links.some((link) => link.object === mapping.source && link.name === name), counted: (name) => facts.some((fact) => fact.object === mapping.source && fact.name === name) }) ?? [];
  });
  return { ...plan, derived, keys, links, facts, mappings: withoutLostWays(mappings) };
}

interface Known { readonly fields: ReadonlyMap<string, ReadonlySet<string>>; readonly keys: Plan['keys']; readonly fits: (object: string, parts: readonly KeyPart[]) => KeyPart[] }

/** Fields of every object that is listed in the export or derived from others, and the keys that can be made of them. */
function knownRecords(plan: Plan, source: Catalog, derived: Plan['derived']): Known {
  const fields = knownFields(source, derived);
  const fits = (object: string, parts: readonly KeyPart[]): KeyPart[] => parts.flatMap((part) => fitting(part, fields.get(object)));
  return { fields, fits, keys: Object.fromEntries(Object.entries(plan.keys).filter(([object]) => fields.has(object)).map(([object, parts]) => [object, fits(object, parts)])) };
}

/** Derived records by the keys that are left to tell them apart; those with none are not derived at all. */
function toldApart(derived: Plan['derived'], keys: Plan['keys']): Plan['derived'] {
  return derived.flatMap((each) => {
    const asked = [each.key.kind].flat();
    const kinds = asked.filter((kind) => keys[each.object]?.some((part) => part.kind === kind));
    if (kinds.length === asked.length) return [each];
    return kinds.length === 0 ? [] : [{ ...each, key: { kind: kinds } }];
  });
}

/** Takes out the ways through mappings that are not there (any more), until every line has one. */
function withoutLostWays(mappings: readonly Mapping[]): Mapping[] {
  const ids = new Set(mappings.map(({ id }) => id));
  const left = mappings.flatMap((mapping) => fitWays(mapping, (id) => ids.has(id)) ?? []);
  return left.length === mappings.length ? left : withoutLostWays(left);
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
