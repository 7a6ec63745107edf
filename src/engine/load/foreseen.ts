import type { DestinationConnection, MatchHit } from '../../connector/destination.ts';
import type { JsonObject } from '../../connector/json.ts';
import type { CompiledPlan } from '../../plan/compiled/compile.ts';
import { fold } from '../../plan/values/fold.ts';
import { plainText } from '../../plan/values/plain-text.ts';
import { contentHash } from '../canonical.ts';
import type { ForeseenRow, NewForeseenRow } from '../ports/foreseen.ts';
import type { CrosswalkRow } from '../ports/ledger.ts';
import type { Store } from '../ports/store.ts';

const MARK = 'preview:';
/** Stands for the values of a record as a whole among the fields that it is found by. */
const WHOLE = '';

/** An id that stands for a record which a preview does not create: one for each, so that ties between different records are different. */
export function previewId(mapping: string, sourceId: string): string {
  return `${MARK}${mapping}:${sourceId}`;
}

/** Whether the id stands for a record that only a preview has seen. */
export function isForeseen(destinationId: string): boolean {
  return destinationId.startsWith(MARK);
}

/** Whether the values name a record that only a preview has seen. */
export function namesForeseen(values: JsonObject): boolean {
  return JSON.stringify(values).includes(`"${MARK}`);
}

/** What a preview has seen so far, for the records after it: as if all of it had been loaded. */
export interface Foreseen {
  /** Where it saw these records go, by mapping and source id. */
  places(mappings: readonly string[], sourceIds: readonly string[]): Promise<readonly ForeseenRow[]>;
  /** Of records that are in, those that it saw leave their mapping (true) or come back to it (false), by mapping and source id. */
  leaving(mappings: readonly string[], sourceIds: readonly string[]): Promise<(row: Readonly<{ mapping: string; sourceId: string }>) => boolean | undefined>;
  /** Of folded values of a field that a mapping merges by: the place of the first record that has it. */
  mergedBefore(mapping: Readonly<{ id: string; destination: string }>, field: string, folded: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Of records told apart by their values alone: what stands at the place of earlier ones with equal values, by source id. */
  repeats(mapping: Readonly<{ destination: string }>, records: readonly Readonly<{ sourceId: string; values: JsonObject }>[]): Promise<ReadonlyMap<string, ForeseenRow>>;
  /** The destination, with records that a load would have created by now among those that it finds. */
  over(destination: DestinationConnection): DestinationConnection;
  /** What is to be kept of the outcome of a step. */
  rowsOf(crosswalk: readonly CrosswalkRow[]): readonly NewForeseenRow[];
}

/**
 * What the preview `runId` of this plan has seen.
 * @param params.naturalKeys objects whose records are told apart by their values alone
 */
export function foreseenIn(params: Readonly<{ store: Pick<Store, 'foreseenPlaces' | 'foreseenLeaving' | 'foreseenBy'>; runId: string; plan: CompiledPlan; naturalKeys: readonly string[] }>): Foreseen {
  const { store, runId, plan, naturalKeys } = params;
  const asked = askedFields(plan);
  const byField = async (object: string, field: string, folded: readonly string[]): Promise<readonly ForeseenRow[]> => {
    const wanted = new Set(folded);
    const rows = wanted.size === 0 ? [] : await store.foreseenBy({ runId, object, field, folded: [...wanted] });
    return rows.filter(({ given }) => wanted.has(fold(textOf(given, field))));
  };
  return {
    places: async (mappings, sourceIds) => store.foreseenPlaces({ runId, mappings, sourceIds }),
    leaving: async (mappings, sourceIds) => {
      const rows = await store.foreseenLeaving({ runId, mappings, sourceIds });
      const leaves = new Map(rows.map((row) => [`${row.mapping}\u0000${row.sourceId}`, row.leaves]));
      return ({ mapping, sourceId }) => leaves.get(`${mapping}\u0000${sourceId}`);
    },
    mergedBefore: async (mapping, field, folded) => {
      const rows = (await byField(mapping.destination, field, folded)).filter((row) => row.mapping === mapping.id);
      return new Map(rows.toReversed().map((row) => [fold(textOf(row.given, field)), row.destinationId]));
    },
    repeats: async ({ destination: object }, records) => {
      const hashes = new Map(records.map(({ sourceId, values }) => [sourceId, contentHash(values)]));
      const rows = records.length === 0 ? [] : await store.foreseenBy({ runId, object, field: WHOLE, folded: [...new Set(hashes.values())] });
      const byHash = new Map(rows.map((row) => [String(row.given[WHOLE]), row]));
      return new Map(records.flatMap(({ sourceId }) => { const row = byHash.get(hashes.get(sourceId) ?? ''); return row === undefined ? [] : [[sourceId, row] as const]; }));
    },
    over: (destination) => ({
      ...destination,
      match: async (request) => {
        const there = await destination.match(request);
        if (asked.get(request.object)?.by.has(request.field) !== true) return there;
        const form = (value: string): string => (request.ignoreCase ? fold(value) : value);
        const asSpelled = new Map(request.values.map((value) => [form(value), value]));
        const rows = await byField(request.object, request.field, request.values.map((value) => fold(value)));
        const seen = rows.filter(({ destinationId }) => isForeseen(destinationId)).flatMap(({ destinationId: id, given }): MatchHit[] => {
          const value = asSpelled.get(form(textOf(given, request.field)));
          return value === undefined ? [] : [{ value, id, values: Object.fromEntries((request.fields ?? []).map((field) => [field, given[field] ?? null])) }];
        });
        return [...there, ...seen];
      },
    }),
    rowsOf: (crosswalk) => crosswalk.map((row) => {
      const fields = asked.get(row.destinationObject);
      const whole = naturalKeys.includes(row.destinationObject) ? { [WHOLE]: contentHash(row.payload) } : {};
      const given: JsonObject = { ...Object.fromEntries([...fields?.given ?? []].map((field) => [field, row.payload[field] ?? null])), ...whole };
      const folded = [...fields?.by ?? []].map((field) => ({ field, value: fold(textOf(row.payload, field)) })).filter(({ value }) => value !== '');
      return {
        mapping: row.mapping, sourceId: row.sourceId, destinationObject: row.destinationObject, destinationId: row.destinationId, given,
        folded: [...folded, ...Object.entries(whole).map(([field, value]) => ({ field, value }))],
      };
    }),
  };
}

/** Of each object the fields by whose values records are found, and those that are wanted of them. */
interface AskedFields { readonly by: Set<string>; readonly given: Set<string> }

function askedFields({ mappings }: CompiledPlan): ReadonlyMap<string, AskedFields> {
  const asked = new Map<string, AskedFields>();
  const add = (object: string, by: string, along: readonly string[] = []): void => {
    const fields = asked.get(object) ?? { by: new Set(), given: new Set() };
    asked.set(object, fields);
    fields.by.add(by);
    for (const field of [by, ...along]) fields.given.add(field);
  };
  for (const { mapping: { identity, destination }, lines } of mappings.values()) {
    for (const { field } of identity.match ?? []) add(destination, field);
    if (identity.mergeBy !== undefined) add(destination, identity.mergeBy);
    for (const { line: { lookup } } of lines) if (lookup !== undefined) add(lookup.object, lookup.by, [...Object.keys(lookup.scope ?? {}), ...(lookup.give === undefined ? [] : [lookup.give])]);
  }
  return asked;
}

function textOf(values: JsonObject, field: string): string {
  return plainText(values[field]) ?? '';
}
