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
