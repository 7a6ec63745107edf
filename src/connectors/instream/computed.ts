import type { CatalogField } from '../../connector/catalog.ts';
import type { JsonObject } from '../../connector/json.ts';
import type { Table } from './tables.ts';

/** Fields that follow from others: filled where the export leaves them out. They have no value profile. */
export interface Computed {
  readonly fields: readonly CatalogField[];
  /** The record with its computed fields. Pure: the same record gives the same result. */
  apply(data: JsonObject, table: Table): JsonObject;
}

export const computedField = (name: string, label: string, type: CatalogField['type'], description: string): CatalogField =>
  ({ name, label, type, required: false, readonly: true, custom: false, description });
