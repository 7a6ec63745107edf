import type { Catalog, CatalogObject } from '../../connector/catalog.ts';
import type { StageRow } from './decisions.ts';
import { LineBuilder } from './line-builder.ts';

/** What every mapping of the route is made from. */
export interface MappingInput {
  readonly source: Catalog;
  readonly destination: Catalog;
  readonly zone: string; // of times written without one
  readonly region: string; // two letters, for phone numbers without a country code
  readonly currency: string; // of the company in Odoo
  readonly silentStages: readonly StageRow[]; // stages whose deals may have no status
  readonly openOwners: readonly string[]; // owner addresses, as written, that no user of the destination has
}

export function objectOf(catalog: Catalog, name: string): CatalogObject | undefined {
  return catalog.objects.find((object) => object.name === name);
}

export function builder(input: MappingInput, sourceObject: string, destinationObject: string): LineBuilder {
  return new LineBuilder({ source: objectOf(input.source, sourceObject), destination: objectOf(input.destination, destinationObject), zone: input.zone });
}
