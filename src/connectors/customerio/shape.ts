import type { Json, JsonObject } from '../../connector/json.ts';
import type { FieldSpec } from './source-object.ts';
import { idText, isoTime } from './values.ts';

/** Fields by name: type, and the key in the answer where it has another name. */
export type Shape = Readonly<Record<string, FieldSpec | readonly [FieldSpec, string]>>;

export function fieldsOf(shape: Shape): Readonly<Record<string, FieldSpec>> {
  return { ...Object.fromEntries(Object.entries(shape).map(([name, spec]) => [name, specOf(spec)])), other: 'json' };
}

/** A row in the types of the contract. Keys that the shape does not know stand in `other`, so that nothing is lost. */
export function shaped(shape: Shape, row: JsonObject): JsonObject {
  const data: Record<string, Json> = {};
  const known = new Set<string>();
  for (const [name, spec] of Object.entries(shape)) {
    const key = isRenamed(spec) ? spec[1] : name;
    known.add(key);
    data[name] = valueOf(specOf(spec), row[key]);
  }
  const others = Object.entries(row).filter(([key]) => !known.has(key));
  data['other'] = others.length === 0 ? null : Object.fromEntries(others);
  return data;
}

function valueOf(spec: FieldSpec, value: Json | undefined): Json {
  if (value === undefined || value === null) return null;
  if (typeof spec === 'object') return spec.many === true ? (Array.isArray(value) ? value.map((each) => idText(each) ?? '').filter((each) => each !== '') : []) : idText(value);
  switch (spec) {
    case 'datetime': return isoTime(value);
    case 'json': case 'boolean': case 'integer': case 'decimal': case 'multiSelection': return value;
    default: return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}

function isRenamed(spec: FieldSpec | readonly [FieldSpec, string]): spec is readonly [FieldSpec, string] {
  return Array.isArray(spec);
}

function specOf(spec: FieldSpec | readonly [FieldSpec, string]): FieldSpec {
  return isRenamed(spec) ? spec[0] : spec;
}
