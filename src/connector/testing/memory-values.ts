import type { CatalogField } from '../catalog.ts';
import type { Json, JsonObject } from '../json.ts';

/** Why a value cannot go into a field; null = it can. */
export function unfitReason(field: CatalogField, value: Json, exists: (object: string, id: string) => boolean): { readonly code: string; readonly message: string } | null {
  if (value === null) return null;
  const no = (code: string, message: string) => ({ code, message });
  switch (field.type) {
    case 'integer':
      return Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31 ? null : no('not-integer', `${JSON.stringify(value)} is not a whole number.`);
    case 'decimal':
    case 'money':
      return typeof value !== 'boolean' && Number.isFinite(Number(value)) && value !== '' ? null : no('not-number', `${JSON.stringify(value)} is not a number.`);
    case 'boolean':
      return typeof value === 'boolean' ? null : no('not-boolean', `${JSON.stringify(value)} is neither true nor false.`);
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(value) ? null : no('not-a-date', `${JSON.stringify(value)} is not a date.`);
    case 'datetime':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T.*Z$/u.test(value) && !Number.isNaN(Date.parse(value)) ? null : no('not-a-datetime', `${JSON.stringify(value)} is not a date and time in UTC.`);
    case 'selection':
      return field.options === undefined || field.options.some((option) => option.value === value) ? null : no('unknown-option', `${JSON.stringify(value)} is none of its options.`);
    case 'reference':
      return field.relatedObject === undefined || exists(field.relatedObject, String(value)) ? null : no('link-not-found', `there is no ${field.relatedObject} ${String(value)}.`);
    case 'references': {
      if (!Array.isArray(value)) return no('not-a-list', 'it is not a list of ids.');
      const related = field.relatedObject;
      const missing = related === undefined ? undefined : (value as readonly Json[]).find((id) => !exists(related, String(id)));
      return missing === undefined ? null : no('link-not-found', `there is no ${String(related)} ${String(missing)}.`);
    }
    case 'binary':
      return (Array.isArray(value) ? value as readonly Json[] : [value]).every((one) => typeof one === 'object' && typeof (one as JsonObject | null)?.['size'] === 'number') ? null : no('not-a-file', 'it is not a file.');
    case 'json':
    case 'multiSelection':
      return null;
    default: {
      if (typeof value === 'object') return no('not-text', 'it is not a text.');
      const text = String(value);
      return field.maxLength !== undefined && text.length > field.maxLength ? no('text-too-long', `it has ${text.length} characters, the field holds ${field.maxLength}.`) : null;
    }
  }
}

/** The form in which the memory destination keeps and gives back a value. Emptiness of numbers and booleans is kept as it is. */
export function normaliseInMemory(field: CatalogField, value: Json): Json {
  if (field.type === 'references') return Array.isArray(value) ? [...new Set((value as readonly Json[]).map(String))].sort((left, right) => Number(left) - Number(right)) : [];
  if (value === null || value === '') return null;
  if (field.type === 'decimal' || field.type === 'money') return String(Number(value));
  if (field.type === 'datetime') return `${new Date(String(value)).toISOString().slice(0, 19)}Z`;
  if (field.type === 'reference') return String(value);
  return value;
}
