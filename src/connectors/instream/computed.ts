import type { CatalogField } from '../../connector/catalog.ts';
import type { JsonObject } from '../../connector/json.ts';
import type { Table } from './tables.ts';

/** Fields that follow from others: filled where the export leaves them out. They have no value profile. */
export interface Computed {
  readonly fields: readonly CatalogField[];
  /** Columns that are filled in some rows where the export leaves them out: they keep their form and lose their profile. */
  readonly completed?: readonly string[];
  /** The record with its computed fields. Pure: the same record gives the same result. */
  apply(data: JsonObject, table: Table): JsonObject;
}

export const computedField = (name: string, label: string, type: CatalogField['type'], description: string): CatalogField =>
  ({ name, label, type, required: false, readonly: true, custom: false, description });
