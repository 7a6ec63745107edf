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
