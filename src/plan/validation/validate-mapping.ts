import { nearest } from '../values/nearest.ts';
import type { Mapping } from '../plan.ts';
import { requireDestinationField, requireObject, requireSourceField } from './inspection.ts';
import type { Inspection } from './inspection.ts';
import { validateCondition } from './validate-condition.ts';
import { validateLine } from './validate-line.ts';

/** Checks one mapping and its lines. */
export function validateMapping(mapping: Mapping, index: number, inspection: Inspection): void {
  const { plan, destination, report } = inspection;
  const path = ['mappings', index];
  const phases = plan.phases.map(({ name }) => name);
  if (!phases.includes(mapping.phase)) report([...path, 'phase'], `the plan has no phase "${mapping.phase}"`, nearest(mapping.phase, phases) ?? `Its phases are: ${phases.join(', ')}.`);
  const sourceKnown = requireObject('source', mapping.source, [...path, 'source'], inspection);
  const destinationKnown = requireObject('destination', mapping.destination, [...path, 'destination'], inspection);
  if (!sourceKnown || !destinationKnown) return;
  validateCondition(mapping.when, mapping.source, [...path, 'when'], inspection);
  if (mapping.when !== undefined && mapping.otherwise === undefined) report(path, `mapping "${mapping.id}" has a condition but no reason for the records it leaves out`, 'Add `otherwise`: the reason under which they are counted.');
  (mapping.holdWhen ?? []).forEach(({ condition }, position) => { validateCondition(condition, mapping.source, [...path, 'holdWhen', position, 'condition'], inspection); });
  for (const field of [mapping.order ?? []].flat()) requireSourceField(mapping.source, field, [...path, 'order'], inspection);
  validateOrder(mapping, path, inspection);
  validateIdentity(mapping, path, inspection);
  const live = mapping.fields.flatMap((line, position) => (line.status === 'rejected' ? [] : [{ line, position }]));
  for (const { line, position } of live) {
    validateLine({ line, mapping, mappingIndex: index, path: [...path, 'fields', position], earlier: new Set(live.filter((other) => other.position < position).map((other) => other.line.to)) }, inspection);
  }
  if (mapping.identity.create === false) return;
  const written = new Set(live.map(({ line }) => line.to));
  for (const field of destination.fields(mapping.destination)) {
    // Platforms do not always say which required fields they fill themselves; only what is certain stops a plan.
    if (field.required && field.hasDefault === false && !field.readonly && field.computed !== true && !written.has(field.name)) {
      report([...path, 'fields'], `required field "${field.name}" of "${mapping.destination}" has no line in mapping "${mapping.id}"`, `Add a line for it, with a \`constant\` if the source has nothing to put there.`);
    }
  }
}

function validateOrder({ id, source, order, orderWithin }: Mapping, path: readonly PropertyKey[], { plan, report }: Inspection): void {
  if (orderWithin === undefined) return;
  const at = [...path, 'orderWithin'];
  const known = plan.links.filter((link) => link.object === source && link.many !== true && link.back === undefined);
  if (order === undefined) report(at, `mapping "${id}" has \`orderWithin\` but no \`order\``, 'Add `order`: the field by which its records are put in order.');
  else if (!known.some((link) => link.name === orderWithin)) report(at, `object "${source}" has no link "${orderWithin}" to a single record`, nearest(orderWithin, known.map((link) => link.name)) ?? 'Add it under `links`.');
  const other = plan.mappings.find((mapping) => mapping.source === source && mapping.status !== 'rejected' && mapping.order !== undefined && mapping.orderWithin !== orderWithin);
  if (other !== undefined) report(at, `mappings "${id}" and "${other.id}" put records of "${source}" in different orders`, 'Give all mappings of one source object the same `order` and `orderWithin`.');
}

function validateIdentity({ id, destination, identity, fields }: Mapping, path: readonly PropertyKey[], inspection: Inspection): void {
  const written = new Set(fields.filter(({ status }) => status !== 'rejected').map(({ to }) => to));
  const rules = [
    ...(identity.match ?? []).map(({ field }, index) => ({ field, at: [...path, 'identity', 'match', index, 'field'], what: 'matches' })),
    ...(identity.mergeBy === undefined ? [] : [{ field: identity.mergeBy, at: [...path, 'identity', 'mergeBy'], what: 'merges' }]),
  ];
  for (const { field, at, what } of rules) {
    if (requireDestinationField(destination, field, at, inspection) && !written.has(field)) inspection.report(at, `mapping "${id}" ${what} by "${field}", but no line gives it a value`, `Add a line for "${field}".`);
  }
  if (identity.create === false && (identity.whenMatched ?? 'keep') !== 'keep') inspection.report([...path, 'identity', 'whenMatched'], `mapping "${id}" only matches records, so it cannot ${identity.whenMatched} them`, 'Remove `whenMatched`, or `create: false`.');
  if (identity.create === false && identity.match === undefined) inspection.report([...path, 'identity'], `mapping "${id}" may neither create nor match records`, 'Add a `match` rule, or remove `create: false`.');
}
