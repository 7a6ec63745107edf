import type { Json, JsonObject } from '../../connector/json.ts';

/** Fields of attributes begin so, which keeps them apart from the fields that every person has. */
export const attributePrefix = 'attr.';

/** Objects deeper than this stay JSON: beyond four levels nobody means a field. */
const deepest = 4;

/**
 * Attributes as fields: JSON text is opened, objects are flattened with dots (`attr.subscription.plan_name`), lists stay lists.
 * An attribute that is itself named with dots keeps its name; a nested one that would have the same gets `~nested`.
 */
export function flattenAttributes(attributes: JsonObject): JsonObject {
  const flat = new Map<string, Json>();
  const nested: (readonly [string, JsonObject])[] = [];
  for (const [name, raw] of Object.entries(attributes)) {
    const value = opened(raw);
    if (isObject(value)) nested.push([attributePrefix + name, value]);
    else flat.set(attributePrefix + name, value);
  }
  for (const [name, value] of nested) spread(flat, name, value, 1);
  // Not by assignment: a name such as __proto__ is a name like any other.
  return Object.fromEntries(flat);
}

function spread(flat: Map<string, Json>, prefix: string, value: JsonObject, depth: number): void {
  const entries = Object.entries(value);
  if (entries.length === 0 || depth > deepest) return set(flat, prefix, depth > deepest ? value : null);
  for (const [name, inner] of entries) {
    if (isObject(inner)) spread(flat, `${prefix}.${name}`, inner, depth + 1);
    else set(flat, `${prefix}.${name}`, inner);
  }
}

function set(flat: Map<string, Json>, name: string, value: Json): void {
  let free = name;
  while (flat.has(free)) free += '~nested';
  flat.set(free, value);
}

/** JSON text of a list or an object as what it says; any other text as it is. Numbers and booleans stay texts: their type is inferred over all values. */
export function opened(value: Json): Json {
  if (typeof value !== 'string' || !/^\s*[[{]/u.test(value)) return value;
  try {
    const parsed = JSON.parse(value) as Json;
    return typeof parsed === 'object' ? parsed : value;
  } catch {
    return value;
  }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
