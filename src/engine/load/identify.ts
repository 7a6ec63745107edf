import type { DestinationConnection } from '../../connector/destination.ts';
import type { JsonObject } from '../../connector/json.ts';
import { fold } from '../../plan/values/fold.ts';
import { plainText } from '../../plan/values/plain-text.ts';
import type { Mapping } from '../../plan/plan.ts';
import type { Store } from '../ports/store.ts';
import type { Foreseen } from './foreseen.ts';

/** A record that is to be written and that the crosswalk does not know yet. */
export interface NewRecord { readonly sourceId: string; readonly values: JsonObject }

export type Identified =
  | { readonly kind: 'create'; readonly record: NewRecord }
  | { readonly kind: 'matched'; readonly record: NewRecord; readonly id: string }
  | { readonly kind: 'merged'; readonly record: NewRecord; readonly into: Readonly<{ id: string } | { sourceId: string }> } // a destination id, or a record created in this same step
  | { readonly kind: 'unmatched'; readonly record: NewRecord }
  | { readonly kind: 'ambiguous'; readonly record: NewRecord; readonly field: string; readonly value: string };

/**
 * Decides for new records whether they already exist at the destination (`match`), are spellings of one another (`mergeBy`),
 * or are to be created. Reads only.
 * @param params.foreseen of a preview: what it has seen so far
 * @param params.ownIds source ids of records that an interrupted attempt created already: they stand at the destination, but are no match
 */
export async function identify(params: Readonly<{ store: Store; projectId: string; mapping: Mapping; destination: DestinationConnection; records: readonly NewRecord[]; ownIds: ReadonlySet<string>; foreseen: Foreseen | null }>): Promise<readonly Identified[]> {
  const { mapping, records } = params;
  const matches = await matchExisting({ ...params, records: records.filter((record) => !params.ownIds.has(record.sourceId)) });
  const merged = mapping.identity.mergeBy === undefined || records.length === 0 ? null : await placedBefore(params.store, { projectId: params.projectId, mapping, field: mapping.identity.mergeBy, records, foreseen: params.foreseen });
  const keepApart = new Set(mapping.identity.keepApart ?? []);
  const firstInStep = new Map<string, string>();
  return records.map((record): Identified => {
    const { mergeBy } = mapping.identity;
    const folded = mergeBy === undefined || keepApart.has(record.sourceId) ? '' : foldedValue(record.values, mergeBy);
    if (folded !== '') {
      const place = merged?.get(folded);
      if (place !== undefined) return { kind: 'merged', record, into: { id: place } };
      const first = firstInStep.get(folded);
      if (first !== undefined) return { kind: 'merged', record, into: { sourceId: first } };
    }
    const match = matches.get(record.sourceId);
    const identified: Identified = match ?? { kind: mapping.identity.create === false ? 'unmatched' : 'create', record };
    if (folded !== '' && (identified.kind === 'create' || identified.kind === 'matched')) firstInStep.set(folded, record.sourceId);
    return identified;
  });
}

async function matchExisting(params: Readonly<{ mapping: Mapping; destination: DestinationConnection; records: readonly NewRecord[] }>): Promise<Map<string, Identified>> {
  const found = new Map<string, Identified>();
  for (const rule of params.mapping.identity.match ?? []) {
    const ignoreCase = rule.ignoreCase ?? false;
    const form = (value: string): string => (ignoreCase ? fold(value) : value);
    const open = params.records.filter((record) => !found.has(record.sourceId) && valueOf(record.values, rule.field) !== '');
    if (open.length === 0) continue;
    const values = [...new Set(open.map((record) => valueOf(record.values, rule.field)))];
    const hits = new Map<string, Set<string>>();
    for (const hit of await params.destination.match({ object: params.mapping.destination, field: rule.field, values, ignoreCase })) {
      const slot = form(hit.value);
      hits.set(slot, (hits.get(slot) ?? new Set()).add(hit.id));
    }
    for (const record of open) {
      const value = valueOf(record.values, rule.field);
      const ids = [...(hits.get(form(value)) ?? [])];
      if (ids.length === 1) found.set(record.sourceId, { kind: 'matched', record, id: ids[0] as string });
      if (ids.length > 1) found.set(record.sourceId, { kind: 'ambiguous', record, field: rule.field, value });
    }
  }
  return found;
}

/** Folded value → destination id of what this mapping placed in earlier steps and runs. */
async function placedBefore(store: Store, params: Readonly<{ projectId: string; mapping: Mapping; field: string; records: readonly NewRecord[]; foreseen: Foreseen | null }>): Promise<ReadonlyMap<string, string>> {
  const { projectId, mapping, field, records, foreseen } = params;
  const foldedValues = [...new Set(records.map((record) => foldedValue(record.values, field)).filter((value) => value !== ''))];
  const index = new Map<string, string>();
  for (const row of await store.crosswalkByPayload({ projectId, mapping: mapping.id, field, foldedValues })) {
    const folded = foldedValue(row.payload, field);
    if (!index.has(folded)) index.set(folded, row.destinationId);
  }
  for (const [folded, place] of await foreseen?.mergedBefore(mapping, field, foldedValues) ?? []) if (!index.has(folded)) index.set(folded, place);
  return index;
}

function valueOf(values: JsonObject, field: string): string {
  const value = values[field];
  return value === null || value === undefined ? '' : plainText(value) ?? '';
}

function foldedValue(values: JsonObject, field: string): string {
  return fold(valueOf(values, field));
}
