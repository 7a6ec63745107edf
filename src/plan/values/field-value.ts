import type { Json, JsonObject } from '../../connector/json.ts';

/** Reads one source field. A name with dots is first a field of that very name, then a path into nested objects. */
export function fieldReader(name: string): (data: JsonObject) => Json {
  if (!name.includes('.')) return (data) => data[name] ?? null;
  const path = name.split('.');
  return (data) => {
    const direct = data[name];
    if (direct !== undefined) return direct;
    let value: Json | undefined = data;
    for (const key of path) {
      if (typeof value !== 'object' || value === null) return null;
      value = (value as { readonly [key: string]: Json })[key];
    }
    return value ?? null;
  };
}
