import type { Draft, Row, Stored } from './row.ts';

/** The columns of a made-up row, by field: worked out from its place in the sequence each time they are asked for. */
export interface Columns { readonly [field: string]: (at: number) => Stored | undefined }

const AT = Symbol('place in the sequence');
const COLUMNS = Symbol('columns');

/**
 * Makes rows that hold nothing but their id: a field costs what its column costs, and only when it is read.
 * @param columns by field name
 * @param first id of the row at place 0
 */
export function lazyRows(columns: Columns, first: number): (id: number) => Row {
  const prototype: Record<PropertyKey, unknown> = { [COLUMNS]: columns };
  for (const [field, column] of Object.entries(columns)) {
    Object.defineProperty(prototype, field, { enumerable: true, get(this: { readonly [AT]: number }) { return column(this[AT]); } });
  }
  function LazyRow(this: Record<PropertyKey, unknown>, id: number): void {
    this['id'] = id;
    this[AT] = id - first;
  }
  LazyRow.prototype = prototype;
  const Maker = LazyRow as unknown as new (id: number) => Row;
  return (id) => new Maker(id);
}

export function isLazy(row: Row | undefined): boolean {
  return row !== undefined && AT in row;
}

/** The row with all its fields, to be changed. */
export function plainRow(row: Row): Draft {
  if (!isLazy(row)) return { ...row };
  const draft: Draft = { id: row.id };
  for (const field of Object.keys((row as unknown as { readonly [COLUMNS]: Columns })[COLUMNS])) {
    const value = row[field];
    if (value !== undefined) draft[field] = value;
  }
  return draft;
}
