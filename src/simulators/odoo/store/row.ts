/** One stored value. Many2many fields hold ids in ascending order; empty is `undefined`, never null. */
export type Stored = string | number | boolean | readonly number[] | StoredObject;
/** Values of json and properties fields, kept as they came. */
export interface StoredObject { readonly [name: string]: unknown }

/** One row, sparse: empty values are left out, so that a partner takes a few hundred bytes. Never changed in place. */
export interface Row {
  readonly id: number;
  readonly [field: string]: Stored | undefined;
}

/** A row being made or changed. */
export type Draft = { [field: string]: Stored | undefined };

/** A value that an index can hold. */
export function keyOf(value: Stored | undefined): string | number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}
