import type { Catalog } from '../connector/catalog.ts';
import type { Json } from '../connector/json.ts';
import type { OwnerLookup } from '../plan/changes/assign-owners.ts';

/** A value that a free answer may take. */
export interface Suggestion { readonly value: string; readonly label: string }

/**
 * The people of the destination, who may stand for owners of the source: whatever list of people discovery found there that has
 * the field by which owners find them.
 */
export function peopleOf(destination: Catalog, owners: Pick<OwnerLookup, 'field'>): readonly Suggestion[] {
  const lists = Object.values(destination.facts).map(rowsOf).filter((rows) => rows.length > 0 && rows.every((row) => typeof row[owners.field] === 'string'));
  const people = lists.find((rows) => rows.some((row) => typeof row['name'] === 'string')) ?? [];
  return people.map((row) => ({ value: String(row[owners.field]), name: typeof row['name'] === 'string' ? row['name'] : '' })).filter(({ value }) => value !== '')
    .map(({ value, name }) => ({ value, label: name === '' || name === value ? value : `${name} (${value})` })).toSorted((left, right) => left.label.localeCompare(right.label));
}

type Row = { readonly [field: string]: Json };

function rowsOf(fact: Json | undefined): readonly Row[] {
  const rows: readonly Json[] = Array.isArray(fact) ? fact as readonly Json[] : [];
  return rows.every((row): row is Row => typeof row === 'object' && row !== null && !Array.isArray(row)) ? rows : [];
}
