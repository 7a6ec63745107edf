import { nearest } from '../values/nearest.ts';
import type { KeyPart, Plan } from '../plan.ts';
import { requireObject, requireSourceField } from './inspection.ts';
import type { Inspection } from './inspection.ts';

/** Checks keys, links, facts and derived objects: what joins source records to each other. */
export function validateJoins(inspection: Inspection): void {
  const { plan } = inspection;
  for (const [object, parts] of Object.entries(plan.keys)) {
    if (requireObject('source', object, ['keys', object], inspection)) validateParts(object, parts, ['keys', object], inspection);
  }
  for (const [index, link] of plan.links.entries()) validateLink(link, ['links', index], inspection);
  for (const [index, { object, name, count }] of plan.facts.entries()) {
    const path = ['facts', index];
    const link = plan.links.find((candidate) => candidate.object === count.of && candidate.name === count.link);
    if (!link) inspection.report([...path, 'count'], `fact "${name}" counts a link "${count.link}" that object "${count.of}" does not have`, nearest(count.link, plan.links.filter((candidate) => candidate.object === count.of).map((candidate) => candidate.name)) ?? 'Add the link, or remove the fact.');
    else if (link.to !== object) inspection.report([...path, 'count'], `fact "${name}" is about "${object}", but link "${count.link}" points to "${link.to}"`, `Use a link that points to "${object}".`);
    else if ((count.labels !== undefined || count.unless !== undefined) && link.label === undefined) inspection.report([...path, 'count'], `fact "${name}" counts by label, but link "${count.link}" has none`, 'Give the link a `label` field, or remove `labels` and `unless`.');
  }
  for (const [index, { object, key, from }] of plan.derived.entries()) {
    for (const wanted of [key.kind].flat().filter((kind) => !(plan.keys[object] ?? []).some((part) => part.kind === kind))) inspection.report(['derived', index, 'key'], `object "${object}" has no keys of kind "${wanted}"`, `Add them under keys.${object}: without them a derived record could not be told from an existing one.`);
    for (const [position, origin] of from.entries()) {
      const path = ['derived', index, 'from', position];
      if (!requireObject('source', origin.object, [...path, 'object'], inspection)) continue;
      if (origin.unless !== undefined) requireSourceField(origin.object, origin.unless, [...path, 'unless'], inspection);
      if (origin.needs !== undefined) requireSourceField(origin.object, origin.needs, [...path, 'needs'], inspection);
      for (const [to, name] of Object.entries(origin.fields)) requireSourceField(origin.object, name, [...path, 'fields', to], inspection);
    }
  }
}

function validateLink(link: Plan['links'][number], path: readonly PropertyKey[], inspection: Inspection): void {
  if (!requireObject('source', link.object, [...path, 'object'], inspection)) return;
  validateParts(link.object, link.by, [...path, 'by'], inspection);
  if (link.label !== undefined) requireSourceField(link.object, link.label, [...path, 'label'], inspection);
  if (!requireObject('source', link.to, [...path, 'to'], inspection)) return;
  validateWay(link, path, inspection);
  const kinds = (inspection.plan.keys[link.to] ?? []).map(({ kind }) => kind);
  for (const [index, { kind, normalise }] of link.by.entries()) {
    const key = inspection.plan.keys[link.to]?.find((candidate) => candidate.kind === kind);
    if (!key) inspection.report([...path, 'by', index], `link "${link.name}" looks for keys of kind "${kind}", which object "${link.to}" does not have`, nearest(kind, kinds) ?? `Add them under keys.${link.to}.`);
    else if (key.normalise !== normalise) inspection.report([...path, 'by', index, 'normalise'], `link "${link.name}" makes "${kind}" comparable by "${normalise}", the keys of "${link.to}" by "${key.normalise}"`, 'Use the same on both sides, or nothing will be found.');
  }
}

/** A link finds its target by keys, over another link, or backwards: by one of the three. */
function validateWay(link: Plan['links'][number], path: readonly PropertyKey[], { plan, report }: Inspection): void {
  const ways = [link.by.length > 0, link.via !== undefined, link.back !== undefined].filter(Boolean).length;
  if (ways !== 1) report([...path, 'by'], `link "${link.name}" of "${link.object}" has ${ways} ways to its target`, 'Give it `by`, `via` or `back`, and one of them only.');
  const find = (object: string | undefined, name: string) => plan.links.find((other) => other.object === object && other.name === name);
  if (link.via !== undefined) {
    const first = find(link.object, link.via.link);
    const second = find(first?.to, link.via.name);
    if (first === undefined || first.via !== undefined || first.back !== undefined) report([...path, 'via', 'link'], `object "${link.object}" has no link "${link.via.link}" by keys`, nearest(link.via.link, plan.links.filter((other) => other.object === link.object).map((other) => other.name)) ?? 'Add it under `links`.');
    else if (second === undefined || second.by.length === 0) report([...path, 'via', 'name'], `object "${first.to}" has no link "${link.via.name}" by keys`, nearest(link.via.name, plan.links.filter((other) => other.object === first.to).map((other) => other.name)) ?? 'Add it under `links`.');
    else if (second.to !== link.to) report([...path, 'to'], `link "${link.name}" points to "${link.to}", the link it goes over to "${second.to}"`, `Write to: ${second.to}.`);
  }
  if (link.back !== undefined) {
    const forth = find(link.to, link.back);
    if (forth === undefined || forth.to !== link.object || forth.by.length === 0) report([...path, 'back'], `object "${link.to}" has no link "${link.back}" by keys that points to "${link.object}"`, 'Name a link that points here.');
    else if (link.many !== true) report(path, `link "${link.name}" goes backwards and is not \`many\``, 'Write many: true: any number of records may point here.');
  }
}

function validateParts(object: string, parts: readonly KeyPart[], path: readonly PropertyKey[], inspection: Inspection): void {
  for (const [index, { from, where }] of parts.entries()) {
    if (where !== undefined) requireSourceField(object, where.field, [...path, index, 'where', 'field'], inspection);
    for (const name of Array.isArray(from) ? from : [from]) requireSourceField(object, name, [...path, index, 'from'], inspection);
  }
}
