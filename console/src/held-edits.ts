import type { Quarantine } from '../../src/server/schemas/runs.ts';

export type Entry = Quarantine['entries'][number];
/** Typed values by entry, then by source field. */
export type Corrections = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** Fields of a record that are texts and may be typed over; those that it is about first. */
export function editableFields(entry: Entry): readonly (readonly [name: string, value: string])[] {
  const about = new Set(entry.fields);
  const texts = Object.entries(entry.data ?? {}).flatMap(([name, value]) => (value === null ? [[name, ''] as const] : typeof value === 'string' ? [[name, value] as const] : []));
  return texts.toSorted(([left], [right]) => Number(about.has(right)) - Number(about.has(left)));
}

/** The corrections with one value typed. What is typed back to the record's own value is no correction. */
export function typeInto(corrections: Corrections, entry: Entry, field: string, text: string): Corrections {
  const own = entry.data?.[field] ?? '';
  const next = Object.fromEntries([...Object.entries(corrections.get(entry.id) ?? {}).filter(([name]) => name !== field), ...(text === own ? [] : [[field, text]])]);
  return new Map([...[...corrections].filter(([id]) => id !== entry.id), ...(Object.keys(next).length === 0 ? [] : [[entry.id, next] as const])]);
}
