/** '1 record', '2,000 records'. The plural is given where adding an s is wrong. */
export function wordsOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? singular : plural}`;
}

/** Sum of numbers; 0 for none. */
export function sumOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Any JSON value as text for a person: text as it is, the rest as JSON, null as 'empty'. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** References as a person reads them: `42 (Lipa sp. z o.o.)`; ids without a name, and all other values, as `valueText` has them. */
export function referenceText(value: unknown, names: { readonly [id: string]: string } | undefined): string {
  if (names === undefined || Object.keys(names).length === 0) return valueText(value);
  const one = (id: unknown): string => { const name = names[String(id)]; return name === undefined ? valueText(id) : `${String(id)} (${name})`; };
  return Array.isArray(value) ? value.length === 0 ? valueText(value) : value.map(one).join('; ') : one(value);
}
