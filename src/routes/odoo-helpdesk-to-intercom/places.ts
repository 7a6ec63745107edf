import type { CatalogField } from '../../connector/catalog.ts';
import type { FieldLine, Mapping, TransformStep } from '../../plan/plan.ts';
import { placeUnknownFields } from '../../proposal/place-unknown-fields.ts';
import type { Placement, RouteWay } from '../../proposal/place-unknown-fields.ts';
import { valueWay } from '../../proposal/value-transforms.ts';
import { proposeValueMap } from '../../proposal/values-and-people/propose-value-map.ts';
import { objectOf, type RouteInput } from './lines.ts';

export type Places = ReadonlyMap<string, Placement>;

/** Fields of Intercom's own that take a value and do nothing else. */
const plain: { readonly [object: string]: readonly string[] } = { company: ['size', 'plan', 'website', 'industry'] };

/** An attribute that an earlier load made: its field has a line already. */
const isOurs = (field: CatalogField): boolean => (field.description ?? '').endsWith('(Odoo)');

/** Below this a pair of options is no better than none. */
const LEAST = 0.7;

/**
 * Puts fields that no line reads beside the attributes that people made in the workspace: the same meaning, of a type that takes the
 * values, each given away once. Of tickets only custom fields look for a place. Pure.
 * @param params.taken attributes that lines fill already
 */
export function fieldPlaces(input: RouteInput, params: Readonly<{ source: string; destination: string; fields: readonly CatalogField[]; taken: ReadonlySet<string> }>): Places {
  const [source, destination] = [objectOf(input.source, params.source), objectOf(input.destination, params.destination)];
  if (source === undefined || destination === undefined || params.fields.length === 0) return new Map();
  const named = new Set(destination.fields.filter((field) => field.custom && !isOurs(field)).map(({ name }) => name));
  const places = new Set([...named, ...plain[params.destination] ?? []]);
  return placeUnknownFields({
    sourceObject: source, destinationObject: { ...destination, fields: destination.fields.filter((field) => !isOurs(field)) }, fields: params.fields, taken: params.taken, places, named, guide: input.guide, wayOf: fieldWay,
  });
}

/** Fields that say how a record stands in Odoo rather than what it is. */
const ofOdoo = new Set(['active', 'is_company', 'create_date', 'write_date', 'ref']);

/** HI-06, HI-07: of the fields that a mapping leaves out, those that an attribute of the workspace means go there; the others say why not. */
export function withPlaces(input: RouteInput, mapping: Mapping): Mapping {
  const left = new Set(mapping.leftOut.map(({ from }) => from));
  const fields = (objectOf(input.source, mapping.source)?.fields ?? []).filter(({ name, type }) => left.has(name) && !ofOdoo.has(name) && !['reference', 'references', 'binary'].includes(type));
  const places = fieldPlaces(input, { source: mapping.source, destination: mapping.destination, fields, taken: new Set(mapping.fields.map(({ to }) => to)) });
  const lineOf = (from: string): FieldLine | null => places.get(from)?.line ?? null;
  return {
    ...mapping, fields: [...mapping.fields, ...mapping.leftOut.flatMap(({ from }) => lineOf(from) ?? [])],
    leftOut: mapping.leftOut.filter(({ from }) => lineOf(from) === null).map((one) => { const place = places.get(one.from); return place === undefined ? one : { ...one, confidence: place.noneConfidence, reason: `${one.reason.replace(/\.$/u, '')}: ${place.why}.` }; }),
  };
}

/** How values of a field of Odoo are written where Intercom takes text, numbers or moments; what is a list of Odoo goes in under its labels. */
export function plainTransforms(field: CatalogField): TransformStep[] {
  if (field.type === 'multiSelection') return [{ join: ', ' }];
  if (field.type === 'date') return [{ jsonata: 'value ? value & "T00:00:00Z" : null' }];
  if (field.type === 'selection') return [{ map: { values: Object.fromEntries((field.options ?? []).map(({ value, label }) => [value, label])), keep: true, exact: true } }];
  return [];
}

const takes: { readonly [type: string]: readonly string[] } = {
  text: ['text', 'longText', 'selection', 'multiSelection', 'integer', 'decimal', 'money', 'email', 'phone', 'url'], longText: ['text', 'longText', 'selection', 'multiSelection'], integer: ['integer'], decimal: ['integer', 'decimal', 'money'], boolean: ['boolean'], datetime: ['date', 'datetime'],
  url: ['url'], email: ['email'], phone: ['phone'],
};

/** A list takes a list whose every option has a partner; everything else goes only where the kind of its values is the same. */
function fieldWay(field: CatalogField, target: CatalogField): RouteWay {
  if (target.type !== 'selection') {
    if (takes[target.type]?.includes(field.type) !== true) return { fits: false, why: `its values are ${field.type}, the attribute is ${target.type}` };
    return { fits: true, transforms: plainTransforms(field), note: null, agreement: 1, loss: null };
  }
  if (field.type !== 'selection' || field.options === undefined) return valueWay(field, target, 'UTC');
  const proposals = proposeValueMap({ values: field.options.map(({ label }) => label), options: target.options ?? [] });
  const pairs = field.options.map((option, at) => ({ option, proposal: proposals[at] }));
  const missing = pairs.filter(({ proposal }) => proposal === undefined || proposal.target === null || proposal.probability < LEAST).map(({ option }) => `"${option.label}"`);
  if (missing.length > 0) return { fits: false, why: `the attribute has no option for ${missing.slice(0, 5).join(', ')}` };
  const words = pairs.flatMap(({ option, proposal }) => (proposal?.reason === 'same text' ? [] : [`"${option.label}" → "${proposal?.target}" (${Math.round((proposal?.probability ?? 0) * 100)} %, ${proposal?.reason})`]));
  return {
    fits: true, transforms: [{ map: { values: Object.fromEntries(pairs.map(({ option, proposal }) => [option.value, proposal?.target ?? null])), exact: true } }], agreement: Math.min(1, ...proposals.map(({ reason, probability }) => (reason === 'same text' ? 1 : probability))), loss: null,
    note: words.length === 0 ? 'options of the same name' : `options paired: ${words.join('; ')}`,
  };
}
