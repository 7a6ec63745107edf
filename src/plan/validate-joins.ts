import { nearest } from './nearest.ts';
import type { KeyPart, Plan } from './plan.ts';
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
    else if (count.labels !== undefined && link.label === undefined) inspection.report([...path, 'count'], `fact "${name}" counts by label, but link "${count.link}" has none`, 'Give the link a `label` field, or remove `labels`.');
  }
  for (const [index, { object, key, from }] of plan.derived.entries()) {
    if (!(plan.keys[object] ?? []).some(({ kind }) => kind === key.kind)) inspection.report(['derived', index, 'key'], `object "${object}" has no keys of kind "${key.kind}"`, `Add them under keys.${object}: without them a derived record could not be told from an existing one.`);
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
  const kinds = (inspection.plan.keys[link.to] ?? []).map(({ kind }) => kind);
  for (const [index, { kind, normalise }] of link.by.entries()) {
    const key = inspection.plan.keys[link.to]?.find((candidate) => candidate.kind === kind);
    if (!key) inspection.report([...path, 'by', index], `link "${link.name}" looks for keys of kind "${kind}", which object "${link.to}" does not have`, nearest(kind, kinds) ?? `Add them under keys.${link.to}.`);
    else if (key.normalise !== normalise) inspection.report([...path, 'by', index, 'normalise'], `link "${link.name}" makes "${kind}" comparable by "${normalise}", the keys of "${link.to}" by "${key.normalise}"`, 'Use the same on both sides, or nothing will be found.');
  }
}

function validateParts(object: string, parts: readonly KeyPart[], path: readonly PropertyKey[], inspection: Inspection): void {
  for (const [index, { from, where }] of parts.entries()) {
    if (where !== undefined) requireSourceField(object, where.field, [...path, index, 'where', 'field'], inspection);
    for (const name of Array.isArray(from) ? from : [from]) requireSourceField(object, name, [...path, index, 'from'], inspection);
  }
}
