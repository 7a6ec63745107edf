/** A map as JSON. A key like `__proto__` stays a key. */
export function plainObject(map: ReadonlyMap<string, unknown>): { readonly [name: string]: unknown } {
  return Object.fromEntries(map);
}
