import type { CatalogField, CatalogObject } from '../connector/catalog.ts';
import type { TransformStep } from '../plan/plan.ts';
import { catalogSchema } from './match/from-catalog.ts';
import { rankPlaces } from './match/rank-places.ts';
import { valueWay } from './value-transforms.ts';

/** A destination field that a line could write to instead, as a person chooses among them. */
export interface LinePlace {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly confidence: number | null; // 0..1; null = it is not among the likeliest
  readonly reasons: readonly string[];
  /** How the values get in; null = they do not, `why` says what is in the way. */
  readonly transforms: readonly TransformStep[] | null;
  readonly loss: string | null;
  readonly why: string | null;
}

/** The likeliest that a person may want to choose among; the matcher is often so sure of one that the others have next to nothing. */
const likeliest = 8;

/** Whether a field takes the values that were made for another one, as they are. */
export function takesSame(made: CatalogField, other: CatalogField): boolean {
  const options = (field: CatalogField): string => (field.options ?? []).map(({ value }) => value).toSorted().join('\u001f');
  return made.type === other.type && made.relatedObject === other.relatedObject && (made.type !== 'selection' || options(made) === options(other));
}

/**
 * The places of a line whose value is more than one source field's: a link, a look-up, several fields, a constant. Its transforms are made
 * for the field it has, so that others must take the same kind of value. Pure.
 * @param params.present the field that it fills now
 * @param params.field a source field that tells what it is about; null = none does
 */
export function likePlaces(params: Readonly<{ sourceObject: CatalogObject; field: string | null; destinationObject: CatalogObject; fields: readonly CatalogField[]; present: CatalogField; transforms: readonly TransformStep[]; loss: string | null }>): readonly LinePlace[] {
  const { sourceObject, destinationObject, fields, present, transforms, loss } = params;
  const writable = fields.filter((one) => !one.readonly && one.computed !== true);
  const at = sourceObject.fields.findIndex(({ name }) => name === params.field);
  const likely = writable.filter((one) => takesSame(present, one));
  const ranked = at < 0 ? [] : rankPlaces({ source: catalogSchema(sourceObject), destination: catalogSchema({ ...destinationObject, fields: likely }), at, count: likeliest });
  const kind = (field: CatalogField): string => `${field.type}${field.relatedObject === undefined ? '' : ` to ${field.relatedObject}`}`;
  return writable.map((one): LinePlace => {
    const found = ranked.find((place) => place.name === one.name.replace(/^cf:/, ''));
    const fits = takesSame(present, one);
    return {
      name: one.name, label: one.label, type: one.type, confidence: found?.probability ?? (fits ? 0 : null), reasons: found?.reasons ?? (fits ? [`takes the same kind of value as ${present.name}`] : []),
      ...(fits ? { transforms, loss, why: null } : { transforms: null, loss: null, why: kind(one) === kind(present) ? `its choices are not those of ${present.name}` : `the line makes values for ${present.name} (${kind(present)}), and it takes ${kind(one)}` }),
    };
  }).toSorted((left, right) => (right.confidence ?? -1) - (left.confidence ?? -1) || left.name.localeCompare(right.name));
}

/**
 * The places of one source field: the likeliest, best first, then the rest by name. Fields that cannot be written
 * are left out. Pure.
 * @param params.fields of the destination, those that the plan makes included
 */
export function linePlaces(params: Readonly<{ sourceObject: CatalogObject; field: string; destinationObject: CatalogObject; fields: readonly CatalogField[]; zone?: string }>): readonly LinePlace[] {
  const { sourceObject, destinationObject, fields, zone = 'utc' } = params;
  const at = sourceObject.fields.findIndex(({ name }) => name === params.field);
  const field = sourceObject.fields[at];
  if (field === undefined) return [];
  const ranked = rankPlaces({ source: catalogSchema(sourceObject), destination: catalogSchema({ ...destinationObject, fields }), at, count: likeliest });
  const order = new Map(ranked.map((place, index) => [place.name, { place, index }]));
  const places = fields.filter((one) => !one.readonly && one.computed !== true).map((one): Readonly<{ index: number; place: LinePlace }> => {
    const found = order.get(one.name.replace(/^cf:/, ''));
    const way = valueWay(field, one, zone);
    const place: LinePlace = {
      name: one.name, label: one.label, type: one.type, confidence: found?.place.probability ?? null, reasons: found?.place.reasons ?? [],
      ...(way.fits ? { transforms: way.transforms, loss: way.loss, why: null } : { transforms: null, loss: null, why: way.why }),
    };
    return { index: found?.index ?? Infinity, place };
  });
  return places.toSorted((left, right) => left.index - right.index || left.place.name.localeCompare(right.place.name)).map(({ place }) => place);
}
