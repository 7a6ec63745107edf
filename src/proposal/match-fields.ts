import type { CatalogObject } from '../connector/catalog.ts';
import { matchSchemas } from './match/match-schemas.ts';
import type { FieldMatch } from './match/match-schemas.ts';
import { catalogSchema } from './match/from-catalog.ts';
import { withMemory } from './memory/recall.ts';
import type { Memory } from './memory/memory.ts';

export interface MatchCatalogFieldsParams {
  readonly sourceObject: CatalogObject;
  readonly destinationObject: CatalogObject;
  /** What earlier confirmed plans said; left out = memory is off. */
  readonly memory?: { readonly lines: Memory; readonly route: string; readonly project: string } | undefined;
}

/**
 * Proposes for every field of a discovered object a field of a destination object, or none, by the source field's own name.
 * All fields are given, also those a route maps itself: they are each other's context. Pure.
 */
export function matchCatalogFields({ sourceObject, destinationObject, memory }: MatchCatalogFieldsParams): ReadonlyMap<string, FieldMatch> {
  const matches = matchSchemas({ source: catalogSchema(sourceObject), destination: catalogSchema(destinationObject) });
  const told = memory === undefined ? matches : withMemory({ matches, memory: memory.lines, route: memory.route, project: memory.project, sourceObject: sourceObject.name, destination: destinationObject });
  return new Map(sourceObject.fields.flatMap((field, at) => { const match = told[at]; return match === undefined ? [] : [[field.name, match] as const]; }));
}
