import type { CatalogObject } from '../connector/catalog.ts';
import { catalogSchema } from './match/from-catalog.ts';
import { matchSchemas } from './match/match-schemas.ts';
import type { FieldMatch } from './match/match-schemas.ts';
import type { MatchGuide } from './match-guide.ts';

export interface MatchCatalogFieldsParams {
  readonly sourceObject: CatalogObject;
  readonly destinationObject: CatalogObject;
  /** What is laid over the matcher's answers: memory, advice. Left out = the matcher alone. */
  readonly guide?: MatchGuide | undefined;
  /** Names of the source fields that look for a place. Left out = all. */
  readonly wanted?: ReadonlySet<string> | undefined;
}

/**
 * Proposes for every field of a discovered object a field of a destination object, or none, by the source field's own name.
 * All fields are given, also those a route maps itself: they are each other's context. Pure.
 */
export function matchCatalogFields({ sourceObject, destinationObject, guide, wanted }: MatchCatalogFieldsParams): ReadonlyMap<string, FieldMatch> {
  const matches = matchSchemas({ source: catalogSchema(sourceObject), destination: catalogSchema(destinationObject) });
  const told = guide === undefined ? matches : guide({ matches, sourceObject, destinationObject, wanted: wanted ?? new Set(sourceObject.fields.map(({ name }) => name)) });
  return new Map(sourceObject.fields.flatMap((field, at) => { const match = told[at]; return match === undefined ? [] : [[field.name, match] as const]; }));
}
