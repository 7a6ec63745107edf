/**
 * A path into a plan as people read it: list entries by their name instead of their number,
 * `mappings[contacts].fields[phone].transforms[0]`.
 */
export function pathWords(path: readonly PropertyKey[], plan: unknown): string {
  let words = '';
  let value: unknown = plan;
  for (const part of path) {
    const inner = typeof value === 'object' && value !== null ? (value as { readonly [key: PropertyKey]: unknown })[part] : undefined;
    words += typeof part === 'number' ? `[${nameOf(inner) ?? part}]` : words === '' ? String(part) : `.${String(part)}`;
    value = inner;
  }
  return words;
}

function nameOf(entry: unknown): string | null {
  if (typeof entry !== 'object' || entry === null) return null;
  const { id, to, name, from, object } = entry as { readonly [key: string]: unknown };
  // A link and a derived object also have `to` and `object`; their own name comes first.
  const found = id ?? (typeof object === 'string' && typeof name === 'string' ? `${object}.${name}` : undefined) ?? to ?? name ?? from ?? object;
  return typeof found === 'string' ? found : null;
}
