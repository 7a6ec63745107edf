import type { CatalogObject } from '../connector/catalog.ts';
import type { FieldMatch } from './match/match-schemas.ts';

/** What a guide is shown: the matcher's answers for one pair of objects, in the order of the source's fields. */
export interface GuidedMatches {
  readonly matches: readonly FieldMatch[];
  readonly sourceObject: CatalogObject;
  readonly destinationObject: CatalogObject;
  /** Names of the source fields that look for a place; the others are there as context only. */
  readonly wanted: ReadonlySet<string>;
}

/**
 * Lays over the matcher's answers what is known beyond the two schemas: what people confirmed before, what a language model said.
 * Gives as many answers as it got, in the same order. Routes hand it on and do not look inside.
 */
export type MatchGuide = (given: GuidedMatches) => readonly FieldMatch[];
