import type { Catalog, CatalogObject } from '../../connector/catalog.ts';
import { LineBuilder } from './line-builder.ts';

/** What every mapping of the route is made from. */
export interface MappingInput {
  readonly source: Catalog;
  readonly destination: Catalog;
  readonly zone: string; // of times written without one
  readonly region: string; // two letters, for phone numbers without a country code
  readonly currency: string; // of the company in Odoo
  readonly ownerMappings: string[]; // that place owners as users: the found ones, and the made ones where there can be any
  readonly teams: boolean; // teams exist at the destination and pipelines in the export: a team each may be chosen
  readonly openOwners: readonly string[]; // owner addresses, as written, that no user of the destination has
}

export function objectOf(catalog: Catalog, name: string): CatalogObject | undefined {
  return catalog.objects.find((object) => object.name === name);
}

export function builder(input: MappingInput, sourceObject: string, destinationObject: string): LineBuilder {
  return new LineBuilder({ source: objectOf(input.source, sourceObject), destination: objectOf(input.destination, destinationObject), zone: input.zone });
}

/** Whether the export tells pipelines apart, in deals or in lists of their own. */
export function namesPipelines(source: Catalog): boolean {
  return objectOf(source, 'pipeline') !== undefined || (objectOf(source, 'deal')?.fields.some((field) => field.name === 'pipeline_name') ?? false);
}
