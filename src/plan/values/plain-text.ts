import type { Json } from '../../connector/json.ts';

/** A scalar as trimmed text; null for empty values. Lists and objects become their JSON text. */
export function plainText(value: Json | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') { const text = value.trim(); return text === '' ? null : text; }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return isEmpty(value) ? null : JSON.stringify(value);
}

/** No value: null, blank text, a list without entries. */
export function isEmpty(value: Json | undefined): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) && value.length === 0;
}

/** A value in quotation marks for a sentence, cut at 80 characters. */
export function quote(value: Json | undefined): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  const points = Array.from(text.slice(0, 200));
  return points.length > 80 ? `"${points.slice(0, 80).join('')}…"` : `"${text}"`;
}
