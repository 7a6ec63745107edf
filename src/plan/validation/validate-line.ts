import type { CatalogField } from '../../connector/catalog.ts';
import type { Json } from '../../connector/json.ts';
import { checkStep, stepParts } from '../compiled/compile-step.ts';
import { nearest } from '../values/nearest.ts';
import type { FieldLine, Link, Mapping } from '../plan.ts';
import { requireDestinationField, requireObject, requireSourceField } from './inspection.ts';
import type { Inspection } from './inspection.ts';
import { validateCondition } from './validate-condition.ts';
import { kindAfter, kindOfConstant, kindOfSource, kindTrouble } from '../values/value-kinds.ts';
import type { ValueKind } from '../transforms/transform.ts';

interface LinePlace {
  readonly line: FieldLine;
  readonly mapping: Mapping;
  readonly mappingIndex: number;
  readonly path: readonly PropertyKey[];
  readonly earlier: ReadonlySet<string>; // destination fields of the lines before
}

/** Checks one field line: where its value comes from, what is done to it, where it goes. */
export function validateLine(place: LinePlace, inspection: Inspection): void {
  const { line, mapping, path } = place;
  const { destination, report } = inspection;
  const start = validateStart(place, inspection);
  validateCondition(line.when, mapping.source, [...path, 'when'], inspection);
  let stepsRight = true;
  for (const [index, step] of (line.transforms ?? []).entries()) {
    for (const { message, remedy } of checkStep(step, inspection.decisions).problems) {
      stepsRight = false;
      report([...path, 'transforms', index], message, remedy);
    }
  }
  validateLookup(place, inspection);
  if (!requireDestinationField(mapping.destination, line.to, [...path, 'to'], inspection)) return;
  const field = destination.field(mapping.destination, line.to);
  if (!field) return;
  const written = mapping.identity.create !== false; // users are only recognised by the login, never changed
  if (field.readonly && written) report([...path, 'to'], `field "${line.to}" of "${mapping.destination}" is read-only`, 'Reject the line, or map to another field.');
  else if (field.computed) report([...path, 'to'], `field "${line.to}" of "${mapping.destination}" is computed by the destination`, 'Reject the line, or map to a field that is stored.');
  if (stepsRight && start !== null) validateType(place, field, start, inspection);
}

/** The kind of value the line starts from; null = a problem was reported. */
function validateStart({ line, mapping, mappingIndex, path }: LinePlace, inspection: Inspection): ValueKind | null {
  const { plan, source, report } = inspection;
  const given = (['from', 'constant', 'link'] as const).filter((key) => line[key] !== undefined);
  if (given.length > 1) { report(path, `the line for "${line.to}" has ${given.join(' and ')}`, 'Keep one of them.'); return null; }
  if (line.link !== undefined) {
    const known = plan.links.filter(({ object }) => object === mapping.source);
    const link = known.find(({ name }) => name === line.link);
    if (!link) { report([...path, 'link'], `object "${mapping.source}" has no link "${line.link}"`, nearest(line.link, known.map(({ name }) => name)) ?? 'Add it under `links`.'); return null; }
    if (line.give !== undefined) return validateGiven(line.give, link, { line, path }, inspection);
    validateThrough({ line, mapping, mappingIndex, path }, link.to, inspection);
    return link.many ? 'list' : 'any';
  }
  if (line.give !== undefined) report([...path, 'give'], '`give` without `link`', 'Add the `link`, or remove `give`.');
  if (line.through !== undefined) report([...path, 'through'], '`through` without `link`', 'Add the `link`, or remove `through`.');
  if (line.constant !== undefined) return kindOfConstant(line.constant);
  if (line.from === undefined) {
    const [head] = line.transforms ?? [];
    const makes = head !== undefined && ['constant', 'default', 'decision', 'jsonata'].includes(stepParts(head).name);
    if (!makes) { report(path, `the line for "${line.to}" takes its value from nowhere`, 'Add `from`, `constant` or `link`.'); return null; }
    return 'any';
  }
  const names = Array.isArray(line.from) ? line.from : [line.from];
  const found = names.map((name) => requireSourceField(mapping.source, name, [...path, 'from'], inspection));
  if (found.includes(false)) return null;
  if (Array.isArray(line.from)) return 'list';
  const field = source.field(mapping.source, line.from);
  return field ? kindOfSource(field) : 'any';
}

/** A line that gives a field of the linked record: the kind of that field. */
function validateGiven(give: string, link: Link, { line, path }: Pick<LinePlace, 'line' | 'path'>, inspection: Inspection): ValueKind | null {
  if (line.through !== undefined) inspection.report([...path, 'through'], `the line for "${line.to}" has \`through\` and \`give\``, 'Keep one of them: the id of the linked record, or a field of it.');
  if (!requireSourceField(link.to, give, [...path, 'give'], inspection)) return null;
  if (link.many === true || link.back !== undefined) return 'list';
  const field = inspection.source.field(link.to, give);
  return field ? kindOfSource(field) : 'any';
}

/** The mappings a link goes through must be about the linked object and loaded earlier. */
function validateThrough({ line, mapping, mappingIndex, path }: Omit<LinePlace, 'earlier'>, to: string, { plan, destination, report }: Inspection): void {
  const phaseOf = (name: string) => plan.phases.findIndex((phase) => phase.name === name);
  const related = destination.field(mapping.destination, line.to)?.relatedObject;
  for (const [index, id] of (line.through ?? []).entries()) {
    const at = [...path, 'through', index];
    const position = plan.mappings.findIndex((candidate) => candidate.id === id);
    const target = plan.mappings[position];
    if (!target) { report(at, `the plan has no mapping "${id}"`, nearest(id, plan.mappings.map((candidate) => candidate.id)) ?? 'Name a mapping of the plan.'); continue; }
    if (target.source !== to) report(at, `mapping "${id}" is about "${target.source}", but link "${line.link}" points to "${to}"`, `Name mappings whose source is "${to}".`);
    const [own, other] = [phaseOf(mapping.phase), phaseOf(target.phase)];
    if (other > own || (other === own && position > mappingIndex)) report(at, `mapping "${id}" is loaded after mapping "${mapping.id}", so its records would never be found`, `Put "${id}" into an earlier phase, or this mapping into a later one.`);
    if (related !== undefined && related !== target.destination) report(at, `field "${line.to}" refers to "${related}", but mapping "${id}" makes "${target.destination}"`, `Name mappings into "${related}".`);
  }
}

function validateLookup({ line, mapping, path, earlier }: LinePlace, inspection: Inspection): void {
  const { lookup } = line;
  if (!lookup) return;
  const at = [...path, 'lookup'];
  if (!requireObject('destination', lookup.object, [...at, 'object'], inspection)) return;
  requireDestinationField(lookup.object, lookup.by, [...at, 'by'], inspection);
  for (const [field, to] of Object.entries(lookup.scope ?? {})) {
    requireDestinationField(lookup.object, field, [...at, 'scope', field], inspection);
    if (!earlier.has(to)) inspection.report([...at, 'scope', field], `the look-up needs "${to}", which no line before this one computes`, `Put a line for "${to}" before this one.`);
  }
  const related = inspection.destination.field(mapping.destination, line.to)?.relatedObject;
  if (lookup.give !== undefined) {
    if (!requireDestinationField(lookup.object, lookup.give, [...at, 'give'], inspection)) return;
    const given = inspection.destination.field(lookup.object, lookup.give)?.relatedObject;
    if (related !== undefined && given !== related) inspection.report([...at, 'give'], `field "${line.to}" refers to "${related}", "${lookup.give}" to ${given === undefined ? 'no record' : `"${given}"`}`, `Give a field of "${lookup.object}" that refers to "${related}".`);
  } else if (related !== undefined && related !== lookup.object) inspection.report([...at, 'object'], `field "${line.to}" refers to "${related}", the look-up finds "${lookup.object}"`, `Look up "${related}".`);
}

function validateType({ line, path }: LinePlace, field: CatalogField, start: ValueKind, { report }: Inspection): void {
  const kind = kindAfter(start, line.transforms ?? []);
  const many = kind === 'list';
  if (line.lookup !== undefined || (line.link !== undefined && line.give === undefined)) {
    const right: readonly string[] = many ? ['references', 'unknown', 'json'] : ['reference', 'integer', 'text', 'unknown', 'json'];
    const loose = kind === 'any' && line.link === undefined ? ['references'] : [];
    if (![...right, ...loose].includes(field.type)) report([...path, 'to'], `field "${line.to}" is of type ${field.type}, the line gives ${many ? 'ids of several records' : 'the id of one record'}`, many ? 'Map it to a field for several records, or add `first`.' : 'Map it to a reference field (for several records: a link of `many`, or a list).');
    return;
  }
  const remedy = kindTrouble(kind, field.type);
  if (remedy !== null) report([...path, 'to'], `field "${line.to}" is of type ${field.type}, the line gives ${kindWords[kind]}`, remedy);
  for (const { value, at } of fixedValues(line)) {
    if (typeof value === 'string' && field.type === 'selection' && field.options !== undefined && !field.options.some((option) => option.value === value)) {
      const options = field.options.map((option) => option.value);
      report([...path, ...at], `"${value}" is not an option of field "${line.to}"`, nearest(value, options) ?? `Its options are: ${options.slice(0, 30).join(', ')}.`);
    }
  }
}

/** Values that stand in the plan itself and reach the field unchanged: the constant, or the table of a last `map`. */
function fixedValues({ constant, transforms = [] }: FieldLine): readonly { readonly value: Json; readonly at: readonly PropertyKey[] }[] {
  const last = transforms.at(-1);
  if (last === undefined) return constant === undefined ? [] : [{ value: constant, at: ['constant'] }];
  const { name, parameters } = stepParts(last);
  const at = ['transforms', transforms.length - 1, name];
  if (name === 'constant' || name === 'default') return [{ value: parameters ?? null, at }];
  if (name !== 'map' || typeof parameters !== 'object' || parameters === null) return [];
  const { values, otherwise } = parameters as { readonly values?: { readonly [from: string]: Json }; readonly otherwise?: Json };
  return [...Object.entries(values ?? {}).map(([from, value]) => ({ value, at: [...at, 'values', from] })), ...(otherwise === undefined ? [] : [{ value: otherwise, at: [...at, 'otherwise'] }])];
}

const kindWords: { readonly [kind in ValueKind]: string } = {
  any: 'any value', same: 'any value', text: 'text', html: 'HTML', list: 'a list', integer: 'a whole number', decimal: 'a number', boolean: 'yes or no',
  date: 'a date', datetime: 'a point in time', email: 'an e-mail address', phone: 'a phone number', url: 'a web address',
};
