import type { Json } from '../../../connector/json.ts';
import type { OdooField } from '../fields/field-types.ts';

/** A value as `read` gives it → Portolan's form. `false` is a real value only in booleans, so the field's type decides. */
export function fromOdoo(field: OdooField, value: unknown): Json {
  switch (field.type) {
    case 'boolean':
      return value === true;
    case 'integer':
      return typeof value === 'number' ? value : null;
    case 'float':
    case 'monetary':
      return typeof value === 'number' ? decimalText(value) : null;
    case 'many2one':
      if (Array.isArray(value)) return String(value[0]);
      return typeof value === 'number' ? String(value) : null;
    case 'many2one_reference':
      return typeof value === 'number' && value > 0 ? String(value) : null;
    case 'many2many':
    case 'one2many':
      return Array.isArray(value) ? value.map(Number).sort((left, right) => left - right).map(String) : [];
    case 'datetime':
      return typeof value === 'string' ? `${value.slice(0, 10)}T${value.slice(11, 19)}Z` : null;
    case 'json':
    case 'properties':
      return value === false || value === undefined ? null : value as Json;
    default:
      return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
  }
}

/** The shortest decimal text of a number, without exponent: 1e-7 → '0.0000001'. */
export function decimalText(value: number): string {
  const text = String(value);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/u.exec(text);
  if (match === null) return text;
  const [, sign = '', first = '', rest = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  const digits = first + rest;
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  return `${sign}${digits.padEnd(exponent + 1, '0')}`;
}
